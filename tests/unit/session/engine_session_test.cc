// The engine driver on virtual time: how the engine's judgements become events, and what is kept
// from it.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/raw_peer.h"
#include "support/session_rig.h"

namespace fixdrill::session {
namespace {

using namespace std::chrono_literals;
using test::out;

class EngineSessionTest : public ::testing::Test {
 protected:
  void connect() {
    if (!rig.session) {
      if (!rig.acceptor) rig.config.port = peer.listens();
      rig.engine();
    }
    ASSERT_TRUE(rig.session->open(rig.inbox).ok());
    if (rig.acceptor) peer.connects(rig.session->port());
    ASSERT_TRUE(rig.reaches(State::connected));
    ASSERT_TRUE(peer.accepted());
  }
  void logon() {
    connect();
    ASSERT_TRUE(rig.session->logon().ok());
    logon_sent = peer.expects("35=A");
    peer.sends("35=A|98=0|108=30|");
    ASSERT_TRUE(rig.reaches(State::logged_on));
    rig.inbox.clear();
  }
  void send(const std::string& text) {
    auto sent = rig.session->send(out(text));
    ASSERT_TRUE(sent.ok()) << sent.error().text;
  }
  std::string refusal(const std::string& text) {
    auto sent = rig.session->send(out(text));
    return sent.ok() ? "" : sent.error().text;
  }

