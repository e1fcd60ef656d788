// What an expression can be: text, number, truth, duration, a message, several messages, a record.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fix/dictionary.h"
#include "fix/message.h"
#include "fix/value.h"

namespace fixdrill::eval {

/// A message that a step named with `as`, with when it was sent or received.
struct NamedMessage {
  std::shared_ptr<const fix::Message> message;
  Time time;
  /// Of its session; null: that of the step that speaks of it. Outlives the message.
  const fix::Dictionary* dictionary = nullptr;
};

/// now(): a moment that keeps its precision until it is written.
struct Moment {
  std::int64_t wall_ns = 0;
};

/// Several messages under one name, in the order in which they came. Never null.
struct MessageList {
  std::shared_ptr<const std::vector<NamedMessage>> messages;
};

struct RecordMembers;
/// Names with values of their own: what `call … as f` gives. Never null.
struct Record {
  std::shared_ptr<const RecordMembers> members;
};

/// Values under keys: a store of a simulator, which goes on being filled. Never null.
struct Store {
  std::shared_ptr<const RecordMembers> entries;
};

using Value = std::variant<std::string, fix::Decimal, bool, Duration, Moment, NamedMessage,
                           MessageList, Record, Store>;

struct RecordMembers {
  std::map<std::string, Value, std::less<>> values;
};

/// A list of these messages.
Value message_list(std::vector<NamedMessage> messages);
/// A record of these values.
Value record_of(std::map<std::string, Value, std::less<>> values);

/// Whether it is text, a number, a time: what can stand in a field.
bool is_plain(const Value& value);

/// A message, or a list of exactly one. Errors are sentences without a place: "'fills' has 2
/// messages; say which: fills[1]".
Result<NamedMessage> as_message(const Value& value, std::string_view name);

/// Why a value that is not plain cannot stand where one value is needed: "a message is no value;
/// name a field of it".
std::string no_plain_value(const Value& value);

/// As it goes into a field or a log: decimals shortest exact, a Moment as UTCTimestamp with ms, Y/N
/// for truth.
std::string to_text(const Value& value);

/// In the largest unit of the language that keeps it whole: 5s, 1500ms, 2min; below a ms: 0.25ms.
std::string duration_text(Duration duration);

}  // namespace fixdrill::eval
