#include "report/console.h"

#include <gtest/gtest.h>
#include <sstream>

#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Outcome;
using record::RunResult;
using record::ScenarioResult;
using record::StepResult;
using record::Verdict;

/// What a user sees: results and progress apart.
class ConsoleTest : public testing::Test {
 protected:
  std::string shows(const ScenarioResult& result, ConsoleOptions options = {}) {
    Console(results_, progress_, options).scenario_finished(result);
    return results_.str();
  }
  std::string sums_up(const RunResult& result) {
    Console(results_, progress_, {}).summary(result);
    return results_.str();
  }

  std::ostringstream results_;
  std::ostringstream progress_;
};

TEST_F(ConsoleTest, APassIsOneLine) {
  EXPECT_EQ(shows(scenario(Outcome::pass, "OE-001", "Limit buy is acknowledged, then filled")),
            "PASS   OE-001               Limit buy is acknowledged, then filled    0.61 s  "
            "scenarios/orders/limit.drill:7\n");
  EXPECT_EQ(progress_.str(), "");
}

TEST_F(ConsoleTest, ColumnsHoldForLongNamesAndWithoutAnId) {
  shows(scenario(Outcome::xfail, "DC-010/sell-ioc", "EXCH-1182: no drop copy for unfilled IOC"));
  shows(scenario(Outcome::skip, "", "Größe"));
  shows(scenario(Outcome::pass, "A-VERY-LONG-ID-OF-A-CASE", "T"));
  EXPECT_EQ(results_.str(),
            "XFAIL  DC-010/sell-ioc      EXCH-1182: no drop copy for unfilled IOC  0.61 s  "
            "scenarios/orders/limit.drill:7\n"
            "SKIP   Größe                                                          0.61 s  "
            "scenarios/orders/limit.drill:7\n"
            "PASS   A-VERY-LONG-ID-OF-A-CASE  T                                         0.61 s  "
            "scenarios/orders/limit.drill:7\n");
}

TEST_F(ConsoleTest, AFailureSaysWhy) {
  ScenarioResult result =
      scenario(Outcome::fail, "OE-030", "Replace price and quantity, then cancel");
  result.steps = {step_with(replace_differs())};
  EXPECT_EQ(shows(result), R"(FAIL   OE-030  Replace price and quantity, then cancel
scenarios/orders/replace.drill:16:7: error: ExecutionReport on OE differs in 2 of 6 fields
16 |       OrderQty = 150 | Price = 10.05 | LeavesQty = ${150 - o.ack.CumQty}
   |       ^^^^^^^^^^^^^^                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
     field               expected              received
     ExecType(150)       5 Replaced            5 Replaced
   ! OrderQty(38)        150                   100
   ! LeavesQty(151)      150  (150 - 0)        100
     Price(44), OrigClOrdID(41), ClOrdID(11): equal (-v shows them); 12 fields not checked
   also open here: line 21, arm 2 of 'either' (OrderCancelReject)
   received #7, 38 ms after #6: 8=FIX.4.4|9=231|35=8|10=087|
   sent     #6                : 8=FIX.4.4|9=187|35=G|10=114|

)");
}

TEST_F(ConsoleTest, VerboseShowsEqualFieldsInTheTable) {
  ScenarioResult result = scenario(Outcome::fail, "", "T");
  Verdict verdict = replace_differs();
  verdict.source = "";
  verdict.details.clear();
  result.steps = {step_with(verdict)};
  EXPECT_EQ(shows(result, {.verbose = true}), R"(FAIL   T
scenarios/orders/replace.drill:16:7: error: ExecutionReport on OE differs in 2 of 6 fields
     field               expected              received
     ExecType(150)       5 Replaced            5 Replaced
   ! OrderQty(38)        150                   100
     Price(44)           10.05                 10.05
   ! LeavesQty(151)      150  (150 - 0)        100
     OrigClOrdID(41)     A                     A
     ClOrdID(11)         B                     B
     12 fields not checked

)");
}

