// Connections as scenarios come and go (rules 10 and 13), and what ends a run.

#include "support/raw_peer.h"
#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

using record::Direction;
using test::RawPeer;

const std::string kOrder =
    "  OE: send NewOrderSingle { ClOrdID = A1 | Symbol = MSFT | Side = Buy | OrderQty = 1 | "
    "OrdType = Market | TransactTime = ${now()} }\n";
const std::string kHugeOrder =
    "  OE: send NewOrderSingle { ClOrdID = A1 | Symbol = MSFT | Side = Buy | OrderQty = 99999 | "
    "OrdType = Market | TransactTime = ${now()} }\n";
const std::string kEngines = "session EX acceptor\nsession OE initiator\n";

class Lifecycle : public DrillRun {
 protected:
  /// A peer that listens where OE connects and answers its Logon a second after the start.
  void peer_logs_on() {
    with_loop = [this](net::Loop& loop) {
      peer = std::make_unique<RawPeer>(loop, "EXCH", "BRK1");
      peer->listens(9000);
      in(loop, 1s, [this] { peer->sends("35=A|98=0|108=30|"); });
      if (script) script(loop);
    };
  }
  void in(net::Loop& loop, Duration when, std::function<void()> action) {
    timers.push_back(loop.at(loop.now() + when, std::move(action)));
  }
  /// Looks ten times a second, and once it is there does it.
  void when_received(net::Loop& loop, const std::string& field, std::function<void()> action) {
    in(loop, 100ms, [this, &loop, field, action = std::move(action)] {
      const bool there = peer->received().find(kSoh + field + kSoh) != std::string::npos;
      there ? action() : when_received(loop, field, action);
    });
  }
  void answers_test_requests(net::Loop& loop) {
    when_received(loop, "35=1", [this] {
      const std::string all = soh_to_pipe(peer->received());
      const std::string id = RawPeer::value(all, "112");
      peer->sends("35=0|112=" + id + "|");
    });
  }
  void TearDown() override {
    timers.clear();
    peer.reset();
  }

  std::function<void(net::Loop&)> script;
  std::unique_ptr<RawPeer> peer;
  std::vector<std::unique_ptr<net::Timer>> timers;
};

// What a peer says that comes back sooner than a step takes its connection is the next scenario's;
// once `accept` has taken it, it is this one's.
TEST_F(Lifecycle, APeerThatComesBackBeforeTheNextAcceptLeavesNothingOver) {
  const std::string comes_back =
      "session OE initiator wire\nsession EX acceptor wire\nscenario \"s\" {\n"
      "  OE: connect\n  EX: accept\n  EX: disconnect\n  OE: expect disconnect\n"
      "  OE: connect\n  OE: send Logon { EncryptMethod = 0 | HeartBtInt = 30 }\n"
      "  OE: wait 100ms\n";
  EXPECT_EQ(says(comes_back + "}\n"), "PASS s");
  const std::string taken = says(comes_back + "  EX: accept\n}\n");
  EXPECT_NE(taken.find("expected nothing more on EX, but Logon came"), std::string::npos) << taken;
}

TEST_F(Lifecycle, AnEngineSessionLogsOnBeforeItsFirstStepEvenAfterStepsThatNeedNoLine) {
  EXPECT_EQ(says(kEngines +
                 "scenario \"s\" {\n  OE: check next_out = 1\n  OE: wait 1s\n"
                 "  OE: forbid Logout\n" +
                 kOrder + "  EX: expect NewOrderSingle\n}"),
            "PASS s");
}

TEST_F(Lifecycle, NumbersOfAnySessionMayBeChecked) {
  EXPECT_EQ(says(kEngines + "scenario \"s\" {\n  OE: sync\n  check OE.next_out = 3\n"
                            "  EX: check OE.next_in = 3\n  check EX.next_in = 4\n}"),
            "FAIL s: 7:9 check: check does not hold: EX.next_in = 3, expected 4");
}

