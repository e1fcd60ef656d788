#include "sim/order_book.h"

#include <algorithm>
#include <limits>

namespace fixdrill::sim {
namespace {

/// Lower is better on both sides. Its own inverse; unlike the negative, the complement exists for
/// every price.
Price rank_of(Side side, Price price) { return side == Side::buy ? ~price : price; }

Side opposite(Side side) { return side == Side::buy ? Side::sell : Side::buy; }

/// The worst rank of the other side that the order trades with.
Price worst_rank(const NewOrder& order) {
  if (order.market) return std::numeric_limits<Price>::max();
  return rank_of(opposite(order.side), order.limit);
}

}  // namespace

Placed OrderBook::place(const NewOrder& order, std::vector<Fill>& fills) {
  const Placed dropped{.left = order.quantity, .resting = false};
  if (order.quantity <= 0 || spots_.contains(order.id)) return dropped;
  if (order.time_in_force == TimeInForce::fill_or_kill && !can_trade_whole(order)) return dropped;
  const Quantity left = trade(order, fills);
  const bool stays = left > 0 && !order.market && order.time_in_force == TimeInForce::day;
  return {.left = left, .resting = stays && rest(order, left)};
}

bool OrderBook::cancel(OrderId id) {
  auto found = spots_.find(id);
  if (found == spots_.end()) return false;
  take_out(found->second);
  spots_.erase(found);
  return true;
}

std::optional<Placed> OrderBook::replace(OrderId id, Price limit, Quantity open,
                                         std::vector<Fill>& fills) {
  auto found = spots_.find(id);
  if (found == spots_.end() || open <= 0) return std::nullopt;
  const Spot spot = found->second;
  auto& [rank, queue] = *spot.level;
  if (rank == rank_of(spot.side, limit) && open <= spot.order->open) {
    queue.quantity -= spot.order->open - open;
    spot.order->open = open;
    return Placed{.left = open, .resting = true};
  }
  take_out(spot);
  spots_.erase(found);
  return place({.id = id, .side = spot.side, .limit = limit, .quantity = open}, fills);
}

std::optional<Resting> OrderBook::find(OrderId id) const {
  auto found = spots_.find(id);
  if (found == spots_.end()) return std::nullopt;
  const Spot& spot = found->second;
  return Resting{
      .side = spot.side, .limit = rank_of(spot.side, spot.level->first), .open = spot.order->open};
}

std::optional<Level> OrderBook::best(Side side) const {
  const Levels& all = levels(side);
  if (all.empty()) return std::nullopt;
  return level_of(side, *all.begin());
}

std::vector<Level> OrderBook::depth(Side side, std::size_t levels) const {
  std::vector<Level> result;
  for (const auto& ranked : this->levels(side)) {
    if (result.size() == levels) break;
    result.push_back(level_of(side, ranked));
  }
  return result;
}

Level OrderBook::level_of(Side side, const Levels::value_type& ranked) {
  const auto& [rank, queue] = ranked;
  return {.price = rank_of(side, rank), .quantity = queue.quantity, .orders = queue.orders.size()};
}

bool OrderBook::can_trade_whole(const NewOrder& order) const {
  const Price worst = worst_rank(order);
  Quantity missing = order.quantity;
  for (const auto& [rank, queue] : levels(opposite(order.side))) {
    if (rank > worst) return false;
    if (missing <= queue.quantity) return true;
    missing -= queue.quantity;
  }
  return false;
}

Quantity OrderBook::trade(const NewOrder& order, std::vector<Fill>& fills) {
  const Side side = opposite(order.side);
  const Price worst = worst_rank(order);
  Levels& makers = levels(side);
  Quantity left = order.quantity;
  while (left > 0 && !makers.empty() && makers.begin()->first <= worst) {
    auto& [rank, queue] = *makers.begin();
    Order& maker = queue.orders.front();
    const Quantity quantity = std::min(left, maker.open);
    left -= quantity;
    maker.open -= quantity;
    queue.quantity -= quantity;
    fills.push_back({.maker = maker.id,
                     .taker = order.id,
                     .price = rank_of(side, rank),
                     .quantity = quantity,
                     .maker_left = maker.open});
    if (maker.open == 0) cancel(maker.id);
  }
  return left;
}

bool OrderBook::rest(const NewOrder& order, Quantity open) {
  const auto level = levels(order.side).try_emplace(rank_of(order.side, order.limit)).first;
  Queue& queue = level->second;
  if (open > std::numeric_limits<Quantity>::max() - queue.quantity) return false;
  queue.quantity += open;
  const auto spot = queue.orders.insert(queue.orders.end(), {.id = order.id, .open = open});
  spots_.emplace(order.id, Spot{.side = order.side, .level = level, .order = spot});
  return true;
}

void OrderBook::take_out(Spot spot) {
  Queue& queue = spot.level->second;
  queue.quantity -= spot.order->open;
  queue.orders.erase(spot.order);
  if (queue.orders.empty()) levels(spot.side).erase(spot.level);
}

}  // namespace fixdrill::sim
