// Requests of clients read from FIX messages of any version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "fix/message.h"
#include "sim/exchange.h"

namespace fixdrill::sim {

/// A price or quantity in 10^-8; empty: no number, more than eight decimals, or beyond 9 * 10^10.
std::optional<std::int64_t> read_scaled(std::string_view text);

/// A field that this order needs is not there: Price(44) of a limit order.
struct FieldMissing {
  int tag = 0;
  std::string text;
};

/// The exchange does not take such an order. `order` is what could be read of it.
struct NotTaken {
  Order order;
  Refusal reason{};
  std::string text;
};

/// NewOrderSingle(D).
std::variant<Order, FieldMissing, NotTaken> read_new_order(const fix::Message& message,
                                                           ClientId client);

/// OrderCancelRequest(F).
std::variant<CancelRequest, FieldMissing> read_cancel(const fix::Message& message, ClientId client);

/// OrderCancelReplaceRequest(G). A quantity or price that cannot be read is 0.
std::variant<ReplaceRequest, FieldMissing> read_replace(const fix::Message& message,
                                                        ClientId client);

/// Sub and on-behalf-of ids turned round, and the fields that a report repeats.
OriginPtr read_origin(const fix::Message& message);

}  // namespace fixdrill::sim
