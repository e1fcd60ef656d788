// A message with its modifiers: a block of fields or pasted text.
#include <algorithm>
#include <fmt/format.h>

#include "syntax/grammar.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

std::optional<Message> Grammar::message(bool expecting) {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  Message message;
  message.span = c_.span(begin, begin);
  if (!modifiers(message)) return std::nullopt;
  if (at_pasted()) {
    if (!pasted(message, expecting) || !modifiers(message)) return std::nullopt;
    if (c_.next_is("{"))
      return c_.error(c_.found_span(), "a pasted message takes no block of fields");
  } else {
    if (!message_type(message) || !modifiers(message)) return std::nullopt;
    if (c_.next_is("{")) {
      auto listed = fields();
      if (!listed) return std::nullopt;
      message.fields = std::move(*listed);
    }
  }
  message.span = c_.span_from(begin);
  return message;
}

bool Grammar::message_type(Message& message) {
  c_.skip_blanks();
  std::size_t length = 0;
  while (is_name_char(c_.peek(length))) ++length;
  if (length == 0) {
    c_.expected("a message name, a MsgType or a pasted message");
    return false;
  }
  if (is_name_start(c_.peek()) && (c_.peek(length) == '.' || c_.peek(length) == '[')) {
    message.type_of = path();
    if (!message.type_of) return false;
    message.type = {message.type_of->span, std::string(message.type_of->span.text())};
    return true;
  }
  const Span span = c_.take_token(length);
  message.type = {span, std::string(span.text())};
  return true;
}

bool Grammar::modifiers(Message& message) {
  for (;;) {
    const std::string_view word = c_.peek_word();
    const auto& known = modifier_words();
    if (std::find(known.begin(), known.end(), word) == known.end()) return true;
    if (!modifier(message, word)) return false;
  }
}

bool Grammar::set_once(bool already, std::string_view word) {
  if (!already) return true;
  c_.error(c_.found_span(), fmt::format("'{}' is given twice", word));
  return false;
}

bool Grammar::modifier(Message& message, std::string_view word) {
  const bool already = word == "as"         ? message.as.has_value()
                       : word == "like"     ? message.like.has_value()
                       : word == "within"   ? message.within.has_value()
                       : word == "times"    ? message.times.has_value()
                       : word == "until"    ? message.until.has_value()
                       : word == "distinct" ? message.distinct.has_value()
                       : word == "with"     ? message.shape != nullptr
                       : word == "exact"    ? message.exact.has_value()
                       : word == "verbatim" ? message.verbatim.has_value()
                       : word == "ignoring" ? message.ignoring.has_value()
                                            : message.during.has_value();
  if (!set_once(already, word)) return false;
  const Span span = c_.take_token(word.size());
  if (word == "exact" || word == "verbatim") {
    (word == "exact" ? message.exact : message.verbatim) = span;
    return true;
  }
  if (word == "ignoring") {
    message.ignoring = ignoring();
    return message.ignoring.has_value();
  }
  if (word == "as") {
    message.as = name("a name after 'as'");
    return message.as.has_value();
  }
  if (word == "like") {
    message.like = path();
    return message.like.has_value();
  }
  if (word == "times") {
    message.times = times();
    return message.times.has_value();
  }
  if (word == "until") {
    message.until = until();
    return message.until.has_value();
  }
  if (word == "distinct") {
    message.distinct = field_ref();
    return message.distinct.has_value();
  }
  if (word == "with") return shapes(message);
  auto& into = word == "within" ? message.within : message.during;
  into = duration();
  return into.has_value();
}

// Digits here, not a decimal: `1..` is an open range, not the number 1.
std::optional<Times> Grammar::times() {
  constexpr std::string_view kHowOften = "a number, as in 'times 3' or 'times 2..5'";
  Times times;
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  auto low = whole_number(kHowOften);
  if (!low) return std::nullopt;
  times.low = std::move(*low);
  times.span = c_.span_from(begin);
  if (!c_.next_is("..")) {
    times.high = times.low;
    return times;
  }
  std::size_t behind = 2;
  while (is_blank(c_.peek(behind))) ++behind;
  times.open = !is_digit(c_.peek(behind)) && c_.peek(behind) != '$';
  c_.take("..", times.open ? Glue::before : Glue::both);
  times.span = c_.span_from(begin);
  if (times.open) return times;
  times.high = whole_number(kHowOften);
  if (!times.high) return std::nullopt;
  times.span = c_.span_from(begin);
  return times;
}

std::optional<Until> Grammar::until() {
  if (!c_.next_is("{")) return c_.expected("'{' and what the last message fits");
  const std::size_t begin = c_.pos();
  auto listed = fields();
  if (!listed) return std::nullopt;
  return Until{c_.span_from(begin), std::move(*listed)};
}

// The tags and names in the parentheses behind the word.
std::optional<Ignoring> Grammar::ignoring() {
  if (!c_.next_is("(")) return c_.expected("'(' and the fields, as in ignoring (17, ExecID)");
  const std::size_t begin = c_.pos();
  c_.take("(", Glue::after);
  Ignoring ignoring;
  do {
    auto ref = field_ref();
    if (!ref) return std::nullopt;
    ignoring.fields.push_back(std::move(*ref));
  } while (c_.take(",", Glue::before));
  if (!c_.take(")", Glue::before)) return c_.expected("',' or ')'");
  ignoring.span = c_.span_from(begin);
  return ignoring;
}

}  // namespace fixdrill::syntax
