// Several expectations at once, and one that takes several messages: unordered, either, times,
// until, distinct.

#include <csignal>

#include "support/raw_peer.h"
#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

/// EX sends a News; the headline tells them apart.
std::string news(const std::string& headline, const std::string& more = "") {
  return "  EX: send News { Headline = \"" + headline + "\"" + more + " }\n";
}
/// OE sends one to EX.
std::string back(const std::string& headline) {
  return "  OE: send News { Headline = \"" + headline + "\" }\n";
}

class Choice : public DrillRun {
 protected:
  /// What the one failure says below its sentence.
  static std::string details(const record::RunResult& result) {
    const auto wrong = failures(result.scenarios.at(0));
    return wrong.empty() ? "" : join(wrong.at(0)->details, "\n");
  }
  static double seconds(const record::RunResult& result) {
    return static_cast<double>(result.scenarios.at(0).elapsed_ns) / 1e9;
  }
  /// Ctrl-C after two seconds; whatever waits ends UNRESOLVED.
  std::string interrupted(const std::string& steps) {
    std::unique_ptr<net::Timer> timer;
    with_loop = [&](net::Loop& loop) {
      timer = loop.at(loop.now() + 2s, [this] { stop.request(SIGINT); });
    };
    const auto result = runs(pair(steps));
    EXPECT_EQ(result.exit_code, 128 + SIGINT) << steps;
    EXPECT_LT(seconds(result), 3) << steps;
    return said(result);
  }
};

// ---- unordered ----

TEST_F(Choice, UnorderedTakesAnyOrderOnTwoSessions) {
  const std::string wanted =
      "  unordered within 3s {\n    OE: expect News as one { Headline = a }\n"
      "    EX: expect News as two { Headline = b }\n    OE: expect News as three { Headline = c "
      "}\n  }\n  check one.Headline = \"a\" and two.Headline = \"b\" and three.Headline = \"c\"";
  EXPECT_EQ(says(pair(news("a") + back("b") + news("c") + wanted)), "PASS s");
  EXPECT_EQ(says(pair(news("c") + news("a") + back("b") + wanted)), "PASS s");
}

TEST_F(Choice, UnorderedMovesAnEarlierMessageToMakeRoom) {
  EXPECT_EQ(says(pair(news("a") + news("b") +
                      "  unordered {\n    OE: expect News as any\n"
                      "    OE: expect News as a { Headline = a }\n  }\n"
                      "  check any.Headline = \"b\" and a.Headline = \"a\"")),
            "PASS s");
}

TEST_F(Choice, UnorderedMovesAChainOfMessages) {
  EXPECT_EQ(says(pair(news("abc") + news("ab") + news("a") +
                      "  unordered {\n    OE: expect News as one { Headline ~ /a/ }\n"
                      "    OE: expect News as two { Headline ~ /b/ }\n"
                      "    OE: expect News as three { Headline ~ /c/ }\n  }\n"
                      "  check one.Headline = \"a\" and two.Headline = \"ab\" and "
                      "three.Headline = \"abc\"")),
            "PASS s");
}

TEST_F(Choice, OneMessageNeverMeetsTwoExpectations) {
  EXPECT_EQ(says(pair(news("a") + "  unordered within 2s {\n    OE: expect News { Headline = a }\n"
                                  "    OE: expect News { Headline = a }\n  }")),
            "FAIL s: 4:3 limit: 1 of 2 expectations of 'unordered' was not met within 2 s");
}

TEST_F(Choice, UnorderedFailsAtOnceOnADuplicate) {
  const auto result = runs(pair(news("a") + news("a") +
                                "  unordered within 60s {\n    OE: expect News { Headline = a }\n"
                                "    OE: expect News { Headline = b }\n  }"));
  EXPECT_EQ(said(result), "FAIL s: 7:23 expect: News on OE differs in 1 of 1 field");
  EXPECT_LT(seconds(result), 1);
}

