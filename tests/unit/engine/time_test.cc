// Timers on virtual time.
#include <gtest/gtest.h>

#include "unit/engine/peers.h"

namespace fixdrill::engine {
namespace {

TEST(TimeTest, ADayOfHeartbeatsPassesMidnight) {
  Pair pair;
  pair.logs_on();
  pair.us.sent.clear();
  pair.waits(24 * 3600);
  EXPECT_EQ(pair.us.story, "on ");
  EXPECT_EQ(pair.them.story, "on ");
  EXPECT_EQ(pair.us.sent.size(), 24U * 3600 / 30);
  for (const std::string& text : pair.us.sent) ASSERT_EQ(Peer::field(text, 35), "0");
  EXPECT_EQ(pair.us.session->next_sender(), 2 + 24 * 3600 / 30);
  EXPECT_EQ(Peer::field(pair.us.sent.back(), 52), "20240507-12:00:00.000");
}

TEST(TimeTest, ADayIsTheSameByteForByteEachTime) {
  std::vector<std::string> runs[2];
  for (auto& run : runs) {
    Pair pair;
    pair.logs_on();
    pair.waits(3600);
    run = pair.them.sent;
  }
  EXPECT_EQ(runs[0], runs[1]);
  EXPECT_GT(runs[0].size(), 100U);
}

TEST(TimeTest, ASilentPeerIsTestedThenDropped) {
  VirtualClock clock;
  Peer us(our_config(), clock);
  us.logs_on();
  std::string story;
  for (int second = 1; second <= 80 && us.story == "on "; ++second) {
    clock.advance(1);
    us.session->tick();
    const std::string types = us.sent_types();
    if (!types.empty()) story += std::to_string(second) + ":" + types + " ";
  }
  EXPECT_EQ(story, "30:0 36:1 ");
  EXPECT_EQ(us.story, "on out drop(Timed out waiting for heartbeat) ");
}

TEST(TimeTest, AnUnansweredLogonTimesOut) {
  VirtualClock clock;
  Peer us(our_config(), clock);
  us.session->connected();
  us.session->logon();
  clock.advance(9);
  us.session->tick();
  EXPECT_EQ(us.story, "");
  clock.advance(1);
  us.session->tick();
  EXPECT_EQ(us.story, "drop(Timed out waiting for logon response) ");
}

TEST(TimeTest, AnUnansweredLogoutTimesOutWithAndWithoutHeartbeats) {
  for (const int interval : {30, 0}) {
    VirtualClock clock;
    Config config = our_config();
    config.heartbeat_s = interval;
    Peer us(std::move(config), clock);
    us.logs_on();
    us.session->logout("");
    clock.advance(1);
    us.session->tick();
    EXPECT_EQ(us.story, "on ");
    clock.advance(1);
    us.session->tick();
    EXPECT_EQ(us.story, "on out drop(Timed out waiting for logout response) ");
  }
}

TEST(TimeTest, WithoutHeartbeatsNothingBeats) {
  Config config = our_config();
  config.heartbeat_s = 0;
  Pair pair(std::move(config), their_config());
  pair.logs_on();
  EXPECT_EQ(Peer::field(pair.us.sent[0], 108), "0");
  EXPECT_EQ(pair.us.session->heartbeat_s(), 0);
  EXPECT_EQ(pair.them.session->heartbeat_s(), 0);
  pair.waits(3600);
  EXPECT_EQ(pair.us.sent.size(), 1U);
  EXPECT_EQ(pair.them.sent.size(), 1U);
  EXPECT_EQ(pair.us.story, "on ");
}

TEST(TimeTest, SendingTimeHasTheDigitsAskedFor) {
  const auto time_with = [](const char* version, int digits) {
    VirtualClock clock;
    clock.ns += 123456789;
    Config config = our_config(version);
    config.timestamp_digits = digits;
    Peer us(std::move(config), clock);
    us.session->connected();
    us.session->logon();
    return Peer::field(us.sent.at(0), 52);
  };
  EXPECT_EQ(time_with("FIX.4.4", 0), "20240506-12:00:00");
  EXPECT_EQ(time_with("FIX.4.4", 3), "20240506-12:00:00.123");
  EXPECT_EQ(time_with("FIX.4.4", 6), "20240506-12:00:00.123456");
  EXPECT_EQ(time_with("FIX.4.1", 6), "20240506-12:00:00") << "no fractions before FIX.4.2";
}

}  // namespace
}  // namespace fixdrill::engine
