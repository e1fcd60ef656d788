#include <gmock/gmock.h>
#include <limits>
#include <thread>

#include "contract/loop_contract.h"

namespace fixdrill::net {

using namespace std::chrono_literals;
using testing::ElementsAre;

TEST_P(LoopContract, TimersFireInOrderAndNotBeforeTheirTime) {
  std::vector<std::string> fired;
  auto now = loop->now();
  auto late = loop->at(now + 4ms, [&] {
    EXPECT_GE(loop->now(), now + 4ms);
    fired.push_back("late");
  });
  auto soon = loop->at(now + 2ms, [&] { fired.push_back("soon"); });
  auto also_soon = loop->at(now + 2ms, [&] { fired.push_back("also soon"); });
  auto past = loop->at(now - 1h, [&] { fired.push_back("past"); });
  EXPECT_TRUE(fired.empty());
  ASSERT_TRUE(until([&] { return fired.size() == 4; }));
  EXPECT_THAT(fired, ElementsAre("past", "soon", "also soon", "late"));
}

TEST_P(LoopContract, ADestroyedTimerDoesNotFire) {
  bool fired = false;
  auto timer = loop->at(loop->now() + 1ms, [&] { fired = true; });
  timer.reset();
  serve(3ms);
  EXPECT_FALSE(fired);
}

TEST_P(LoopContract, TimersMayDestroyTimers) {
  std::unique_ptr<Timer> self, other;
  bool other_fired = false;
  other = loop->at(loop->now() + 2ms, [&] { other_fired = true; });
  self = loop->at(loop->now() + 1ms, [&] {
    self.reset();
    other.reset();
  });
  serve(4ms);
  EXPECT_FALSE(self);
  EXPECT_FALSE(other_fired);
}

TEST_P(LoopContract, ATimerMayOutliveItsLoop) {
  auto timer = loop->at(loop->now(), [] {});
  loop.reset();
  timer.reset();
}

TEST_P(LoopContract, WhatHoldsAlreadyIsNotWaitedFor) {
  bool fired = false;
  auto timer = loop->at(loop->now(), [&] { fired = true; });
  EXPECT_TRUE(loop->run_until([] { return true; }, loop->now() - 1s));
  EXPECT_FALSE(fired);
}

TEST_P(LoopContract, TheDeadlineEndsTheWait) {
  auto deadline = loop->now() + 3ms;
  EXPECT_FALSE(loop->run_until([] { return false; }, deadline));
  EXPECT_GE(loop->now(), deadline);
}

TEST_P(LoopContract, ADeadlineMayBeNever) {
  bool fired = false;
  auto timer = loop->at(loop->now() + 1ms, [&] { fired = true; });
  Time never{loop->now().wall_ns, std::numeric_limits<std::int64_t>::max()};
  EXPECT_TRUE(loop->run_until([&] { return fired; }, never));
}

TEST_P(LoopContract, AnInterruptEndsTheWaitOnce) {
  auto timer = loop->at(loop->now() + 1ms, [&] { loop->interrupt(); });
  auto deadline = loop->now() + 30s;
  EXPECT_FALSE(loop->run_until([] { return false; }, deadline));
  EXPECT_LT(loop->now(), deadline);
  serve(2ms);
}

TEST_P(LoopContract, AnInterruptFromAnotherThreadIsNotLost) {
  std::thread other([&] { loop->interrupt(); });
  other.join();
  EXPECT_TRUE(loop->run_until([] { return true; }, loop->now() + 30s));
  auto deadline = loop->now() + 30s;
  EXPECT_FALSE(loop->run_until([] { return false; }, deadline));
  EXPECT_LT(loop->now(), deadline);
}

}  // namespace fixdrill::net