TEST_F(Lifecycle, AnEngineSessionServesOneScenarioAfterAnother) {
  EXPECT_EQ(says(kEngines + "scenario \"one\" {\n" + kOrder +
                 "  EX: expect NewOrderSingle { "
                 "MsgSeqNum = 2 }\n}\n"
                 "scenario \"two\" {\n" +
                 kOrder + "  EX: expect NewOrderSingle { MsgSeqNum > 2 }\n}"),
            "PASS one\nPASS two");
  EXPECT_EQ(recorder.connections.size(), 2u);  // one connection, seen from both ends
}

TEST_F(Lifecycle, AFreshSessionConnectsForEachScenario) {
  EXPECT_EQ(says("session EX acceptor fresh\nsession OE initiator fresh\n"
                 "scenario \"one\" {\n" +
                 kOrder +
                 "  EX: expect NewOrderSingle\n}\n"
                 "scenario \"two\" {\n" +
                 kOrder + "  EX: expect NewOrderSingle\n}"),
            "PASS one\nPASS two");
  EXPECT_EQ(recorder.connections.size(), 4u);
}

TEST_F(Lifecycle, AfterAFailureTheNextScenarioReconnectsAndNumbersRunOn) {
  const auto result = runs(kEngines + "scenario \"one\" {\n" + kOrder +
                           "  EX: expect NewOrderSingle { OrderQty = 2 }\n}\n"
                           "scenario \"two\" {\n" +
                           kOrder + "  EX: expect NewOrderSingle { MsgSeqNum > 3 }\n}");
  EXPECT_EQ(said(result),
            "FAIL one: 5:31 expect: NewOrderSingle on EX differs in 1 of 1 field\nPASS two");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(recorder.connections.size(), 4u);
}

TEST_F(Lifecycle, AWireSessionStartsUnconnected) {
  const std::string one =
      "scenario \"one\" {\n  OE: connect\n  EX: accept\n  OE: expect nothing for "
      "1s\n}\n";
  const std::string two = "scenario \"two\" {\n  OE: send Heartbeat\n  check 1 = 1\n}";
  EXPECT_EQ(says("session OE initiator wire\nsession EX acceptor wire\n" + one + two),
            "PASS one\nERROR two: 9:7 send: cannot send 35=0 on OE: it is not connected (we closed "
            "the connection)");
}

TEST_F(Lifecycle, WhatAPeerLeftWhileOtherScenariosRanIsNobodys) {
  with_loop = [this](net::Loop& loop) {
    peer = std::make_unique<RawPeer>(loop, "BRK1", "EXCH");
    in(loop, 1s, [this] { peer->connects(9000); });
    in(loop, 2s, [this] { peer->sends("35=A|98=0|108=30|"); });
    in(loop, 3s, [this] { peer->closes(); });
    in(loop, 5s, [this] { peer->connects(9000); });
    in(loop, 6s, [this] { peer->sends("35=A|98=0|108=7|"); });
  };
  EXPECT_EQ(says("session EX acceptor wire\nsession OE initiator wire\n"
                 "scenario \"one\" {\n  OE: wait 4s\n  check 1 = 1\n}\n"
                 "scenario \"two\" {\n  EX: accept\n  EX: expect Logon { HeartBtInt = 7 }\n}\n"),
            "PASS one\nPASS two");
}

TEST_F(Lifecycle, SetAutoHoldsForItsScenario) {
  const std::string ask = "  EX: send TestRequest { TestReqID = T }\n";
  EXPECT_EQ(
      says("include \"pair.drill\"\nscenario \"one\" {\n  OE: set auto (testrequest)\n" + ask +
           "  EX: expect Heartbeat\n}\nscenario \"two\" {\n" + ask + "  OE: expect TestRequest\n}"),
      "PASS one\nPASS two");
}

