// Messages of a wire session that leave spoilt, numbered otherwise, in parts, or joined.
#include <gtest/gtest.h>

#include "fix/framer.h"
#include "support/raw_peer.h"
#include "support/session_rig.h"

namespace fixdrill::session {
namespace {

using namespace std::chrono_literals;
using record::Direction;
using record::MessageKind;
using test::out;

class WireShapeTest : public ::testing::Test {
 protected:
  void connect(std::set<Auto> answers = {}) {
    rig.config.port = peer.listens();
    rig.wire(std::move(answers));
    ASSERT_TRUE(rig.session->open(rig.inbox).ok());
    ASSERT_TRUE(rig.reaches(State::connected));
    ASSERT_TRUE(peer.accepted());
  }
  Sent send(const std::string& text, const Shape& shape) {
    auto sent = rig.session->send_shaped(out(text), shape);
    EXPECT_TRUE(sent.ok()) << (sent.ok() ? "" : sent.error().text);
    return sent.ok() ? *sent : Sent{};
  }
  std::string refused(const std::string& text, const Shape& shape) {
    const auto sent = rig.session->send_shaped(out(text), shape);
    return sent.ok() ? "sent" : sent.error().text;
  }
  /// What has left within this time, as pipe text.
  std::string received(Duration time = 1ms) {
    rig.until([] { return false; }, time);
    return soh_to_pipe(peer.received());
  }
  static Shape fault(fix::Fault::Kind kind, std::vector<int> tags = {}) {
    Shape shape;
    shape.fault.kind = kind;
    shape.fault.tags = std::move(tags);
    return shape;
  }
  static Shape number(std::int64_t value, bool relative) {
    Shape shape;
    shape.seq_num = Shape::Number{value, relative};
    return shape;
  }
  static Shape split(std::vector<std::size_t> places, Duration every, bool joined = false) {
    Shape shape;
    shape.split = std::move(places);
    shape.every = every;
    shape.joined = joined;
    return shape;
  }

