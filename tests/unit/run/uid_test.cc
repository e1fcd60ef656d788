#include "run/uid.h"

#include <gtest/gtest.h>
#include <set>

namespace fixdrill::run {
namespace {

// 2027-01-15 08:00:00 UTC.
constexpr std::int64_t kStart = 1'800'000'000'000'000'000;

TEST(Uid, NeverRepeatsInALane) {
  UidSource uids(kStart, 0);
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(seen.insert(uids.next()).second);
}

TEST(Uid, DiffersBetweenLanesAndBetweenRuns) {
  EXPECT_NE(UidSource(kStart, 0).next(), UidSource(kStart, 1).next());
  EXPECT_NE(UidSource(kStart, 0).next(), UidSource(kStart + 1'000'000, 0).next());
}

TEST(Uid, FitsTwentyCharacters) {
  UidSource uids(kStart, 35);
  for (int i = 0; i < 1000; ++i) EXPECT_LE(uids.next().size(), 20u);
}

TEST(Uid, FollowsAPatternOfLiteralsAndClasses) {
  UidSource uids(kStart, 0);
  const std::string first = uids.next("A[0-9]{11}");
  ASSERT_EQ(first.size(), 12u);
  EXPECT_EQ(first.front(), 'A');
  EXPECT_EQ(first.find_first_not_of("0123456789", 1), std::string::npos);
  EXPECT_NE(uids.next("A[0-9]{11}"), first);
}

TEST(Uid, TakesTheUpperBoundOfACount) {
  EXPECT_EQ(UidSource(kStart, 0).next("[A-Z0-9]{1,9}").size(), 9u);
}

TEST(Uid, NumbersRunFromOne) {
  UidSource uids(kStart, 0);
  EXPECT_EQ(uids.next_number(), 1);
  EXPECT_EQ(uids.next_number(), 2);
}

TEST(Uid, RefusesWhatIsNoPattern) {
  EXPECT_TRUE(check_uid_pattern("[0-9]{12}").ok());
  for (const char* bad : {"", "[", "[]", "A{0}", "A{65}", "A{x}", "A{2"}) {
    const Status status = check_uid_pattern(bad);
    ASSERT_FALSE(status.ok()) << bad;
    EXPECT_EQ(status.error().text, "'" + std::string(bad) +
                                       "' is not a pattern that uid() can follow; write letters "
                                       "and classes with counts, as in A[0-9]{11}");
  }
}

}  // namespace
}  // namespace fixdrill::run
