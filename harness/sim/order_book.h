// The orders that rest in one symbol, and who trades with whom when another arrives: best price
// first, oldest first within a price. It knows no clock, no owner, no message; any order may trade
// with any other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace fixdrill::sim {

using OrderId = std::uint64_t;  ///< chosen by the caller; free again once the order is gone
using Price = std::int64_t;     ///< in units of 10^-8; may be 0 or less, as a spread's may
using Quantity = std::int64_t;  ///< in units of 10^-8

enum class Side : std::uint8_t { buy, sell };

/// What becomes of the quantity that finds nobody to trade with: it rests (day), it is dropped
/// (immediate_or_cancel), or nothing trades unless all of it does (fill_or_kill).
enum class TimeInForce : std::uint8_t { day, immediate_or_cancel, fill_or_kill };

struct NewOrder {
  OrderId id = 0;
  Side side = Side::buy;
  bool market = false;    ///< trades at any price and never rests
  Price limit = 0;        ///< ignored when `market`
  Quantity quantity = 0;  ///< must be more than 0
  TimeInForce time_in_force = TimeInForce::day;
};

/// One trade.
struct Fill {
  OrderId maker = 0;        ///< rested
  OrderId taker = 0;        ///< arrived
  Price price = 0;          ///< the maker's
  Quantity quantity = 0;    ///< more than 0
  Quantity maker_left = 0;  ///< what still rests of the maker; with 0 it is out of the book

  bool operator==(const Fill&) const = default;
};

/// Where an order stands after it arrived. Left and not resting: that quantity is dropped.
struct Placed {
  Quantity left = 0;  ///< not traded
  bool resting = false;

  bool operator==(const Placed&) const = default;
};

struct Resting {
  Side side = Side::buy;
  Price limit = 0;
  Quantity open = 0;

  bool operator==(const Resting&) const = default;
};

/// All that rests on one side at one price.
struct Level {
  Price price = 0;
  Quantity quantity = 0;  ///< the sum of what is open; never over 2^63 - 1, see OrderBook
  std::size_t orders = 0;

  bool operator==(const Level&) const = default;
};

/// The book of one symbol. Threads: one at a time. Costs: cancel and find are O(1); an order that
/// comes to rest looks for its price level, O(log levels); a fill is O(1); fill_or_kill looks at
/// the levels that it would trade with first.
///
/// A level holds at most 2^63 - 1 units, some 92 billion in whole shares. An order that would rest
/// there and does not fit is dropped whole, as Placed says: a `day` order that comes back with
/// something left and does not rest is one that the caller must answer as cancelled.
class OrderBook {
 public:
  OrderBook() = default;
  // Never copied: what it holds points into itself, which survives a move alone.
  OrderBook(OrderBook&&) = default;
  OrderBook& operator=(OrderBook&&) = default;

  /// Trades what can trade, appends the fills to `fills` in the order in which they happen, and
  /// rests or drops the remainder. Refused, which is to say dropped whole: an order of no positive
  /// quantity, and one whose id rests already.
  Placed place(const NewOrder& order, std::vector<Fill>& fills);

  /// Takes the order out. False: no such order rests.
  bool cancel(OrderId id);

  /// Changes a resting order to the price `limit` and to `open` units that are still to trade (not
  /// the quantity it once arrived with). At its price and with no more open than before it keeps
  /// its place in the queue; otherwise it is taken out and arrives anew as a `day` order, so that
  /// it may trade at once. Empty, and nothing has changed: no such order rests, or `open` is not
  /// more than 0.
  std::optional<Placed> replace(OrderId id, Price limit, Quantity open, std::vector<Fill>& fills);

  /// Empty: no such order rests.
  std::optional<Resting> find(OrderId id) const;

  /// The highest buy or the lowest sell; empty when nothing rests on that side.
  std::optional<Level> best(Side side) const;

  /// The best `levels` price levels, or all there are if fewer, best first.
  std::vector<Level> depth(Side side, std::size_t levels) const;

  /// Resting orders of both sides.
  std::size_t size() const { return spots_.size(); }

 private:
  struct Order {
    OrderId id;
    Quantity open;
  };
  struct Queue {
    std::list<Order> orders;  ///< oldest first, never empty between two calls
    Quantity quantity = 0;
  };
  /// By rank: see rank_of in the .cc file. The best is the first on both sides.
  using Levels = std::map<Price, Queue>;
  /// Where a resting order is.
  struct Spot {
    Side side;
    Levels::iterator level;
    std::list<Order>::iterator order;
  };

  Levels& levels(Side side) { return levels_[static_cast<std::size_t>(side)]; }
  const Levels& levels(Side side) const { return levels_[static_cast<std::size_t>(side)]; }

  static Level level_of(Side side, const Levels::value_type& ranked);
  bool can_trade_whole(const NewOrder& order) const;
  /// Returns what is left of the order.
  Quantity trade(const NewOrder& order, std::vector<Fill>& fills);
  /// False: the level has no room for it.
  bool rest(const NewOrder& order, Quantity open);
  void take_out(Spot spot);

  std::array<Levels, 2> levels_;
  std::unordered_map<OrderId, Spot> spots_;
};

}  // namespace fixdrill::sim
