// Steps that hold other steps, call them or end the scenario.
#include "syntax/grammar.h"

namespace fixdrill::syntax {

std::optional<Action> Grammar::control(std::string_view word) {
  if (word == "unordered") return unordered();
  if (word == "either") return either();
  if (word == "if") return if_step();
  if (word == "repeat") return repeat();
  if (word == "for") return for_each();
  if (word == "call") return call_step();
  if (word == "skip") return skip();
  return xfail();
}

std::optional<Action> Grammar::unordered() {
  auto limit = optional_within();
  if (!limit) return std::nullopt;
  auto body = block();
  if (!body) return std::nullopt;
  return Unordered{std::move(*limit), std::move(*body)};
}

std::optional<Action> Grammar::either() {
  Either either;
  do {
    auto arm = block();
    if (!arm) return std::nullopt;
    either.arms.push_back(std::move(*arm));
  } while (c_.take_word("or"));
  if (either.arms.size() < 2)
    return c_.expected("'or {' behind the '}': 'either' has at least two arms");
  return either;
}

std::optional<Action> Grammar::if_step() {
  If step;
  step.condition = expression();
  if (!step.condition) return std::nullopt;
  auto then = block();
  if (!then) return std::nullopt;
  step.then = std::move(*then);
  if (c_.take_word("else")) {
    step.otherwise = else_block();
    if (!step.otherwise) return std::nullopt;
  }
  return step;
}

// `else if` is a block with that one step.
std::optional<Block> Grammar::else_block() {
  if (c_.peek_word() != "if") return block();
  const Level level(*this);
  if (!level.ok()) return std::nullopt;
  auto inner = step();
  if (!inner) return std::nullopt;
  Block block;
  block.span = inner->span;
  block.steps.push_back(std::move(*inner));
  return block;
}

std::optional<Action> Grammar::repeat() {
  auto count = whole_number("how often, as in 'repeat 3'");
  if (!count) return std::nullopt;
  Repeat step{std::move(*count), std::nullopt, {}};
  if (c_.take_word("as")) {
    step.as = name("a name after 'as'");
    if (!step.as) return std::nullopt;
  }
  auto body = block();
  if (!body) return std::nullopt;
  step.block = std::move(*body);
  return step;
}

std::optional<Action> Grammar::for_each() {
  if (!c_.take_word("each")) return c_.expected("'each', as in 'for each symbol in (A, B)'");
  auto variable = name("a name after 'each'");
  if (!variable) return std::nullopt;
  if (!c_.take_word("in")) return c_.expected("'in'");
  auto values = value_set();
  if (!values) return std::nullopt;
  auto body = block();
  if (!body) return std::nullopt;
  return ForEach{std::move(*variable), std::move(*values), std::move(*body)};
}

std::optional<Action> Grammar::call_step() {
  auto proc = name("the name of a proc");
  if (!proc) return std::nullopt;
  ProcCall call{std::move(*proc), {}, std::nullopt};
  if (!arguments(call)) return std::nullopt;
  if (c_.take_word("as")) {
    call.as = name("a name after 'as'");
    if (!call.as) return std::nullopt;
  }
  return call;
}

bool Grammar::arguments(ProcCall& call) {
  if (!c_.take("(", Glue::both)) return c_.expected("'('"), false;
  if (c_.take(")", Glue::before)) return true;
  do {
    auto parameter = name("the name of a parameter");
    if (!parameter) return false;
    if (!c_.take("=")) return c_.expected("'='"), false;
    auto given = value({",)", false});
    if (!given) return false;
    call.arguments.push_back({std::move(*parameter), std::move(*given)});
  } while (c_.take(",", Glue::before));
  if (!c_.take(")", Glue::before)) return c_.expected("',' or ')'"), false;
  return true;
}

bool Grammar::because(std::optional<Value>& reason) {
  if (!c_.take_word("because")) return true;
  if (!c_.next_is("\"")) return c_.expected("a text in quotes"), false;
  reason = string();
  return reason.has_value();
}

std::optional<Action> Grammar::skip() {
  if (!c_.take_word("if")) return c_.expected("'if' and a condition");
  Skip step{expression(), std::nullopt};
  if (!step.condition || !because(step.because)) return std::nullopt;
  return step;
}

std::optional<Action> Grammar::xfail() {
  Xfail step;
  if (c_.take_word("if")) {
    step.condition = expression();
    if (!step.condition) return std::nullopt;
  }
  if (!because(step.because)) return std::nullopt;
  return step;
}

}  // namespace fixdrill::syntax
