// Steps that hold other steps: procs, loops, conditions, blocks; skip and xfail.

#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

const std::string kNews = "  EX: send News { Headline = \"Halt\" }\n";

class Control : public DrillRun {
 protected:
  /// A file with procs in front of the scenario on the pair; its steps begin in the next line.
  static std::string with(const std::string& items, const std::string& steps) {
    return "include \"pair.drill\"\n" + items + "\nscenario \"s\" {\n" + steps + "\n}\n";
  }
  /// "text of the step: text of its parent", for every step with one.
  static std::vector<std::string> parents(const record::ScenarioResult& scenario) {
    std::vector<std::string> lines;
    for (const record::StepResult& step : scenario.steps) {
      for (const record::StepResult& other : scenario.steps) {
        if (step.parent != 0 && other.id == step.parent)
          lines.push_back(step.text + ": " + other.text);
      }
    }
    return lines;
  }
};

// ---- blocks ----

TEST_F(Control, WhatANestedBlockForbidsEndsWithIt) {
  EXPECT_EQ(says(pair("  if 1 = 1 { OE: forbid News }\n" + kNews + "  OE: expect News")), "PASS s");
  EXPECT_EQ(says(pair("  if 1 = 1 {\n  OE: forbid News\n" + kNews + "  wait 1s\n  }")),
            "FAIL s: 4:14 forbid: forbidden News on OE came, which must not");
}

TEST_F(Control, WhatIsForbiddenOutsideIsForbiddenInside) {
  EXPECT_EQ(says(pair("  OE: forbid News\n  repeat 2 {\n    if 1 = 1 {\n" + kNews +
                      "    wait 1s\n    log \"never\"\n    }\n  }")),
            "FAIL s: 3:14 forbid: forbidden News on OE came, which must not");
}

TEST_F(Control, WhatANestedBlockIgnoresEndsWithIt) {
  EXPECT_EQ(
      says(pair("  if 1 = 1 {\n  OE: ignore News\n" + kNews + "  OE: expect nothing for 1s\n  }\n" +
                kNews + "  OE: expect nothing for 1s")),
      "FAIL s: 9:7 unexpected: expected nothing for 1 s on OE, but News came");
}

TEST_F(Control, AnOptionalOneOfANestedBlockTakesToItsEnd) {
  EXPECT_EQ(says(pair("  if 1 = 1 {\n  OE: expect optional News as n\n" + kNews +
                      "  wait 1s\n  }\n  check has(n)")),
            "PASS s");
  EXPECT_EQ(says(pair("  if 1 = 1 { OE: expect optional News }\n  check 1 = 1\n" + kNews)),
            "FAIL s: 2:1 unconsumed: expected nothing more on OE, but News came");
}

TEST_F(Control, ABlockThatForbidsOnAnEngineSessionWaitsForWhatItCaused) {
  EXPECT_EQ(says(engines("  if 1 = 1 {\n  EX: forbid News\n  OE: send News { Headline = x }\n  }\n"
                         "  check 1 = 1")),
            "FAIL s: 5:14 forbid: forbidden News on EX came, which must not");
}

// ---- if, repeat, for each ----

TEST_F(Control, IfTakesTheWayThatHolds) {
  const std::string steps =
      "  if n = 1 { let way = \"one\" } else if n = 2 { let way = \"two\" } else { let way = "
      "\"more\" }\n  check way = ";
  EXPECT_EQ(says(pair("  let n = 1\n" + steps + "\"one\"")), "PASS s");
  EXPECT_EQ(says(pair("  let n = 2\n" + steps + "\"two\"")), "PASS s");
  EXPECT_EQ(says(pair("  let n = 3\n" + steps + "\"more\"")), "PASS s");
}

TEST_F(Control, AConditionThatCannotBeEvaluatedFails) {
  EXPECT_EQ(says(pair("  if round(1 / 0, 1) = 1 { log \"x\" }\n  check 1 = 1")),
            "FAIL s: 3:6 if: division by zero");
}