TEST_F(Choice, UnorderedLeavesWhatCameForNobodyAmongAwaits) {
  EXPECT_EQ(says(pair(news("x") + news("a") +
                      "  unordered {\n    OE: await News { Headline = a }\n  }\n"
                      "  OE: expect News { Headline = x }")),
            "PASS s");
  EXPECT_EQ(says(pair(news("a") + news("x") + news("b") +
                      "  unordered {\n    OE: expect News { Headline = a }\n"
                      "    OE: await News { Headline = b }\n  }\n"
                      "  OE: expect News { Headline = x }")),
            "PASS s");
}

TEST_F(Choice, UnorderedFailsOnAStrangerWhileAnExpectWaits) {
  EXPECT_EQ(says(pair(news("b") + news("x") + news("a") +
                      "  unordered {\n    OE: expect News { Headline = a }\n"
                      "    OE: await News { Headline = b }\n  }")),
            "FAIL s: 7:23 expect: News on OE differs in 1 of 1 field");
}

TEST_F(Choice, UnorderedMayLoopAndNameAList) {
  EXPECT_EQ(says(pair(news("c") + news("a") + news("b") +
                      "  unordered {\n    for each h in (a, b, c) { OE: expect News as all { "
                      "Headline = ${h} } }\n  }\n"
                      "  check count(all) = 3 and all[1].Headline = \"a\" and all[3].Headline = "
                      "\"c\"")),
            "PASS s");
}

TEST_F(Choice, UnorderedHasOneLimit) {
  const auto result =
      runs(pair("  unordered within 7s {\n    OE: expect News { Headline = a }\n"
                "    EX: await News { Headline = b }\n  }"));
  EXPECT_EQ(said(result),
            "FAIL s: 3:3 limit: 2 of 2 expectations of 'unordered' were not met within 7 s");
  EXPECT_EQ(seconds(result), 7);
}

TEST_F(Choice, TheLimitOfUnorderedCountsFromWhenItsSessionsAreUp) {
  network = {.seed = 1, .max_delay = 400ms};
  const auto plain = runs(engines("  OE: await News within 10s"));
  const auto unordered = runs(engines("  unordered within 10s { OE: await News }"));
  EXPECT_EQ(seconds(unordered), seconds(plain));
}

TEST_F(Choice, UnorderedSeesAClose) {
  EXPECT_EQ(says(pair("  EX: disconnect\n  unordered { OE: expect News }")),
            "FAIL s: 4:26 expect: expected News on OE, but the connection ended: the peer closed "
            "the connection");
}

TEST_F(Choice, UnorderedIgnoresAndTakesOptionals) {
  EXPECT_EQ(says(pair("  OE: ignore News { Headline = i }\n"
                      "  OE: expect optional News as o { Headline = o }\n" +
                      news("i") + news("o") + news("a") +
                      "  unordered { OE: expect News { Headline = a } }\n"
                      "  check has(o)")),
            "PASS s");
}

TEST_F(Choice, CapturesOfUnorderedAreSet) {
  EXPECT_EQ(says(pair(news("a") + news("b") +
                      "  unordered {\n    OE: expect News { Headline = b -> b }\n"
                      "    OE: expect News { Headline -> any }\n  }\n"
                      "  check b = \"b\" and any = \"a\"")),
            "PASS s");
}

TEST_F(Choice, AForbiddenMessageEndsUnordered) {
  EXPECT_EQ(
      says(pair("  EX: forbid News\n" + back("f") + "  unordered within 60s { OE: expect News }")),
      "FAIL s: 3:14 forbid: forbidden News on EX came, which must not");
}

// ---- either ----

TEST_F(Choice, TheFirstMessageDecides) {
  const std::string either =
      "  either {\n    OE: expect News as n { Headline = a }\n    let way = 1\n  } or {\n"
      "    OE: expect News as n { Headline = b }\n    let way = 2\n  }\n";
  EXPECT_EQ(says(pair(news("a") + either + "  check way = 1 and n.Headline = \"a\"")), "PASS s");
  EXPECT_EQ(says(pair(news("b") + either + "  check way = 2 and n.Headline = \"b\"")), "PASS s");
}

TEST_F(Choice, OfTwoArmsThatFitTheFirstWrittenWins) {
  EXPECT_EQ(says(pair(news("a") +
                      "  either { OE: expect News within 1s\n let way = 1 } or {\n OE: expect News "
                      "within 2s { Headline = a }\n let way = 2 }\n  check way = 1")),
            "PASS s");
}

