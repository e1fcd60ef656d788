// Steps that people or programs of this machine carry out.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

/// Which modifiers a prompt takes: the one table the checker speaks from. Order of PromptKind.
struct PromptRule {
  std::string_view action;
  bool into;
  bool within;
  bool otherwise;
  bool choices;
  bool log;
};
constexpr std::array<PromptRule, 4> kRules = {{{"instruct", false, true, false, false, false},
                                               {"confirm", false, true, true, false, true},
                                               {"ask", true, true, true, true, false},
                                               {"attach", false, true, false, false, false}}};

std::string taken_by(const PromptRule& rule) {
  std::vector<std::string> words = {"within"};
  if (rule.otherwise) words.emplace_back("default");
  if (rule.choices) words.emplace_back("choices");
  if (rule.log) words.emplace_back("log");
  return join(words, ", ");
}

void check_modifiers(const syntax::Prompt& prompt, const PromptRule& rule, const Place& place) {
  const auto refuse = [&](bool taken, std::string_view word, const Span& span) {
    if (!taken)
      place.findings.error(span, fmt::format("'{}' does not take '{}'; it takes: {}", rule.action,
                                             word, taken_by(rule)));
  };
  if (prompt.into) refuse(rule.into, "->", prompt.into->span);
  if (prompt.log) refuse(rule.log, "log", prompt.log_span);
  if (prompt.otherwise) refuse(rule.otherwise, "default", prompt.otherwise->span);
  if (prompt.choices) refuse(rule.choices, "choices", prompt.choices_span);
}

bool is_yes_or_no(const std::string& text) {
  const std::string word = to_lower(text);
  return word == "y" || word == "yes" || word == "n" || word == "no";
}

// A default of `ask` need not be one of the choices: "-" may say that there is no answer.
void check_default(const syntax::Prompt& prompt, const Place& place) {
  if (prompt.kind != syntax::PromptKind::confirm || !prompt.otherwise->literal()) return;
  if (!is_yes_or_no(prompt.otherwise->literal_text()))
    place.findings.error(prompt.otherwise->span, "the default of 'confirm' is \"yes\" or \"no\"");
}

bool is_secret(const std::string& name, const syntax::File& file) {
  return std::any_of(file.secrets.begin(), file.secrets.end(),
                     [&](const syntax::Secret& secret) { return secret.name.text == name; });
}

}  // namespace

void check_prompt(const syntax::Prompt& prompt, const Place& place) {
  const PromptRule& rule = kRules[static_cast<std::size_t>(prompt.kind)];
  check_modifiers(prompt, rule, place);
  check_value(prompt.text, place);
  if (prompt.log) check_regex(*prompt.log, place);
  check_duration(prompt.within, place);
  if (prompt.otherwise) check_value(*prompt.otherwise, place);
  for (const syntax::Value& choice : prompt.choices.value_or(std::vector<syntax::Value>()))
    check_value(choice, place);
  if (prompt.otherwise) check_default(prompt, place);
  if (prompt.into) define(*prompt.into, KnownName{}, place);
}

// Whoever may list the processes of this machine reads their arguments.
void check_exec(const syntax::Exec& exec, const Place& place) {
  for (const syntax::Value& argument : exec.arguments) {
    check_value(argument, place);
    for (const std::string& name : root_names(argument)) {
      if (is_secret(name, place.file))
        place.findings.error(
            argument.span,
            fmt::format("the secret '{}' must not stand in a command line, which everybody on this "
                        "machine can read; let the program take it from a file",
                        name));
    }
  }
  if (!exec.into) return;
  define(*exec.into, KnownName{}, place);
  define(exec.status(), KnownName{}, place);
}

}  // namespace fixdrill::eval
