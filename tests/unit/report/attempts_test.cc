// What a run that repeated itself says.
#include "report/attempts.h"

#include <gtest/gtest.h>
#include <sstream>

#include "report/console.h"
#include "report/junit.h"
#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Outcome;
using record::RunResult;
using record::ScenarioResult;

ScenarioResult attempt(std::size_t number, Outcome outcome, const std::string& id = "OE-001") {
  ScenarioResult result = scenario(outcome, id, "Limit buy");
  result.attempt = number;
  return result;
}

std::string lines(const std::vector<ScenarioResult>& results) {
  RunResult run;
  run.scenarios = results;
  return join(attempt_lines(run), "\n");
}

TEST(Attempts, NothingOfARunThatRepeatsNothing) {
  EXPECT_EQ(lines({}), "");
  EXPECT_EQ(lines({attempt(1, Outcome::pass), attempt(1, Outcome::fail)}), "");
}

TEST(Attempts, NoneFailed) {
  EXPECT_EQ(
      lines({attempt(1, Outcome::pass), attempt(2, Outcome::skip), attempt(3, Outcome::xfail)}),
      "3 attempts, and no scenario failed in any");
}

TEST(Attempts, HowOftenEachFailedAndWhatPassedBefore) {
  EXPECT_EQ(lines({attempt(1, Outcome::pass), attempt(1, Outcome::error, "OE-002"),
                   attempt(2, Outcome::pass), attempt(2, Outcome::pass, "OE-002"),
                   attempt(3, Outcome::fail), attempt(3, Outcome::unresolved, "OE-002")}),
            "OE-001 Limit buy: did not pass in 1 of 3 attempts; the first is attempt 3, 2 passed "
            "before it\n"
            "OE-002 Limit buy: did not pass in 2 of 3 attempts; the first is attempt 1, 0 passed "
            "before it");
}

TEST(Attempts, TheFirstTenOnly) {
  std::vector<ScenarioResult> all = {attempt(2, Outcome::pass)};
  for (int i = 0; i < 12; ++i) all.push_back(attempt(1, Outcome::fail, std::to_string(i)));
  const std::string text = lines(all);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
  EXPECT_TRUE(text.ends_with("\nand 2 more")) << text;
}

TEST(Attempts, TheConsoleTellsThem) {
  std::ostringstream results;
  std::ostringstream progress;
  Console console(results, progress, {});
  RunResult run;
  run.scenarios = {attempt(1, Outcome::pass), attempt(2, Outcome::fail)};
  for (const ScenarioResult& one : run.scenarios) console.scenario_finished(one);
  console.summary(run);
  EXPECT_EQ(
      results.str(),
      R"(PASS   OE-001               Limit buy                                 0.61 s  scenarios/orders/limit.drill:7
FAIL   OE-001  Limit buy (attempt 2)

1 passed, 1 failed in 0.0 s
OE-001 Limit buy: did not pass in 1 of 2 attempts; the first is attempt 2, 1 passed before it
)");
}

TEST(Attempts, JUnitNamesStayUnique) {
  record::Recording recording = ended_run(0);
  recording.result.scenarios = {attempt(1, Outcome::pass), attempt(1, Outcome::pass),
                                attempt(2, Outcome::pass), attempt(2, Outcome::pass)};
  const std::string xml = junit_xml(recording);
  for (const char* name : {"OE-001 Limit buy", "OE-001 Limit buy (2)",
                           "OE-001 Limit buy (attempt 2)", "OE-001 Limit buy (attempt 2) (2)"})
    EXPECT_NE(xml.find("name=\"" + std::string(name) + "\""), std::string::npos) << xml;
}

}  // namespace
}  // namespace fixdrill::report