TEST_F(Choice, AMessageForNoArmFailsAtOnce) {
  const auto result =
      runs(pair(news("x") + "  either { OE: expect News within 60s { Headline = a } } or {\n"
                            "    OE: expect Logout within 60s }"));
  EXPECT_EQ(said(result), "FAIL s: 4:41 expect: News on OE differs in 1 of 1 field");
  EXPECT_LT(seconds(result), 1);
}

TEST_F(Choice, EveryArmHasItsOwnClock) {
  const std::string either =
      "  either { OE: expect News within 2s { Headline = a } } or {\n"
      "    OE: expect News within 6s { Headline = b } }";
  const auto result = runs(pair(either));
  EXPECT_EQ(said(result), "FAIL s: 3:3 limit: no arm of 'either' was met in time");
  EXPECT_EQ(seconds(result), 6);
  EXPECT_EQ(details(result),
            "line 3, arm 1 of 'either': no News on OE within 2 s\n"
            "line 4, arm 2 of 'either': no News on OE within 6 s");
}

/// A peer that sends one News three seconds after the scenario began.
class LateNews : public Choice {
 protected:
  LateNews() {
    attach = [](net::Loop& loop) { return std::make_shared<Peer>(loop); };
  }
  static std::string wire(const std::string& steps) {
    return "session OE initiator wire\nscenario \"s\" {\n  connect\n" + steps + "\n}\n";
  }

 private:
  struct Peer {
    explicit Peer(net::Loop& loop) : peer(loop, "EXCH", "BRK1") {
      peer.listens(9000);
      timer = loop.at(loop.now() + 3s, [this] { peer.sends("35=B|148=late|"); });
    }
    test::RawPeer peer;
    std::unique_ptr<net::Timer> timer;
  };
};

TEST_F(LateNews, AnArmWhoseTimeIsOverTakesNothing) {
  EXPECT_EQ(says(wire("  either { expect News within 1s\n let way = 1 } or { expect News within 5s "
                      "{ Headline ~ /l/ }\n let way = 2 }\n  check way = 2")),
            "PASS s");
}

TEST_F(LateNews, AMessageAfterAllLimitsThatFitIsTold) {
  const auto result =
      runs(wire("  either { expect News within 1s } or { expect disconnect within 5s }"));
  EXPECT_EQ(said(result),
            "FAIL s: 4:3 unexpected: expected what an arm of 'either' begins with on OE, but News "
            "came");
  EXPECT_EQ(details(result).substr(0, 142),
            "open: line 4, arm 1 of 'either' (News, but its limit has passed)\n"
            "open: line 4, arm 2 of 'either' (a disconnect)\n"
            "received #2: 8=FIX.4.4|9=54|35");
}

TEST_F(LateNews, TheRestOfARangeStaysForTheNextStep) {
  const auto result = runs(wire("  expect News times 0..2 within 1s\n  expect News within 5s"));
  EXPECT_EQ(said(result), "PASS s");
  EXPECT_EQ(seconds(result), 3);
}

TEST_F(Choice, SilenceIsAnArm) {
  const std::string either =
      "  either { OE: expect nothing for 2s\n let way = 1 } or {\n"
      "    OE: expect News\n let way = 2 }\n";
  EXPECT_EQ(says(pair(either + "  check way = 1")), "PASS s");
  EXPECT_EQ(says(pair(news("a") + either + "  check way = 2")), "PASS s");
  EXPECT_EQ(says(pair("  EX: send TestRequest { TestReqID = x }\n" + either)),
            "FAIL s: 6:16 expect: expected News on OE, received TestRequest");
}

TEST_F(Choice, ADisconnectIsAnArm) {
  const std::string either =
      "  either { OE: expect disconnect\n let way = 1 } or {\n"
      "    OE: expect News\n let way = 2 }\n";
  EXPECT_EQ(says(pair("  EX: disconnect\n" + either + "  check way = 1")), "PASS s");
  EXPECT_EQ(says(pair(news("a") + either + "  check way = 2")), "PASS s");
}

