// Who takes what arrives: rules 1 to 3 of the language, and that nothing is lost on the way.

#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

const std::string kNew =
    "  EX: send ExecutionReport { OrderID = O1 | ExecID = E1 | ExecType = New | OrdStatus = New | "
    "Symbol = MSFT | Side = Buy | LeavesQty = 1 | CumQty = 0 | AvgPx = 0 }\n";
const std::string kPending =
    "  EX: send ExecutionReport { OrderID = O1 | ExecID = E0 | ExecType = PendingNew | OrdStatus = "
    "PendingNew | Symbol = MSFT | Side = Buy | LeavesQty = 1 | CumQty = 0 | AvgPx = 0 }\n";
const std::string kNews = "  EX: send News { Headline = \"Halt\" }\n";
const std::string kOrder =
    "  OE: send NewOrderSingle { ClOrdID = A1 | Symbol = MSFT | Side = Buy | OrderQty = 1 | "
    "OrdType = Market | TransactTime = ${now()} }\n";

class InboxRules : public DrillRun {};

TEST_F(InboxRules, AnExpectationSeesWhatCameBeforeIt) {
  EXPECT_EQ(says(pair(kNew + "  wait 1s\n  OE: expect ExecutionReport { ExecType = New }")),
            "PASS s");
}

TEST_F(InboxRules, WhatNothingTakesFailsAtOnceNotAtTheLimit) {
  const auto result = runs(pair(kNews + "  OE: expect ExecutionReport within 60s"));
  EXPECT_EQ(said(result), "FAIL s: 4:14 expect: expected ExecutionReport on OE, received News");
  EXPECT_LT(result.scenarios.at(0).elapsed_ns, 1'000'000'000);
}

TEST_F(InboxRules, TheLimitCountsFromTheStartOfTheStep) {
  const auto result = runs(pair("  OE: expect ExecutionReport within 7s"));
  EXPECT_EQ(said(result), "FAIL s: 3:14 limit: no ExecutionReport on OE within 7 s");
  EXPECT_EQ(result.scenarios.at(0).elapsed_ns, 7'000'000'000);
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(InboxRules, AnOptionalOneMayComeOrNot) {
  const std::string steps =
      "  OE: expect optional ExecutionReport { ExecType = PendingNew }\n"
      "  OE: expect ExecutionReport { ExecType = New }";
  EXPECT_EQ(says(pair(kPending + kNew + steps)), "PASS s");
  EXPECT_EQ(says(pair(kNew + steps)), "PASS s");
}

TEST_F(InboxRules, AnOptionalOneClosesWhenALaterStepConsumes) {
  EXPECT_EQ(says(pair(kNew + kPending +
                      "  OE: expect optional ExecutionReport { ExecType = PendingNew }\n"
                      "  OE: expect ExecutionReport { ExecType = New }")),
            "FAIL s: 2:1 unconsumed: expected nothing more on OE, but ExecutionReport came");
}

TEST_F(InboxRules, AnOptionalOneTakesNothingAfterItsTime) {
  EXPECT_EQ(says(pair("  OE: expect optional ExecutionReport within 1s\n  wait 2s\n" + kNew +
                      "  OE: expect nothing for 1s")),
            "FAIL s: 6:7 unexpected: expected nothing for 1 s on OE, but ExecutionReport came");
}

TEST_F(InboxRules, AnOptionalOneOfSetupClosesWithIt) {
  EXPECT_EQ(says("session EX acceptor\nsession OE initiator\n"
                 "setup {\n  OE: sync\n  EX: expect optional NewOrderSingle\n}\n"
                 "scenario \"s\" {\n" +
                 kOrder + "  EX: expect nothing for 1s\n}\n"),
            "FAIL s: 9:7 unexpected: expected nothing for 1 s on EX, but NewOrderSingle came");
}

TEST_F(InboxRules, CapturesOfAnOptionalOneAreSet) {
  EXPECT_EQ(says(pair(kPending + kNew +
                      "  OE: expect optional ExecutionReport as p { ExecType = PendingNew | ExecID "
                      "-> id }\n"
                      "  OE: expect ExecutionReport { ExecType = New }\n"
                      "  check has(id) and id = \"E0\"\n  check has(p) and p.ExecID = \"E1\"")),
            "FAIL s: 8:9 check: check does not hold: p.ExecID = E0, expected E1  (\"E1\")");
}

TEST_F(InboxRules, AwaitLeavesWhatItSkips) {
  EXPECT_EQ(says(pair(kNews + kNew + "  OE: await ExecutionReport\n  OE: expect News")), "PASS s");
  EXPECT_EQ(says(pair(kNews + kNew + "  OE: await ExecutionReport")),
            "FAIL s: 2:1 unconsumed: expected nothing more on OE, but News came");
}

TEST_F(InboxRules, AnOptionalOneComesBeforeAnAwaitThatFitsToo) {
  EXPECT_EQ(says(pair(kNew + "  OE: expect optional ExecutionReport\n"
                             "  OE: await ExecutionReport within 1s")),
            "FAIL s: 5:13 limit: no ExecutionReport on OE within 1 s");
}

TEST_F(InboxRules, IgnoredMessagesFailNobody) {
  EXPECT_EQ(says(pair("  OE: ignore News\n" + kNews + kNew + kNews +
                      "  OE: expect ExecutionReport\n  OE: expect nothing for 1s\n" + kNews)),
            "PASS s");
}

TEST_F(InboxRules, WhatNobodyTookFailsTheScenario) {
  EXPECT_EQ(
      says(pair(kNew + kNews + "  OE: expect ExecutionReport\n  OE: expect no Logout for 1s")),
      "FAIL s: 2:1 unconsumed: expected nothing more on OE, but News came");
}

TEST_F(InboxRules, ExpectNoAlsoSeesWhatLiesThere) {
  EXPECT_EQ(says(pair(kNew + "  wait 1s\n  OE: expect no ExecutionReport for 1s")),
            "FAIL s: 5:17 expect no: ExecutionReport on OE came, which must not");
}

TEST_F(InboxRules, ForbidAlsoSeesWhatLiesThereAndWhatIsIgnored) {
  const std::string forbid = "  OE: forbid News\n";
  EXPECT_EQ(says(pair("  OE: ignore News\n" + kNews + "  wait 1s\n" + forbid)),
            "FAIL s: 6:14 forbid: forbidden News on OE came, which must not");
  EXPECT_EQ(says(pair("  OE: ignore News\n" + forbid + kNews + "  wait 1s")),
            "FAIL s: 4:14 forbid: forbidden News on OE came, which must not");
}

TEST_F(InboxRules, ForbidHoldsForWhatTheLastStepCaused) {
  EXPECT_EQ(says(engines("  EX: ignore NewOrderSingle\n  EX: forbid NewOrderSingle\n" + kOrder)),
            "FAIL s: 5:14 forbid: forbidden NewOrderSingle on EX came, which must not");
}

TEST_F(InboxRules, ForbidEndsWithItsBlock) {
  EXPECT_EQ(says("session EX acceptor\nsession OE initiator\nscenario \"s\" {\n"
                 "  EX: forbid NewOrderSingle\n  OE: sync\n}\nteardown {\n" +
                 kOrder + "  EX: expect NewOrderSingle\n}"),
            "PASS s");
}

TEST_F(InboxRules, LeftoversOfSessionsThatTheScenarioDidNotUseCountToo) {
  EXPECT_EQ(says("session EX acceptor\nsession OE initiator\n"
                 "scenario \"one\" {\n  OE: expect nothing for 1s\n" +
                 kOrder +
                 "}\n"
                 "scenario \"two\" {\n  OE: expect nothing for 1s\n}\n"),
            "FAIL one: 3:1 unconsumed: expected nothing more on EX, but NewOrderSingle came\n"
            "PASS two");
}

TEST_F(InboxRules, LeftoversMayWarnAndDoNotHauntTheNextScenario) {
  profile_text = "leftovers = \"warn\"\n" + profile_text;
  EXPECT_EQ(says("session EX acceptor\nsession OE initiator\n"
                 "scenario \"one\" {\n" +
                 kOrder +
                 "  EX: sync\n  check 1 = 1\n}\n"
                 "scenario \"two\" {\n  EX: expect nothing for 1s\n}\n"),
            "PASS one; expected nothing more on EX, but NewOrderSingle came\nPASS two");
}

TEST_F(InboxRules, AWarningNeverCoversAClose) {
  profile_text = "leftovers = \"warn\"\n" + profile_text;
  EXPECT_EQ(says(pair("  EX: disconnect\n  wait 1s\n  check 1 = 1")),
            "FAIL s: 2:1 unconsumed: expected nothing more on OE, but the connection ended: the "
            "peer closed the connection");
}

TEST_F(InboxRules, SyncLeavesTheSideListAlone) {
  EXPECT_EQ(says(engines("  OE: sync\n  OE: expect Logon { HeartBtInt = 30 }")), "PASS s");
}

TEST_F(InboxRules, ASideMessageOfAnEarlierScenarioProvesNothing) {
  EXPECT_EQ(says("session EX acceptor\nsession OE initiator\n"
                 "scenario \"one\" {\n  OE: expect nothing for 40s\n}\n"
                 "scenario \"two\" {\n  OE: expect Heartbeat within 1s\n}\n"),
            "PASS one\nFAIL two: 7:14 limit: no Heartbeat on OE within 1 s");
}

TEST_F(InboxRules, OnASideMessageAnExpectationNeverFails) {
  EXPECT_EQ(says(engines("  OE: expect nothing for 40s\n" + kOrder +
                         "  EX: expect NewOrderSingle\n  OE: expect Heartbeat")),
            "PASS s");
}

TEST_F(InboxRules, AnOldCloseIsNotTheCloseOfANewConnection) {
  EXPECT_EQ(says(pair("  OE: disconnect\n  EX: expect disconnect\n  OE: connect\n  EX: accept\n"
                      "  OE: expect disconnect within 1s")),
            "FAIL s: 7:7 limit: OE was not disconnected within 1 s");
}

TEST_F(InboxRules, ACloseFailsTheExpectationThatWaits) {
  const auto result = runs(pair("  EX: disconnect\n  OE: expect ExecutionReport within 60s"));
  EXPECT_EQ(said(result),
            "FAIL s: 4:14 expect: expected ExecutionReport on OE, but the connection ended: the "
            "peer closed the connection");
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(InboxRules, SilentlyMeansWithoutAnIgnoredMessageToo) {
  const std::string ignored = "  OE: ignore News\n" + kNews + "  EX: disconnect\n";
  EXPECT_EQ(says(pair(ignored + "  OE: expect disconnect")), "PASS s");
  EXPECT_EQ(says(pair(ignored + "  OE: expect disconnect silently")),
            "FAIL s: 6:7 unexpected: expected a disconnect without another byte on OE, but News "
            "came");
}

TEST_F(InboxRules, SilenceOfAConnectionThatNeverWasIsNoPass) {
  const std::string wire = "session OE initiator wire\nscenario \"s\" {\n";
  const std::string why = "expect: OE is not connected, so nothing can come; connect it first";
  EXPECT_EQ(says(wire + "  expect nothing for 1s\n}"), "ERROR s: 3:3 " + why);
  EXPECT_EQ(says(wire + "  expect no News for 1s\n}"), "ERROR s: 3:3 " + why);
}

TEST_F(InboxRules, SilenceAfterADisconnectIs) {
  EXPECT_EQ(says(pair("  EX: disconnect\n  OE: expect disconnect\n  OE: expect no News for 1s")),
            "PASS s");
}

TEST_F(InboxRules, AnIgnoreThatCannotBeMadeIsAnError) {
  const auto result = runs(
      "session EX acceptor\nsession OE initiator\n"
      "ignore NewOrderSingle { OrderQty = ${round(1 / 0, 2)} }\n"
      "scenario \"s\" {\n  OE: sync\n  check 1 = 1\n}");
  EXPECT_EQ(said(result), "ERROR s: 3:38 declare: division by zero");
  EXPECT_EQ(result.exit_code, 3);
}

TEST_F(InboxRules, AnIgnoredTypeOfTheProfileThatNoSessionKnowsIsAnError) {
  profile_text += "[defaults]\nignore = [\"Newz\"]\n";
  EXPECT_EQ(
      says(engines("  check 1 = 1")),
      "ERROR s: 3:1 declare: 'ignore' of the profile test.toml: no message 'Newz' in FIX 4.4; "
      "did you mean News?");
}

TEST_F(InboxRules, AParamThatCannotBeMadeIsAnError) {
  EXPECT_EQ(says("param n = ${round(1 / 0, 2)}\nsession EX acceptor\nsession OE initiator\n"
                 "scenario \"s\" {\n  check 1 = 1\n}"),
            "ERROR s: 1:13 declare: division by zero");
}

// R6: how TCP cuts the stream changes no verdict.
TEST_F(InboxRules, SegmentationDoesNotMatter) {
  const std::vector<std::string> texts = {
      pair(kPending + kNew + kNews +
           "  OE: expect optional ExecutionReport { ExecType = PendingNew "
           "}\n  OE: expect ExecutionReport { ExecType = New }\n  OE: "
           "expect News"),
      pair(kNews + kNew + "  OE: expect ExecutionReport"),
      pair(kNew + kNews + "  OE: await News\n  OE: expect no News for 1s"),
      engines(kOrder + "  EX: expect NewOrderSingle { OrderQty = 1 }\n" + kNew +
              "  OE: expect ExecutionReport"),
      engines(kOrder + "  EX: expect NewOrderSingle { OrderQty = 2 }"),
  };
  for (const std::string& text : texts) {
    network = {};
    const std::string whole = says(text);
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      network = {.seed = seed, .max_delay = 2ms, .max_slice = seed % 2 ? 1u : 40u};
      EXPECT_EQ(says(text), whole) << "seed " << seed << "\n" << text;
    }
  }
}

}  // namespace
}  // namespace fixdrill::run
