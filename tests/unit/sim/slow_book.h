// The order book once more, as plainly as it can be said: a vector of orders in the order of their
// arrival, searched from end to end. Its rules are virtual, so that a test can break one of them.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "sim/order_book.h"

namespace fixdrill::sim {

class SlowBook {
 public:
  virtual ~SlowBook() = default;

  Placed place(const NewOrder& order, std::vector<Fill>& fills) {
    const Placed dropped{order.quantity, false};
    if (order.quantity <= 0 || find(order.id)) return dropped;
    if (must_trade_whole(order) && tradable(order) < order.quantity) return dropped;
    Quantity left = order.quantity;
    while (left > 0) {
      Order* maker = first_maker(order);
      if (maker == nullptr) break;
      const Quantity quantity = std::min(left, maker->open);
      left -= quantity;
      maker->open -= quantity;
      fills.push_back({maker->id, order.id, fill_price(*maker, order), quantity, maker->open});
      if (maker->open == 0) cancel(maker->id);
    }
    if (left == 0 || !may_rest(order) || !has_room(order, left)) return {left, false};
    orders_.push_back({order.id, order.side, order.limit, left});
    return {left, true};
  }

  bool cancel(OrderId id) {
    for (auto order = orders_.begin(); order != orders_.end(); ++order) {
      if (order->id != id) continue;
      orders_.erase(order);
      return true;
    }
    return false;
  }

  std::optional<Placed> replace(OrderId id, Price limit, Quantity open, std::vector<Fill>& fills) {
    for (Order& order : orders_) {
      if (order.id != id || open <= 0) continue;
      const Side side = order.side;
      if (keeps_place(order, limit, open)) {
        order.limit = limit;
        order.open = open;
        return Placed{open, true};
      }
      cancel(id);
      return place({id, side, false, limit, open, TimeInForce::day}, fills);
    }
    return std::nullopt;
  }

  std::optional<Resting> find(OrderId id) const {
    for (const Order& order : orders_) {
      if (order.id == id) return Resting{order.side, order.limit, order.open};
    }
    return std::nullopt;
  }

  std::optional<Level> best(Side side) const {
    const auto all = depth(side, 1);
    return all.empty() ? std::nullopt : std::optional(all[0]);
  }

  std::vector<Level> depth(Side side, std::size_t levels) const {
    std::vector<Level> result;
    for (const Order& order : orders_) {
      if (order.side == side) add(order, result);
    }
    std::sort(result.begin(), result.end(), [side](const Level& a, const Level& b) {
      return side == Side::buy ? a.price > b.price : a.price < b.price;
    });
    result.resize(std::min(levels, result.size()));
    return result;
  }

  std::size_t size() const { return orders_.size(); }

 protected:
  struct Order {
    OrderId id;
    Side side;
    Price limit;
    Quantity open;
  };

  virtual bool goes_before(const Order& younger, const Order& older) const {
    return older.side == Side::buy ? younger.limit > older.limit : younger.limit < older.limit;
  }
  virtual bool meets(const Order& maker, const NewOrder& order) const {
    if (maker.side == order.side) return false;
    if (order.market) return true;
    return order.side == Side::buy ? maker.limit <= order.limit : maker.limit >= order.limit;
  }
  virtual Price fill_price(const Order& maker, const NewOrder&) const { return maker.limit; }
  virtual bool must_trade_whole(const NewOrder& order) const {
    return order.time_in_force == TimeInForce::fill_or_kill;
  }
  virtual bool may_rest(const NewOrder& order) const {
    return !order.market && order.time_in_force == TimeInForce::day;
  }
  virtual bool keeps_place(const Order& order, Price limit, Quantity open) const {
    return limit == order.limit && open <= order.open;
  }
  virtual bool has_room(const NewOrder& order, Quantity left) const {
    Quantity room = std::numeric_limits<Quantity>::max();
    for (const Order& other : orders_) {
      if (other.side == order.side && other.limit == order.limit) room -= other.open;
    }
    return left <= room;
  }

 private:
  Order* first_maker(const NewOrder& order) {
    Order* first = nullptr;
    for (Order& other : orders_) {
      if (!meets(other, order)) continue;
      if (first == nullptr || goes_before(other, *first)) first = &other;
    }
    return first;
  }

  /// No more than the order's quantity.
  Quantity tradable(const NewOrder& order) const {
    Quantity sum = 0;
    for (const Order& other : orders_) {
      if (meets(other, order)) sum += std::min(other.open, order.quantity - sum);
    }
    return sum;
  }

  static void add(const Order& order, std::vector<Level>& levels) {
    for (Level& level : levels) {
      if (level.price != order.limit) continue;
      level.quantity += order.open;
      ++level.orders;
      return;
    }
    levels.push_back({order.limit, order.open, 1});
  }

  std::vector<Order> orders_;
};

}  // namespace fixdrill::sim
