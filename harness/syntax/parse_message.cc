// A message with its modifiers: a block of fields or pasted text.
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
  const Span span = c_.take_token(length);
  message.type = {span, std::string(span.text())};
  return true;
}

bool Grammar::modifiers(Message& message) {
  for (;;) {
    const std::string_view word = c_.peek_word();
    if (is_unsupported_modifier(word)) {
      c_.error(c_.found_span(), unsupported_message(word));
      return false;
    }
    if (word != "as" && word != "like" && word != "within" && word != "for" && word != "with")
      return true;
    if (!modifier(message, word)) return false;
  }
}

bool Grammar::set_once(bool already, std::string_view word) {
  if (!already) return true;
  c_.error(c_.found_span(), fmt::format("'{}' is given twice", word));
  return false;
}

bool Grammar::modifier(Message& message, std::string_view word) {
  const bool already = word == "as"       ? message.as.has_value()
                       : word == "like"   ? message.like.has_value()
                       : word == "within" ? message.within.has_value()
                       : word == "with"   ? message.shape != nullptr
                                          : message.during.has_value();
  if (!set_once(already, word)) return false;
  c_.take_token(word.size());
  if (word == "as") {
    message.as = name("a name after 'as'");
    return message.as.has_value();
  }
  if (word == "like") {
    message.like = path();
    return message.like.has_value();
  }
  if (word == "with") return shapes(message);
  auto& into = word == "within" ? message.within : message.during;
  into = duration();
  return into.has_value();
}

}  // namespace fixdrill::syntax
