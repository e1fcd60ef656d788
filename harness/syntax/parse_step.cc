// Blocks and the steps in them.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/grammar.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

namespace {

bool is_control_word(std::string_view word) {
  constexpr std::array<std::string_view, 8> kControl = {"unordered", "either", "if",   "repeat",
                                                        "for",       "call",   "skip", "xfail"};
  return std::find(kControl.begin(), kControl.end(), word) != kControl.end();
}

}  // namespace

// The '{' comes next. Bad steps are reported and left out.
std::optional<Block> Grammar::block() {
  if (!c_.next_is("{")) return c_.expected("'{'");
  const std::size_t open = c_.pos();
  const Level level(*this);
  if (!level.ok()) return std::nullopt;
  c_.take("{");
  Block block;
  for (;;) {
    c_.skip_lines();
    if (c_.take("}")) break;
    if (c_.at_end() || at_item_word())
      return not_closed(open, "this block is never closed: a '}' is missing");
    const std::size_t begin = c_.pos();
    if (auto one = step()) {
      block.steps.push_back(std::move(*one));
      if (c_.at_line_end() || c_.peek() == '}') continue;
      c_.expected("the end of the line");
    }
    // A message whose '}' is missing ends at the next step: that one is still read.
    const bool at_next_step =
        c_.text(begin, c_.pos()).find('\n') != std::string_view::npos && at_step_word();
    if (!at_next_step) skip_step();
  }
  block.span = c_.span_from(open);
  return block;
}

// An item of the file where a step should be: the '}' was forgotten. `ignore` is both.
bool Grammar::at_item_word() {
  if (c_.peek() == '@') return true;
  const std::string_view word = c_.peek_word();
  const auto& items = item_words();
  return word != "ignore" && std::find(items.begin(), items.end(), word) != items.end() &&
         c_.peek(word.size()) != ':';
}

// To the end of the line, or of the block that opens on it, so that what is not understood gives
// one error; stops before a '}' that closes the block around.
void Grammar::skip_step() {
  int depth = 0;
  bool in_text = false;
  for (; !c_.at_end(); c_.seek(c_.pos() + 1)) {
    const char c = c_.peek();
    if (c == '\n') {
      if (depth == 0) return;
      in_text = false;
    } else if (c == '"') {
      in_text = !in_text;
    } else if (c == '\\' && in_text && c_.peek(1) != '\n') {
      c_.seek(c_.pos() + 1);
    } else if (in_text) {
      continue;
    } else if (c == '#' && is_blank(c_.before())) {
      c_.seek(c_.line_end() - 1);
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && depth-- == 0) {
      return;
    }
  }
}

std::optional<Step> Grammar::step() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  Step step;
  std::string_view word = c_.peek_word();
  std::size_t behind = word.size();
  while (is_blank(c_.peek(behind))) ++behind;
  if (!word.empty() && c_.peek(behind) == ':') {
    step.session = Name{c_.take_token(word.size()), std::string(word)};
    c_.take(":", Glue::before);
    word = c_.peek_word();
  }
  if (word.empty()) return c_.expected("a step");
  step.keyword = c_.span(c_.pos(), c_.pos() + word.size());
  auto done = action(word);
  if (!done) return std::nullopt;
  step.action = std::move(*done);
  step.span = c_.span_from(begin);
  return step;
}

std::optional<Action> Grammar::unknown_step(std::string_view word) {
  const Span span = c_.span(c_.pos(), c_.pos() + word.size());
  if (word == "else" || word == "or")
    return c_.error(span, fmt::format("'{}' stands on the line of the '}}' before it", word));
  if (word == "rule" || word == "store")
    return c_.error(span, fmt::format("'{}' stands in a simulator, not among steps; is a '}}' "
                                      "missing before it?",
                                      word));
  return c_.error(
      span, fmt::format("unknown step '{}'{}", printable(word), suggestion(word, step_words())));
}

