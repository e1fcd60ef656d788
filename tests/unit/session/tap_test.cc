// The tap: the rows of a direction, in order, are its byte stream, however it was cut.
#include "session/tap.h"

#include <gtest/gtest.h>
#include <random>

#include "base/text.h"
#include "support/raw_peer.h"
#include "support/session_rig.h"

namespace fixdrill::session {
namespace {

using record::Direction;
using record::MessageKind;

/// Whole, garbled, cut and foreign bytes at random.
std::string random_stream(std::mt19937& random) {
  std::string out;
  for (int i = 0; i < 40; ++i) {
    std::string message =
        test::RawPeer::wrap("FIX.4.4", pipe_to_soh("35=D|34=" + std::to_string(i) +
                                                   "|11=" + std::string(random() % 60, 'x') + "|"));
    switch (random() % 6) {
      case 0:
        message[message.size() - 3] ^= 1;
        break;
      case 1:
        message.resize(random() % message.size());
        break;
      case 2:
        out += std::string(random() % 50, static_cast<char>(random() % 256));
        break;
      default:
        break;
    }
    out += message;
  }
  return out;
}

class TapTest : public ::testing::Test {
 protected:
  void connect(unsigned seed) {
    net::MemoryNetwork network;
    network.seed = seed;
    network.max_slice = 1 + seed % 70;
    rig = std::make_unique<test::SessionRig>(net::make_memory_loop(test::kStart, network));
    peer = std::make_unique<test::RawPeer>(*rig->loop, "PEER", "US");
    rig->config.port = peer->listens();
    rig->profile.limits = {1'000'000, 1'000'000'000, 100'000, 100'000, {}, {}};
    rig->wire();
    ASSERT_TRUE(rig->session->open(rig->inbox).ok());
    ASSERT_TRUE(rig->reaches(State::connected));
    ASSERT_TRUE(peer->accepted());
  }
  std::string recorded(Direction direction) {
    return rig->recorder.stream(rig->recorder.connections.at(0).id, direction);
  }

  std::unique_ptr<test::SessionRig> rig;
  std::unique_ptr<test::RawPeer> peer;
};

TEST_F(TapTest, RowsRebuildTheIncomingStream) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    connect(seed);
    std::mt19937 random(seed);
    const std::string stream = random_stream(random);
    peer->writes(stream);
    peer->closes();
    ASSERT_TRUE(rig->reaches(State::closed));
    ASSERT_EQ(recorded(Direction::in), stream) << "seed " << seed;
  }
}

TEST_F(TapTest, RowsRebuildTheOutgoingStream) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    connect(seed);
    std::mt19937 random(seed);
    const std::string stream = random_stream(random);
    for (std::size_t at = 0; at < stream.size();) {
      const std::size_t size = 1 + random() % 300;
      ASSERT_TRUE(rig->session->send_bytes(stream.substr(at, size)).ok());
      at += size;
    }
    rig->session->close(CloseKind::full);
    ASSERT_TRUE(peer->sees_close());
    ASSERT_EQ(peer->received(), stream) << "seed " << seed;
    ASSERT_EQ(recorded(Direction::out), stream) << "seed " << seed;
  }
}

TEST_F(TapTest, SegmentationChangesNothingButTheReads) {
  std::vector<std::string> first;
  for (unsigned seed = 1; seed <= 5; ++seed) {
    connect(seed);
    std::mt19937 random(7);
    peer->writes(random_stream(random));
    peer->closes();
    ASSERT_TRUE(rig->reaches(State::closed));
    std::vector<std::string> rows;
    for (const auto& row : rig->recorder.messages) rows.push_back(row.raw);
    if (seed == 1) first = rows;
    EXPECT_EQ(rows, first) << "seed " << seed;
  }
}

TEST_F(TapTest, RowsSayWhatTheyHold) {
  connect(1);
  peer->writes("junk" + peer->message("35=8|43=Y|37=o|"));
  peer->closes();
  ASSERT_TRUE(rig->reaches(State::closed));
  const auto& rows = rig->recorder.messages;
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].kind, MessageKind::junk);
  EXPECT_EQ(rows[0].raw, "junk");
  EXPECT_EQ(rows[1].kind, MessageKind::fix);
  EXPECT_EQ(rows[1].msg_type, "8");
  EXPECT_EQ(rows[1].seq, 1);
  EXPECT_TRUE(rows[1].poss_dup);
  EXPECT_EQ(rows[1].stream_offset, 4u);
  EXPECT_EQ(rows[1].session_id, rig->session->recorded_id());
  EXPECT_LT(rows[0].id, rows[1].id);
}

TEST_F(TapTest, SecretsAreMaskedInTheRowsOnly) {
  connect(1);
  ASSERT_TRUE(rig->session->send(test::out("35=A|98=0|108=30|554=canary|")).ok());
  peer->expects("554=canary");
  EXPECT_TRUE(rig->recorder.messages.at(0).masked);
  EXPECT_EQ(rig->recorder.messages.at(0).raw.find("canary"), std::string::npos);
  EXPECT_EQ(recorded(Direction::out).size(), peer->received().size());
}

TEST_F(TapTest, DestroyingASessionClosesItsRows) {
  connect(1);
  rig->session.reset();
  EXPECT_TRUE(rig->recorder.connections.at(0).closed);
  EXPECT_TRUE(peer->sees_close());
}

}  // namespace
}  // namespace fixdrill::session
