// The book and its slow twin must answer alike to anything; and a twin with a broken rule must not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/sim/random_trading.h"
#include "unit/sim/slow_book.h"

namespace fixdrill::sim {
namespace {

constexpr int kSteps = 25'000;  // of each of the eight sessions below: 200,000
constexpr int kDepthEvery = 50;
constexpr std::size_t kWhole = 1'000'000;

/// All that can be seen of a book after an operation.
struct Seen {
  std::optional<Placed> placed;
  bool cancelled = false;
  std::vector<Fill> fills;
  std::optional<Resting> order;
  std::optional<Level> bid;
  std::optional<Level> offer;
  std::size_t size = 0;
  std::vector<Level> bids;
  std::vector<Level> offers;

  bool operator==(const Seen&) const = default;
};

std::string text(const Seen& seen) {
  return fmt::format(
      "placed {}, cancelled {}, fills {}; order {}, {} resting, best {} / {}, {} / {}",
      text(seen.placed), seen.cancelled, text(seen.fills), text(seen.order), seen.size,
      text(seen.bid), text(seen.offer), text(seen.bids), text(seen.offers));
}

template <class Book>
Seen carry_out(Book& book, const Operation& operation, bool with_depth) {
  const NewOrder& order = operation.order;
  Seen seen;
  switch (operation.kind) {
    case Operation::Kind::place:
      seen.placed = book.place(order, seen.fills);
      break;
    case Operation::Kind::cancel:
      seen.cancelled = book.cancel(order.id);
      break;
    case Operation::Kind::replace:
      seen.placed = book.replace(order.id, order.limit, order.quantity, seen.fills);
      break;
  }
  seen.order = book.find(order.id);
  seen.bid = book.best(Side::buy);
  seen.offer = book.best(Side::sell);
  seen.size = book.size();
  if (with_depth) {
    seen.bids = book.depth(Side::buy, kWhole);
    seen.offers = book.depth(Side::sell, kWhole);
  }
  return seen;
}

/// The first difference between the book and the twin, empty for none.
std::string difference(const Trading& trading, SlowBook& twin) {
  OrderBook book;
  RandomTrading random(trading);
  for (int step = 1; step <= kSteps; ++step) {
    const Operation operation = random.next();
    const bool with_depth = step % kDepthEvery == 0;
    const Seen ours = carry_out(book, operation, with_depth);
    const Seen twins = carry_out(twin, operation, with_depth);
    if (ours == twins) continue;
    return fmt::format("seed {}, step {}, {}\nbook: {}\ntwin: {}", trading.seed, step,
                       text(operation), text(ours), text(twins));
  }
  return {};
}

class Twin : public testing::TestWithParam<Trading> {};

TEST_P(Twin, AgreesOnEverything) {
  SlowBook twin;
  EXPECT_EQ(difference(GetParam(), twin), "");
}

INSTANTIATE_TEST_SUITE_P(
    OrderBook, Twin,
    testing::Values(Trading{.seed = 1}, Trading{.seed = 2}, Trading{.seed = 3, .prices = 3},
                    Trading{.seed = 4, .prices = 3, .quantity = 3},
                    Trading{.seed = 5, .prices = 300}, Trading{.seed = 6, .lowest = -10},
                    Trading{.seed = 7, .quantity = 1'000'000, .huge_in = 1'000'000},
                    Trading{.seed = 8, .prices = 4, .huge_in = 30}),
    [](const auto& info) { return fmt::format("Seed{}", info.param.seed); });

struct NewestFirst : SlowBook {
  bool goes_before(const Order& younger, const Order& older) const override {
    return younger.limit == older.limit || SlowBook::goes_before(younger, older);
  }
};
struct PriceDoesNotCount : SlowBook {
  bool goes_before(const Order&, const Order&) const override { return false; }
};
struct EqualPricesDoNotMeet : SlowBook {
  bool meets(const Order& maker, const NewOrder& order) const override {
    return SlowBook::meets(maker, order) && (order.market || maker.limit != order.limit);
  }
};
struct MarketHeedsItsLimit : SlowBook {
  bool meets(const Order& maker, const NewOrder& order) const override {
    NewOrder limited = order;
    limited.market = false;
    return SlowBook::meets(maker, limited);
  }
};
struct FillsAtTheTakersPrice : SlowBook {
  Price fill_price(const Order& maker, const NewOrder& order) const override {
    return order.market ? maker.limit : order.limit;
  }
};
struct FillOrKillTradesInPart : SlowBook {
  bool must_trade_whole(const NewOrder&) const override { return false; }
};
struct FillOrKillRests : SlowBook {
  bool must_trade_whole(const NewOrder&) const override { return false; }
  bool may_rest(const NewOrder& order) const override {
    return SlowBook::may_rest(order) || order.time_in_force == TimeInForce::fill_or_kill;
  }
};
struct ImmediateOrCancelRests : SlowBook {
  bool may_rest(const NewOrder& order) const override { return !order.market; }
};
struct MarketRests : SlowBook {
  bool may_rest(const NewOrder& order) const override {
    return order.time_in_force == TimeInForce::day;
  }
};
struct LessLosesItsPlace : SlowBook {
  bool keeps_place(const Order& order, Price limit, Quantity open) const override {
    return limit == order.limit && open == order.open;
  }
};
struct SameLosesItsPlace : SlowBook {
  bool keeps_place(const Order& order, Price limit, Quantity open) const override {
    return limit == order.limit && open < order.open;
  }
};
struct MoreKeepsItsPlace : SlowBook {
  bool keeps_place(const Order& order, Price limit, Quantity) const override {
    return limit == order.limit;
  }
};
struct AnotherPriceKeepsItsPlace : SlowBook {
  bool keeps_place(const Order& order, Price, Quantity open) const override {
    return open <= order.open;
  }
};
struct LevelHasLessRoom : SlowBook {
  bool has_room(const NewOrder& order, Quantity left) const override {
    return left < std::numeric_limits<Quantity>::max() && SlowBook::has_room(order, left);
  }
};

template <class>
class BrokenTwin : public testing::Test {};
using BrokenTwins =
    testing::Types<NewestFirst, PriceDoesNotCount, EqualPricesDoNotMeet, MarketHeedsItsLimit,
                   FillsAtTheTakersPrice, FillOrKillTradesInPart, FillOrKillRests,
                   ImmediateOrCancelRests, MarketRests, LessLosesItsPlace, SameLosesItsPlace,
                   MoreKeepsItsPlace, AnotherPriceKeepsItsPlace, LevelHasLessRoom>;
TYPED_TEST_SUITE(BrokenTwin, BrokenTwins);

TYPED_TEST(BrokenTwin, IsFound) {
  TypeParam twin;
  EXPECT_THAT(difference({.seed = 9, .quantity = 5, .huge_in = 100}, twin),
              testing::StartsWith("seed 9, step "));
}

}  // namespace
}  // namespace fixdrill::sim
