// Pasted messages: `35=D|55=MSFT|`, with a log prefix before, a tail behind, any usual delimiter.
//
// Cut here and not by fix/text.h, because a value may hold `${a | b}`, which is no delimiter.
#include <fmt/format.h>

#include "base/text.h"
#include "fix/data_fields.h"
#include "syntax/grammar.h"

namespace fixdrill::syntax {

namespace {

constexpr std::string_view kDelimiters[] = {"|", "\x01", "^A", "\\x01", "<SOH>", ";"};
constexpr std::string_view kWholeMessage = "8=FIX";

/// One line of pasted text and what a place in it is.
class PastedLine {
 public:
  PastedLine(std::string_view text, std::size_t begin, std::size_t end)
      : text_(text.substr(0, end)), begin_(begin) {}

  /// Behind `tag=` when one stands at `at`, else npos.
  std::size_t value_at(std::size_t at) const {
    at = skip_blanks(at);
    std::size_t digits = at;
    while (digits < text_.size() && is_digit(text_[digits])) ++digits;
    if (digits == at) return std::string_view::npos;
    const std::size_t equals = skip_blanks(digits);
    return equals < text_.size() && text_[equals] == '=' ? equals + 1 : std::string_view::npos;
  }

  std::size_t skip_blanks(std::size_t at) const {
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return at;
  }

  /// The delimiter of this text: the first one that a `tag=` follows; with one field only, the
  /// first one at all. "" = none.
  std::string_view delimiter() const {
    std::string_view closing;
    for (std::size_t at = begin_; at < text_.size(); at = next(at)) {
      const std::string_view found = delimiter_at(at);
      if (found.empty()) continue;
      if (value_at(at + found.size()) != std::string_view::npos) return found;
      if (closing.empty()) closing = found;
    }
    return closing;
  }

  /// Whether a value that begins at `begin` and has this many bytes ends at a delimiter or the end.
  bool ends_at(std::size_t begin, std::size_t size, std::string_view delimiter) const {
    if (size > text_.size() - begin) return false;
    const std::string_view rest = text_.substr(begin + size);
    return rest.empty() || rest.starts_with(delimiter);
  }

  /// The next `delimiter` from `at` on that is not inside `${…}`; the end of the line when none.
  std::size_t find(std::string_view delimiter, std::size_t at) const {
    while (at < text_.size() && !text_.substr(at).starts_with(delimiter)) at = next(at);
    return std::min(at, text_.size());
  }

 private:
  std::string_view delimiter_at(std::size_t at) const {
    for (const std::string_view delimiter : kDelimiters) {
      if (text_.substr(at).starts_with(delimiter)) return delimiter;
    }
    return {};
  }

  // One character on, or behind a whole `${…}`.
  std::size_t next(std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    if (rest.starts_with("$${")) return at + 3;
    if (!rest.starts_with("${")) return at + 1;
    bool in_text = false;
    for (std::size_t i = at + 2; i < text_.size(); ++i) {
      if (text_[i] == '\\' && in_text) {
        ++i;
      } else if (text_[i] == '"') {
        in_text = !in_text;
      } else if (text_[i] == '}' && !in_text) {
        return i + 1;
      }
    }
    return text_.size();  // not closed: the expression says so
  }

  std::string_view text_;
  std::size_t begin_;
};

}  // namespace

bool Grammar::at_pasted() {
  c_.skip_blanks();
  const std::string_view line = c_.text(c_.pos(), c_.line_end());
  const PastedLine here(c_.text(), c_.pos(), c_.line_end());
  if (here.value_at(c_.pos()) != std::string_view::npos) return true;
  const std::size_t whole = line.find(kWholeMessage);
  const std::size_t brace = line.find('{');
  return whole != std::string_view::npos && whole < brace && whole > 0 &&
         !is_digit(line[whole - 1]);
}

// Trims the ends; `${…}` inside is an expression.
Value Grammar::pasted_value(std::size_t begin, std::size_t end) {
  while (begin < end && is_blank(c_.text()[begin])) ++begin;
  while (end > begin && is_blank(c_.text()[end - 1])) --end;
  return pasted_bytes(begin, end);
}

Value Grammar::pasted_bytes(std::size_t begin, std::size_t end) {
  Value value;
  value.span = c_.span(begin, end);
  const Cursor::Quiet quiet(c_);
  const auto letters = [&](std::string_view text, std::size_t from) {
    if (value.pieces.empty() || value.pieces.back().expr)
      value.pieces.push_back({c_.span(from, from), "", nullptr});
    value.pieces.back().text += text;
    value.pieces.back().span.end = c_.pos();
  };
  c_.seek(begin);
  while (c_.pos() < end) {
    const std::size_t at = c_.pos();
    if (c_.looking_at("${")) {
      if (!interpolation(value)) break;
    } else if (c_.looking_at("$${")) {
      c_.seek(at + 3);
      letters("${", at);
    } else {
      c_.seek(at + 1);
      letters(c_.text(at, at + 1), at);
    }
  }
  return value;
}

bool Grammar::pasted(Message& message, bool expecting) {
  const std::size_t line_end = c_.line_end();
  const std::size_t prefix = c_.pos();
  const PastedLine start(c_.text(), prefix, line_end);
  const bool prefixed = start.value_at(prefix) == std::string_view::npos;
  const std::size_t begin =
      prefixed ? prefix + c_.text(prefix, line_end).find(kWholeMessage) : prefix;
  const std::size_t errors_before = c_.diagnostics.size();
  const PastedLine line(c_.text(), begin, line_end);
  const std::string_view delimiter = line.delimiter();
  message.pasted = true;
  struct Data {
    int tag = 0;
    std::size_t size = 0;  ///< 0: not known
  } data;
  std::size_t at = line.skip_blanks(begin);
  std::size_t end = at;
  for (std::size_t value_begin = line.value_at(at); value_begin != std::string_view::npos;
       value_begin = delimiter.empty() ? std::string_view::npos : line.value_at(at)) {
    at = line.skip_blanks(at);
    c_.seek(at);
    Field field;
    const Cursor::Quiet quiet(c_);
    auto ref = field_ref();
    if (!ref) return false;
    // A data field is as long as the length field before it says, when a delimiter stands there.
    const int tag = ref->tag;
    const bool counted =
        tag == data.tag && data.size > 0 && line.ends_at(value_begin, data.size, delimiter);
    std::size_t stop = delimiter.empty() ? line_end : line.find(delimiter, value_begin);
    if (counted) stop = value_begin + data.size;
    Value value = counted ? pasted_bytes(value_begin, stop) : pasted_value(value_begin, stop);
    if (const int follows = fix::data_tag_of_length(tag); follows != 0)
      data = {follows, parse_size(value.span.text()).value_or(0)};
    field.span = c_.span(at, std::max(value.span.end, at));
    field.place = {ref->span, {{std::move(*ref), std::nullopt}}};
    value.quoted = !expecting;
    const bool star = expecting && value.span.text() == "*";
    if (tag == 35 && message.type.text.empty()) {
      message.type = {value.span, std::string(value.span.text())};
    } else {
      field.test =
          star ? FieldTest(Present{}) : FieldTest(Comparison{Compare::eq, std::move(value)});
      message.fields.push_back(std::move(field));
    }
    end = stop < line_end ? stop + delimiter.size() : stop;
    at = end;
    if (stop >= line_end) break;
  }
  while (end > begin && is_blank(c_.text()[end - 1])) --end;
  message.pasted_span = c_.span(begin, end);
  c_.seek(end);
  c_.note_token(prefix, end);
  return c_.diagnostics.size() == errors_before;
}

}  // namespace fixdrill::syntax