TEST_F(Control, RepeatCounts) {
  EXPECT_EQ(says(pair("  let sum = 0\n  repeat 4 as i { let sum = sum + i }\n  check sum = 10")),
            "PASS s");
  EXPECT_EQ(says(pair("  let n = 0\n  repeat ${n} { check 1 = 2 }\n  check n = 0")), "PASS s");
  EXPECT_EQ(says(pair("  let n = 2.5\n  repeat ${n} { check 1 = 1 }")),
            "FAIL s: 4:10 repeat: '2.5' is no whole number from 0");
}

TEST_F(Control, ALongRepeatOfNothingEnds) {
  EXPECT_EQ(says(pair("  repeat 1000000 {}\n  check 1 = 1")), "PASS s");
}

TEST_F(Control, ForEachGoesThroughItsValues) {
  EXPECT_EQ(says(pair("  let all = \"\"\n  for each s in (MSFT, \"I B M\", ${1 + 1}) { let all = "
                      "\"${all}/${s}\" }\n  check all = \"/MSFT/I B M/2\"")),
            "PASS s");
}

TEST_F(Control, AFailureEndsTheLoop) {
  const auto result = runs(pair("  for each s in (1, 2, 3) {\n    check s < 2\n  }"));
  EXPECT_EQ(said(result), "FAIL s: 4:11 check: check does not hold: s = 2, expected < 2");
}

TEST_F(Control, StepsKnowTheStepAroundThem) {
  const auto result = runs(with("proc p() { check 1 = 1 }", "  if 1 = 1 {\n    call p()\n  }"));
  EXPECT_EQ(join(parents(result.scenarios.at(0)), "\n"),
            "call p(): if 1 = 1 {\ncheck 1 = 1: call p()");
}

// ---- procs ----

TEST_F(Control, AProcTakesTextsAndMessagesAndGivesARecord) {
  EXPECT_EQ(says(with("proc tell(what, to = OE) -> (sent, got) {\n"
                      "  EX: send News as sent { Headline = \"${what} to ${to}\" }\n"
                      "  OE: expect News as got { Headline = ${sent.Headline} } }\n"
                      "proc again(news) -> (sent) {\n"
                      "  EX: send News as sent like news { !Urgency }\n  OE: expect News }",
                      "  call tell(what = \"a, b\") as t\n  call again(news = t.got) as u\n"
                      "  check u.sent.Headline = \"a, b to OE\" and t.got.Headline = "
                      "t.sent.Headline")),
            "PASS s");
}

TEST_F(Control, AProcIsCalledOnASession) {
  EXPECT_EQ(
      says(with("proc say(text) { send News { Headline = ${text} } }\n"
                "proc say_twice(text) { call say(text = ${text})\n call say(text = text) }",
                "  EX: call say_twice(text = hello)\n  OE: expect News times 2 { Headline = "
                "hello }\n  OE: call say(text = text)\n  EX: expect News { Headline = text }")),
      "PASS s");
}

TEST_F(Control, AFailureSaysWhichCallsAndRoundsItWasIn) {
  const auto result = runs(with("proc p(n) {\n  for each s in (a, b) { check n < 3 }\n}",
                                "  repeat 3 as i {\n    call p(n = i)\n  }"));
  EXPECT_EQ(join(failures(result.scenarios.at(0)).at(0)->details, "\n"),
            "with s = a in a.drill:3:3\nin 'p', called in a.drill:7:5\nin round 3 of 'repeat' in "
            "a.drill:6:3");
}

TEST_F(Control, ADefaultMayUseParamsOfTheFileAndEarlierParameters) {
  EXPECT_EQ(says(with("param size = 5\nproc p(a = ${size}, b = ${a + 1}) -> (x) { let x = a * b }",
                      "  call p() as one\n  call p(a = 2) as two\n"
                      "  check one.x = 30 and two.x = 6")),
            "PASS s");
}

TEST_F(Control, NamesOfAProcAreItsOwn) {
  EXPECT_EQ(says(with("proc p(n) { let mine = n + 1\n let x = mine }",
                      "  let x = 1\n  let mine = 5\n  call p(n = x)\n  check x = 1 and mine = 5")),
            "PASS s");
}

TEST_F(Control, AFailureInsideAProcNamesItsLine) {
  EXPECT_EQ(says(with("proc p() {\n  OE: expect News within 1s\n}", "  call p()\n  log \"never\"")),
            "FAIL s: 3:14 limit: no News on OE within 1 s");
}

