// Steps that hold other steps, call them or end the scenario.

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "eval/argument.h"
#include "eval/expression.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using record::Outcome;
using record::Verdict;

// The steps report for themselves: whether they passed is told by ended_.
void ScenarioRunner::run_nested(const syntax::Block& block, std::size_t first) {
  if (depth_ > limits::kCallDepth) {
    Verdict verdict = verdict_at(
        block.span, "nesting",
        fmt::format("blocks and calls are nested more than {} deep here", limits::kCallDepth));
    verdict.outcome = Outcome::error;
    return add_failure(block.span, std::move(verdict));
  }
  ++depth_;
  for (Channel* channel : sessions_.of_file()) channel->begin_block();
  const bool complete = run_steps(block, first);
  note_optionals();
  end_block(block, complete);
  --depth_;
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::If& step) {
  const auto condition = eval::condition(*step.condition, environment(current.channel));
  if (!condition) return failure_of(step.condition->span, "if", condition.error());
  if (condition->holds) {
    run_nested(step.then);
  } else if (step.otherwise) {
    run_nested(*step.otherwise);
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Repeat& step) {
  const auto count = eval::whole_number(step.count, environment(current.channel));
  if (!count) return failure_of(step.count.span, "repeat", count.error());
  for (std::int64_t round = 1; round <= *count && !ended_ && !config_.stop.requested(); ++round) {
    if (step.as) names_->set(step.as->text, fix::Decimal(round));
    around_.push_back({current.step, fmt::format("in round {} of 'repeat'", round)});
    run_nested(step.block);
    around_.pop_back();
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::ForEach& step) {
  for (const syntax::Value& value : step.values) {
    auto one = eval::set_member(value, environment(current.channel));
    if (!one) return failure_of(value.span, "for each", one.error());
    around_.push_back({current.step, fmt::format("with {} = {}", step.name.text,
                                                 printable(eval::to_text(*one)))});
    names_->set(step.name.text, std::move(*one));
    run_nested(step.block);
    around_.pop_back();
    if (ended_ || config_.stop.requested()) break;
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::ProcCall& call) {
  const syntax::Proc* proc = file_->proc(call.proc.text);
  if (!proc) return verdict_at(call.proc.span, "call", fmt::format("no proc '{}'", call.proc.text));
  eval::Bindings scope(world_, file_names_.get());
  if (Failure failure = bind_arguments(current, call, *proc, scope)) return failure;
  eval::Bindings* const outer = std::exchange(names_, &scope);
  callers_.push_back(outer);
  Channel* const outer_channel = std::exchange(default_channel_, current.channel);
  around_.push_back({current.step, fmt::format("in '{}', called", proc->name.text)});
  run_nested(proc->block);
  around_.pop_back();
  callers_.pop_back();
  names_ = outer;
  default_channel_ = outer_channel;
  if (ended_ || !call.as) return {};
  std::map<std::string, eval::Value, std::less<>> results;
  for (const syntax::Name& name : proc->results) {
    if (const eval::Value* value = scope.find(name.text)) results.emplace(name.text, *value);
  }
  names_->set(call.as->text, eval::record_of(std::move(results)));
  return {};
}

// Arguments are the caller's, defaults the procedure's own.
ScenarioRunner::Failure ScenarioRunner::bind_arguments(const Current& current,
                                                       const syntax::ProcCall& call,
                                                       const syntax::Proc& proc,
                                                       eval::Bindings& scope) {
  for (const syntax::Proc::Parameter& parameter : proc.parameters) {
    const syntax::Value* given = parameter.value ? &*parameter.value : nullptr;
    bool by_caller = false;
    for (const auto& argument : call.arguments) {
      if (argument.name.text != parameter.name.text) continue;
      given = &argument.value;
      by_caller = true;
    }
    if (!given)
      return verdict_at(
          call.proc.span, "call",
          fmt::format("'{}' needs a value for '{}'", proc.name.text, parameter.name.text));
    auto value = eval::argument(*given, environment(current.channel, by_caller ? *names_ : scope));
    if (!value) return failure_of(given->span, "call", value.error());
    scope.set(parameter.name.text, std::move(*value));
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Skip& skip) {
  Failure failure = end_with(current, Outcome::skip, "skip", skip.condition, skip.because);
  if (failure || current.result.verdicts.empty()) return failure;
  ended_ = Outcome::skip;
  if (result_.outcome == Outcome::pass) result_.outcome = Outcome::skip;
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Xfail& xfail) {
  Failure failure = end_with(current, Outcome::xfail, "xfail", xfail.condition, xfail.because);
  if (!failure && !current.result.verdicts.empty()) expected_fail_ = true;
  return failure;
}

// What the profile says of this case, as a step of its own. False: nothing.
bool ScenarioRunner::foretold(const Case& planned, const std::vector<profile::Foretold>& table,
                              Outcome outcome) {
  const auto said = std::find_if(table.begin(), table.end(), [&](const profile::Foretold& one) {
    return has_id(planned, one.id);
  });
  if (said == table.end()) return false;
  const bool skip = outcome == Outcome::skip;
  Current current = start(said->span);
  if (skip) result_.outcome = Outcome::skip;
  if (skip) ended_ = Outcome::skip;
  Verdict verdict = verdict_at(said->span, skip ? "skip" : "xfail", said->reason);
  verdict.outcome = outcome;
  current.result.verdicts.push_back(std::move(verdict));
  finish(current, {});
  return true;
}

// From the inside out: "in 'fill', called in a.drill:12:3"
void ScenarioRunner::say_where(Verdict& verdict) const {
  for (auto around = around_.rbegin(); around != around_.rend(); ++around)
    verdict.details.push_back(
        fmt::format("{} in {}", around->what, location_text(around->step->keyword)));
}

// The checker has refused it.
ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::RuleStep&) {
  return verdict_at(
      current.step->keyword, "rule",
      fmt::format("'{}' stands only in the rules of a simulator", current.step->keyword.text()));
}

// A verdict that says why, when the condition holds (null: always).
ScenarioRunner::Failure ScenarioRunner::end_with(Current& current, Outcome outcome,
                                                 const std::string& rule,
                                                 const syntax::ExprPtr& condition,
                                                 const std::optional<syntax::Value>& because) {
  const eval::Environment where = environment(current.channel);
  if (condition) {
    const auto holds = eval::condition(*condition, where);
    if (!holds) return failure_of(condition->span, rule, holds.error());
    if (!holds->holds) return {};
  }
  std::string text = condition ? std::string(trim(condition->span.text())) : "";
  if (because) {
    auto filled = eval::fill(*because, where);
    if (!filled) return failure_of(because->span, rule, filled.error());
    text = std::move(*filled);
  }
  Verdict verdict = verdict_at(current.step->keyword, rule, std::move(text));
  verdict.outcome = outcome;
  current.result.verdicts.push_back(std::move(verdict));
  return {};
}

// A failure that was expected is none; an ERROR, a guard or a failed teardown beside it still is
// one.
void ScenarioRunner::settle_xfail(bool torn_down) {
  if (!expected_fail_) return;
  const bool errors =
      std::any_of(result_.steps.begin(), result_.steps.end(),
                  [](const record::StepResult& step) { return step.outcome == Outcome::error; });
  if (errors && result_.exit_code != 5) {
    result_.outcome = Outcome::error;
    result_.exit_code = 3;
  } else if (result_.outcome == Outcome::fail && result_.exit_code != 5 && torn_down) {
    result_.outcome = Outcome::xfail;
    result_.exit_code = 0;
    return;
  } else if (result_.outcome == Outcome::pass) {
    result_.outcome = Outcome::xpass;
    result_.exit_code = 1;
  }
  for (record::StepResult& step : result_.steps) {
    for (Verdict& verdict : step.verdicts) {
      if (verdict.outcome != Outcome::xfail) continue;
      const bool passed = result_.outcome == Outcome::xpass;
      verdict.outcome = passed ? Outcome::xpass : Outcome::pass;
      if (passed)
        verdict.message = verdict.message.empty()
                              ? "passed, but was expected to fail"
                              : "passed, but was expected to fail: " + verdict.message;
    }
  }
}

// What fails after all is no skip: the reason for one explains nothing.
void ScenarioRunner::settle_skip() {
  if (result_.outcome == Outcome::skip) return;
  for (record::StepResult& step : result_.steps) {
    for (Verdict& verdict : step.verdicts) {
      if (verdict.outcome == Outcome::skip) verdict.outcome = Outcome::pass;
    }
  }
}

}  // namespace fixdrill::run
