#include "contract/session_contract.h"

#include <string>
#include <vector>

namespace fixdrill::test {
namespace {

using session::CloseKind;
using session::Event;
using session::State;

class AcceptorContract : public SessionContract {};
class InitiatorContract : public SessionContract {};
class OnVirtualTime : public SessionContract {};
class EngineOnVirtualTime : public SessionContract {};

TEST_P(SessionContract, LogsOnAndOut) {
  logon();
  ASSERT_TRUE(session().logout().ok());
  peer.expects("35=5|34=2");
  peer.sends("35=5|");
  const Event answer = rig.inbox.message("35=5|34=2");
  EXPECT_EQ(answer.side, is_engine());
  if (!is_engine()) peer.closes();
  EXPECT_TRUE(peer.sees_close());
  EXPECT_TRUE(rig.inbox.closed().asked_for);
  EXPECT_EQ(session().state(), State::closed);
}

TEST_P(SessionContract, SendsAndReceivesWithBodiesAsTheyAre) {
  logon();
  auto sent = session().send(out("35=D|11=a|453=2|448=x|447=D|448=y|9001=z|55=M|58=b=c|55=N|"));
  ASSERT_TRUE(sent.ok()) << sent.error().text;
  const std::string got = peer.expects("35=D|34=2|49=US|56=PEER");
  EXPECT_NE(got.find("|11=a|453=2|448=x|447=D|448=y|9001=z|55=M|58=b=c|55=N|10="), got.npos);
  EXPECT_EQ(soh_to_pipe(sent->message->bytes()), got);
  EXPECT_EQ(sent->message->seq_num(), 2);

  peer.sends("35=8|37=o|17=e|453=2|448=x|448=y|9001=z|");
  const Event event = rig.inbox.message("35=8|34=2|9001=z");
  EXPECT_NE(soh_to_pipe(event.message->bytes()).find("|453=2|448=x|448=y|"), std::string::npos);
  EXPECT_FALSE(event.side || event.duplicate);
  EXPECT_EQ(event.refused, "");
  EXPECT_GT(event.id, sent->id);
  EXPECT_GE(event.time, sent->time);
  EXPECT_EQ(session().next_in(), 3);
  EXPECT_EQ(session().next_out(), 3);
}

TEST_P(SessionContract, EveryByteIsRecorded) {
  logon();
  ASSERT_TRUE(session().send(out("35=D|11=a|")).ok());
  peer.expects("35=D");
  peer.sends("35=8|37=o|");
  rig.inbox.message("35=8");
  const auto id = rig.recorder.connections.at(0).id;
  EXPECT_EQ(rig.recorder.stream(id, record::Direction::out), peer.received());
  EXPECT_EQ(rig.recorder.messages.size(), 4u);
  EXPECT_EQ(rig.recorder.sessions.size(), 1u);
}

TEST_P(SessionContract, NumbersRunOnAfterAReconnect) {
  logon();
  ASSERT_TRUE(session().send(out("35=D|11=a|")).ok());
  peer.expects("35=D|34=2");
  peer.closes();
  rig.inbox.closed();
  logon();
  EXPECT_EQ(session().next_out(), 4);
  EXPECT_EQ(session().next_in(), 3);
  ASSERT_TRUE(session().send(out("35=D|11=b|")).ok());
  peer.expects("35=D|34=4");
  EXPECT_EQ(rig.recorder.connections.size(), 2u);
}

TEST_P(SessionContract, NumbersCanBeSet) {
  logon();
  ASSERT_TRUE(session().set_next_out(10).ok());
  ASSERT_TRUE(session().set_next_in(20).ok());
  ASSERT_TRUE(session().send(out("35=D|11=a|")).ok());
  peer.expects("35=D|34=10");
  peer.sends("35=8|34=20|37=o|");
  rig.inbox.message("35=8|34=20");
  EXPECT_EQ(session().next_in(), 21);
  EXPECT_FALSE(session().set_next_out(0).ok());
}

TEST_P(SessionContract, APeerThatClosesIsAnEventWithItsReason) {
  logon();
  peer.closes();
  const Event closed = rig.inbox.closed();
  EXPECT_EQ(closed.reason, "the peer closed the connection");
  EXPECT_FALSE(closed.asked_for);
  EXPECT_EQ(session().state(), State::closed);
  EXPECT_EQ(session().close_reason(), closed.reason);
  EXPECT_TRUE(rig.recorder.connections.at(0).closed);
}

TEST_P(SessionContract, APeerThatDiesInTheMiddleOfAMessage) {
  logon();
  peer.writes(peer.message("35=8|37=o|").substr(0, 20));
  peer.closes();
  EXPECT_EQ(rig.inbox.closed().reason,
            "the peer closed the connection in the middle of a message (20 bytes of it)");
  EXPECT_EQ(rig.recorder.messages.back().kind, record::MessageKind::partial);
}

TEST_P(SessionContract, AResetIsAnEvent) {
  logon();
  peer.resets();
  EXPECT_EQ(rig.inbox.closed().reason, "the peer reset the connection");
}

TEST_P(SessionContract, WeClose) {
  logon();
  session().close(CloseKind::full);
  const Event closed = rig.inbox.closed();
  EXPECT_TRUE(closed.asked_for);
  EXPECT_EQ(closed.reason, "we closed the connection");
  EXPECT_TRUE(peer.sees_close());
  EXPECT_FALSE(session().send(out("35=0|")).ok());
}

TEST_P(SessionContract, WeReset) {
  logon();
  session().close(CloseKind::reset);
  EXPECT_TRUE(rig.inbox.closed().asked_for);
  EXPECT_TRUE(peer.sees_close());
}

TEST_P(SessionContract, WeCloseOurHalf) {
  logon();
  session().close(CloseKind::half);
  EXPECT_TRUE(peer.sees_close());
  EXPECT_EQ(rig.inbox.closed().reason, "the peer closed the connection");
}

TEST_P(SessionContract, GarbledBytesAreAnEvent) {
  logon();
  std::string spoilt = peer.message("35=8|37=o|");
  spoilt[spoilt.size() - 2] = spoilt[spoilt.size() - 2] == '0' ? '1' : '0';
  peer.next_out--;
  peer.writes(spoilt);
  peer.sends("35=8|37=p|");
  const Event garbled = rig.inbox.next();
  EXPECT_EQ(garbled.kind, Event::Kind::garbled);
  EXPECT_EQ(garbled.message->bytes(), spoilt);
  EXPECT_NE(garbled.reason, "");
  rig.inbox.message("35=8|37=p");
  EXPECT_EQ(session().next_in(), 3);
}

TEST_P(AcceptorContract, AFurtherConnectionIsClosedWhileOneIsUp) {
  logon();
  RawPeer second(*rig.loop, "PEER", "US");
  second.connects(session().port());
  second.accepted();
  EXPECT_TRUE(second.sees_close());
  ASSERT_TRUE(session().send(out("35=D|11=a|")).ok());
  peer.expects("35=D");
  EXPECT_TRUE(rig.recorder.has_event("warning", "OE has one already"));
}

TEST_P(InitiatorContract, NoEndpointIsSaidInWords) {
  rig.config.port = peer.listens();
  peer.stops_listening();
  is_engine() ? rig.engine() : rig.wire();
  ASSERT_TRUE(session().open(rig.inbox).ok());
  const std::string port = std::to_string(rig.config.port);
  EXPECT_EQ(rig.inbox.closed().reason, "cannot connect OE to 127.0.0.1:" + port +
                                           ": connection refused; is the endpoint running?");
  EXPECT_EQ(session().state(), State::closed);
}

TEST_P(AcceptorContract, ATakenPortIsSaidInWords) {
  rig.config.port = peer.listens();
  is_engine() ? rig.engine() : rig.wire();
  const Status opened = session().open(rig.inbox);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, ErrorKind::environment);
  EXPECT_EQ(opened.error().text.rfind("OE cannot listen: 127.0.0.1:", 0), 0u)
      << opened.error().text;
}

TEST_P(SessionContract, AForbiddenTargetIsNeverConnectedTo) {
  rig.profile.environment = profile::Environment::certification;
  if (is_acceptor()) {
    rig.profile.environment = profile::Environment::simulator;
    rig.config.host = "0.0.0.0";
  } else {
    rig.config.port = peer.listens();
  }
  is_engine() ? rig.engine() : rig.wire();
  const Status opened = session().open(rig.inbox);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, ErrorKind::guard);
  rig.until([] { return false; }, 20ms);
  EXPECT_FALSE(peer.connected());
  EXPECT_TRUE(rig.recorder.ios.empty());
}