TEST_F(Lifecycle, ALogonThatIsRefusedIsAnErrorWhenImplicitAFailureWhenAsked) {
  script = [this](net::Loop& loop) {
    timers.clear();
    in(loop, 1s, [this] {
      peer->sends("35=5|58=no such user|");
      peer->closes();
    });
  };
  peer_logs_on();
  const std::string why = "logon of OE was refused: Logout with Text(58) = no such user";
  auto result = runs("session OE initiator\nscenario \"s\" {\n  expect News\n}");
  EXPECT_EQ(said(result), "ERROR s: 3:3 connect: " + why);
  EXPECT_EQ(result.exit_code, 3);
  result = runs("session OE initiator\nscenario \"s\" {\n  logon\n  expect News\n}");
  EXPECT_EQ(said(result), "FAIL s: 3:3 logon: " + why);
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(Lifecycle, NobodyThereIsAnError) {
  const auto result = runs("session OE initiator\nscenario \"s\" {\n  logon\n  expect News\n}");
  EXPECT_EQ(said(result),
            "ERROR s: 3:3 logon: cannot connect OE to 127.0.0.1:9000: connection refused; is the "
            "endpoint running?");
  EXPECT_EQ(result.exit_code, 3);
}

TEST_F(Lifecycle, SendingToAPeerThatDiedIsAFailure) {
  const auto result = runs(pair("  EX: disconnect reset\n  wait 1s\n" + kOrder + "  check 1 = 1"));
  EXPECT_EQ(said(result),
            "FAIL s: 5:7 send: cannot send 35=D on OE: it is not connected (the peer reset the "
            "connection)");
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(Lifecycle, TheRunLogsOutAtItsEnd) {
  EXPECT_EQ(says(engines("  OE: sync\n  check 1 = 1")), "PASS s");
  for (const auto& connection : recorder.connections) EXPECT_TRUE(connection.closed);
  std::size_t logouts = 0;
  for (const auto& row : recorder.messages) logouts += row.msg_type == "5" ? 1 : 0;
  EXPECT_EQ(logouts, 4u);  // one each way, recorded at both ends
}

TEST_F(Lifecycle, APeerThatAnswersNoLogoutChangesNoPassAndHoldsNothingUp) {
  script = [this](net::Loop& loop) { answers_test_requests(loop); };
  peer_logs_on();
  const auto result = runs("session OE initiator\nscenario \"s\" {\n  expect Logon\n}");
  EXPECT_EQ(said(result), "PASS s");
  EXPECT_LE(result.elapsed_ns, 5'000'000'000);
  EXPECT_NE(peer->received().find("\x01"
                                  "35=5\x01"),
            std::string::npos);
}

TEST_F(Lifecycle, APeerThatDiesAtTheGoodbyeChangesNoPass) {
  for (const bool resets : {true, false}) {
    script = [this, resets](net::Loop& loop) {
      answers_test_requests(loop);
      when_received(loop, "35=5", [this, resets] { resets ? peer->resets() : peer->closes(); });
    };
    peer_logs_on();
    const auto result = runs("session OE initiator\nscenario \"s\" {\n  expect Logon\n}");
    EXPECT_EQ(said(result), "PASS s");
    EXPECT_LE(result.elapsed_ns, 2'000'000'000);
    TearDown();
  }
}

TEST_F(Lifecycle, APeerThatDiesInTheMiddleIsAFailure) {
  for (const std::string step : {"expect News", "expect no News for 9s", "expect nothing for 9s",
                                 "await News", "sync", "wait 9s\n  check 1 = 1"}) {
    script = [this](net::Loop& loop) { in(loop, 3s, [this] { peer->resets(); }); };
    peer_logs_on();
    const auto result =
        runs("session OE initiator\nscenario \"s\" {\n  expect Logon\n  " + step + "\n}");
    EXPECT_EQ(result.exit_code, 1) << step;
    EXPECT_NE(said(result).find("the connection ended: the peer reset the connection"),
              std::string::npos)
        << said(result);
    TearDown();
  }
}

TEST_F(Lifecycle, TeardownRunsAfterAFailureInSetup) {
  EXPECT_EQ(says(kEngines + "setup {\n  check 1 = 2\n}\nteardown {\n  check 1 = 3\n}\n"
                            "scenario \"s\" {\n  check 1 = 4\n}"),
            "FAIL s: 4:9 check: check does not hold: 1, expected 2: 7:9 check: check does not "
            "hold: 1, expected 3");
}

TEST_F(Lifecycle, AFailedTeardownFailsTheScenario) {
  const auto result =
      runs(kEngines + "teardown {\n  check 1 = 3\n}\nscenario \"s\" {\n  check 1 = 1\n}");
  EXPECT_EQ(said(result), "FAIL s: 4:9 check: check does not hold: 1, expected 3");
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(Lifecycle, AGuardEndsTheRunAndNoStepFollows) {
  const auto result = runs(kEngines + "teardown {\n" + kOrder + "}\nscenario \"one\" {\n" +
                           kHugeOrder + "  EX: expect NewOrderSingle\n}\nscenario \"two\" {\n" +
                           kOrder + "  EX: expect NewOrderSingle\n}");
  EXPECT_EQ(said(result),
            "ERROR one: 7:7 guard: 35=D was not sent: quantity (tag 38) is 99999, the profile "
            "allows 10000 (max_order_qty)");
  EXPECT_EQ(result.exit_code, 5);
  for (const auto& row : recorder.messages) EXPECT_NE(row.msg_type, "D");
}

TEST_F(Lifecycle, AGuardBeatsAnInterrupt) {
  with_loop = [this](net::Loop& loop) { in(loop, 1s, [this] { stop.request(2); }); };
  const auto result = runs(kEngines + "scenario \"s\" {\n" + kHugeOrder + "  check 1 = 1\n}");
  EXPECT_EQ(result.exit_code, 5);
}

TEST_F(Lifecycle, AConnectionThatALimitOfOursCutIsNoDisconnectOfThePeer) {
  EXPECT_EQ(says("session OE initiator wire\nsession EX acceptor wire\nscenario \"s\" {\n"
                 "  OE: connect\n  EX: accept\n  EX: expect disconnect within 20s\n}"),
            "FAIL s: 6:7 unexpected: expected a disconnect on EX, but the connection ended: no "
            "Logon within 10 s of the connection");
}

class ClosedByGuard : public Lifecycle, public testing::WithParamInterface<const char*> {};

// In production the engine's answer to a ResendRequest must not leave.
TEST_P(ClosedByGuard, IsNoDisconnectOfThePeer) {
  profile_text.replace(profile_text.find("simulator"), 9, "production");
  profile_text.insert(profile_text.find("[session.OE]"), "allow = [\"127.0.0.1:9000\"]\n");
  script = [this](net::Loop& loop) { in(loop, 3s, [this] { peer->sends("35=2|7=1|16=0|"); }); };
  peer_logs_on();
  const auto result = runs("session OE initiator\nscenario \"s\" {\n  expect Logon\n" +
                           std::string(GetParam()) + "\n}");
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_EQ(said(result).substr(0, 21), "ERROR s: 4:3 guard: 3") << said(result);
  EXPECT_EQ(soh_to_pipe(peer->received()).find("|35=4|"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(EveryWait, ClosedByGuard,
                         testing::Values("  expect disconnect within 9s", "  expect News within 9s",
                                         "  expect no News for 9s", "  await News",
                                         "  wait 9s\n  check 1 = 1"));

class Interrupted : public Lifecycle, public testing::WithParamInterface<const char*> {};

TEST_P(Interrupted, HasNoVerdict) {
  with_loop = [this](net::Loop& loop) { in(loop, 9s, [this] { stop.request(15); }); };
  const auto result = runs(kEngines + "scenario \"s\" {\n" + GetParam() + "\n}");
  EXPECT_EQ(said(result), "UNRESOLVED s; interrupted in scenario");
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.exit_code, 143);
  EXPECT_EQ(result.scenarios.at(0).steps.back().outcome, record::Outcome::unresolved);
  EXPECT_LE(result.elapsed_ns, 14'000'000'000);
  for (const auto& connection : recorder.connections) EXPECT_TRUE(connection.closed);
}

INSTANTIATE_TEST_SUITE_P(
    EveryWait, Interrupted,
    testing::Values("  OE: expect News within 60s", "  OE: expect nothing for 60s",
                    "  OE: expect no News for 60s", "  OE: await News within 60s",
                    "  OE: expect disconnect within 60s", "  OE: wait 60s\n  check 1 = 1"));

TEST_F(Lifecycle, AnInterruptInTheSyncOfTheEndIsNoPassAndNoFailure) {
  script = [this](net::Loop& loop) { in(loop, 3s, [this] { stop.request(2); }); };
  peer_logs_on();
  const auto result = runs("session OE initiator\nscenario \"s\" {\n  expect Logon\n}");
  EXPECT_EQ(said(result), "UNRESOLVED s; interrupted at its end");
  EXPECT_EQ(result.exit_code, 130);
}

TEST_F(Lifecycle, FailFastLeavesTheRestOutButLogsOut) {
  fail_fast = true;
  const auto result = runs(kEngines +
                           "scenario \"one\" {\n  OE: sync\n  check 1 = 2\n}\n"
                           "scenario \"two\" {\n  check 1 = 1\n}");
  EXPECT_EQ(said(result), "FAIL one: 5:9 check: check does not hold: 1, expected 2");
  EXPECT_EQ(result.exit_code, 1);
  for (const auto& connection : recorder.connections) EXPECT_TRUE(connection.closed);
}

TEST_F(Lifecycle, KeepRunKeepsTheSessionOverFiles) {
  profile_text = "keep = \"run\"\n" + profile_text;
  const std::string text =
      kEngines + "scenario \"s\" {\n" + kOrder + "  EX: expect NewOrderSingle\n}";
  EXPECT_EQ(said(runs(Files{{"a.drill", text}, {"b.drill", text}})), "PASS s\nPASS s");
  EXPECT_EQ(recorder.connections.size(), 2u);
}

TEST_F(Lifecycle, KeepRunClosesWhatStandsInTheWayOfTheNextFile) {
  profile_text = "keep = \"run\"\n" + profile_text;
  const std::string text =
      kEngines + "scenario \"s\" {\n" + kOrder + "  EX: expect NewOrderSingle\n}";
  EXPECT_EQ(said(runs(Files{{"a.drill", text},
                            {"b.drill", pair(kOrder + "  EX: expect NewOrderSingle")},
                            {"c.drill", text}})),
            "PASS s\nPASS s\nPASS s");
}

TEST_F(Lifecycle, FilesThatShareAnIdentityShareALane) {
  lanes = 4;
  const std::string text =
      kEngines + "scenario \"s\" {\n" + kOrder + "  EX: expect NewOrderSingle\n}";
  EXPECT_EQ(said(runs(Files{{"a.drill", text}, {"b.drill", text}, {"c.drill", text}})),
            "PASS s\nPASS s\nPASS s");
  EXPECT_EQ(loops, 1);
}

TEST_F(Lifecycle, WhatCannotBeRecordedIsNoPass) {
  recorder.scenario_status = environment_error("cannot write run.db: disk full");
  const auto result = runs(engines("  OE: sync\n  check 1 = 1"));
  EXPECT_EQ(said(result), "ERROR s; cannot write run.db: disk full");
  EXPECT_EQ(result.exit_code, 3);
}

TEST(ExitCode, GuardBeatsFailBeatsErrorBeatsIncomplete) {
  using record::Outcome;
  const auto code = [](std::vector<std::pair<Outcome, int>> all) {
    std::vector<record::ScenarioResult> scenarios;
    for (const auto& [outcome, exit_code] : all) {
      scenarios.emplace_back();
      scenarios.back().outcome = outcome;
      scenarios.back().exit_code = exit_code;
    }
    return exit_code_of(scenarios);
  };
  EXPECT_EQ(code({}), 4);
  EXPECT_EQ(code({{Outcome::pass, 0}, {Outcome::xfail, 0}, {Outcome::skip, 0}}), 0);
  EXPECT_EQ(code({{Outcome::pass, 0}, {Outcome::unresolved, 0}}), 4);
  EXPECT_EQ(code({{Outcome::error, 3}, {Outcome::unresolved, 0}}), 3);
  EXPECT_EQ(code({{Outcome::error, 3}, {Outcome::fail, 1}}), 1);
  EXPECT_EQ(code({{Outcome::xpass, 0}}), 1);
  EXPECT_EQ(code({{Outcome::fail, 1}, {Outcome::error, 5}}), 5);
}

}  // namespace
}  // namespace fixdrill::run