TEST_F(Choice, ACloseThatNoArmWantsFails) {
  EXPECT_EQ(says(pair("  EX: disconnect\n"
                      "  either { OE: expect News } or { OE: expect nothing for 1s }")),
            "FAIL s: 4:3 unexpected: expected what an arm of 'either' begins with on OE, but the "
            "connection ended: the peer closed the connection");
}

TEST_F(Choice, ArmsThatAwaitLeaveOthers) {
  EXPECT_EQ(says(pair(news("x") + news("b") +
                      "  either { OE: await News { Headline = a } } or {\n"
                      "    OE: await News { Headline = b } }\n"
                      "  OE: expect News { Headline = x }")),
            "PASS s");
}

TEST_F(Choice, ArmsOfTwoSessions) {
  const std::string either =
      "  either { OE: expect News\n let way = 1 } or { EX: expect News\n let way = 2 }\n";
  EXPECT_EQ(says(pair(back("a") + either + "  check way = 2")), "PASS s");
  EXPECT_EQ(says(pair(news("a") + either + "  check way = 1")), "PASS s");
}

TEST_F(Choice, TheStepsOfTheArmFollow) {
  EXPECT_EQ(says(pair(news("a") + news("b") +
                      "  either { OE: expect News { Headline = a }\n OE: expect News { Headline = "
                      "c } } or { OE: expect Logout }")),
            "FAIL s: 6:20 expect: News on OE differs in 1 of 1 field");
}

// ---- times, until, distinct ----

TEST_F(Choice, TimesTakesSoMany) {
  EXPECT_EQ(says(pair(news("a") + news("b") + news("c") +
                      "  OE: expect News as two times 2\n  OE: expect News { Headline = c }\n"
                      "  check count(two) = 2 and two[2].Headline = \"b\"")),
            "PASS s");
}

TEST_F(Choice, TimesFailsAtTheLimitAndSaysHowManyCame) {
  const auto result = runs(pair(news("a") + "  OE: expect News times 2 within 3s"));
  EXPECT_EQ(said(result), "FAIL s: 4:14 limit: no News (1 of 2 came) on OE within 3 s");
  EXPECT_EQ(seconds(result), 3);
}

TEST_F(Choice, TimesFailsAtOnceOnAnother) {
  EXPECT_EQ(says(pair(news("a") + "  EX: send TestRequest { TestReqID = x }\n"
                                  "  OE: expect News times 2")),
            "FAIL s: 5:14 expect: expected News on OE, received TestRequest");
}

TEST_F(Choice, ARangeEndsAtItsMost) {
  const auto result = runs(pair(news("a") + news("b") + news("c") +
                                "  OE: expect News as n times 1..2 within 60s\n"
                                "  OE: expect News { Headline = c }\n  check count(n) = 2"));
  EXPECT_EQ(said(result), "PASS s");
  EXPECT_LT(seconds(result), 1);
}

TEST_F(Choice, ARangeEndsAtTheFirstOtherMessage) {
  const auto result =
      runs(pair(news("a") + "  EX: send TestRequest { TestReqID = x }\n" + news("b") +
                "  OE: expect News as n times 1..5 within 60s\n"
                "  OE: expect TestRequest\n  OE: expect News { Headline = b }\n"
                "  check count(n) = 1"));
  EXPECT_EQ(said(result), "PASS s");
  EXPECT_LT(seconds(result), 1);
}

TEST_F(Choice, ARangeEndsAtTheLimit) {
  const auto result = runs(pair(news("a") + news("b") +
                                "  OE: expect News as n times 1.. within 3s\n"
                                "  check count(n) = 2"));
  EXPECT_EQ(said(result), "PASS s");
  EXPECT_EQ(seconds(result), 3);
}

TEST_F(Choice, ARangeFromNoneMayStayEmpty) {
  EXPECT_EQ(says(pair("  OE: expect News as n times 0..2 within 1s\n  check count(n) = 0")),
            "PASS s");
}

