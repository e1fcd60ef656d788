// Pasted messages: what became part of a value although it was meant to stand behind the message.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "syntax/cursor.h"

namespace fixdrill::eval {

namespace {

bool is_letter(char c) { return syntax::is_name_start(c); }

/// Reads the end of a value as the modifiers of a message, as far as one can without its grammar.
class Tail {
 public:
  explicit Tail(std::string_view text) : text_(text) {}

  /// Whether all of it is modifiers, a comment or a brace that closes.
  bool is_all_modifiers() {
    while (!rest_is_done()) {
      if (!modifier(word())) return false;
    }
    return true;
  }

 private:
  void skip_blanks() {
    while (!text_.empty() && syntax::is_blank(text_[0])) text_.remove_prefix(1);
  }

  bool rest_is_done() {
    skip_blanks();
    return text_.empty() || text_[0] == '#' || text_ == "}";
  }

  std::string_view word() {
    const auto end = std::find_if_not(text_.begin(), text_.end(), syntax::is_name_char);
    return take(static_cast<std::size_t>(end - text_.begin()));
  }

  // To the next blank, or over `${…}`.
  std::string_view token() {
    skip_blanks();
    const std::size_t end = text_.starts_with("${") ? text_.find('}') + 1 : text_.find(' ');
    return take(std::min(end, text_.size()));
  }

  std::string_view take(std::size_t length) {
    const std::string_view taken = text_.substr(0, length);
    text_.remove_prefix(length);
    return taken;
  }

  bool begins(char sign) {
    skip_blanks();
    return text_.starts_with(sign);
  }

  // What follows these is long: its begin is enough.
  bool all_the_rest() {
    text_ = {};
    return true;
  }

  bool modifier(std::string_view word) {
    if (word == "exact" || word == "verbatim") return true;
    if (word == "until") return begins('{') && all_the_rest();
    if (word == "ignoring") return begins('(') && all_the_rest();
    if (word == "with") return is_shape(token()) && all_the_rest();
    const std::string_view given = token();
    if (given.empty()) return false;
    const bool number = syntax::is_digit(given[0]) || given.starts_with("${");
    if (word == "within" || word == "times") return number;
    if (word == "for") return number && (given[0] == '$' || is_letter(given.back()));
    if (word == "distinct") return number || is_letter(given[0]);
    if (word == "like") return is_letter(given[0]);
    return word == "as" && is_letter(given[0]) &&
           std::all_of(given.begin(), given.end(), syntax::is_name_char);
  }

  static bool is_shape(std::string_view word) {
    constexpr std::array<std::string_view, 9> kShapes = {
        "bad", "no", "seqnum", "duplicate", "order", "garbled", "truncated", "split", "joined"};
    return std::find(kShapes.begin(), kShapes.end(), word) != kShapes.end();
  }

  std::string_view text_;
};

// Where in the value the tail begins; npos: there is none.
std::size_t swallowed_tail(std::string_view value) {
  for (std::size_t at = value.find_first_of(" \t"); at != std::string_view::npos;
       at = value.find_first_of(" \t", at + 1)) {
    const std::string_view rest = value.substr(at + 1);
    if (rest.empty() || syntax::is_blank(rest[0])) continue;
    if (Tail(rest).is_all_modifiers()) return at + 1;
  }
  return std::string_view::npos;
}

// `$name` is what a shell would replace.
void check_dollar(const syntax::Value& value, const Place& place) {
  for (const syntax::Value::Piece& piece : value.pieces) {
    const std::size_t at = piece.expr ? std::string::npos : piece.text.find('$');
    if (at == std::string::npos || at + 1 == piece.text.size()) continue;
    if (is_letter(piece.text[at + 1]))
      place.findings.warning(value.span, "'$' is sent as it stands; an expression is ${name}");
  }
}

// The last value, when no delimiter closes it.
std::optional<Span> open_value(const syntax::Message& message) {
  const std::size_t end = message.pasted_span.end;
  if (message.type.span.end == end) return message.type.span;
  if (message.fields.empty() || message.fields.back().span.end != end) return std::nullopt;
  return message.fields.back().span;
}

// So that the steps behind do not say that the name is unknown.
void define_swallowed(std::string_view tail, const Place& place) {
  const std::size_t at = tail.rfind("as ");
  if (at == std::string_view::npos) return;
  const std::string_view rest = trim(tail.substr(at + 3));
  KnownName& known = place.scope.known[std::string(rest.substr(0, rest.find(' ')))];
  known.kind = KnownName::Kind::any;
}

}  // namespace

bool check_pasted(const syntax::Message& message, const ActionRule& rule, const Place& place) {
  for (const syntax::Field& field : message.fields) {
    if (const auto* equal = std::get_if<syntax::Comparison>(&field.test))
      check_dollar(equal->value, place);
  }
  const auto last = open_value(message);
  const std::size_t at = last ? swallowed_tail(last->text()) : std::string_view::npos;
  if (at == std::string_view::npos) return true;
  const std::string_view tail = last->text().substr(at);
  // "… to be exact" may well be sent.
  if ((tail == "exact" || tail == "verbatim") && rule.use == Use::send) return true;
  place.findings.error({last->file, last->begin + at, last->end},
                       fmt::format("'{}' is part of the value here; close the message with a "
                                   "delimiter before it",
                                   tail));
  define_swallowed(tail, place);
  return false;
}

}  // namespace fixdrill::eval
