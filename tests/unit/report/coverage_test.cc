#include "report/coverage.h"

#include <gtest/gtest.h>
#include <sstream>

namespace fixdrill::report {
namespace {

using record::Outcome;

const char* const kHead = "id,mandatory,who,wire,condition,expected\n";

std::shared_ptr<const SourceFile> csv(const std::string& lines) {
  return std::make_shared<const SourceFile>("cases.csv", kHead + lines);
}

std::vector<SubCase> sub_cases() {
  auto read =
      read_sub_cases(*csv("1B.a,M,I,yes,open transport,connected\n"
                          "2.k,M,B,yes,CompID mismatch,\"Reject, then Logout\"\n"
                          "2.o,M,B,part,\"52, too old\",Reject\n"
                          "9,O,B,yes,state lost,resets\n"));
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().text);
  return read ? *read : std::vector<SubCase>();
}

record::ScenarioResult result(const std::string& id, Outcome outcome, const std::string& why = "") {
  record::ScenarioResult made;
  made.case_id = id;
  made.title = "title of " + id;
  made.outcome = outcome;
  record::Verdict verdict;
  verdict.outcome = outcome;
  verdict.message = why;
  made.steps.emplace_back().verdicts.push_back(std::move(verdict));
  return made;
}

record::RunResult run_of(std::vector<record::ScenarioResult> scenarios) {
  record::RunResult run;
  run.uuid = "u";
  run.recording = "runs/x.db";
  run.elapsed_ns = 1'500'000'000;
  run.scenarios = std::move(scenarios);
  return run;
}

Tested tested(Who role = Who::acceptor) {
  return {.role = role, .version = "FIX.4.4", .session = "OE", .pack = "pack"};
}

std::string text_of(const CoverageTable& table, bool colour = false) {
  std::ostringstream out;
  put_coverage(out, table, colour);
  return out.str();
}

std::string error_of(const std::string& lines) {
  const auto file = csv(lines);
  const auto read = read_sub_cases(*file);
  return read.ok() ? "" : read.error().text;
}

TEST(SubCases, AreReadInOrder) {
  const auto all = sub_cases();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].id, "1B.a");
  EXPECT_TRUE(all[0].mandatory);
  EXPECT_EQ(all[0].who, Who::initiator);
  EXPECT_EQ(all[1].who, Who::both);
  EXPECT_EQ(all[2].wire, "part");
  EXPECT_EQ(all[2].condition, "52, too old");
  EXPECT_EQ(all[1].expected, "Reject, then Logout");
  EXPECT_FALSE(all[3].mandatory);
}

TEST(SubCases, MistakesHaveTheirPlace) {
  EXPECT_EQ(error_of("2.k,X,B,yes,a,b\n"),
            "cases.csv:2:5: error: mandatory is M or O\n"
            "2 | 2.k,X,B,yes,a,b\n"
            "  |     ^");
  EXPECT_EQ(error_of("2.k,M,Z,yes,a,b\n"),
            "cases.csv:2:7: error: who is I (initiator under test), A (acceptor) or B (both)\n"
            "2 | 2.k,M,Z,yes,a,b\n"
            "  |       ^");
  EXPECT_EQ(error_of("2.k,M,B,yes,a\n"),
            "cases.csv:2:1: error: this line has 5 cells; it must have 6: "
            "id,mandatory,who,wire,condition,expected\n"
            "2 | 2.k,M,B,yes,a\n"
            "  | ^^^");
  EXPECT_EQ(error_of("2.k,M,B,yes,a,b\n2.k,M,B,yes,a,b\n"),
            "cases.csv:3:1: error: 2.k is there twice\n"
            "3 | 2.k,M,B,yes,a,b\n"
            "  | ^^^");
  EXPECT_NE(error_of(",M,B,yes,a,b\n").find("a sub-case needs an id"), std::string::npos);
  const SourceFile other("cases.csv", "id,must\n");
  EXPECT_NE(read_sub_cases(other).error().text.find("this line has 2 cells"), std::string::npos);
  const SourceFile renamed("cases.csv", "id,must,who,wire,condition,expected\n");
  EXPECT_NE(read_sub_cases(renamed).error().text.find("this column must be 'mandatory'"),
            std::string::npos);
}

TEST(Coverage, EverySubCaseHasARowThatSaysWhy) {
  const auto run = run_of({result("2.k", Outcome::fail, "Logout differs in 1 of 2 fields"),
                           result("2.o/early", Outcome::pass), result("2.o/late", Outcome::pass)});
  EXPECT_EQ(text_of(coverage_of(sub_cases(), run, tested())),
            "ID    M/O  SUT       VERSION  STATE           CONDITION        REASON\n"
            "1B.a  M    acceptor  FIX.4.4  NOT APPLICABLE  open transport   about an initiator "
            "under test\n"
            "2.k   M    acceptor  FIX.4.4  FAIL            CompID mismatch  Logout differs in 1 of "
            "2 fields\n"
            "2.o   M    acceptor  FIX.4.4  PASS            52, too old\n"
            "9     O    acceptor  FIX.4.4  NOT RUN         state lost       the pack has no "
            "scenario for it\n");
}