TEST_F(Choice, ARangeThatIsTurnedRoundAtRunTimeSaysSo) {
  EXPECT_EQ(says(pair("  let low = 3\n  OE: expect News times ${low}..2")),
            "FAIL s: 4:25 expect: 'times 3..2' leaves nothing to take");
}

TEST_F(Choice, AwaitTimesLeavesOthers) {
  EXPECT_EQ(says(pair(news("a") + "  EX: send TestRequest { TestReqID = x }\n" + news("b") +
                      "  OE: await News times 2\n  OE: expect TestRequest")),
            "PASS s");
}

TEST_F(Choice, ACloseEndsARangeAndStays) {
  EXPECT_EQ(says(pair(news("a") + "  EX: disconnect\n  OE: expect News times 1..5\n"
                                  "  OE: expect disconnect")),
            "PASS s");
  EXPECT_EQ(says(pair(news("a") + "  EX: disconnect\n  OE: expect News times 1..5")),
            "FAIL s: 2:1 unconsumed: expected nothing more on OE, but the connection ended: the "
            "peer closed the connection");
}

TEST_F(Choice, UntilEndsWithTheMessageThatFits) {
  EXPECT_EQ(says(pair(news("a") + news("last") + news("c") +
                      "  OE: expect News as n until { Headline = last }\n"
                      "  OE: expect News { Headline = c }\n  check count(n) = 2")),
            "PASS s");
}

TEST_F(Choice, UntilThatNeverComesFailsAtTheLimit) {
  EXPECT_EQ(
      says(pair(news("a") + news("b") + "  OE: expect News until { Headline = last } within 2s")),
      "FAIL s: 5:14 limit: no News (2 came, none of them fits 'until') on OE within 2 s");
}

TEST_F(Choice, UntilHoldsToTheNumbersOfTimes) {
  const std::string step = " until { Headline = last }";
  EXPECT_EQ(says(pair(news("a") + news("b") + "  OE: expect News times 1..2" + step)),
            "FAIL s: 5:36 until: 2 News came, and none of them fits 'until'");
  EXPECT_EQ(says(pair(news("last") + "  OE: expect News times 3.." + step)),
            "FAIL s: 4:25 times: 'until' was met after 1 News; 'times' asks for 3 at least");
}

TEST_F(Choice, DistinctNamesBothMessages) {
  EXPECT_EQ(says(pair(news("a") + news("b") + "  OE: expect News times 2 distinct Headline")),
            "PASS s");
  const std::string twice =
      says(pair(news("a") + news("a") + "  OE: expect News times 2 distinct Headline"));
  EXPECT_NE(twice.find("5:36 distinct: Headline(148) = a came twice, in #"), std::string::npos)
      << twice;
}

TEST_F(Choice, DistinctNeedsTheField) {
  const std::string without = says(pair(news("a") + "  OE: expect News times 1 distinct Urgency"));
  EXPECT_NE(without.find("4:36 distinct: #"), std::string::npos) << without;
}

// ---- Ctrl-C ----

TEST_F(Choice, CtrlCEndsEveryWait) {
  const std::string unresolved = "UNRESOLVED s; interrupted in scenario";
  EXPECT_EQ(interrupted("  unordered within 60s { OE: expect News }"), unresolved);
}
TEST_F(Choice, CtrlCEndsEither) {
  EXPECT_EQ(
      interrupted("  either { OE: expect News within 60s } or { OE: expect nothing for 50s }"),
      "UNRESOLVED s; interrupted in scenario");
}
TEST_F(Choice, CtrlCEndsTimes) {
  EXPECT_EQ(interrupted(news("a") + "  OE: expect News times 1.. within 60s"),
            "UNRESOLVED s; interrupted in scenario");
}
TEST_F(Choice, CtrlCEndsUntil) {
  EXPECT_EQ(interrupted("  OE: expect News until { Headline = x } within 60s"),
            "UNRESOLVED s; interrupted in scenario");
}
TEST_F(Choice, CtrlCEndsLoops) {
  EXPECT_EQ(interrupted("  repeat 100 { OE: expect nothing for 900ms }"),
            "UNRESOLVED s; interrupted in scenario");
}

}  // namespace
}  // namespace fixdrill::run
