// The wire driver on virtual time: what it fills in, what it answers, how it counts.
#include <gtest/gtest.h>

#include "support/raw_peer.h"
#include "support/session_rig.h"

namespace fixdrill::session {
namespace {

using namespace std::chrono_literals;
using test::out;

class WireSessionTest : public ::testing::Test {
 protected:
  /// Connected; the peer is the one that listens.
  void connect(std::set<Auto> answers = {}) {
    rig.config.port = peer.listens();
    rig.wire(std::move(answers));
    ASSERT_TRUE(rig.session->open(rig.inbox).ok());
    ASSERT_TRUE(rig.reaches(State::connected));
    ASSERT_TRUE(peer.accepted());
  }
  void logon(std::set<Auto> answers = {}, const std::string& heartbeat = "30") {
    connect(std::move(answers));
    send("35=A|98=0|108=" + heartbeat + "|");
    peer.expects("35=A|34=1");
    peer.sends("35=A|98=0|108=" + heartbeat + "|");
    rig.inbox.message("35=A|34=1");
    ASSERT_EQ(rig.session->state(), State::logged_on);
  }
  Sent send(const std::string& text) {
    auto sent = rig.session->send(out(text));
    EXPECT_TRUE(sent.ok()) << (sent.ok() ? "" : sent.error().text);
    return sent.ok() ? *sent : Sent{};
  }

