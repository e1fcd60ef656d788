// Results as a runner would write them.
#pragma once

#include <string>

#include "base/text.h"
#include "record/reader.h"
#include "record/result.h"

namespace fixdrill::report {

inline record::ScenarioResult scenario(record::Outcome outcome, const std::string& id,
                                       const std::string& title) {
  record::ScenarioResult result;
  result.outcome = outcome;
  result.case_id = id;
  result.title = title;
  result.path = "scenarios/orders/limit.drill";
  result.line = 7;
  result.elapsed_ns = 610'000'000;
  return result;
}

/// A Replace: two of six fields differ.
inline record::Verdict replace_differs() {
  record::Verdict verdict;
  verdict.rule = "expect";
  verdict.outcome = record::Outcome::fail;
  verdict.location = "scenarios/orders/replace.drill:16:7";
  verdict.message = "ExecutionReport on OE differs in 2 of 6 fields";
  verdict.source =
      "16 |       OrderQty = 150 | Price = 10.05 | LeavesQty = ${150 - o.ack.CumQty}\n"
      "   |       ^^^^^^^^^^^^^^                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^";
  verdict.fields = {{true, "ExecType(150)", "5 Replaced", "5 Replaced"},
                    {false, "OrderQty(38)", "150", "100"},
                    {true, "Price(44)", "10.05", "10.05"},
                    {false, "LeavesQty(151)", "150  (150 - 0)", "100"},
                    {true, "OrigClOrdID(41)", "A", "A"},
                    {true, "ClOrdID(11)", "B", "B"}};
  verdict.not_checked = 12;
  verdict.details = {"also open here: line 21, arm 2 of 'either' (OrderCancelReject)",
                     "received #7, 38 ms after #6: 8=FIX.4.4|9=231|35=8|10=087|",
                     "sent     #6                : 8=FIX.4.4|9=187|35=G|10=114|"};
  return verdict;
}

inline record::StepResult step_with(const record::Verdict& verdict) {
  record::StepResult step;
  step.outcome = verdict.outcome;
  step.verdicts = {verdict};
  return step;
}

inline record::ScenarioResult failing(record::Outcome outcome, const std::string& id,
                                      const std::string& title, const record::Verdict& verdict) {
  record::ScenarioResult result = scenario(outcome, id, title);
  result.steps = {step_with(verdict)};
  return result;
}

inline record::Verdict verdict_that(record::Outcome outcome, const std::string& rule,
                                    const std::string& message) {
  record::Verdict verdict;
  verdict.rule = rule;
  verdict.outcome = outcome;
  verdict.location = "scenarios/orders/limit.drill:9:3";
  verdict.message = message;
  return verdict;
}

inline constexpr std::int64_t kRunStart = 1'795'327'200'000'000'000;  // 2026-11-22T06:00:00Z

/// A sealed run without scenarios, as the reader gives it.
inline record::Recording ended_run(int exit_code) {
  record::Recording recording;
  recording.uuid = "2f6e";
  recording.suite = "scenarios";
  recording.target = "sim.toml";
  recording.outcome = exit_code == 0 ? "PASS" : "FAIL";
  recording.sealed = true;
  recording.result.uuid = recording.uuid;
  recording.result.recording = "runs/a.db";
  recording.result.started_ns = kRunStart;
  recording.result.ended_ns = kRunStart + 9'400'000'000;
  recording.result.elapsed_ns = 9'400'000'000;
  recording.result.exit_code = exit_code;
  return recording;
}

/// One scenario of every state, in two files, with messages and warnings.
inline record::Recording every_state() {
  using record::Outcome;
  record::Recording recording = ended_run(1);
  recording.release = "3.1";
  recording.change = "CHG-7";
  recording.sessions = {{1, {"OE", "initiator", "FIX.4.4", "BRK1", "EXCH", "", "wire"}}};
  record::MessageRow sent;
  sent.id = 6;
  sent.session_id = 1;
  sent.direction = record::Direction::out;
  sent.time.wall_ns = kRunStart + 38'000'001;
  sent.raw = pipe_to_soh("8=FIX.4.4|9=187|35=G|10=114|");
  recording.messages = {sent};
  record::ScenarioResult replace = failing(
      Outcome::fail, "OE-030", "Replace price and quantity, then cancel", replace_differs());
  replace.path = "scenarios/orders/replace.drill";
  replace.exit_code = 1;
  record::StepResult& step = replace.steps.front();
  step.id = 4;
  step.session = "OE";
  step.file = replace.path;
  step.line = 14;
  step.text = "expect ExecutionReport {";
  step.started_ns = kRunStart + 38'000'000;
  step.ended_ns = kRunStart + 76'000'000;
  step.round_trip_ns = 38'000'000;
  step.verdicts.front().messages = {{6, "sent", ""}, {99, "candidate", "ExecType(150) differs"}};
  step.answer =
      record::Answer{"confirm", "Working?", "yes", "ann", "terminal", kRunStart + 50'000'000, ""};
  record::ScenarioResult passed = scenario(Outcome::pass, "OE-001", "Limit buy is acknowledged");
  passed.warnings = {"uid() has only 4 digits"};
  record::ScenarioResult skipped = scenario(Outcome::skip, "", "Größe");
  skipped.elapsed_ns = 0;
  skipped.warnings = {"needs TLS"};
  record::ScenarioResult unresolved = scenario(Outcome::unresolved, "", "T");
  unresolved.warnings = {"interrupted at its end"};
  recording.result.scenarios = {
      passed,
      replace,
      failing(Outcome::error, "", "T", verdict_that(Outcome::error, "connect", "logon refused")),
      skipped,
      failing(Outcome::xfail, "DC-010", "No drop copy",
              verdict_that(Outcome::xfail, "expect", "EXCH-1182: no drop copy")),
      scenario(Outcome::xpass, "DC-011", "Drop copy"),
      unresolved};
  for (record::ScenarioResult& one : recording.result.scenarios) one.started_ns = kRunStart;
  return recording;
}

}  // namespace fixdrill::report