  test::SessionRig rig{net::make_memory_loop(test::kStart)};
  test::RawPeer peer{*rig.loop, "PEER", "US"};
  std::string logon_sent;
};

TEST_F(EngineSessionTest, TheLogonSaysWhatTheProfileAsksFor) {
  logon();
  for (const char* never : {"|141=", "|553=", "|554=", "|464="})
    EXPECT_EQ(logon_sent.find(never), std::string::npos) << never;
}

TEST_F(EngineSessionTest, LogonFieldsAreAddedReplacedAndRemoved) {
  rig.config.username = "user";
  rig.password = "canary";
  rig.config.reset_on_logon = true;
  rig.config.logon = {{98, "!", {}}, {9001, "Y", {}}, {553, "desk", {}}};
  logon();
  for (const char* field : {"|141=Y|", "|9001=Y|", "|553=desk|", "|554=canary|"})
    EXPECT_NE(logon_sent.find(field), std::string::npos) << field << " in " << logon_sent;
  EXPECT_EQ(logon_sent.find("|98="), std::string::npos);
  for (const auto& row : rig.recorder.messages)
    EXPECT_EQ(row.raw.find("canary"), std::string::npos);
}

TEST_F(EngineSessionTest, FieldsOfOneLogon) {
  rig.config.logon = {{9001, "Y", {}}, {98, "!", {}}};
  connect();
  rig.session->set_logon_fields({{{9001, "N"}, {9002, "x"}}, {}});
  ASSERT_TRUE(rig.session->logon().ok());
  const std::string sent = peer.expects("9001=N|9002=x");
  EXPECT_EQ(sent.find("|98="), std::string::npos);
}

TEST_F(EngineSessionTest, FieldsOfOneLogonMayRepeatAndBeLeftOut) {
  rig.config.logon = {{9001, "Y", {}}, {384, "1", {}}, {372, "B", {}}};
  connect();
  rig.session->set_logon_fields({{{384, "2"}, {372, "D"}, {372, "8"}}, {9001}});
  ASSERT_TRUE(rig.session->logon().ok());
  const std::string sent = peer.expects("35=A");
  EXPECT_NE(sent.find("|384=2|372=D|372=8|"), std::string::npos) << sent;
  EXPECT_EQ(sent.find("|9001="), std::string::npos);
}

TEST_F(EngineSessionTest, RefusesWhatTheEngineOwns) {
  rig.config.port = peer.listens();
  EXPECT_EQ(rig.engine().send(out("35=D|")).error().text,
            "cannot send 35=D on OE: it is not connected");
  connect();
  EXPECT_EQ(refusal("35=D|11=a|"), "cannot send 35=D on OE: it is not logged on");
  peer.expects_nothing();
  for (const char* type : {"A", "5", "4", "2"})
    EXPECT_EQ(refusal(std::string("35=") + type + "|"),
              std::string("an engine session sends 35=") + type +
                  " by itself; use a wire session to send it by hand");
  EXPECT_EQ(rig.session->send_bytes("x").error().text,
            "OE is an engine session: raw bytes need a wire session");
  EXPECT_FALSE(rig.session->set_auto({}).ok());
  EXPECT_FALSE(rig.session->switch_auto(Auto::gap, AutoMode::on).ok());
  EXPECT_FALSE(rig.session->drop_next(1).ok());
  EXPECT_FALSE(rig.session->lose_state().ok());
  EXPECT_EQ(rig.session->next_out(), 1);
}

TEST_F(EngineSessionTest, SessionMessagesWaitAside) {
  logon();
  peer.sends("35=0|");
  EXPECT_TRUE(rig.inbox.message("35=0").side);
  peer.sends("35=1|112=ping|");
  EXPECT_TRUE(rig.inbox.message("35=1").side);
  peer.expects("35=0|112=ping");
  peer.sends("35=3|45=1|58=no|");
  EXPECT_FALSE(rig.inbox.message("35=3").side);
  peer.sends("35=5|");
  EXPECT_FALSE(rig.inbox.message("35=5").side) << "nobody asked for it";
}

TEST_F(EngineSessionTest, AGapIsHeldAndFilledInOrder) {
  logon();
  peer.sends("35=8|34=4|37=late|");
  peer.expects("35=2|7=2|16=0");
  EXPECT_TRUE(rig.inbox.nothing());
  peer.sends("35=8|34=2|43=Y|122=20270115-08:00:00|37=first|");
  peer.sends("35=4|34=3|43=Y|122=20270115-08:00:00|123=Y|36=4|");
  rig.inbox.message("35=8|34=2|37=first");
  EXPECT_TRUE(rig.inbox.message("35=4|34=3").side);
  const Event late = rig.inbox.message("35=8|34=4|37=late");
  EXPECT_NE(late.id, 0);
  EXPECT_EQ(rig.session->next_in(), 5);
}

TEST_F(EngineSessionTest, CopiesThatTheEngineDiscardsAreMarked) {
  logon();
  peer.sends("35=8|34=2|37=o|");
  rig.inbox.message("35=8|34=2");
  peer.sends("35=8|34=2|43=Y|122=20270115-08:00:00|37=o|");
  const Event copy = rig.inbox.message("35=8|34=2|43=Y");
  EXPECT_TRUE(copy.duplicate);
  EXPECT_NE(copy.id, 0);
}

TEST_F(EngineSessionTest, WhatTheEngineRefusesIsAnEventWithItsReason) {
  logon();
  peer.sends("35=8|34=2|52=20260101-00:00:00|37=o|");
  const Event event = rig.inbox.message("35=8");
  EXPECT_NE(event.refused, "");
  EXPECT_NE(event.id, 0);
  peer.expects("35=3|45=2");
}

TEST_F(EngineSessionTest, WhatThePreValidatorBlocksNeverReachesTheEngine) {
  logon();
  peer.sends("35=B|34=2|95=9999|96=abc|");
  const Event data = rig.inbox.message("35=B");
  EXPECT_EQ(data.refused.rfind("blocked before the engine: ", 0), 0u) << data.refused;
  peer.sends("35=8|34=4294967298|37=o|");
  EXPECT_EQ(rig.inbox.next().refused.rfind("blocked before the engine: ", 0), 0u);
  EXPECT_EQ(rig.session->next_in(), 2);
  EXPECT_TRUE(rig.recorder.has_event("warning", "blocked before the engine"));
  peer.expects_nothing();
}

TEST_F(EngineSessionTest, ResendsHaveTheBodyThatWasSent) {
  logon();
  send("35=D|11=a|453=2|448=x|448=y|55=M|55=N|");
  peer.expects("35=D|34=2");
  peer.sends("35=2|7=2|16=0|");
  EXPECT_NE(peer.expects("35=D|34=2|43=Y").find("|11=a|453=2|448=x|448=y|55=M|55=N|10="),
            std::string::npos);
}

TEST_F(EngineSessionTest, TheSameResendRequestIsServedThreeTimes) {
  logon();
  for (int i = 0; i < 3; ++i) {
    peer.sends("35=2|7=1|16=0|");
    peer.expects("35=4");
    rig.inbox.message("35=2");
  }
  peer.sends("35=2|7=1|16=0|");
  rig.inbox.message("35=2");
  EXPECT_EQ(rig.inbox.closed().reason,
            "resend loop: the same ResendRequest(2) came 4 times: BeginSeqNo(7)=1 EndSeqNo(16)=0");
}

// The engine serves a ResendRequest of any size in one call; what waits for the peer is bounded.
TEST_F(EngineSessionTest, APeerThatAsksForResendsAndDoesNotReadIsASlowConsumer) {
  constexpr std::size_t kText = 5'000'000;
  logon();
  send("35=B|148=News|58=" + std::string(kText, 'x') + "|");
  peer.expects("35=B|34=2");
  peer.disappears();
  for (std::size_t i = 0; i < limits::kSendQueue / kText; ++i) {
    peer.sends("35=2|7=" + std::to_string(1 + i % 2) + "|16=0|");
    rig.inbox.message("35=2");
  }
  EXPECT_TRUE(rig.inbox.nothing());
  // The network itself takes some megabytes of a peer that does not read.
  for (const char* more : {"35=2|7=1|16=2|", "35=2|7=2|16=2|"}) {
    peer.sends(more);
    rig.inbox.message("35=2");
  }
  const Event closed = rig.inbox.closed();
  EXPECT_EQ(closed.reason, "the peer reads too slowly: more than 67108864 bytes wait to be sent");
  EXPECT_TRUE(closed.ours);
  EXPECT_FALSE(closed.by_peer);
}

TEST_F(EngineSessionTest, NumbersThatAreTooLowEndTheSession) {
  logon();
  peer.sends("35=8|34=1|37=o|");
  EXPECT_NE(rig.inbox.message("35=8").refused, "");
  peer.expects("35=5");
  EXPECT_FALSE(rig.inbox.closed().asked_for);
}

TEST_F(EngineSessionTest, ARefusedLogonEndsInAClosedEvent) {
  connect();
  ASSERT_TRUE(rig.session->logon().ok());
  peer.expects("35=A");
  peer.sends("35=5|58=bad password|");
  const Event logout = rig.inbox.message("35=5|58=bad password");
  EXPECT_FALSE(logout.side);
  peer.closes();
  EXPECT_EQ(rig.inbox.closed().kind, Event::Kind::closed);
}

TEST_F(EngineSessionTest, AnAcceptorAnswersOnlyThePeerOfItsProfile) {
  rig.acceptor = true;
  connect();
  peer.sends("35=A|49=STRANGER|98=0|108=30|");
  EXPECT_EQ(rig.inbox.closed().reason,
            "a connection with other identities: BeginString(8)=FIX.4.4 SenderCompID(49)=STRANGER "
            "TargetCompID(56)=US");
  EXPECT_EQ(peer.received(), "");
  peer.next_out = 1;
  connect();
  peer.sends("35=A|98=0|108=20|");
  peer.expects("35=A|108=20|34=1");
}

TEST_F(EngineSessionTest, AnAcceptorWaitsTenSecondsForALogon) {
  rig.acceptor = true;
  connect();
  EXPECT_FALSE(rig.until([this] { return rig.inbox.size() > 0; }, 9999ms));
  EXPECT_EQ(rig.inbox.closed().reason, "no Logon within 10 s of the connection");
}

TEST_F(EngineSessionTest, InProductionTheEngineTooSendsSessionMessagesOnly) {
  rig.profile.environment = profile::Environment::production;
  rig.config.port = peer.listens();
  rig.profile.allow = {"127.0.0.1:" + std::to_string(rig.config.port)};
  rig.engine();
  logon();
  EXPECT_NE(refusal("35=D|11=a|38=1|").find("environment is production"), std::string::npos);
  EXPECT_EQ(rig.session->next_out(), 2);
  const std::string before = peer.received();
  peer.sends("35=8|34=9|37=o|");
  const Event waited = rig.inbox.message("35=8|34=9");
  EXPECT_EQ(waited.refused, "the connection was closed while a gap was open");
  EXPECT_NE(waited.id, 0);
  const Event closed = rig.inbox.closed();
  EXPECT_TRUE(closed.guard);
  EXPECT_NE(closed.reason.find("35=2 was not sent: environment is production"), std::string::npos);
  EXPECT_TRUE(peer.sees_close());
  EXPECT_EQ(peer.received(), before);
}

}  // namespace
}  // namespace fixdrill::session
