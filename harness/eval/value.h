// What an expression can be: text, number, truth, duration, a message.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "base/time.h"
#include "fix/message.h"
#include "fix/value.h"

namespace fixdrill::eval {

/// A message that a step named with `as`, with when it was sent or received.
struct NamedMessage {
  std::shared_ptr<const fix::Message> message;
  Time time;
};

/// now(): a moment that keeps its precision until it is written.
struct Moment {
  std::int64_t wall_ns = 0;
};

using Value = std::variant<std::string, fix::Decimal, bool, Duration, Moment, NamedMessage>;

/// As it goes into a field or a log: decimals shortest exact, a Moment as UTCTimestamp with ms, Y/N
/// for truth.
std::string to_text(const Value& value);

/// In the largest unit of the language that keeps it whole: 5s, 1500ms, 2min; below a ms: 0.25ms.
std::string duration_text(Duration duration);

}  // namespace fixdrill::eval
