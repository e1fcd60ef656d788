// Steps that people or programs of this machine carry out.
#include <fmt/format.h>

#include "syntax/grammar.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

namespace {

const std::vector<std::string> kPromptWords = {"log", "within", "default", "choices"};

}  // namespace

std::optional<Action> Grammar::prompt(PromptKind kind) {
  if (!c_.next_is("\"")) return c_.expected("a text in quotes");
  auto text = string();
  if (!text) return std::nullopt;
  Prompt prompt;
  prompt.kind = kind;
  prompt.text = std::move(*text);
  if (c_.take("->")) {
    prompt.into = name("a name after '->'");
    if (!prompt.into) return std::nullopt;
  } else if (kind == PromptKind::ask) {
    return c_.expected("'->' and a name for the answer, as in: ask \"Desk name?\" -> desk");
  }
  for (std::string_view word; !(word = c_.peek_word()).empty();) {
    if (!prompt_modifier(prompt, word)) return std::nullopt;
  }
  return prompt;
}

bool Grammar::prompt_modifier(Prompt& prompt, std::string_view word) {
  const Span span = c_.found_span();
  const auto fresh = [&](bool already) {
    if (already) c_.error(span, fmt::format("a second '{}'", word));
    return !already;
  };
  if (word == "log") {
    if (!fresh(prompt.log.has_value())) return false;
    prompt.log_span = c_.take_token(word.size());
    if (!c_.next_is("/")) return c_.expected("a regular expression, as in log /too low/i"), false;
    prompt.log = regex();
    return prompt.log.has_value();
  }
  if (word == "within") {
    if (!fresh(prompt.within.has_value())) return false;
    c_.take_token(word.size());
    prompt.within = duration();
    return prompt.within.has_value();
  }
  if (word == "default") {
    if (!fresh(prompt.otherwise.has_value())) return false;
    c_.take_token(word.size());
    if (!c_.next_is("\"")) return c_.expected("a text in quotes"), false;
    prompt.otherwise = string();
    return prompt.otherwise.has_value();
  }
  if (word == "choices") {
    if (!fresh(prompt.choices.has_value())) return false;
    c_.take_token(word.size());
    c_.skip_blanks();
    const std::size_t begin = c_.pos();
    prompt.choices = value_set();
    prompt.choices_span = c_.span_from(begin);
    return prompt.choices.has_value();
  }
  c_.error(span, fmt::format("expected log, within, default, choices or the end of the line, found "
                             "'{}'{}",
                             word, suggestion(word, kPromptWords)));
  return false;
}

std::optional<Action> Grammar::exec(std::size_t keyword) {
  Exec exec;
  while (c_.next_is("\"")) {
    auto argument = string();
    if (!argument) return std::nullopt;
    exec.arguments.push_back(std::move(*argument));
  }
  if (exec.arguments.empty())
    return c_.expected("the program and its arguments, each in quotes: exec \"./gw\" \"start\"");
  if (c_.take("->")) {
    exec.into = name("a name after '->'");
    if (!exec.into) return std::nullopt;
  } else if (!c_.at_line_end() && c_.peek() != '}') {
    return c_.expected("another argument in quotes, '->' or the end of the line");
  }
  file_.execs.push_back(c_.span_from(keyword));
  return exec;
}

}  // namespace fixdrill::syntax
