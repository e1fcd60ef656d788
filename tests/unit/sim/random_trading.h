// Random operations on order books, the same for the same seed.
#pragma once

#include <fmt/format.h>
#include <limits>
#include <ostream>
#include <random>
#include <string>

#include "unit/sim/book_text.h"

namespace fixdrill::sim {

struct Operation {
  enum class Kind { place, cancel, replace };
  Kind kind = Kind::place;
  NewOrder order;  ///< cancel reads its id, replace its id, limit and quantity
};

inline std::string text(const Operation& operation) {
  const NewOrder& order = operation.order;
  switch (operation.kind) {
    case Operation::Kind::cancel:
      return fmt::format("cancel {}", order.id);
    case Operation::Kind::replace:
      return fmt::format("replace {} by {} at {}", order.id, order.quantity, order.limit);
    case Operation::Kind::place:
      return fmt::format("place {}: {} {} at {} {}, {}", order.id, text(order.side), order.quantity,
                         order.market ? "market, limit" : "limit", order.limit,
                         text(order.time_in_force));
  }
  return {};
}

/// What a session is like.
struct Trading {
  unsigned seed = 1;
  int prices = 20;  ///< limits are drawn from so many
  Price lowest = 90;
  int quantity = 20;    ///< 1 to this
  int huge_in = 1'000;  ///< one quantity in so many is near 2^63
};

inline void PrintTo(const Trading& trading, std::ostream* out) {
  *out << fmt::format("{} prices from {}, quantities to {}, 1 in {} huge", trading.prices,
                      trading.lowest, trading.quantity, trading.huge_in);
}

class RandomTrading {
 public:
  explicit RandomTrading(const Trading& trading) : trading_(trading), random_(trading.seed) {}

  Operation next() {
    const int kind = below(100);
    Operation operation{.order = order()};
    if (kind < 60) return operation;
    operation.kind = kind < 85 ? Operation::Kind::cancel : Operation::Kind::replace;
    operation.order.id = used_id();
    return operation;
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  NewOrder order() {
    NewOrder order{.id = below(50) == 0 ? used_id() : ++last_id_,
                   .side = below(2) == 0 ? Side::buy : Side::sell,
                   .market = below(20) == 0,
                   .quantity = quantity()};
    // Sells a little higher than buys: else everything trades at once and nothing rests.
    const int shift = order.side == Side::buy ? 0 : trading_.prices / 4;
    // Now and then all of a side trades, which shows the order of the whole queue.
    if (order.market && below(5) == 0) order.quantity = std::numeric_limits<Quantity>::max();
    order.limit = trading_.lowest + below(trading_.prices) + shift;
    order.time_in_force = time_in_force();
    return order;
  }

  TimeInForce time_in_force() {
    const int kind = below(10);
    if (kind == 0) return TimeInForce::fill_or_kill;
    return kind == 1 ? TimeInForce::immediate_or_cancel : TimeInForce::day;
  }

  Quantity quantity() {
    if (below(200) == 0) return -below(2);
    if (below(trading_.huge_in) == 0) return std::numeric_limits<Quantity>::max() - below(3);
    return 1 + below(trading_.quantity);
  }

  /// Of a late order: perhaps it rests, perhaps it is gone.
  OrderId used_id() {
    constexpr OrderId kLate = 150;
    const auto back = static_cast<OrderId>(below(kLate));
    return back < last_id_ ? last_id_ - back : last_id_;
  }

  Trading trading_;
  std::mt19937 random_;
  OrderId last_id_ = 0;
};

}  // namespace fixdrill::sim