  test::SessionRig rig{net::make_memory_loop(test::kStart)};
  test::RawPeer peer{*rig.loop, "PEER", "US"};
};

TEST_F(WireSessionTest, FillsInHeaderAndTrailerUnlessGiven) {
  rig.config.header = {{142, "US,IL", {}}};
  connect();
  send("35=D|11=a|");
  EXPECT_EQ(peer.expects("35=D"),
            "8=FIX.4.4|9=64|35=D|49=US|56=PEER|34=1|52=20270115-08:00:00.000|142=US,IL|11=a|"
            "10=231|");
  send("35=D|49=ELSE|34=7|11=b|");
  peer.expects("49=ELSE|34=7|11=b");
}

TEST_F(WireSessionTest, TimesHaveNoMillisecondsBeforeFix42) {
  rig.config.begin_string = "FIX.4.1";
  connect();
  send("35=0|");
  peer.expects("8=FIX.4.1|52=20270115-08:00:00");
}

TEST_F(WireSessionTest, NumbersGivenByHandMoveTheNextOneOnlyForward) {
  logon();
  send("35=0|34=5|");
  EXPECT_EQ(rig.session->next_out(), 6);
  send("35=0|34=2|");
  EXPECT_EQ(rig.session->next_out(), 6);
  send("35=4|34=6|123=Y|36=10|");
  EXPECT_EQ(rig.session->next_out(), 10);
  ASSERT_TRUE(rig.session->set_next_out(3).ok());
  for (const char* number : {"34=5", "34=2", "34=6"}) peer.expects(number);
  send("35=0|");
  peer.expects("34=3");
}

TEST_F(WireSessionTest, CountsWhatArrives) {
  logon();
  peer.sends("35=0|");
  rig.inbox.message("35=0|34=2");
  EXPECT_EQ(rig.session->next_in(), 3);
  peer.sends("35=0|34=9|");
  rig.inbox.message("34=9");
  EXPECT_EQ(rig.session->next_in(), 10);
  peer.sends("35=0|34=4|43=Y|");
  rig.inbox.message("34=4");
  EXPECT_EQ(rig.session->next_in(), 10);
  peer.sends("35=4|34=10|123=Y|36=20|");
  rig.inbox.message("35=4");
  EXPECT_EQ(rig.session->next_in(), 20);
  peer.sends("35=4|34=20|36=5|");
  rig.inbox.message("35=4");
  EXPECT_EQ(rig.session->next_in(), 5);
}

TEST_F(WireSessionTest, LogonWithResetStartsAtOne) {
  connect();
  ASSERT_TRUE(rig.session->set_next_out(40).ok());
  ASSERT_TRUE(rig.session->set_next_in(50).ok());
  send("35=A|98=0|108=30|141=Y|");
  peer.expects("35=A|34=1|141=Y");
  peer.sends("35=A|98=0|108=30|141=Y|");
  rig.inbox.message("35=A");
  EXPECT_EQ(rig.session->next_out(), 2);
  EXPECT_EQ(rig.session->next_in(), 2);
}

TEST_F(WireSessionTest, AcceptorAnsweringAResetKeepsTheCountOfWhatArrived) {
  rig.acceptor = true;
  rig.wire();
  ASSERT_TRUE(rig.session->open(rig.inbox).ok());
  peer.connects(rig.session->port());
  peer.sends("35=A|98=0|108=30|141=Y|");
  rig.inbox.message("35=A");
  send("35=A|98=0|108=30|141=Y|");
  peer.expects("35=A|34=1");
  EXPECT_EQ(rig.session->next_in(), 2);
  EXPECT_EQ(rig.session->next_out(), 2);
}

TEST_F(WireSessionTest, AnswersNothingUnlessTold) {
  logon();
  peer.sends("35=1|112=x|");
  rig.inbox.message("35=1|112=x");
  peer.sends("35=2|7=1|16=0|");
  rig.inbox.message("35=2");
  peer.expects_nothing(10min);
}

TEST_F(WireSessionTest, AutoHeartbeatKeepsALineUpForADay) {
  logon({Auto::heartbeat});
  EXPECT_FALSE(rig.until([] { return false; }, 24h));
  EXPECT_EQ(rig.session->next_out(), 2 + 24 * 60 * 2);
  peer.expects("35=0|34=2|52=20270115-08:00:30.000");
  peer.expects("35=0|34=3|52=20270115-08:01:00.000");
}

TEST_F(WireSessionTest, AutoHeartbeatWaitsForIdleness) {
  logon({Auto::heartbeat});
  rig.until([] { return false; }, 20s);
  send("35=D|11=a|");
  peer.expects("35=D");
  peer.expects_nothing(29s);
  peer.expects("35=0|52=20270115-08:00:50.000");
}

TEST_F(WireSessionTest, AutoHeartbeatSwallowsTheirsButNotAnAnswer) {
  logon({Auto::heartbeat});
  peer.sends("35=0|");
  peer.sends("35=0|112=SYNC|");
  rig.inbox.message("35=0|112=SYNC");
  EXPECT_EQ(rig.session->next_in(), 4);
}

TEST_F(WireSessionTest, AutoTestRequestAnswersWithTheSameId) {
  logon({Auto::testrequest});
  peer.sends("35=1|112=ping|");
  peer.expects("35=0|112=ping");
  EXPECT_TRUE(rig.inbox.nothing());
}

TEST_F(WireSessionTest, AutoLogoutAnswersOnceAndNotItsOwnAnswer) {
  logon({Auto::logout});
  peer.sends("35=5|");
  peer.expects("35=5");
  EXPECT_TRUE(rig.inbox.nothing());
  peer.closes();
  EXPECT_FALSE(rig.inbox.closed().asked_for);
}

TEST_F(WireSessionTest, AutoLogoutLeavesTheAnswerToOurs) {
  logon({Auto::logout});
  send("35=5|");
  peer.expects("35=5");
  peer.sends("35=5|");
  rig.inbox.message("35=5");
  peer.expects_nothing();
  peer.closes();
  EXPECT_TRUE(rig.inbox.closed().asked_for);
}

TEST_F(WireSessionTest, AutoResendServesFromTheStoreAndFillsTheRest) {
  logon({Auto::resend});
  send("35=D|11=a|453=2|448=x|448=y|");
  send("35=0|");
  send("35=0|");
  rig.until([] { return false; }, 3s);
  send("35=D|11=b|");
  for (int i = 0; i < 4; ++i) peer.expects("8=FIX.4.4");
  peer.sends("35=2|7=1|16=0|");
  peer.expects("35=4|34=1|43=Y|123=Y|36=2|122=20270115-08:00:03.000");
  EXPECT_NE(peer.expects("35=D|34=2|43=Y|52=20270115-08:00:03.000|122=20270115-08:00:00.000")
                .find("|11=a|453=2|448=x|448=y|10="),
            std::string::npos);
  peer.expects("35=4|34=3|36=5");
  peer.expects("35=D|34=5|43=Y|11=b");
  EXPECT_TRUE(rig.inbox.nothing());
  EXPECT_EQ(rig.session->next_out(), 6);
}

TEST_F(WireSessionTest, AutoResendOfAPart) {
  logon({Auto::resend});
  for (int i = 0; i < 4; ++i) send("35=D|11=a|");
  for (int i = 0; i < 4; ++i) peer.expects("35=D");
  peer.sends("35=2|7=3|16=4|");
  peer.expects("35=D|34=3|43=Y");
  peer.expects("35=D|34=4|43=Y");
  peer.expects_nothing();
}

TEST_F(WireSessionTest, AutoResendOfAHugeRangeIsOneGapFill) {
  logon({Auto::resend});
  ASSERT_TRUE(rig.session->set_next_out(900'000'000'000'000'000).ok());
  peer.sends("35=2|7=2|16=999999999999999999|");
  peer.expects("35=4|34=2|36=900000000000000000");
  peer.expects_nothing();
}

TEST_F(WireSessionTest, AutoResendTakesTurns) {
  rig.profile.limits.messages_per_second = 100'000;
  rig.profile.limits.orders_per_run = 100'000;
  logon({Auto::resend, Auto::testrequest});
  for (int i = 0; i < 2500; ++i) send("35=D|11=a|");
  for (int i = 0; i < 2500; ++i) peer.expects("35=D");
  peer.writes(peer.message("35=2|7=2|16=0|") + peer.message("35=1|112=ping|"));
  for (int i = 0; i < 1000; ++i) peer.expects("43=Y");
  peer.expects("35=0|112=ping");
  for (int i = 0; i < 1500; ++i) peer.expects("43=Y");
  peer.expects_nothing();
}

TEST_F(WireSessionTest, TheSameResendRequestIsServedThreeTimes) {
  logon({Auto::resend});
  for (int i = 0; i < 3; ++i) {
    peer.sends("35=2|7=1|16=0|");
    peer.expects("35=4");
  }
  peer.sends("35=2|7=1|16=0|");
  EXPECT_EQ(rig.inbox.closed().reason,
            "resend loop: the same ResendRequest(2) came 4 times: BeginSeqNo(7)=1 EndSeqNo(16)=0");
}

TEST_F(WireSessionTest, AfterAResetTheSameResendRequestIsAnotherOne) {
  logon({Auto::resend});
  for (int i = 0; i < 3; ++i) {
    peer.sends("35=2|7=1|16=0|");
    peer.expects("35=4");
  }
  peer.sends("35=A|34=1|98=0|108=30|141=Y|");
  peer.sends("35=2|34=2|7=1|16=0|");
  peer.expects("35=4");
}

TEST_F(WireSessionTest, AnswersAreSwitchedOneByOne) {
  logon({Auto::testrequest, Auto::resend});
  ASSERT_TRUE(rig.session->switch_auto(Auto::testrequest, AutoMode::off).ok());
  peer.sends("35=1|112=seen|");
  rig.inbox.message("35=1|112=seen");
  peer.sends("35=2|7=1|16=0|");
  peer.expects("35=4|34=1|36=2");
  ASSERT_TRUE(rig.session->switch_auto(Auto::testrequest, AutoMode::on).ok());
  peer.sends("35=1|112=a|");
  peer.sends("35=1|112=b|");
  peer.expects("35=0|112=a");
  peer.expects("35=0|112=b");
}

TEST_F(WireSessionTest, OnceAnswersTheNextOneOnly) {
  logon();
  ASSERT_TRUE(rig.session->switch_auto(Auto::testrequest, AutoMode::once).ok());
  peer.sends("35=1|112=a|");
  peer.sends("35=1|112=b|");
  peer.expects("35=0|112=a");
  rig.inbox.message("35=1|112=b");
  peer.expects_nothing();
}

TEST_F(WireSessionTest, AutoHeartbeatOnceSendsOne) {
  logon();
  ASSERT_TRUE(rig.session->switch_auto(Auto::heartbeat, AutoMode::once).ok());
  rig.until([] { return false; }, 2min);
  peer.expects("35=0|34=2|52=20270115-08:00:30.000");
  peer.expects_nothing();
}

TEST_F(WireSessionTest, AutoGapAsksOnceForWhatIsMissing) {
  logon({Auto::gap});
  peer.sends("35=0|34=5|");
  peer.sends("35=0|34=6|");
  rig.inbox.message("34=5");
  rig.inbox.message("34=6");
  peer.expects("35=2|7=2|16=0");
  peer.expects_nothing();
  peer.sends("35=4|34=2|43=Y|123=Y|36=7|");
  rig.inbox.message("35=4");
  peer.sends("35=0|34=9|");
  peer.expects("35=2|7=7|16=0");
}

TEST_F(WireSessionTest, AutoGapBeforeFix42AsksToTheHighestNumber) {
  rig.config.begin_string = "FIX.4.1";
  connect({Auto::gap});
  send("35=A|98=0|108=30|");
  peer.expects("35=A");
  peer.sends("35=A|98=0|108=30|34=3|");
  peer.expects("35=2|7=1|16=999999");
}

TEST_F(WireSessionTest, AutoGapIsNoMatterOfResets) {
  logon({Auto::gap});
  peer.sends("35=4|34=90|36=20|");
  peer.sends("35=0|34=20|");
  peer.sends("35=A|34=1|98=0|108=30|141=Y|");
  peer.sends("35=0|34=2|");
  for (const char* type : {"35=4", "35=0", "35=A", "35=0"}) rig.inbox.message(type);
  peer.expects_nothing();
}

TEST_F(WireSessionTest, AnAcceptorAsksForAGapBehindItsLogon) {
  rig.acceptor = true;
  rig.wire({Auto::gap});
  ASSERT_TRUE(rig.session->open(rig.inbox).ok());
  peer.connects(rig.session->port());
  peer.sends("35=A|98=0|108=30|34=4|");
  rig.inbox.message("35=A|34=4");
  peer.expects_nothing();
  send("35=A|98=0|108=30|");
  peer.expects("35=A|34=1");
  peer.expects("35=2|34=2|7=1|16=0");
}

TEST_F(WireSessionTest, DroppedMessagesNeverCame) {
  logon({Auto::testrequest, Auto::gap});
  ASSERT_TRUE(rig.session->drop_next(2).ok());
  peer.sends("35=1|112=lost|");
  peer.sends("35=D|11=lost|");
  peer.expects_nothing();
  EXPECT_TRUE(rig.inbox.nothing());
  EXPECT_EQ(rig.session->next_in(), 2);
  peer.sends("35=D|11=here|");
  rig.inbox.message("35=D|34=4|11=here");
  peer.expects("35=2|7=2|16=0");
}

TEST_F(WireSessionTest, ALostStateHasNothingToSendAgain) {
  logon({Auto::resend});
  send("35=D|11=a|");
  peer.expects("35=D");
  peer.sends("35=0|");
  rig.inbox.message("35=0");
  ASSERT_TRUE(rig.session->lose_state().ok());
  EXPECT_EQ(rig.session->next_out(), 1);
  EXPECT_EQ(rig.session->next_in(), 1);
  ASSERT_TRUE(rig.session->set_next_out(3).ok());
  peer.sends("35=2|7=1|16=0|");
  peer.expects("35=4|34=1|36=3");
  peer.expects_nothing();
}

// Of one connection the other knows nothing: numbers are a session's own, also of equal CompIDs.
TEST_F(WireSessionTest, TwoConnectionsOfOneIdentityCountForThemselves) {
  logon();
  profile::Session again = rig.config;
  again.name = "SECOND";
  session::Context context{*rig.loop, rig.recorder, rig.profile, again, rig.guard, rig.masker,
                           nullptr,   "",           "",          false, {},        {}};
  auto second = make_wire_session(context, {});
  ASSERT_TRUE(second.ok());
  EXPECT_EQ((*second)->next_out(), 1);
  EXPECT_EQ(rig.session->next_out(), 2);
}

TEST_F(WireSessionTest, RawBytesGoOutAsTheyAre) {
  logon();
  auto sent = rig.session->send_bytes("garbage" + pipe_to_soh("8=FIX.4.4|9=5|35=0|10=000|"));
  ASSERT_TRUE(sent.ok());
  EXPECT_EQ(rig.session->next_out(), 2);
  const std::string whole = peer.wrap("FIX.4.4", pipe_to_soh("35=0|34=7|"));
  ASSERT_TRUE(rig.session->send_bytes(whole).ok());
  EXPECT_EQ(rig.session->next_out(), 8);
  rig.until([&] { return peer.waiting() == 2; });
  EXPECT_NE(peer.received().find("garbage8=FIX.4.4\x01"
                                 "9=5\x01"),
            std::string::npos);
}

TEST_F(WireSessionTest, SendingWithoutAConnectionSaysSo) {
  rig.wire();
  auto sent = rig.session->send(out("35=0|"));
  ASSERT_FALSE(sent.ok());
  EXPECT_EQ(sent.error().text, "cannot send 35=0 on OE: it is not connected");
  EXPECT_EQ(rig.session->next_out(), 1);
}

}  // namespace
}  // namespace fixdrill::session
