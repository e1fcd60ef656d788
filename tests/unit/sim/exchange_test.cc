// The exchange without FIX: quotes that come back, priority, refusals, what is remembered.
#include "sim/exchange.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "base/limits.h"

namespace fixdrill::sim {
namespace {

struct Told final : ExchangeListener {
  void on_execution(const Execution& execution) override {
    static constexpr const char* kKinds[] = {"accepted", "traded", "canceled", "replaced",
                                             "rejected"};
    std::string line =
        fmt::format("{} {} {}", execution.order.client, execution.order.client_order_id,
                    kKinds[static_cast<int>(execution.kind)]);
    if (execution.kind == Execution::Kind::traded)
      line += fmt::format(" {} @ {}", execution.last_quantity / kOne, execution.last_price);
    if (!execution.text.empty()) line += ": " + execution.text;
    lines.push_back(line);
  }
  void on_refused(const Refused& refused) override {
    lines.push_back(
        fmt::format("{} {} refused: {}", refused.client, refused.client_order_id, refused.text));
  }
  std::vector<std::string> take() { return std::exchange(lines, {}); }
  std::vector<std::string> lines;
};

/// Prices in hundredths, quantities whole.
class ExchangeTest : public testing::Test {
 protected:
  using Lines = std::vector<std::string>;

  Exchange& exchange() {
    if (!exchange_) exchange_ = std::make_unique<Exchange>(quotes, told);
    return *exchange_;
  }
  static Order order(ClientId client, const std::string& id, Side side, int quantity, int price) {
    Order out;
    out.client = client;
    out.client_order_id = id;
    out.symbol = "ABC";
    out.side = side;
    out.limit = price * kOne / 100;
    out.quantity = quantity * kOne;
    return out;
  }
  Lines buy(ClientId client, const std::string& id, int quantity, int price) {
    exchange().place(order(client, id, Side::buy, quantity, price));
    return told.take();
  }
  Lines sell(ClientId client, const std::string& id, int quantity, int price) {
    exchange().place(order(client, id, Side::sell, quantity, price));
    return told.take();
  }
  Lines cancel(ClientId client, const std::string& id, const std::string& original,
               Side side = Side::buy) {
    exchange().cancel({{client, original, 0}, id, "ABC", side, nullptr});
    return told.take();
  }
  Lines replace(ClientId client, const std::string& id, const std::string& original, int quantity,
                int price) {
    ReplaceRequest request;
    request.order = {client, original, 0};
    request.client_order_id = id;
    request.symbol = "ABC";
    request.side = Side::buy;
    request.quantity = quantity * kOne;
    request.limit = price * kOne / 100;
    request.time_in_force = TimeInForce::day;
    exchange().replace(request);
    return told.take();
  }