TEST_F(Control, AnOptionalOneOfAProcNamesInTheProc) {
  EXPECT_EQ(
      says(with("proc p() -> (n) {\n OE: expect optional News as n\n" + kNews + "  OE: wait 1s }",
                "  call p() as r\n  check has(r.n) and r.n.Headline = \"Halt\"")),
      "PASS s");
  EXPECT_EQ(says(with("proc p() -> (n) {\n OE: expect optional News as n\n OE: wait 1s }",
                      "  call p() as r\n  check not has(r.n)")),
            "PASS s");
}

TEST_F(Control, AMessageThatIsSetOnSomeWaysMayBeHandedOnWhereItIsSet) {
  EXPECT_EQ(says(with("proc p(m) { check m.Headline = \"Halt\" }",
                      "  OE: expect optional News as n\n" + kNews +
                          "  OE: expect nothing for 1s\n  if has(n) { call p(m = n)\n let k = n\n"
                          "    check k.Headline = \"Halt\" }")),
            "PASS s");
}

TEST_F(Control, ManyCallsInsideEachOtherRun) {
  std::string procs = "proc p0() -> (x) { let x = 1 }\n";
  for (int i = 1; i <= 60; ++i)
    procs += fmt::format("proc p{}() -> (x) {{ call p{}() as r\n let x = r.x + 1 }}\n", i, i - 1);
  EXPECT_EQ(says(with(procs, "  call p60() as r\n  check r.x = 61")), "PASS s");
}

TEST_F(Control, CallsThatAreNestedWithoutEndAreRefused) {
  // Each file of the checker's is shallow: the deepest proc is looked at first.
  std::string procs = "proc p0() { check 1 = 1 }\n";
  for (int i = 1; i <= 600; ++i) procs += fmt::format("proc p{}() {{ call p{}() }}\n", i, i - 1);
  const auto result = runs(with(procs, "  call p600()"));
  EXPECT_EQ(said(result),
            "ERROR s: 101:12 nesting: blocks and calls are nested more than 500 deep here");
  EXPECT_EQ(result.exit_code, 3);
}

// ---- skip, xfail ----

TEST_F(Control, SkipEndsTheScenarioAndTheTeardownRuns) {
  const std::string teardown = "teardown { OE: send News { Headline = bye }\n EX: expect News }";
  const auto result = runs(with(teardown, "  skip if 1 = 1 because \"no desk\"\n  check 1 = 2"));
  EXPECT_EQ(said(result), "SKIP s: 5:3 skip: no desk");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.scenarios.at(0).steps.back().text, "EX: expect News");
}

TEST_F(Control, SkipInSetupLeavesTheScenarioOut) {
  const auto result = runs(
      "session OE initiator\nsession EX acceptor\nsetup { skip if 1 = 1 }\n"
      "scenario \"s\" { check 1 = 2 }");
  EXPECT_EQ(said(result), "SKIP s: 3:9 skip: 1 = 1");
}

TEST_F(Control, SkipInsideBlocksAndProcsEndsAllOfThem) {
  EXPECT_EQ(says(with("proc p() { repeat 3 { skip if 1 = 1 }\n check 1 = 2 }",
                      "  if 1 = 1 { call p() }\n  check 1 = 2")),
            "SKIP s: 2:23 skip: 1 = 1");
}

TEST_F(Control, WhatIsLeftAfterASkipCounts) {
  EXPECT_EQ(says(pair(kNews + "  skip if 1 = 1\n  check 1 = 1")),
            "FAIL s: 2:1 unconsumed: expected nothing more on OE, but News came");
}

