// What an arriving order trades with, and what becomes of the rest of it.
#include "sim/order_book.h"

#include "unit/sim/book_fixture.h"

namespace fixdrill::sim {
namespace {

class PlaceTest : public BookTest {};

TEST_F(PlaceTest, DayOrderThatMeetsNobodyRests) {
  EXPECT_EQ(buy(1, 5, 100), "5 resting");
  EXPECT_EQ(sell(2, 7, 101), "7 resting");
  EXPECT_EQ(fills(), "none");
  EXPECT_EQ(text(book.find(1)), "buy 5 at 100");
  EXPECT_EQ(text(book.find(2)), "sell 7 at 101");
  EXPECT_EQ(book.size(), 2);
}

TEST_F(PlaceTest, LowestSellTradesFirst) {
  sell(1, 1, 103);
  sell(2, 1, 101);
  sell(3, 1, 102);
  EXPECT_EQ(buy(4, 3, 103), "all traded");
  EXPECT_EQ(fills(),
            "4 takes 1 of 2 at 101 (0 left); 4 takes 1 of 3 at 102 (0 left); "
            "4 takes 1 of 1 at 103 (0 left)");
}

TEST_F(PlaceTest, HighestBuyTradesFirst) {
  buy(1, 1, 97);
  buy(2, 1, 99);
  buy(3, 1, 98);
  EXPECT_EQ(sell(4, 3, 97), "all traded");
  EXPECT_EQ(fills(),
            "4 takes 1 of 2 at 99 (0 left); 4 takes 1 of 3 at 98 (0 left); "
            "4 takes 1 of 1 at 97 (0 left)");
}

TEST_F(PlaceTest, OldestTradesFirstWithinAPriceWhateverTheIdsAndSizes) {
  sell(9, 1, 101);
  sell(5, 8, 101);
  sell(7, 2, 101);
  EXPECT_EQ(buy(1, 10, 101), "all traded");
  EXPECT_EQ(fills(),
            "1 takes 1 of 9 at 101 (0 left); 1 takes 8 of 5 at 101 (0 left); "
            "1 takes 1 of 7 at 101 (1 left)");
}

TEST_F(PlaceTest, TradesAtTheMakersPrice) {
  sell(1, 5, 101);
  buy(2, 5, 105);
  EXPECT_EQ(fills(), "2 takes 5 of 1 at 101 (0 left)");
  buy(3, 5, 99);
  sell(4, 5, 90);
  EXPECT_EQ(fills(), "4 takes 5 of 3 at 99 (0 left)");
}

TEST_F(PlaceTest, TradesUpToItsLimitAndRestsThere) {
  sell(1, 5, 101);
  sell(2, 5, 102);
  sell(3, 5, 103);
  EXPECT_EQ(buy(4, 20, 102), "10 resting");
  EXPECT_EQ(fills(), "4 takes 5 of 1 at 101 (0 left); 4 takes 5 of 2 at 102 (0 left)");
  EXPECT_EQ(depth(Side::buy), "10 at 102 in 1");
  EXPECT_EQ(depth(Side::sell), "5 at 103 in 1");
}

TEST_F(PlaceTest, PartlyFilledMakerKeepsItsPlace) {
  sell(1, 5, 101);
  sell(2, 5, 101);
  buy(3, 2, 101);
  EXPECT_EQ(fills(), "3 takes 2 of 1 at 101 (3 left)");
  EXPECT_EQ(depth(Side::sell), "8 at 101 in 2");
  buy(4, 4, 101);
  EXPECT_EQ(fills(), "4 takes 3 of 1 at 101 (0 left); 4 takes 1 of 2 at 101 (4 left)");
}

TEST_F(PlaceTest, FilledMakerIsGone) {
  sell(1, 5, 101);
  buy(2, 5, 101);
  EXPECT_EQ(text(book.find(1)), "none");
  EXPECT_EQ(text(book.find(2)), "none");
  EXPECT_EQ(depth(Side::sell), "none");
  EXPECT_EQ(book.size(), 0);
}

TEST_F(PlaceTest, FillsAreAppended) {
  std::vector<Fill> fills{{.maker = 77}};
  sell(1, 5, 101);
  book.place({.id = 2, .side = Side::buy, .limit = 101, .quantity = 5}, fills);
  EXPECT_EQ(text(fills), "0 takes 0 of 77 at 0 (0 left); 2 takes 5 of 1 at 101 (0 left)");
}

TEST_F(PlaceTest, ImmediateOrCancelDropsItsRemainder) {
  sell(1, 5, 101);
  sell(2, 5, 102);
  EXPECT_EQ(buy(3, 8, 101, kIoc), "3 dropped");
  EXPECT_EQ(fills(), "3 takes 5 of 1 at 101 (0 left)");
  EXPECT_EQ(buy(4, 8, 101, kIoc), "8 dropped");
  EXPECT_EQ(depth(Side::buy), "none");
  EXPECT_EQ(text(book.find(3)), "none");
}

TEST_F(PlaceTest, MarketOrderTradesAtAnyPriceWhateverItsLimitAndNeverRests) {
  sell(1, 5, 101);
  sell(2, 5, std::numeric_limits<Price>::max());
  EXPECT_EQ(place({.id = 3, .side = Side::buy, .market = true, .limit = 1, .quantity = 12}),
            "2 dropped");
  EXPECT_EQ(fills(),
            "3 takes 5 of 1 at 101 (0 left); 3 takes 5 of 2 at 9223372036854775807 (0 left)");
  buy(4, 5, std::numeric_limits<Price>::min());
  EXPECT_EQ(place({.id = 5, .side = Side::sell, .market = true, .limit = 999, .quantity = 6}),
            "1 dropped");
  EXPECT_EQ(fills(), "5 takes 5 of 4 at -9223372036854775808 (0 left)");
  EXPECT_EQ(book.size(), 0);
}

TEST_F(PlaceTest, FillOrKillTradesWholeOverSeveralLevels) {
  sell(1, 5, 101);
  sell(2, 5, 102);
  EXPECT_EQ(buy(3, 10, 102, kFok), "all traded");
  EXPECT_EQ(fills(), "3 takes 5 of 1 at 101 (0 left); 3 takes 5 of 2 at 102 (0 left)");
}

TEST_F(PlaceTest, FillOrKillDoesNothingWhenOneUnitIsMissing) {
  sell(1, 5, 101);
  sell(2, 5, 102);
  sell(3, 5, 103);
  EXPECT_EQ(buy(4, 11, 102, kFok), "11 dropped");
  EXPECT_EQ(buy(5, 16, 103, kFok), "16 dropped");
  EXPECT_EQ(buy(6, 1, 100, kFok), "1 dropped");
  EXPECT_EQ(sell(7, 1, 100, kFok), "1 dropped");
  EXPECT_EQ(fills(), "none");
  EXPECT_EQ(depth(Side::sell), "5 at 101 in 1; 5 at 102 in 1; 5 at 103 in 1");
}

TEST_F(PlaceTest, FillOrKillMayBeAMarketOrder) {
  buy(1, 5, 99);
  buy(2, 5, 1);
  NewOrder order{.id = 3, .side = Side::sell, .market = true, .quantity = 11};
  order.time_in_force = kFok;
  EXPECT_EQ(place(order), "11 dropped");
  order.quantity = 10;
  EXPECT_EQ(place(order), "all traded");
  EXPECT_EQ(fills(), "3 takes 5 of 1 at 99 (0 left); 3 takes 5 of 2 at 1 (0 left)");
}

TEST_F(PlaceTest, OrderWithTheIdOfARestingOneIsRefused) {
  buy(1, 5, 100);
  sell(2, 5, 101);
  EXPECT_EQ(buy(1, 5, 101), "5 dropped");
  EXPECT_EQ(sell(1, 5, 100), "5 dropped");
  EXPECT_EQ(fills(), "none");
  EXPECT_EQ(text(book.find(1)), "buy 5 at 100");
  EXPECT_EQ(book.size(), 2);
}

TEST_F(PlaceTest, IdIsFreeAgainOnceTheOrderIsGone) {
  sell(1, 5, 101);
  buy(2, 5, 101);
  EXPECT_EQ(buy(1, 5, 100), "5 resting");
  EXPECT_TRUE(book.cancel(1));
  EXPECT_EQ(sell(1, 6, 101), "6 resting");
}

TEST_F(PlaceTest, OrderWithoutPositiveQuantityIsRefused) {
  sell(1, 5, 101);
  EXPECT_EQ(place({.id = 2, .limit = 101, .quantity = 0}), text(Placed{}));
  EXPECT_EQ(buy(2, -1, 101), "-1 dropped");
  EXPECT_EQ(fills(), "none");
  EXPECT_EQ(book.size(), 1);
}

TEST_F(PlaceTest, PricesOfNoughtAndBelowAreInOrder) {
  sell(1, 1, 1);
  sell(2, 1, -1);
  sell(3, 1, 0);
  EXPECT_EQ(depth(Side::sell), "1 at -1 in 1; 1 at 0 in 1; 1 at 1 in 1");
  buy(4, 1, -3);
  buy(5, 1, -2);
  EXPECT_EQ(depth(Side::buy), "1 at -2 in 1; 1 at -3 in 1");
  EXPECT_EQ(buy(6, 3, 0), "1 resting");
  EXPECT_EQ(fills(), "6 takes 1 of 2 at -1 (0 left); 6 takes 1 of 3 at 0 (0 left)");
}

TEST_F(PlaceTest, PricesAtBothEndsOfTheirRangeAreInOrder) {
  constexpr auto kLowest = std::numeric_limits<Price>::min();
  constexpr auto kHighest = std::numeric_limits<Price>::max();
  buy(1, 1, kLowest);
  buy(2, 1, 0);
  EXPECT_EQ(depth(Side::buy), "1 at 0 in 1; 1 at -9223372036854775808 in 1");
  sell(3, 1, kHighest);
  sell(4, 1, 1);
  EXPECT_EQ(depth(Side::sell), "1 at 1 in 1; 1 at 9223372036854775807 in 1");
  EXPECT_EQ(buy(5, 2, kHighest), "all traded");
  EXPECT_EQ(sell(6, 2, kLowest), "all traded");
  EXPECT_EQ(book.size(), 0);
}

}  // namespace
}  // namespace fixdrill::sim
