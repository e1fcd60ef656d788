// Cancelling and replacing, what the book says of itself, and the room of a level.
#include "unit/sim/book_fixture.h"

namespace fixdrill::sim {
namespace {

class CancelTest : public BookTest {};

TEST_F(CancelTest, TakesOutThatOrderAndNoOther) {
  sell(1, 1, 101);
  sell(2, 2, 101);
  sell(3, 4, 101);
  EXPECT_TRUE(book.cancel(2));
  EXPECT_EQ(text(book.find(2)), "none");
  EXPECT_EQ(depth(Side::sell), "5 at 101 in 2");
  buy(4, 5, 101);
  EXPECT_EQ(fills(), "4 takes 1 of 1 at 101 (0 left); 4 takes 4 of 3 at 101 (0 left)");
}

TEST_F(CancelTest, LastOrderOfALevelTakesTheLevelAlong) {
  buy(1, 1, 100);
  buy(2, 1, 99);
  EXPECT_TRUE(book.cancel(1));
  EXPECT_EQ(text(book.best(Side::buy)), "1 at 99 in 1");
  EXPECT_TRUE(book.cancel(2));
  EXPECT_EQ(text(book.best(Side::buy)), "none");
}

TEST_F(CancelTest, FailsWhenNoSuchOrderRests) {
  buy(1, 5, 100);
  EXPECT_FALSE(book.cancel(2));
  EXPECT_TRUE(book.cancel(1));
  EXPECT_FALSE(book.cancel(1));
  sell(3, 5, 101);
  buy(4, 5, 101);
  EXPECT_FALSE(book.cancel(3));
  EXPECT_FALSE(book.cancel(4));
}

class ReplaceTest : public BookTest {};

TEST_F(ReplaceTest, LessAtTheSamePriceKeepsItsPlace) {
  sell(1, 5, 101);
  sell(2, 5, 101);
  EXPECT_EQ(replace(1, 3, 101), "3 resting");
  EXPECT_EQ(depth(Side::sell), "8 at 101 in 2");
  buy(3, 4, 101);
  EXPECT_EQ(fills(), "3 takes 3 of 1 at 101 (0 left); 3 takes 1 of 2 at 101 (4 left)");
}

TEST_F(ReplaceTest, NoChangeKeepsItsPlace) {
  sell(1, 5, 101);
  sell(2, 5, 101);
  EXPECT_EQ(replace(1, 5, 101), "5 resting");
  buy(3, 1, 101);
  EXPECT_EQ(fills(), "3 takes 1 of 1 at 101 (4 left)");
}

TEST_F(ReplaceTest, MoreAtTheSamePriceLosesItsPlace) {
  sell(1, 5, 101);
  sell(2, 5, 101);
  EXPECT_EQ(replace(1, 6, 101), "6 resting");
  EXPECT_EQ(depth(Side::sell), "11 at 101 in 2");
  buy(3, 6, 101);
  EXPECT_EQ(fills(), "3 takes 5 of 2 at 101 (0 left); 3 takes 1 of 1 at 101 (5 left)");
}

TEST_F(ReplaceTest, MoreIsMeasuredAgainstWhatIsOpenNotAgainstWhatArrived) {
  sell(1, 5, 101);
  sell(2, 5, 101);
  buy(3, 3, 101);
  EXPECT_EQ(replace(1, 4, 101), "4 resting");
  fills();
  buy(4, 1, 101);
  EXPECT_EQ(fills(), "4 takes 1 of 2 at 101 (4 left)");
}

TEST_F(ReplaceTest, AnotherPriceLosesItsPlaceEvenWithLess) {
  sell(1, 5, 101);
  sell(2, 5, 102);
  EXPECT_EQ(replace(1, 4, 102), "4 resting");
  EXPECT_EQ(depth(Side::sell), "9 at 102 in 2");
  buy(3, 6, 102);
  EXPECT_EQ(fills(), "3 takes 5 of 2 at 102 (0 left); 3 takes 1 of 1 at 102 (3 left)");
}

TEST_F(ReplaceTest, ThereAndBackDoesNotRegainThePlace) {
  buy(1, 5, 100);
  buy(2, 5, 100);
  replace(1, 5, 99);
  replace(1, 5, 100);
  sell(3, 1, 100);
  EXPECT_EQ(fills(), "3 takes 1 of 2 at 100 (4 left)");
}

TEST_F(ReplaceTest, MayTradeAtOnceAndTheRemainderRests) {
  sell(1, 5, 101);
  sell(2, 5, 102);
  buy(3, 5, 100);
  EXPECT_EQ(replace(3, 12, 102), "2 resting");
  EXPECT_EQ(fills(), "3 takes 5 of 1 at 101 (0 left); 3 takes 5 of 2 at 102 (0 left)");
  EXPECT_EQ(text(book.find(3)), "buy 2 at 102");
}

TEST_F(ReplaceTest, MayTradeWholeAndIsGone) {
  sell(1, 5, 101);
  buy(2, 5, 100);
  EXPECT_EQ(replace(1, 3, 100), "all traded");
  EXPECT_EQ(fills(), "1 takes 3 of 2 at 100 (2 left)");
  EXPECT_EQ(text(book.find(1)), "none");
}

TEST_F(ReplaceTest, IsEmptyWhenNoSuchOrderRests) {
  EXPECT_EQ(replace(1, 5, 100), "none");
  buy(1, 5, 100);
  book.cancel(1);
  EXPECT_EQ(replace(1, 5, 100), "none");
  EXPECT_EQ(book.size(), 0);
}

TEST_F(ReplaceTest, IsEmptyAndChangesNothingWithoutPositiveQuantity) {
  buy(1, 5, 100);
  EXPECT_EQ(replace(1, 0, 100), "none");
  EXPECT_EQ(replace(1, -1, 101), "none");
  EXPECT_EQ(depth(Side::buy), "5 at 100 in 1");
}

class DepthTest : public BookTest {};

TEST_F(DepthTest, BestIsTheHighestBuyAndTheLowestSell) {
  EXPECT_EQ(text(book.best(Side::buy)), "none");
  EXPECT_EQ(text(book.best(Side::sell)), "none");
  buy(1, 5, 99);
  buy(2, 5, 100);
  sell(3, 7, 103);
  sell(4, 6, 102);
  sell(5, 1, 102);
  EXPECT_EQ(text(book.best(Side::buy)), "5 at 100 in 1");
  EXPECT_EQ(text(book.best(Side::sell)), "7 at 102 in 2");
}

TEST_F(DepthTest, GivesTheBestLevelsAsManyAsAskedFor) {
  buy(1, 5, 99);
  buy(2, 5, 100);
  buy(3, 5, 98);
  EXPECT_EQ(depth(Side::buy, 0), "none");
  EXPECT_EQ(depth(Side::buy, 2), "5 at 100 in 1; 5 at 99 in 1");
  EXPECT_EQ(depth(Side::buy, 4), "5 at 100 in 1; 5 at 99 in 1; 5 at 98 in 1");
  EXPECT_EQ(depth(Side::sell, 4), "none");
}

class RoomTest : public BookTest {};

TEST_F(RoomTest, LevelHoldsAllThatAQuantityCanSay) {
  EXPECT_EQ(buy(1, kMost - 1, 100), "9223372036854775806 resting");
  EXPECT_EQ(buy(2, 1, 100), "1 resting");
  EXPECT_EQ(depth(Side::buy), "9223372036854775807 at 100 in 2");
}

TEST_F(RoomTest, OrderThatDoesNotFitIsDroppedWhole) {
  sell(1, kMost, 101);
  EXPECT_EQ(sell(2, 1, 101), "1 dropped");
  EXPECT_EQ(text(book.find(2)), "none");
  EXPECT_EQ(sell(3, kMost, 102), "9223372036854775807 resting");
  EXPECT_EQ(buy(4, kMost, 100), "9223372036854775807 resting");
  EXPECT_EQ(buy(5, kMost, 100), "9223372036854775807 dropped");
  EXPECT_EQ(fills(), "none");
  EXPECT_EQ(book.size(), 3);
}

TEST_F(RoomTest, ReplacedOrderThatDoesNotFitIsGone) {
  sell(1, kMost, 101);
  sell(2, 1, 102);
  EXPECT_EQ(replace(2, 1, 101), "1 dropped");
  EXPECT_EQ(text(book.find(2)), "none");
  EXPECT_EQ(depth(Side::sell), "9223372036854775807 at 101 in 1");
}

TEST_F(RoomTest, FillOrKillCountsPastWhatAQuantityCanSay) {
  sell(1, kMost, 101);
  sell(2, kMost, 102);
  EXPECT_EQ(buy(3, kMost, 102, kFok), "all traded");
  EXPECT_EQ(fills(), "3 takes 9223372036854775807 of 1 at 101 (0 left)");
}

TEST_F(RoomTest, RoomComesBackWithWhatLeaves) {
  sell(1, kMost, 101);
  replace(1, kMost - 5, 101);
  EXPECT_EQ(sell(2, 5, 101), "5 resting");
  buy(3, 7, 101);
  EXPECT_EQ(sell(4, 7, 101), "7 resting");
  EXPECT_TRUE(book.cancel(2));
  EXPECT_EQ(sell(5, 6, 101), "6 dropped");
  EXPECT_EQ(sell(5, 5, 101), "5 resting");
}

TEST_F(RoomTest, MovedBookGoesOn) {
  sell(1, 5, 101);
  buy(2, 5, 100);
  OrderBook moved = std::move(book);
  std::vector<Fill> fills;
  moved.place({.id = 3, .side = Side::buy, .limit = 101, .quantity = 2}, fills);
  EXPECT_EQ(text(fills), "3 takes 2 of 1 at 101 (3 left)");
  EXPECT_TRUE(moved.cancel(1));
  EXPECT_TRUE(moved.cancel(2));
  EXPECT_EQ(moved.size(), 0);
}

}  // namespace
}  // namespace fixdrill::sim
