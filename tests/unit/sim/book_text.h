// What an order book answers, as one line of text.
#pragma once

#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

#include "sim/order_book.h"

namespace fixdrill::sim {

inline std::string text(Side side) { return side == Side::buy ? "buy" : "sell"; }

inline std::string text(TimeInForce time_in_force) {
  switch (time_in_force) {
    case TimeInForce::day:
      return "day";
    case TimeInForce::immediate_or_cancel:
      return "immediate or cancel";
    case TimeInForce::fill_or_kill:
      return "fill or kill";
  }
  return {};
}

inline std::string text(const Fill& fill) {
  return fmt::format("{} takes {} of {} at {} ({} left)", fill.taker, fill.quantity, fill.maker,
                     fill.price, fill.maker_left);
}

inline std::string text(const Placed& placed) {
  if (placed.left == 0 && !placed.resting) return "all traded";
  return fmt::format("{} {}", placed.left, placed.resting ? "resting" : "dropped");
}

inline std::string text(const Resting& resting) {
  return fmt::format("{} {} at {}", text(resting.side), resting.open, resting.limit);
}

inline std::string text(const Level& level) {
  return fmt::format("{} at {} in {}", level.quantity, level.price, level.orders);
}

template <class T>
std::string text(const std::optional<T>& value) {
  return value ? text(*value) : "none";
}

/// Joined by "; ", "none" for none.
template <class T>
std::string text(const std::vector<T>& values) {
  std::string result;
  for (const T& value : values) result += (result.empty() ? "" : "; ") + text(value);
  return result.empty() ? "none" : result;
}

}  // namespace fixdrill::sim