  std::vector<Quote> quotes = {{"ABC", 0, 0, kOne}};
  Told told;
  std::unique_ptr<Exchange> exchange_;
};

TEST_F(ExchangeTest, ClientsTradeWithEachOtherAtTheRestingPrice) {
  EXPECT_EQ(sell(1, "S", 100, 1010), Lines{"1 S accepted"});
  EXPECT_EQ(buy(2, "B", 60, 1020),
            (Lines{"2 B accepted", "2 B traded 60 @ 1010000000", "1 S traded 60 @ 1010000000"}));
  EXPECT_EQ(exchange().find({1, "S", 0})->leaves(), 40 * kOne);
  EXPECT_EQ(exchange().find({2, "B", 0})->state, OrderState::filled);
}

TEST_F(ExchangeTest, TheOlderOfTwoAtOnePriceTradesFirst) {
  sell(1, "S1", 10, 1010);
  sell(2, "S2", 10, 1010);
  EXPECT_EQ(buy(3, "B", 10, 1010),
            (Lines{"3 B accepted", "3 B traded 10 @ 1010000000", "1 S1 traded 10 @ 1010000000"}));
}

TEST_F(ExchangeTest, AReplaceForLessKeepsItsPlaceAndOneForMoreLosesIt) {
  buy(1, "A", 10, 1000);
  buy(2, "B", 10, 1000);
  EXPECT_EQ(replace(1, "A2", "A", 5, 1000), Lines{"1 A2 replaced"});
  EXPECT_EQ(sell(3, "S", 1, 1000).back(), "1 A2 traded 1 @ 1000000000");
  replace(1, "A3", "A2", 20, 1000);
  EXPECT_EQ(sell(3, "S2", 1, 1000).back(), "2 B traded 1 @ 1000000000");
}

TEST_F(ExchangeTest, AQuoteThatTradedIsBackAtItsFullSize) {
  quotes = {{"ABC", 10 * kOne, 11 * kOne, 50 * kOne}};
  for (const char* id : {"A", "B", "C"}) {
    EXPECT_EQ(buy(1, id, 50, 1100).back(), fmt::format("1 {} traded 50 @ 1100000000", id));
  }
}

TEST_F(ExchangeTest, AQuoteStaysAwayWhileItWouldTradeWithWhatIsLeft) {
  quotes = {{"ABC", 0, 11 * kOne, 50 * kOne}};
  EXPECT_EQ(buy(1, "A", 80, 1100).back(), "1 A traded 50 @ 1100000000");
  EXPECT_EQ(buy(2, "B", 10, 1100), Lines{"2 B accepted"}) << "30 of A stand before it";
  EXPECT_EQ(cancel(1, "A2", "A"), Lines{"1 A2 canceled"});
  EXPECT_EQ(cancel(2, "B2", "B"), Lines{"2 B2 canceled"});
  EXPECT_EQ(buy(2, "C", 10, 1100).back(), "2 C traded 10 @ 1100000000");
}

TEST_F(ExchangeTest, WhatIsWrongWithAnOrderIsSaid) {
  Order unknown = order(1, "A", Side::buy, 1, 1000);
  unknown.symbol = "NOPE";
  exchange().place(unknown);
  EXPECT_EQ(told.take(), Lines{"1 A rejected: Unknown symbol NOPE"});
  EXPECT_EQ(buy(1, "B", 0, 1000), Lines{"1 B rejected: OrderQty must be above 0"});
  EXPECT_EQ(buy(1, "C", 1, -1), Lines{"1 C rejected: Price must be above 0"});
  buy(1, "D", 1, 1000);
  EXPECT_EQ(buy(1, "D", 1, 1000), Lines{"1 D rejected: ClOrdID D was used before"});
  EXPECT_EQ(exchange().find({1, "D", 0})->state, OrderState::open) << "the first D is untouched";
  EXPECT_EQ(buy(2, "D", 1, 1000), Lines{"2 D accepted"}) << "another client's";
}

TEST_F(ExchangeTest, WhatIsWrongWithACancelIsSaid) {
  buy(1, "A", 1, 1000);
  EXPECT_EQ(cancel(1, "X", "NOPE"), Lines{"1 X refused: Unknown order NOPE"});
  EXPECT_EQ(cancel(2, "X", "A"), Lines{"2 X refused: Unknown order A"}) << "another client's";
  EXPECT_EQ(cancel(1, "A", "A"), Lines{"1 A refused: ClOrdID A was used before"});
  EXPECT_EQ(cancel(1, "X", "A", Side::sell),
            Lines{"1 X refused: Symbol and Side must be those of the order"});
  cancel(1, "B", "A");
  EXPECT_EQ(cancel(1, "C", "B"), Lines{"1 C refused: Too late: the order is no longer open"});
}

TEST_F(ExchangeTest, WhatIsWrongWithAReplaceIsSaid) {
  buy(1, "A", 1, 1000);
  EXPECT_EQ(replace(1, "B", "A", 0, 1000), Lines{"1 B refused: OrderQty must be above 0"});
  EXPECT_EQ(replace(1, "B", "A", 1, 0), Lines{"1 B refused: Price must be above 0"});
  EXPECT_EQ(replace(1, "B", "Z", 1, 1000), Lines{"1 B refused: Unknown order Z"});
  EXPECT_EQ(exchange().find({1, "A", 0})->client_order_id, "A") << "nothing has changed";
}

TEST_F(ExchangeTest, OpenQuantitiesOfASymbolAreBounded) {
  const int most = 1'000'000'000;
  Lines last;
  for (int i = 0; i < 100 && (last.empty() || last.back().ends_with("accepted")); ++i)
    last = buy(1, std::to_string(i), most, 1000);
  EXPECT_EQ(last, Lines{"1 90 rejected: The exchange takes no more open orders"});
  cancel(1, "X", "0");
  EXPECT_EQ(buy(1, "Y", most, 1000), Lines{"1 Y accepted"});
}

TEST_F(ExchangeTest, NoSingleOrderFillsASymbol) {
  Order order = this->order(1, "A", Side::buy, 1, 1000);
  order.quantity = 1'000'000'001 * kOne;
  exchange().place(order);
  EXPECT_EQ(told.take(), Lines{"1 A rejected: OrderQty must be at most 1000000000"});
  buy(1, "B", 1, 1000);
  EXPECT_EQ(replace(1, "C", "B", 1'000'000'001, 1000),
            Lines{"1 C refused: OrderQty must be at most 1000000000"});
}

TEST_F(ExchangeTest, AnOrderIsReplacedABoundedNumberOfTimes) {
  buy(1, "0", 1, 1000);
  for (std::size_t i = 1; i <= limits::kSimReplaces; ++i)
    replace(1, std::to_string(i), std::to_string(i - 1), 1, 1000);
  EXPECT_EQ(replace(1, "X", std::to_string(limits::kSimReplaces), 1, 1000),
            Lines{"1 X refused: The exchange takes no more open orders"});
}

TEST_F(ExchangeTest, AClientThatIsGoneLeavesNothingOpen) {
  buy(1, "A", 1, 1000);
  buy(2, "B", 1, 1000);
  exchange().cancel_all(1);
  EXPECT_EQ(told.take(), Lines{}) << "nobody is there to be told";
  EXPECT_EQ(sell(3, "S", 1, 1000).back(), "2 B traded 1 @ 1000000000");
}

TEST_F(ExchangeTest, TheOldestEndedOrdersAreForgotten) {
  quotes = {{"ABC", 10 * kOne, 0, kOne}};
  for (std::size_t i = 0; i <= limits::kSimEndedOrders; ++i)
    exchange().place(order(1, std::to_string(i), Side::sell, 1, 1000));
  EXPECT_EQ(exchange().find({1, "0", 0}), nullptr);
  EXPECT_NE(exchange().find({1, "1", 0}), nullptr);
  told.take();
  EXPECT_EQ(sell(1, "0", 1, 1000).front(), "1 0 accepted") << "its ClOrdID is free again";
}

/// Of 64 MiB, of which the limit takes four.
OriginPtr large_origin() {
  auto origin = std::make_shared<Origin>();
  origin->body.push_back({1, std::string(64u << 20, 'x')});
  return origin;
}

TEST_F(ExchangeTest, EndedOrdersAreForgottenForTheirSizeToo) {
  quotes = {{"ABC", 10 * kOne, 0, kOne}};
  const OriginPtr origin = large_origin();
  for (int i = 0; i < 6; ++i) {
    Order large = order(1, std::to_string(i), Side::sell, 1, 1000);
    large.origin = origin;
    exchange().place(std::move(large));
  }
  EXPECT_EQ(exchange().find({1, "0", 0}), nullptr);
  EXPECT_EQ(exchange().find({1, "1", 0}), nullptr);
  EXPECT_NE(exchange().find({1, "2", 0}), nullptr);
}

TEST_F(ExchangeTest, OpenOrdersAreLimitedInSizeToo) {
  const OriginPtr origin = large_origin();
  std::string last;
  for (int i = 0; i < 6; ++i) {
    Order large = order(1, std::to_string(i), Side::buy, 1, 1);
    large.origin = origin;
    told.take();
    exchange().place(std::move(large));
    last = told.take().front();
  }
  EXPECT_EQ(last, "1 5 rejected: The exchange takes no more open orders");
  exchange().cancel_all(1);
  told.take();
  exchange().place(order(1, "again", Side::buy, 1, 1));
  EXPECT_EQ(told.take().front(), "1 again accepted");
}

TEST(OrderTest, TheAveragePriceIsRoundedHalfUp) {
  Order order;
  EXPECT_EQ(order.average_price(), 0);
  order.filled = 3;
  order.notional = 8;
  EXPECT_EQ(order.average_price(), 3) << "8 / 3 = 2.67";
  order.notional = 7;
  EXPECT_EQ(order.average_price(), 2) << "7 / 3 = 2.33";
  order.filled = 2;
  EXPECT_EQ(order.average_price(), 4) << "7 / 2 = 3.5";
}

}  // namespace
}  // namespace fixdrill::sim