std::optional<Action> Grammar::action(std::string_view word) {
  const auto with_limit = [&](auto action) -> std::optional<Action> {
    auto limit = optional_within();
    if (!limit) return std::nullopt;
    action.within = std::move(*limit);
    return action;
  };
  const auto with_message = [&](auto action) -> std::optional<Action> {
    auto given = message(true);
    if (!given) return std::nullopt;
    action.message = std::move(*given);
    return action;
  };
  const auto& known = step_words();
  if (std::find(known.begin(), known.end(), word) == known.end()) return unknown_step(word);
  const std::size_t keyword = c_.pos();
  c_.take_token(word.size());
  if (word == "send") return send();
  if (word == "expect") return expect();
  if (word == "await") return with_message(Await{});
  if (word == "forbid") return with_message(Forbid{});
  if (word == "ignore") return with_message(Ignore{});
  if (word == "connect") return with_limit(Connect{});
  if (word == "accept") return with_limit(Accept{});
  if (word == "logout") return with_limit(Logout{});
  if (word == "sync") return with_limit(Sync{});
  if (word == "logon") return logon();
  if (word == "disconnect") return disconnect();
  if (word == "mute") return Mute{};
  if (word == "unmute") return Unmute{};
  if (word == "let") return let();
  if (word == "set") return set();
  if (word == "auto") return set_auto();
  if (word == "lose") return lose_state();
  if (word == "drop" && c_.take_word("next")) return drop_next();
  if (word == "log") return log();
  if (is_control_word(word)) return control(word);
  if (word == "reply" || word == "put" || word == "drop") return rule_step(word);
  if (word == "instruct") return prompt(PromptKind::instruct);
  if (word == "confirm") return prompt(PromptKind::confirm);
  if (word == "ask") return prompt(PromptKind::ask);
  if (word == "attach") return prompt(PromptKind::attach);
  if (word == "exec") return exec(keyword);
  if (word == "wait") {
    auto time = duration();
    if (!time) return std::nullopt;
    return Wait{std::move(*time)};
  }
  ExprPtr condition = expression();  // check
  if (!condition) return std::nullopt;
  return Check{std::move(condition)};
}

std::optional<std::optional<DurationSpec>> Grammar::optional_within() {
  if (!c_.take_word("within")) return std::optional<DurationSpec>();
  auto limit = duration();
  if (!limit) return std::nullopt;
  return limit;
}

std::optional<Action> Grammar::send() {
  if (c_.take_word("bytes")) return send_bytes();
  if (!c_.take_word("raw")) {
    auto given = message(false);
    if (!given) return std::nullopt;
    return Send{std::move(*given)};
  }
  if (c_.at_line_end()) return c_.expected("the text to send");
  const std::size_t begin = c_.pos();
  const std::size_t errors_before = c_.diagnostics.size();
  SendRaw raw;
  raw.text = pasted_value(begin, c_.line_end());
  raw.text.quoted = true;
  raw.span = raw.text.span;
  if (c_.diagnostics.size() > errors_before) return std::nullopt;
  c_.note_token(raw.span.begin, raw.span.end);
  return raw;
}

std::optional<Action> Grammar::send_bytes() {
  if (!c_.next_is("\"")) return c_.expected(R"(bytes in quotes, as in "\x01")");
  auto text = string();
  if (!text) return std::nullopt;
  if (!text->literal())
    return c_.error(text->span, "'send bytes' takes bytes as they are, without '${'");
  return SendBytes{text->span, text->literal_text()};
}

std::optional<Action> Grammar::expect() {
  if (c_.take_word("disconnect")) {
    ExpectDisconnect expected;
    expected.silently = c_.take_word("silently");
    auto limit = optional_within();
    if (!limit) return std::nullopt;
    expected.within = std::move(*limit);
    return expected;
  }
  if (c_.take_word("nothing")) {
    if (!c_.take_word("for")) return c_.expected("'for' and a duration");
    auto time = duration();
    if (!time) return std::nullopt;
    return ExpectNothing{std::move(*time)};
  }
  const bool optional = c_.take_word("optional");
  const bool no = !optional && c_.take_word("no");
  auto given = message(true);
  if (!given) return std::nullopt;
  if (no) return ExpectNo{std::move(*given)};
  return Expect{optional, std::move(*given)};
}

std::optional<Action> Grammar::disconnect() {
  if (c_.take_word("half")) return Disconnect{DisconnectKind::half};
  if (c_.take_word("reset")) return Disconnect{DisconnectKind::reset};
  return Disconnect{DisconnectKind::full};
}

std::optional<Action> Grammar::let() {
  auto variable = name("a name after 'let'");
  if (!variable) return std::nullopt;
  if (!c_.take("=")) return c_.expected("'='");
  ExprPtr given = expression();
  if (!given) return std::nullopt;
  return Let{std::move(*variable), std::move(given)};
}

std::optional<Action> Grammar::log() {
  if (!c_.next_is("\"")) return c_.expected("a text in quotes");
  auto text = string();
  if (!text) return std::nullopt;
  return Log{std::move(*text)};
}

}  // namespace fixdrill::syntax