TEST(Coverage, OfSeveralResultsTheWorstCounts) {
  const Outcome from_worst[] = {Outcome::fail,  Outcome::xpass, Outcome::error, Outcome::unresolved,
                                Outcome::xfail, Outcome::pass,  Outcome::skip};
  const Coverage states[] = {Coverage::fail,          Coverage::xpass, Coverage::error,
                             Coverage::manual,        Coverage::xfail, Coverage::pass,
                             Coverage::not_applicable};
  for (std::size_t worse = 0; worse < std::size(from_worst); ++worse) {
    for (std::size_t better = worse; better < std::size(from_worst); ++better) {
      const auto run = run_of({result("2.k/a", from_worst[better], "better"),
                               result("2.k/b", from_worst[worse], "worse")});
      const auto table = coverage_of(sub_cases(), run, tested());
      EXPECT_EQ(table.rows[1].state, states[worse]) << worse << better;
      if (worse != better && from_worst[worse] != Outcome::pass) {
        EXPECT_EQ(table.rows[1].reason, "worse");
      }
    }
  }
}

TEST(Coverage, WhatWasLeftOutIsSaid) {
  Tested some = tested();
  some.ids = {"2.k/a"};
  const auto run = run_of({result("2.k/a", Outcome::pass)});
  const auto table = coverage_of(sub_cases(), run, some);
  EXPECT_EQ(table.rows[1].state, Coverage::pass);
  EXPECT_EQ(table.rows[2].reason, "not asked for");
  Tested early = tested();
  early.ended_early = "the run was interrupted";
  EXPECT_EQ(coverage_of(sub_cases(), run, early).rows[2].reason, "the run was interrupted");
}

// A pack of one's own may know more than its list; no verdict may get lost.
TEST(Coverage, AResultThatTheListDoesNotKnowHasARowToo) {
  const auto run = run_of({result("99.a", Outcome::fail, "broken")});
  const auto table = coverage_of(sub_cases(), run, tested());
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_EQ(table.rows[4].sub_case.id, "99.a");
  EXPECT_EQ(table.rows[4].state, Coverage::fail);
}

TEST(Coverage, TheSummaryCounts) {
  const auto run = run_of({result("1B.a", Outcome::skip, "for initiators"),
                           result("2.k", Outcome::unresolved), result("2.o", Outcome::xfail, "y")});
  EXPECT_EQ(coverage_summary(coverage_of(sub_cases(), run, tested())),
            "4 sub-cases: 0 passed, 1 xfail, 0 failed, 1 not applicable, 1 manual, 1 not run");
}

TEST(Coverage, OnlyMandatorySubCasesThatWereAskedForMakeItIncomplete) {
  const auto all = run_of({result("1B.a", Outcome::skip), result("2.k", Outcome::pass),
                           result("2.o", Outcome::pass), result("9", Outcome::unresolved)});
  EXPECT_EQ(coverage_exit_code(coverage_of(sub_cases(), all, tested()), 4), 0);
  const auto open = run_of({result("2.k", Outcome::pass), result("2.o", Outcome::unresolved)});
  EXPECT_EQ(coverage_exit_code(coverage_of(sub_cases(), open, tested()), 4), 4);
  const auto less = run_of({result("2.k", Outcome::pass)});
  EXPECT_EQ(coverage_exit_code(coverage_of(sub_cases(), less, tested()), 0), 4);
  Tested some = tested();
  some.ids = {"2.k"};
  EXPECT_EQ(coverage_exit_code(coverage_of(sub_cases(), less, some), 0), 0);
  for (const int code : {1, 3, 5, 130})
    EXPECT_EQ(coverage_exit_code(coverage_of(sub_cases(), less, tested()), code), code);
}

TEST(Coverage, StatesHaveColoursOnRequest) {
  const auto run = run_of({result("2.k", Outcome::fail, "x")});
  const std::string text = text_of(coverage_of(sub_cases(), run, tested()), true);
  EXPECT_NE(text.find("\x1b[31mFAIL          \x1b[0m"), std::string::npos) << text;
}

TEST(Coverage, JsonSaysTheSame) {
  auto run = run_of({result("2.o/early", Outcome::pass)});
  run.exit_code = 4;
  Tested some = tested(Who::initiator);
  some.version = "FIXT.1.1/5.0SP2";
  const std::string json = coverage_json(coverage_of(sub_cases(), run, some), run);
  EXPECT_EQ(json.substr(0, json.find("  \"totals\"")), R"({
  "format": "fixdrill-conformance",
  "version": 1,
  "run": {
    "uuid": "u",
    "recording": "runs/x.db",
    "seconds": 1.5,
    "exit_code": 4,
    "interrupted": false
  },
  "sut": {
    "role": "initiator",
    "version": "FIXT.1.1/5.0SP2",
    "session": "OE"
  },
  "pack": "pack",
)");
  EXPECT_NE(json.find(R"(    "PASS": {
      "all": 1,
      "mandatory": 1
    })"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"(      "id": "2.o",
      "mandatory": true,
      "who": "both",
      "wire": "part",
      "condition": "52, too old",
      "expected": "Reject",
      "state": "PASS",
      "reason": "",
      "asked_for": true,
      "scenarios": [
        {
          "id": "2.o/early",)"),
            std::string::npos)
      << json;
}

}  // namespace
}  // namespace fixdrill::report