TEST_F(Control, AFailureInTheTeardownOfASkippedScenarioCounts) {
  const auto result = runs(with("teardown { check 1 = 2 }", "  skip if 1 = 1\n  check 1 = 1"));
  EXPECT_EQ(result.scenarios.at(0).outcome, record::Outcome::fail);
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(Control, AnExpectedFailureIsNone) {
  const auto result = runs(pair("  xfail because \"EXCH-1\"\n  check 1 = 2"));
  EXPECT_EQ(result.scenarios.at(0).outcome, record::Outcome::xfail);
  EXPECT_EQ(result.scenarios.at(0).exit_code, 0);
  EXPECT_EQ(result.exit_code, 0);
}

TEST_F(Control, APassThatWasExpectedToFailFails) {
  const auto result = runs(pair("  xfail because \"EXCH-1\"\n  check 1 = 1"));
  EXPECT_EQ(said(result), "XPASS s: 3:3 xfail: passed, but was expected to fail: EXCH-1");
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(Control, XfailWhoseConditionDoesNotHoldChangesNothing) {
  EXPECT_EQ(says(pair("  xfail if 1 = 2\n  check 1 = 1")), "PASS s");
  EXPECT_EQ(runs(pair("  xfail if 1 = 2\n  check 1 = 2")).exit_code, 1);
}

TEST_F(Control, AFailureBeforeXfailStaysOne) {
  EXPECT_EQ(runs(pair("  check 1 = 2\n  xfail")).exit_code, 1);
}

TEST_F(Control, WhatIsLeftIsAFailureThatXfailMayExpect) {
  EXPECT_EQ(runs(pair("  xfail\n  check 1 = 1\n" + kNews)).scenarios.at(0).outcome,
            record::Outcome::xfail);
}

TEST_F(Control, AFailedTeardownIsNeverExpected) {
  const std::string teardown = "teardown { check 1 = 2 }";
  for (const char* steps : {"  xfail\n  check 1 = 1", "  xfail\n  check 1 = 2"}) {
    const auto result = runs(with(teardown, steps));
    EXPECT_EQ(result.scenarios.at(0).outcome, record::Outcome::fail) << steps;
    EXPECT_EQ(result.exit_code, 1) << steps;
  }
}

TEST_F(Control, AnErrorStaysOneBesideXfail) {
  const std::string wire = "session OE initiator wire\n";
  const auto alone =
      runs(wire + "scenario \"s\" {\n  xfail\n  connect within 1s\n  check 1 = 1\n}");
  EXPECT_EQ(alone.scenarios.at(0).outcome, record::Outcome::error);
  EXPECT_EQ(alone.exit_code, 3);
  const auto after = runs(wire +
                          "scenario \"s\" {\n  xfail\n  check 1 = 2\n}\n"
                          "teardown { connect within 1s }");
  EXPECT_EQ(after.scenarios.at(0).outcome, record::Outcome::error);
  EXPECT_EQ(after.exit_code, 3);
}

TEST_F(Control, AGuardBeatsXfail) {
  const auto result = runs(pair(
      "  xfail\n  OE: send NewOrderSingle { ClOrdID = A1 | Symbol = MSFT | Side = Buy | OrderQty = "
      "99999 | OrdType = Market | TransactTime = ${now()} }\n  EX: expect NewOrderSingle"));
  EXPECT_EQ(result.exit_code, 5);
}

TEST_F(Control, TheTeardownRunsAfterAFailureInAnyBlock) {
  const auto result =
      runs(with("teardown { log \"bye\" }", "  repeat 2 { if 1 = 1 { check 1 = 2 } }"));
  EXPECT_EQ(result.scenarios.at(0).steps.back().text, "log \"bye\"");
}

// ---- tables ----

TEST_F(Control, AScenarioRunsOnceForEachRow) {
  EXPECT_EQ(says("session OE initiator\ntable cases {\n  case | n\n  one | 1\n  two | 3\n}\n"
                 "scenario \"row ${case}\" for each cases { check n < 2 }\n"),
            "PASS row one\n"
            "FAIL row two: 7:47 check: check does not hold: n = 3, expected < 2");
}

// ---- several sessions ----

TEST_F(Control, SessionsOfOneScenarioComeUpTogether) {
  for (const char* name : {"DC", "EY"})
    profile_text += fmt::format(
        "[session.{0}]\nport = 9001\nbegin_string = \"FIX.4.4\"\nsender = \"{0}\"\ntarget = "
        "\"{1}\"\nstore = \"memory\"\n",
        name, std::string(name) == "DC" ? "EY" : "DC");
  EXPECT_EQ(says("session EX acceptor\nsession EY acceptor\nsession OE initiator\nsession DC "
                 "initiator\nscenario \"s\" {\n  OE: sync\n  check DC.next_out = 2\n"
                 "  if 1 = 2 { DC: sync }\n}\n"),
            "PASS s");
}

}  // namespace
}  // namespace fixdrill::run
