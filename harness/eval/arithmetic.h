// Sums and comparisons of values. Exact; errors are sentences without a place.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "base/result.h"
#include "eval/value.h"
#include "fix/dictionary.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// A number, or text that reads as one.
std::optional<fix::Decimal> as_number(const Value& value);
/// A moment, or text that is a UTCTimestamp: ns since the Unix epoch.
std::optional<std::int64_t> as_moment(const Value& value);
/// Truth, or the text Y or N.
std::optional<bool> as_truth(const Value& value);

/// + - * /, numbers and times. `/` must come out exact: else the error says to use round.
Result<Value> calculate(syntax::BinaryOp op, const Value& left, const Value& right);
Result<Value> negate(const Value& value);
/// round(a / b, places).
Result<Value> divide_rounded(const Value& left, const Value& right, unsigned places);

/// Numbers (and text that looks like numbers) as numbers, times as times, other text by bytes.
Result<std::strong_ordering> compare(const Value& left, const Value& right);
bool holds(syntax::BinaryOp op, std::strong_ordering order);

/// As the type of a field compares: 007 = 7, 100 = 100.00, times by value. Empty = one of them is
/// not a value of that type. Null field: by bytes.
std::optional<std::strong_ordering> compare_typed(const fix::FieldDef* field, std::string_view a,
                                                  std::string_view b);
/// `digits` behind the point of a UTCTimeOnly or UTCTimestamp are free; ns.
std::optional<std::int64_t> time_of(std::string_view text);

}  // namespace fixdrill::eval
