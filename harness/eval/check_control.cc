// Steps that hold other steps or end the scenario.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"

namespace fixdrill::eval {

namespace {

std::vector<std::string> tests_of(const syntax::Message& message) {
  std::vector<std::string> tests;
  for (const syntax::Field& field : message.fields) tests.emplace_back(trim(field.span.text()));
  return tests;
}

}  // namespace

bool covers(const syntax::Message& earlier, const syntax::Message& later) {
  // The earlier one asks for more than it lists, or the later for less.
  if (earlier.exact || earlier.like || later.ignoring) return false;
  if (earlier.type.text != later.type.text) return false;
  const std::vector<std::string> all = tests_of(later);
  const std::vector<std::string> needed = tests_of(earlier);
  return std::all_of(needed.begin(), needed.end(), [&](const std::string& test) {
    return std::find(all.begin(), all.end(), test) != all.end();
  });
}

namespace {

Flow with_scope(const Flow& flow, Scope& scope) {
  return {flow.checked, scope, flow.session, flow.any_session, flow.calls};
}

const syntax::Message* message_of(const syntax::Action& action) {
  if (const auto* expect = std::get_if<syntax::Expect>(&action)) return &expect->message;
  const auto* await = std::get_if<syntax::Await>(&action);
  return await ? &await->message : nullptr;
}

void check_because(const std::optional<syntax::Value>& because, const Place& place) {
  if (because) check_value(*because, place);
}

void refuse_several(const syntax::Message& message, std::string_view where, Findings& findings) {
  if (!message.times && !message.until) return;
  findings.error(
      message.times ? message.times->span : message.until->span,
      fmt::format("{} takes one message; 'times' and 'until' stand in steps of their own", where));
}

// ---- unordered ----

void check_members(const syntax::Block& block, const Flow& flow, Scope& after);

// Whether the step set it; what a caller or the file gives has no place where it is set.
bool is_new(const std::string& name, const KnownName& known, const Scope& before) {
  const auto found = before.known.find(name);
  if (found == before.known.end()) return true;
  const auto& old = found->second.set_at;
  return known.set_at &&
         (!old || old->file != known.set_at->file || old->begin != known.set_at->begin);
}

std::string_view name_of(const syntax::Step& step) {
  if (std::holds_alternative<syntax::Expect>(step.action)) return "expect optional";
  if (std::holds_alternative<syntax::ExpectNo>(step.action)) return "expect no";
  if (std::holds_alternative<syntax::ExpectNothing>(step.action)) return "expect nothing";
  if (std::holds_alternative<syntax::ExpectDisconnect>(step.action)) return "expect disconnect";
  return step.keyword.text();
}

// Several messages under one name are a list.
void keep_new(const std::string& name, const KnownName& known, const Flow& flow, Scope& after) {
  const auto [at, first] = after.known.try_emplace(name, known);
  if (first) return;
  const bool again = is_new(name, at->second, flow.scope);
  at->second = known;
  if (again && known.kind == KnownName::Kind::message) at->second.kind = KnownName::Kind::list;
}

void check_member(const syntax::Step& step, const Flow& flow, Scope& after) {
  Findings& findings = flow.checked.findings;
  const auto* loop = std::get_if<syntax::ForEach>(&step.action);
  const auto* expect = std::get_if<syntax::Expect>(&step.action);
  const syntax::Message* message = message_of(step.action);
  if (!loop && (!message || (expect && expect->optional))) {
    findings.error(step.keyword, fmt::format("'unordered' holds 'expect', 'await' and 'for each', "
                                             "not '{}'",
                                             name_of(step)));
    return;
  }
  Scope inner = flow.scope;
  const Place place = place_of(find_session(step, flow), flow.checked, inner);
  if (loop) {
    for (const syntax::Value& value : loop->values) check_value(value, place);
    define(loop->name, {}, place);
    Scope inside = inner;
    check_members(loop->block, with_scope(flow, inner), inside);
    // One message for each value: several under one name.
    for (auto& [name, known] : inside.known) {
      if (!is_new(name, known, inner)) continue;
      if (known.kind == KnownName::Kind::message && loop->values.size() > 1)
        known.kind = KnownName::Kind::list;
      keep_new(name, known, flow, after);
    }
    return;
  }
  refuse_several(*message, "an expectation in 'unordered'", findings);
  if (message->within)
    findings.error(message->within->span,
                   "the limit of 'unordered' is for all of it: 'unordered within 3s {'");
  check_message(*message, expect ? kExpect : kAwait, place);
  for (const auto& [name, known] : inner.known) {
    if (is_new(name, known, flow.scope)) keep_new(name, known, flow, after);
  }
}

void check_members(const syntax::Block& block, const Flow& flow, Scope& after) {
  if (block.steps.empty())
    flow.checked.findings.error(block.span, "there is nothing in this block");
  for (const syntax::Step& step : block.steps) check_member(step, flow, after);
}

// ---- either ----

bool begins_arm(const syntax::Action& action) {
  const auto* expect = std::get_if<syntax::Expect>(&action);
  return (expect && !expect->optional) || std::holds_alternative<syntax::Await>(action) ||
         std::holds_alternative<syntax::ExpectNothing>(action) ||
         std::holds_alternative<syntax::ExpectDisconnect>(action);
}

void check_arm_begin(const syntax::Block& arm, Findings& findings) {
  if (arm.steps.empty() || !begins_arm(arm.steps.front().action)) {
    const Span& where = arm.steps.empty() ? arm.span : arm.steps.front().keyword;
    findings.error(where,
                   "an arm of 'either' begins with 'expect', 'await', 'expect nothing' or "
                   "'expect disconnect': the first message decides which arm goes on");
    return;
  }
  if (const auto* message = message_of(arm.steps.front().action))
    refuse_several(*message, "the first expectation of an arm", findings);
}

// Whether every message that `later` takes has been taken by `earlier`.
bool covers(const syntax::Step& earlier, const syntax::Step& later) {
  const syntax::Message* first = message_of(earlier.action);
  const syntax::Message* second = message_of(later.action);
  const bool same_session = earlier.session.has_value() == later.session.has_value() &&
                            (!earlier.session || earlier.session->text == later.session->text);
  if (!first || !second || !same_session) return false;
  if (first->within || second->within) return false;  // their clocks differ
  return eval::covers(*first, *second);
}

void check_reachable(const syntax::Either& either, Findings& findings) {
  for (std::size_t i = 1; i < either.arms.size(); ++i) {
    if (either.arms[i].steps.empty()) continue;
    const syntax::Step& later = either.arms[i].steps.front();
    for (std::size_t earlier = 0; earlier < i; ++earlier) {
      const syntax::Block& arm = either.arms[earlier];
      if (arm.steps.empty() || !covers(arm.steps.front(), later)) continue;
      findings.error(
          later.keyword,
          fmt::format("this arm is never reached: arm {} (line {}) takes every message "
                      "that it would take",
                      earlier + 1, arm.span.file->position(arm.steps.front().span.begin).line));
      break;
    }
  }
}

}  // namespace

void check_control(const syntax::Unordered& step, const Flow& flow, const Place& place) {
  check_duration(step.within, place);
  Scope after = flow.scope;
  check_members(step.block, flow, after);
  flow.scope.known = std::move(after.known);
}

void check_control(const syntax::Either& step, const Flow& flow, const Place&) {
  std::vector<Scope> ways;
  for (const syntax::Block& arm : step.arms) {
    check_arm_begin(arm, flow.checked.findings);
    Scope scope = flow.scope;
    check_block(arm, with_scope(flow, scope));
    ways.push_back(std::move(scope));
  }
  check_reachable(step, flow.checked.findings);
  join_ways(flow.scope, ways);
}

void check_control(const syntax::If& step, const Flow& flow, const Place& place) {
  check_expression(*step.condition, place);
  std::vector<Scope> ways(2, flow.scope);
  {
    const Certainty certain(ways[0], certain_paths(*step.condition, true));
    check_block(step.then, with_scope(flow, ways[0]));
  }
  const Certainty certain(ways[1], certain_paths(*step.condition, false));
  if (step.otherwise) check_block(*step.otherwise, with_scope(flow, ways[1]));
  join_ways(flow.scope, ways);
}

void check_control(const syntax::Repeat& step, const Flow& flow, const Place& place) {
  check_value(step.count, place);
  if (step.as) define(*step.as, {}, place);
  check_block(step.block, flow);
}

void check_control(const syntax::ForEach& step, const Flow& flow, const Place& place) {
  for (const syntax::Value& value : step.values) check_value(value, place);
  define(step.name, {}, place);
  check_block(step.block, flow);
}

void check_control(const syntax::Skip& step, const Flow& flow, const Place& place) {
  check_expression(*step.condition, place);
  check_because(step.because, place);
  keep_certain(flow.scope, certain_paths(*step.condition, false));
}

void check_control(const syntax::Xfail& step, const Flow&, const Place& place) {
  if (step.condition) check_expression(*step.condition, place);
  check_because(step.because, place);
}

}  // namespace fixdrill::eval
