#include "engine/clock.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/time.h>
#include <thread>

#include "unit/engine/peers.h"

namespace fixdrill::engine {
namespace {

std::int64_t read_us() {
  timeval now{};
  gettimeofday(&now, nullptr);
  return now.tv_sec * std::int64_t{1000000} + now.tv_usec;
}

TEST(ClockTest, IsFixedWhileFrozenAndOnlyInThisThread) {
  const std::int64_t before = read_us();
  {
    const FrozenTime frozen(1234567890);
    EXPECT_EQ(read_us(), 1234567);
    {
      const FrozenTime inner(5000);
      EXPECT_EQ(read_us(), 5);
    }
    EXPECT_EQ(read_us(), 1234567);
    std::int64_t elsewhere = 0;
    std::thread([&elsewhere] { elsewhere = read_us(); }).join();
    EXPECT_GE(elsewhere, before);
  }
  EXPECT_GE(read_us(), before);
}

TEST(ClockTest, WithoutAClockOfItsOwnASessionSeesRealTime) {
  FakeStore store;
  VirtualClock unused;
  Peer listener(our_config(), unused);
  std::string error;
  const auto session = Session::create(our_config(), store, listener, error);
  session->connected();
  session->logon();
  VirtualClock real;
  real.ns = real_wall_ns();
  EXPECT_EQ(Peer::field(listener.sent.at(0), 52).substr(0, 8), real.text().substr(0, 8));
}

}  // namespace
}  // namespace fixdrill::engine
