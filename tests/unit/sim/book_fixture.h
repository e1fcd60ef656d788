// A book for tests: orders in one line each, answers as text (book_text.h).
#pragma once

#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "unit/sim/book_text.h"

namespace fixdrill::sim {

constexpr auto kIoc = TimeInForce::immediate_or_cancel;
constexpr auto kFok = TimeInForce::fill_or_kill;
constexpr auto kMost = std::numeric_limits<Quantity>::max();

class BookTest : public testing::Test {
 protected:
  std::string buy(OrderId id, Quantity quantity, Price limit,
                  TimeInForce time_in_force = TimeInForce::day) {
    return place({.id = id,
                  .side = Side::buy,
                  .limit = limit,
                  .quantity = quantity,
                  .time_in_force = time_in_force});
  }
  std::string sell(OrderId id, Quantity quantity, Price limit,
                   TimeInForce time_in_force = TimeInForce::day) {
    return place({.id = id,
                  .side = Side::sell,
                  .limit = limit,
                  .quantity = quantity,
                  .time_in_force = time_in_force});
  }
  std::string place(const NewOrder& order) { return text(book.place(order, fills_)); }
  std::string replace(OrderId id, Quantity open, Price limit) {
    return text(book.replace(id, limit, open, fills_));
  }

  /// The fills since the last call.
  std::string fills() { return text(std::exchange(fills_, {})); }
  std::string depth(Side side, std::size_t levels = 99) const {
    return text(book.depth(side, levels));
  }

  OrderBook book;

 private:
  std::vector<Fill> fills_;
};

}  // namespace fixdrill::sim