TEST_P(SessionContract, AnOrderOverTheCapSendsNoByteAndConsumesNoNumber) {
  logon();
  const std::size_t rows = rig.recorder.ios.size();
  const std::string before = peer.received();
  auto sent = session().send(out("35=D|11=a|38=10001|"));
  ASSERT_FALSE(sent.ok());
  EXPECT_EQ(sent.error().kind, ErrorKind::guard);
  EXPECT_EQ(session().next_out(), 2);
  peer.expects_nothing(20ms);
  EXPECT_EQ(peer.received(), before);
  EXPECT_EQ(rig.recorder.ios.size(), rows);
  EXPECT_TRUE(rig.recorder.has_event("guard", "max_order_qty"));
}

TEST_P(EngineOnVirtualTime, AHalfOpenPeerIsFound) {
  logon();
  peer.disappears();
  EXPECT_FALSE(rig.until([this] { return session().state() == State::closed; }, 59s));
  EXPECT_TRUE(rig.until([this] { return session().state() == State::closed; }, 2s));
  EXPECT_EQ(session().close_reason(), "the peer has been silent for 60 s (2 x HeartBtInt)");
}

TEST_P(OnVirtualTime, ADayOfHeartbeatsOverMidnight) {
  logon();
  const std::int64_t first = session().next_out();
  int answered = 0;
  for (int i = 0; i < 24 * 60 * 2; ++i) {
    rig.until([] { return false; }, 30s);
    while (peer.waiting() > 0) answered += peer.expects("8=FIX.4.4").find("|35=0|") != 0;
    peer.sends("35=0|");
    rig.inbox.clear();
  }
  EXPECT_EQ(session().state(), State::logged_on);
  EXPECT_GE(session().next_out(), first + 24 * 60 * 60 / 31);
  EXPECT_GE(answered, 24 * 60 * 60 / 31);
}