TEST_F(ConsoleTest, ALimitThatPassed) {
  ScenarioResult result =
      scenario(Outcome::fail, "OE-001", "Limit buy is acknowledged, then filled");
  Verdict verdict;
  verdict.outcome = Outcome::fail;
  verdict.location = "scenarios/orders/limit.drill:16:3";
  verdict.message = "no ExecutionReport ('fill') within 5 s";
  verdict.source =
      "16 |   expect ExecutionReport as fill within 5s {\n   |   ^ waited for OrderID(37)=O-1001";
  verdict.details = {"OE since line 12: no application message; session up, 1 Heartbeat in, 1 out"};
  result.steps = {step_with(verdict)};
  result.warnings = {"the peer's clock is 3 s ahead"};
  result.steps.front().answer =
      record::Answer{"ask", "Desk?", "a\x1b", "ann", "file", kRunStart, ""};
  EXPECT_EQ(shows(result), R"(FAIL   OE-001  Limit buy is acknowledged, then filled
scenarios/orders/limit.drill:16:3: error: no ExecutionReport ('fill') within 5 s
16 |   expect ExecutionReport as fill within 5s {
   |   ^ waited for OrderID(37)=O-1001
   OE since line 12: no application message; session up, 1 Heartbeat in, 1 out
   ask "Desk?": a\x1b (ann; from the answers file; 06:00:00 UTC)
   warning: the peer's clock is 3 s ahead

)");
}

TEST_F(ConsoleTest, WhatAPeerSentCannotActOnTheTerminalOrTheCi) {
  ScenarioResult result = scenario(Outcome::error, "", "::set-env\x1b[2J");
  Verdict verdict;
  verdict.outcome = Outcome::error;
  verdict.message = "::error::pwned";
  verdict.details = {"::stop-commands::x\n  ::add-mask::y", "text\r\x1b]0;title\x07 \xE2\x80\xAE"};
  result.steps = {step_with(verdict)};
  EXPECT_EQ(shows(result),
            "ERROR  ::set-env\\x1b[2J\n"
            "error: ::error::pwned\n"
            "   \\x3a:stop-commands::x\n"
            "     \\x3a:add-mask::y\n"
            "   text\\x0d\\x1b]0;title\\x07 \\u{202e}\n"
            "\n");
}

TEST_F(ConsoleTest, ColourStandsOnTheStateOnly) {
  const std::string line = shows(scenario(Outcome::pass, "A", "T"), {.colour = true});
  EXPECT_TRUE(line.starts_with("\x1b[32mPASS\x1b[0m   A    ")) << line;
  EXPECT_EQ(line.find('\x1b', 10), line.npos);
}

TEST_F(ConsoleTest, TheLastLineCountsStatesAndRoundTrips) {
  RunResult run;
  run.elapsed_ns = 9'400'000'000;
  run.recording = "runs/2026-11-22T06-00-00.db";
  run.scenarios.assign(5, scenario(Outcome::pass, "", ""));
  run.scenarios.push_back(scenario(Outcome::xfail, "", ""));
  run.scenarios.push_back(scenario(Outcome::skip, "", ""));
  for (const std::int64_t ns : {38'000'000, 410'000, 0, 1'200'000'000}) {
    StepResult step;
    step.round_trip_ns = ns;
    run.scenarios[0].steps.push_back(step);
  }
  EXPECT_EQ(sums_up(run),
            "5 passed, 1 xfail, 0 failed, 1 skipped in 9.4 s; recording "
            "runs/2026-11-22T06-00-00.db\n"
            "3 round trips: median 38 ms, max 1.20 s\n");
}

TEST_F(ConsoleTest, AnInterruptedRunSaysSo) {
  RunResult run;
  run.interrupted = true;
  run.scenarios = {scenario(Outcome::fail, "", ""), scenario(Outcome::error, "", ""),
                   scenario(Outcome::xpass, "", ""), scenario(Outcome::unresolved, "", "")};
  EXPECT_EQ(sums_up(run),
            "interrupted: 0 passed, 1 failed, 1 xpass, 1 error, 1 unresolved in 0.0 s\n");
}

TEST_F(ConsoleTest, TheMedianOfTwoLiesBetweenThem) {
  RunResult run;
  run.scenarios = {scenario(Outcome::pass, "", "")};
  run.scenarios[0].steps.resize(2);
  run.scenarios[0].steps[0].round_trip_ns = 1'000'000;
  run.scenarios[0].steps[1].round_trip_ns = 2'000'000;
  EXPECT_EQ(sums_up(run), "1 passed, 0 failed in 0.0 s\n2 round trips: median 1.50 ms, max 2 ms\n");
}

TEST_F(ConsoleTest, ALiveLineIsErasedBeforeAnythingElse) {
  Console console(results_, progress_, {.live_progress = true});
  console.scenario_started("Limit\tbuy\x1b " + std::string(100, 'x'));
  console.note("listening on 127.0.0.1:9876\n::warning::x");
  console.scenario_started("next");
  console.scenario_finished(scenario(Outcome::pass, "A", "T"));
  console.summary({});
  EXPECT_EQ(progress_.str(), "running: Limit\tbuy\\x1b " + std::string(45, 'x') +
                                 "…\r\x1b[K"
                                 "listening on 127.0.0.1:9876\n"
                                 "\\x3a:warning::x\n"
                                 "running: next\r\x1b[K");
}

TEST_F(ConsoleTest, WithoutATerminalThereIsNoLiveLine) {
  Console console(results_, progress_, {});
  console.scenario_started("Limit buy");
  console.scenario_finished(scenario(Outcome::pass, "A", "T"));
  EXPECT_EQ(progress_.str(), "");
}

TEST(UseColour, OptionThenEnvironmentThenTerminal) {
  EXPECT_TRUE(use_colour({.option = "always", .no_color = true, .dumb = true}));
  EXPECT_FALSE(use_colour({.option = "never", .force = true, .terminal = true}));
  EXPECT_TRUE(use_colour({.terminal = true}));
  EXPECT_FALSE(use_colour({.terminal = false}));
  EXPECT_FALSE(use_colour({.no_color = true, .force = true, .terminal = true}));
  EXPECT_TRUE(use_colour({.force = true, .dumb = true}));
  EXPECT_FALSE(use_colour({.dumb = true, .terminal = true}));
}

TEST_F(ConsoleTest, ARunThatDidNotEndHasNoTime) {
  RunResult run;
  run.ended = false;
  run.recording = "runs/x.db";
  run.scenarios = {scenario(Outcome::pass, "", "A")};
  EXPECT_EQ(sums_up(run), "the run did not end: 1 passed, 0 failed; recording runs/x.db\n");
}

}  // namespace
}  // namespace fixdrill::report
