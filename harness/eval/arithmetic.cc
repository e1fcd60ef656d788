#include "eval/arithmetic.h"

#include <fmt/format.h>

namespace fixdrill::eval {

namespace {

using syntax::BinaryOp;

constexpr unsigned kMaxPlaces = 18;

std::optional<Duration> as_duration(const Value& value) {
  const auto* duration = std::get_if<Duration>(&value);
  return duration ? std::optional(*duration) : std::nullopt;
}

Error cannot(const char* what, const Value& left, const Value& right) {
  return input_error(fmt::format("cannot {} '{}' and '{}'", what, to_text(left), to_text(right)));
}

Result<Value> number_or_overflow(std::optional<fix::Decimal> number) {
  if (!number) return input_error("the result does not fit: 18 digits are the limit");
  return Value(*number);
}

Result<Value> add(const Value& left, const Value& right) {
  const auto a = as_number(left), b = as_number(right);
  if (a && b) return number_or_overflow(fix::Decimal::add(*a, *b));
  const auto da = as_duration(left), db = as_duration(right);
  if (da && db) return Value(*da + *db);
  const auto ma = as_moment(left), mb = as_moment(right);
  if (ma && db) return Value(Moment{*ma + db->count()});
  if (da && mb) return Value(Moment{*mb + da->count()});
  return cannot("add", left, right);
}

Result<Value> subtract(const Value& left, const Value& right) {
  const auto a = as_number(left), b = as_number(right);
  if (a && b) return number_or_overflow(fix::Decimal::subtract(*a, *b));
  const auto da = as_duration(left), db = as_duration(right);
  if (da && db) return Value(*da - *db);
  const auto ma = as_moment(left), mb = as_moment(right);
  if (ma && db) return Value(Moment{*ma - db->count()});
  if (ma && mb) return Value(Duration(*ma - *mb));
  return cannot("subtract", left, right);
}

Result<Value> scaled(Duration duration, fix::Decimal factor) {
  const auto product = fix::Decimal::multiply(fix::Decimal(duration.count()), factor);
  const auto ns = product ? product->round(0).integer() : std::nullopt;
  if (!ns) return input_error("the duration does not fit");
  return Value(Duration(*ns));
}

Result<Value> multiply(const Value& left, const Value& right) {
  const auto a = as_number(left), b = as_number(right);
  if (a && b) return number_or_overflow(fix::Decimal::multiply(*a, *b));
  const auto da = as_duration(left), db = as_duration(right);
  if (da && b) return scaled(*da, *b);
  if (a && db) return scaled(*db, *a);
  return cannot("multiply", left, right);
}

Result<Value> divide(const Value& left, const Value& right) {
  const auto a = as_number(left), b = as_number(right);
  if (!a || !b) return cannot("divide", left, right);
  if (b->units() == 0) return input_error("division by zero");
  for (unsigned places = 0; places <= kMaxPlaces; ++places) {
    const auto quotient = fix::Decimal::divide(*a, *b, places);
    if (!quotient) break;
    const auto back = fix::Decimal::multiply(*quotient, *b);
    if (back && *back == *a) return Value(*quotient);
  }
  return input_error(fmt::format("{} / {} does not come out exact; write round(a / b, places)",
                                 a->text(), b->text()));
}

}  // namespace

std::optional<fix::Decimal> as_number(const Value& value) {
  if (const auto* number = std::get_if<fix::Decimal>(&value)) return *number;
  const auto* text = std::get_if<std::string>(&value);
  return text ? fix::Decimal::parse(*text) : std::nullopt;
}

std::optional<std::int64_t> as_moment(const Value& value) {
  if (const auto* moment = std::get_if<Moment>(&value)) return moment->wall_ns;
  const auto* text = std::get_if<std::string>(&value);
  return text ? fix::parse_utc_timestamp(*text) : std::nullopt;
}

std::optional<bool> as_truth(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  const auto* text = std::get_if<std::string>(&value);
  if (text && *text == "Y") return true;
  if (text && *text == "N") return false;
  return std::nullopt;
}

Result<Value> calculate(BinaryOp op, const Value& left, const Value& right) {
  if (op == BinaryOp::add) return add(left, right);
  if (op == BinaryOp::subtract) return subtract(left, right);
  if (op == BinaryOp::multiply) return multiply(left, right);
  return divide(left, right);
}

Result<Value> negate(const Value& value) {
  if (const auto duration = as_duration(value)) return Value(-*duration);
  return calculate(BinaryOp::subtract, fix::Decimal(0), value);
}

Result<Value> divide_rounded(const Value& left, const Value& right, unsigned places) {
  const auto a = as_number(left), b = as_number(right);
  if (!a || !b) return cannot("divide", left, right);
  if (b->units() == 0) return input_error("division by zero");
  return number_or_overflow(fix::Decimal::divide(*a, *b, places));
}

Result<std::strong_ordering> compare(const Value& left, const Value& right) {
  const auto da = as_duration(left), db = as_duration(right);
  if (da && db) return *da <=> *db;
  const auto a = as_number(left), b = as_number(right);
  if (a && b) return *a <=> *b;
  const auto ma = as_moment(left), mb = as_moment(right);
  if (ma && mb) return *ma <=> *mb;
  if (std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right)) {
    const auto ta = as_truth(left), tb = as_truth(right);
    if (ta && tb) return static_cast<int>(*ta) <=> static_cast<int>(*tb);
  }
  if (!is_plain(left) || !is_plain(right))
    return input_error("messages are not compared; compare their fields");
  if (da || db) return cannot("compare", left, right);
  return to_text(left).compare(to_text(right)) <=> 0;
}

bool holds(BinaryOp op, std::strong_ordering order) {
  switch (op) {
    case BinaryOp::eq:
      return order == 0;
    case BinaryOp::ne:
      return order != 0;
    case BinaryOp::lt:
      return order < 0;
    case BinaryOp::le:
      return order <= 0;
    case BinaryOp::gt:
      return order > 0;
    case BinaryOp::ge:
      return order >= 0;
    case BinaryOp::match:
    case BinaryOp::not_match:
    case BinaryOp::add:
    case BinaryOp::subtract:
    case BinaryOp::multiply:
    case BinaryOp::divide:
    case BinaryOp::logical_and:
    case BinaryOp::logical_or:
      return false;
  }
  return false;
}

std::optional<std::int64_t> time_of(std::string_view text) {
  constexpr std::size_t kDateAndDash = 9;
  if (text.size() > kDateAndDash && text[kDateAndDash - 1] == '-')
    return fix::parse_utc_timestamp(text);
  return fix::parse_utc_timestamp("19700101-" + std::string(text));
}

std::optional<std::strong_ordering> compare_typed(const fix::FieldDef* field, std::string_view a,
                                                  std::string_view b) {
  using fix::ValueClass;
  const ValueClass kind = field ? field->kind : ValueClass::text;
  if (kind == ValueClass::decimal || kind == ValueClass::integer ||
      kind == ValueClass::group_count) {
    const auto x = fix::Decimal::parse(a), y = fix::Decimal::parse(b);
    return x && y ? std::optional(*x <=> *y) : std::nullopt;
  }
  if (kind == ValueClass::timestamp || kind == ValueClass::time) {
    const auto x = time_of(a), y = time_of(b);
    return x && y ? std::optional(*x <=> *y) : std::nullopt;
  }
  return a.compare(b) <=> 0;
}

}  // namespace fixdrill::eval
