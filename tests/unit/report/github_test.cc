#include "report/github.h"

#include <gtest/gtest.h>
#include <sstream>

#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Outcome;
using record::ScenarioResult;

std::string annotations(const std::vector<ScenarioResult>& scenarios,
                        const Repository& repository = {}) {
  record::RunResult run;
  run.scenarios = scenarios;
  std::ostringstream out;
  put_annotations(out, run, repository);
  return out.str();
}

TEST(GitHub, AFailureStandsAtItsLine) {
  EXPECT_EQ(
      annotations({failing(Outcome::fail, "OE-030", "Replace, then cancel", replace_differs())}),
      "::error file=scenarios/orders/replace.drill,line=16,col=7,title=FAIL OE-030 Replace%2C "
      "then cancel::ExecutionReport on OE differs in 2 of 6 fields\n");
}

TEST(GitHub, OnlyWhatFailsIsTold) {
  EXPECT_EQ(annotations({scenario(Outcome::pass, "", "A"), scenario(Outcome::skip, "", "B"),
                         scenario(Outcome::xfail, "", "C")}),
            "");
  EXPECT_EQ(
      annotations({scenario(Outcome::xpass, "", "A"), scenario(Outcome::error, "", "B"),
                   scenario(Outcome::unresolved, "", "C")}),
      "::error file=scenarios/orders/limit.drill,line=7,title=XPASS A::passed, but was expected "
      "to fail\n"
      "::error file=scenarios/orders/limit.drill,line=7,title=ERROR B::the environment failed\n"
      "::error file=scenarios/orders/limit.drill,line=7,title=UNRESOLVED C::came to no verdict\n");
}

TEST(GitHub, NoTextCanBecomeACommandOfItsOwn) {
  record::Verdict verdict =
      verdict_that(Outcome::fail, "expect", "100% of 58=\r\n::set-env name=X::y\x01, a: b");
  verdict.location = "a:b, c%.drill:3:4";
  EXPECT_EQ(
      annotations({failing(Outcome::fail, "", "T:1,2%\n::warning::x", verdict)}),
      "::error file=a%3Ab%2C c%25.drill,line=3,col=4,title=FAIL T%3A1%2C2%25\\x0a%3A%3Awarning"
      "%3A%3Ax::100%25 of 58=\\x0d%0A::set-env name=X::y|, a: b\n");
}

TEST(GitHub, EightAreShownAndTheOthersCounted) {
  const std::vector<ScenarioResult> eight(8, scenario(Outcome::fail, "", "T"));
  const std::string line =
      "::error file=scenarios/orders/limit.drill,line=7,title=FAIL T::failed\n";
  std::string shown;
  for (int i = 0; i < 8; ++i) shown += line;
  EXPECT_EQ(annotations(eight), shown);
  const std::vector<ScenarioResult> eleven(11, scenario(Outcome::fail, "", "T"));
  EXPECT_EQ(annotations(eleven), shown + "::error title=fixdrill::and 3 more\n");
}

std::string file_of(const std::string& path, const Repository& repository) {
  ScenarioResult result = scenario(Outcome::fail, "", "T");
  result.path = path;
  const std::string line = annotations({result}, repository);
  return line.substr(13, line.find(',') - 13);
}

TEST(GitHub, PathsAreOfTheRepository) {
  const Repository repository{"/w/repo/", "/w/repo/tests/fix"};
  EXPECT_EQ(file_of("a/b.drill", repository), "tests/fix/a/b.drill");
  EXPECT_EQ(file_of("../b.drill", repository), "tests/b.drill");
  EXPECT_EQ(file_of("/w/repo/b.drill", repository), "b.drill");
  EXPECT_EQ(file_of("/elsewhere/b.drill", repository), "/elsewhere/b.drill");
  EXPECT_EQ(file_of("../../../b.drill", repository), "../../../b.drill");
  EXPECT_EQ(file_of("../../../repo2/b.drill", repository), "../../../repo2/b.drill");
  EXPECT_EQ(file_of("a/b.drill", {"", "/w/repo/tests"}), "a/b.drill");
}

TEST(GitHub, ALocationWithoutNumbersGivesTheScenariosLine) {
  for (const char* location :
       {"", ":", "::", "a.drill", "a.drill:3", "a.drill:x:y", "a.drill:3:"}) {
    record::Verdict verdict = verdict_that(Outcome::fail, "expect", "m");
    verdict.location = location;
    EXPECT_EQ(annotations({failing(Outcome::fail, "", "T", verdict)}),
              "::error file=scenarios/orders/limit.drill,line=7,title=FAIL T::m\n")
        << location;
  }
}

}  // namespace
}  // namespace fixdrill::report
