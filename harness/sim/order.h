// Orders of the simulator's exchange and what clients ask for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fix/encoder.h"
#include "sim/order_book.h"

namespace fixdrill::sim {

using ClientId = std::uint32_t;

/// 1 as a price or a quantity.
inline constexpr std::int64_t kOne = 100'000'000;

/// A product of price and quantity, 10^-16 each.
__extension__ typedef __int128 Notional;

/// What a request says besides and its reports say again, handed through unread.
struct Origin {
  std::vector<fix::Field> header;  ///< reply routing: 57, 50, 128, 129
  std::vector<fix::Field> body;    ///< Account(1), OrdType(40) …, as written
};
using OriginPtr = std::shared_ptr<const Origin>;

enum class OrderState { open, filled, canceled, rejected };

struct Order {
  OrderId id = 0;
  ClientId client = 0;
  std::string client_order_id;  ///< ClOrdID(11) of the last request that was accepted
  std::string symbol;
  Side side{};
  char side_code = '1';  ///< Side(54) as the client has it: a short sale is a sale of its own kind
  bool market = false;
  Price limit = 0;
  Quantity quantity = 0;
  TimeInForce time_in_force{};
  OriginPtr origin;

  OrderState state = OrderState::open;
  Quantity filled = 0;
  Notional notional = 0;                ///< of the fills
  std::vector<std::string> former_ids;  ///< ClOrdIDs that were replaced, oldest first

  Quantity leaves() const { return state == OrderState::open ? quantity - filled : 0; }
  /// Rounded to 10^-8, half up; 0 without fills.
  Price average_price() const;
};

/// How a client names an order: ClOrdID(11), or OrderID(37) when that is empty.
struct OrderKey {
  ClientId client = 0;
  std::string client_order_id;
  OrderId order_id = 0;
};

struct CancelRequest {
  OrderKey order;               ///< OrigClOrdID(41), OrderID(37)
  std::string client_order_id;  ///< of this request
  std::string symbol;
  Side side{};
  OriginPtr origin;
};

struct ReplaceRequest : CancelRequest {
  bool market = false;
  Price limit = 0;
  Quantity quantity = 0;                     ///< in all, what is filled included
  std::optional<TimeInForce> time_in_force;  ///< empty: one that the exchange does not know
  std::string unsupported;                   ///< why it cannot be; "" = nothing
};

}  // namespace fixdrill::sim