  test::SessionRig rig{net::make_memory_loop(test::kStart)};
  test::RawPeer peer{*rig.loop, "PEER", "US"};
};

const std::string kFirst = "8=FIX.4.4|9=49|35=0|49=US|56=PEER|34=1|52=20270115-08:00:00.000|10=";

TEST_F(WireShapeTest, ASpoiltMessageLeavesByteByByteAndItsNumberIsUsed) {
  connect();
  const Sent sent = send("35=0|", fault(fix::Fault::Kind::bad_checksum));
  EXPECT_EQ(received(), kFirst + "152|");
  EXPECT_EQ(soh_to_pipe(sent.message->bytes()), kFirst + "152|");
  EXPECT_EQ(rig.session->next_out(), 2);
  send("35=0|", fault(fix::Fault::Kind::garbled));
  EXPECT_EQ(rig.session->next_out(), 3);
}

TEST_F(WireShapeTest, TheRecordingHasExactlyWhatLeft) {
  connect();
  send("35=0|", fault(fix::Fault::Kind::bad_checksum));
  Shape cut = fault(fix::Fault::Kind::truncated);
  cut.fault.number = 20;
  send("35=0|", cut);
  send("35=0|", fault(fix::Fault::Kind::duplicate, {52}));
  EXPECT_EQ(received(),
            soh_to_pipe(rig.recorder.stream(rig.recorder.connections.at(0).id, Direction::out)));
  std::vector<MessageKind> kinds;
  for (const auto& row : rig.recorder.messages) kinds.push_back(row.kind);
  EXPECT_EQ(kinds, (std::vector{MessageKind::garbled, MessageKind::partial, MessageKind::fix}));
}

TEST_F(WireShapeTest, ANumberIsOfThisMessageAndMovesTheNextOneOnlyForward) {
  connect();
  for (int i = 0; i < 3; ++i) send("35=0|", {});
  send("35=4|123=Y|36=4|", number(2, false));
  EXPECT_EQ(rig.session->next_out(), 4);
  send("35=0|", number(-3, true));
  EXPECT_EQ(rig.session->next_out(), 4);
  send("35=0|", number(3, true));
  EXPECT_EQ(rig.session->next_out(), 8);
  EXPECT_EQ(refused("35=0|", number(-9, true)), "MsgSeqNum(34) would be -1");
  EXPECT_EQ(rig.session->next_out(), 8);
  for (const char* seq : {"34=1", "34=2", "34=3", "34=2", "34=1", "34=7"}) peer.expects(seq);
}

TEST_F(WireShapeTest, PartsLeaveOneAfterAnother) {
  connect();
  send("35=0|", split({12, 40}, 100ms));
  EXPECT_EQ(received(), kFirst.substr(0, 12));
  EXPECT_EQ(rig.session->unsent().in_parts, 59u);
  EXPECT_EQ(received(100ms), kFirst.substr(0, 40));
  EXPECT_EQ(received(100ms), kFirst + "151|");
  EXPECT_EQ(rig.session->unsent().in_parts, 0u);
  ASSERT_EQ(rig.recorder.messages.size(), 1u);
  EXPECT_EQ(soh_to_pipe(rig.recorder.messages[0].raw), kFirst + "151|");
  std::vector<std::uint64_t> sizes;
  for (const auto& row : rig.recorder.ios) sizes.push_back(row.length);
  EXPECT_EQ(sizes, (std::vector<std::uint64_t>{12, 28, 31}));
}

TEST_F(WireShapeTest, AnAnswerWaitsForTheLastPart) {
  connect({Auto::testrequest});
  send("35=0|", split({30}, 100ms));
  peer.sends("35=1|112=NOW|");
  EXPECT_EQ(received(50ms), kFirst.substr(0, 30));
  received(50ms);
  EXPECT_EQ(peer.expects("35=0|34=1"), kFirst + "151|");
  peer.expects("35=0|34=2|112=NOW");
  EXPECT_EQ(refused("35=0|", split({71}, 0ms)),
            "cannot split it at byte 71: the message is 71 bytes long");
}

TEST_F(WireShapeTest, WhatLeftOfAMessageIsRecordedWhenTheConnectionGoes) {
  connect();
  send("35=0|", split({12, 40}, 100ms));
  received(1ms);
  peer.closes();
  rig.inbox.closed();
  EXPECT_EQ(rig.session->unsent().in_parts, 59u);
  ASSERT_EQ(rig.recorder.messages.size(), 1u);
  EXPECT_EQ(rig.recorder.messages[0].kind, MessageKind::partial);
  EXPECT_EQ(soh_to_pipe(rig.recorder.messages[0].raw), kFirst.substr(0, 12));
}

TEST_F(WireShapeTest, AJoinedMessageLeavesWithTheNextInOneWrite) {
  connect();
  Shape joined;
  joined.joined = true;
  const Sent first = send("35=0|112=A|", joined);
  EXPECT_EQ(received(10ms), "");
  EXPECT_EQ(rig.session->unsent().joined, first.message->bytes().size());
  EXPECT_EQ(first.id, 0);
  const Sent second = send("35=0|112=B|", {});
  peer.expects("34=1|112=A");
  peer.expects("34=2|112=B");
  EXPECT_EQ(rig.recorder.ios.size(), 1u);
  ASSERT_EQ(rig.recorder.messages.size(), 2u);
  EXPECT_EQ(second.joined, std::vector{rig.recorder.messages[0].id});
  EXPECT_EQ(second.id, rig.recorder.messages[1].id);
  EXPECT_EQ(received(),
            soh_to_pipe(rig.recorder.stream(rig.recorder.connections.at(0).id, Direction::out)));
}

TEST_F(WireShapeTest, TheLastPartMayBeJoined) {
  connect();
  send("35=0|", split({30}, 100ms, true));
  EXPECT_EQ(received(200ms), kFirst.substr(0, 30));
  EXPECT_EQ(rig.session->unsent().in_parts, 0u);
  EXPECT_EQ(rig.session->unsent().joined, 41u);
  rig.session->release();
  EXPECT_EQ(received(), kFirst + "151|");
}

TEST_F(WireShapeTest, WhatIsHeldWhenTheConnectionGoesHasNotLeft) {
  connect();
  send("35=0|", split({30}, 10ms, true));
  received(20ms);
  Shape joined;
  joined.joined = true;
  send("35=0|", joined);
  peer.closes();
  rig.inbox.closed();
  EXPECT_GT(rig.session->unsent().joined, 41u);
  EXPECT_EQ(soh_to_pipe(rig.recorder.stream(rig.recorder.connections.at(0).id, Direction::out)),
            kFirst.substr(0, 30));
}

TEST_F(WireShapeTest, AResendOfASpoiltMessageIsWhole) {
  connect({Auto::resend});
  send("35=B|148=x|", fault(fix::Fault::Kind::bad_checksum));
  received();
  const std::string spoilt = peer.expects("35=B|34=1");
  peer.sends("35=2|7=1|16=0|");
  const std::string again = peer.expects("35=B|34=1|43=Y|148=x");
  const auto whole = [](const std::string& pipe_text) {
    const std::string bytes = pipe_to_soh(pipe_text);
    fix::Framer framer;
    framer.feed(bytes);
    return framer.next()->kind == fix::Frame::Kind::message;
  };
  EXPECT_FALSE(whole(spoilt));
  EXPECT_TRUE(whole(again));
}

TEST_F(WireShapeTest, TheGuardSeesTheOrderBehindTheFault) {
  rig.profile.limits.max_order_qty = 10;
  connect();
  EXPECT_NE(refused("35=D|11=a|38=99|", fault(fix::Fault::Kind::garbled)).find("38"),
            std::string::npos);
  EXPECT_EQ(received(), "");
  EXPECT_EQ(rig.session->next_out(), 1);
}

TEST_F(WireShapeTest, MuteLeavesWhatArrivesInTheSocket) {
  connect();
  ASSERT_TRUE(rig.session->mute(true).ok());
  peer.sends("35=0|112=LATER|");
  EXPECT_TRUE(rig.inbox.nothing(1s));
  ASSERT_TRUE(rig.session->mute(false).ok());
  const Event event = rig.inbox.message("112=LATER");
  EXPECT_GE(event.time - test::kStart, 1s);
  peer.closes();
  rig.inbox.closed();
  EXPECT_EQ(rig.session->mute(true).error().text, "cannot mute OE: it is not connected");
  EXPECT_TRUE(rig.session->mute(false).ok());
}

TEST_F(WireShapeTest, AnEngineSessionTakesNoShape) {
  rig.config.port = peer.listens();
  rig.engine();
  EXPECT_EQ(refused("35=0|", fault(fix::Fault::Kind::garbled)),
            "OE is an engine session: faults need a wire session");
}

}  // namespace
}  // namespace fixdrill::session
