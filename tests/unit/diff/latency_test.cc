#include "diff/latency.h"

#include <gtest/gtest.h>

namespace fixdrill::test {
namespace {

using diff::Latencies;
using diff::Shift;

constexpr std::int64_t kMs = 1'000'000;

std::vector<std::int64_t> around(std::int64_t middle, std::size_t count) {
  std::vector<std::int64_t> made;
  for (std::size_t i = 0; i < count; ++i)
    made.push_back(middle + static_cast<std::int64_t>(i * 7 % 11) * kMs / 10);
  return made;
}

Shift shift(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  const auto changes = diff::compare_latencies({{"D>8>0", a}}, {{"D>8>0", b}});
  return changes.front().shift;
}

TEST(Latency, AShiftNeedsSizeAndSamples) {
  EXPECT_EQ(shift(around(10 * kMs, 50), around(15 * kMs, 50)), Shift::slower);
  EXPECT_EQ(shift(around(15 * kMs, 50), around(10 * kMs, 50)), Shift::faster);
  EXPECT_EQ(shift(around(10 * kMs, 50), around(10 * kMs, 50)), Shift::none);
  EXPECT_EQ(shift(around(10 * kMs, 50), around(10 * kMs + kMs / 2, 50)), Shift::none);
  EXPECT_EQ(shift(around(100 * kMs, 50), around(105 * kMs, 50)), Shift::none);
  EXPECT_EQ(shift(around(10 * kMs, 19), around(50 * kMs, 50)), Shift::unknown);
}

TEST(Latency, TimesInWholeSecondsProveNothing) {
  EXPECT_EQ(shift(std::vector<std::int64_t>(50, 1000 * kMs), around(10 * kMs, 50)), Shift::unknown);
}

// U of {1,2,3} and {4,5,6} is 0 or 9: with the correction for continuity z is 1.746.
TEST(Latency, MannWhitneyAsInTheBooks) {
  EXPECT_NEAR(diff::mann_whitney({1, 2, 3}, {4, 5, 6}), 0.0809, 0.0005);
  EXPECT_NEAR(diff::mann_whitney({4, 5, 6}, {1, 2, 3}), 0.0809, 0.0005);
  EXPECT_DOUBLE_EQ(diff::mann_whitney({1, 1, 1}, {1, 1, 1}), 1);
  EXPECT_DOUBLE_EQ(diff::mann_whitney({}, {1}), 1);
}

}  // namespace
}  // namespace fixdrill::test
