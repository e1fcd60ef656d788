#include "report/reason.h"

#include <gtest/gtest.h>

#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Outcome;

TEST(Reason, IsTheVerdictThenTheWarningThenTheState) {
  record::ScenarioResult result = scenario(Outcome::xpass, "DC-011", "Drop copy");
  EXPECT_EQ(reason(result), "passed, but was expected to fail");
  result.warnings = {"first\x01", "second"};
  EXPECT_EQ(reason(result), "first|");
  result.steps = {step_with(verdict_that(Outcome::pass, "expect", "fine")),
                  step_with(verdict_that(Outcome::fail, "expect", "line 1\nline 2\x1b"))};
  EXPECT_EQ(reason(result), "line 1\nline 2\\x1b");
}

TEST(Reason, AScenarioIsCalledByIdAndTitle) {
  EXPECT_EQ(name_of(scenario(Outcome::pass, "OE-001", "Limit")), "OE-001 Limit");
  EXPECT_EQ(name_of(scenario(Outcome::pass, "", "Limit")), "Limit");
  EXPECT_EQ(name_of(scenario(Outcome::pass, "OE-001", "")), "OE-001");
  EXPECT_EQ(name_of(scenario(Outcome::pass, "", "")), "scenarios/orders/limit.drill:7");
}

TEST(Reason, ARunThatIsNotWholeSaysWhy) {
  record::RunResult run;
  EXPECT_EQ(run_note(run), "");
  run.exit_code = 4;
  EXPECT_EQ(run_note(run), "the run ended with exit code 4, and not every scenario ran");
  run.scenarios = {scenario(Outcome::unresolved, "", "T")};
  EXPECT_EQ(run_note(run), "");
  run.interrupted = true;
  EXPECT_EQ(run_note(run), "the run was interrupted; scenarios that had not begun are missing");
  run.ended = false;
  EXPECT_EQ(run_note(run), "the run did not end: its recording is not sealed");
}

}  // namespace
}  // namespace fixdrill::report