std::vector<SessionKind> kinds(bool (*wanted)(const SessionKind&)) {
  std::vector<SessionKind> out;
  for (int bits = 0; bits < 8; ++bits) {
    const SessionKind kind{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
    if (wanted(kind)) out.push_back(kind);
  }
  return out;
}

std::string kind_name(const ::testing::TestParamInfo<SessionKind>& info) {
  return info.param.name();
}

INSTANTIATE_TEST_SUITE_P(Every, SessionContract,
                         ::testing::ValuesIn(kinds([](const SessionKind&) { return true; })),
                         kind_name);
INSTANTIATE_TEST_SUITE_P(
    Every, AcceptorContract,
    ::testing::ValuesIn(kinds([](const SessionKind& kind) { return kind.acceptor; })), kind_name);
INSTANTIATE_TEST_SUITE_P(
    Every, InitiatorContract,
    ::testing::ValuesIn(kinds([](const SessionKind& kind) { return !kind.acceptor; })), kind_name);
INSTANTIATE_TEST_SUITE_P(
    Every, OnVirtualTime,
    ::testing::ValuesIn(kinds([](const SessionKind& kind) { return kind.memory; })), kind_name);
INSTANTIATE_TEST_SUITE_P(Every, EngineOnVirtualTime,
                         ::testing::ValuesIn(kinds([](const SessionKind& kind) {
                           return kind.memory && kind.engine;
                         })),
                         kind_name);

}  // namespace
}  // namespace fixdrill::test
