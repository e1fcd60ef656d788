#include "eval/expression.h"

#include <array>
#include <fmt/format.h>

#include "eval/arithmetic.h"
#include "eval/collect.h"
#include "eval/functions.h"
#include "eval/names.h"
#include "eval/path.h"
#include "eval/regex.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

using syntax::BinaryOp;
using syntax::Expr;

constexpr unsigned kMaxPlaces = 18;

template <class T>
const T* node_of(const Expr& expr) {
  return std::get_if<T>(&expr.node);
}

// Errors of arithmetic and functions have no place of their own.
template <class T>
Result<Value> placed(Result<T> result, const Span& span) {
  if (!result) return fail(span, result.error().text);
  return Value(std::move(*result));
}

Result<bool> truth_of(const Expr& expr, const Environment& environment) {
  const Result<Value> value = evaluate(expr, environment);
  if (!value) return value.error();
  const auto truth = as_truth(*value);
  if (!truth)
    return fail(expr.span, fmt::format("'{}' is neither true nor false", to_text(*value)));
  return *truth;
}

Result<Value> evaluate_logical(const syntax::Binary& binary, const Environment& environment) {
  const Result<bool> left = truth_of(*binary.left, environment);
  if (!left) return left.error();
  const bool decided = binary.op == BinaryOp::logical_and ? !*left : *left;
  if (decided) return Value(*left);
  const Result<bool> right = truth_of(*binary.right, environment);
  if (!right) return right.error();
  return Value(*right);
}

Result<Value> evaluate_match(const syntax::Binary& binary, const Environment& environment) {
  const auto* regex = node_of<syntax::Regex>(*binary.right);
  if (!regex) return fail(binary.right->span, "a regular expression is needed here: /…/");
  const Result<Value> text = evaluate(*binary.left, environment);
  if (!text) return text.error();
  const Result<CompiledRegex> compiled =
      CompiledRegex::make(*regex, binary.right->span, environment);
  if (!compiled) return compiled.error();
  return Value(compiled->found_in(to_text(*text)) == (binary.op == BinaryOp::match));
}

// One side of a comparison: beside an enumerated field a free word is a value name, and so is a
// variable's text.
Result<Value> compared_side(const Expr& side, const Expr& other, const Environment& environment) {
  const auto* other_path = node_of<syntax::PathExpr>(other);
  const fix::FieldDef* field = other_path ? field_of(other_path->path, environment) : nullptr;
  const auto* path = node_of<syntax::PathExpr>(side);
  if (!enumerated(field) || !path) return evaluate(side, environment);
  if (is_free_word(path->path, environment)) {
    const std::string& word = path->path.parts.front().name.text;
    if (auto code = enum_code(*field, word)) return Value(*code);
    return fail(side.span, no_such_value(*field, word, environment.dictionary));
  }
  Result<Value> value = evaluate(side, environment);
  const auto* text = value ? std::get_if<std::string>(&*value) : nullptr;
  const auto code = text ? enum_code(*field, *text) : std::nullopt;
  return code ? Result<Value>(Value(*code)) : value;
}

Result<Value> evaluate_comparison(const syntax::Binary& binary, const Span& span,
                                  const Environment& environment) {
  const Result<Value> left = compared_side(*binary.left, *binary.right, environment);
  if (!left) return left.error();
  const Result<Value> right = compared_side(*binary.right, *binary.left, environment);
  if (!right) return right.error();
  const Result<std::strong_ordering> order = compare(*left, *right);
  if (!order) return fail(span, order.error().text);
  return Value(holds(binary.op, *order));
}

Result<Value> evaluate_sum(const syntax::Binary& binary, const Span& span,
                           const Environment& environment) {
  const Result<Value> left = evaluate(*binary.left, environment);
  if (!left) return left.error();
  const Result<Value> right = evaluate(*binary.right, environment);
  if (!right) return right.error();
  return placed(calculate(binary.op, *left, *right), span);
}

Result<Value> evaluate_binary(const syntax::Binary& binary, const Span& span,
                              const Environment& environment) {
  switch (binary.op) {
    case BinaryOp::logical_and:
    case BinaryOp::logical_or:
      return evaluate_logical(binary, environment);
    case BinaryOp::match:
    case BinaryOp::not_match:
      return evaluate_match(binary, environment);
    case BinaryOp::eq:
    case BinaryOp::ne:
    case BinaryOp::lt:
    case BinaryOp::le:
    case BinaryOp::gt:
    case BinaryOp::ge:
      return evaluate_comparison(binary, span, environment);
    case BinaryOp::add:
    case BinaryOp::subtract:
    case BinaryOp::multiply:
    case BinaryOp::divide:
      break;
  }
  return evaluate_sum(binary, span, environment);
}

Result<Value> evaluate_unary(const syntax::Unary& unary, const Span& span,
                             const Environment& environment) {
  if (unary.op == syntax::UnaryOp::logical_not) {
    const Result<bool> truth = truth_of(*unary.operand, environment);
    if (!truth) return truth.error();
    return Value(!*truth);
  }
  const Result<Value> value = evaluate(*unary.operand, environment);
  if (!value) return value;
  return placed(negate(*value), span);
}

// round(a / b, places): the one division that need not come out exact.
Result<Value> rounded_division(const syntax::Call& call, const syntax::Binary& division,
                               const Span& span, const Environment& environment) {
  const Result<Value> left = evaluate(*division.left, environment);
  if (!left) return left;
  const Result<Value> right = evaluate(*division.right, environment);
  if (!right) return right;
  Result<Value> places = Value(fix::Decimal(0));
  if (call.arguments.size() > 1) places = evaluate(*call.arguments[1], environment);
  if (!places) return places;
  const auto number = as_number(*places);
  const auto whole = number ? number->integer() : std::nullopt;
  if (!whole || *whole < 0 || *whole > kMaxPlaces)
    return fail(span, "round: places is a whole number from 0 to 18");
  return placed(divide_rounded(*left, *right, static_cast<unsigned>(*whole)), span);
}

Result<Value> apply_function(const FunctionInfo& function, const syntax::Call& call,
                             const Span& span, const Environment& environment) {
  std::vector<Value> values;
  for (const syntax::ExprPtr& argument : call.arguments) {
    Result<Value> value = evaluate(*argument, environment);
    if (!value) return value;
    values.push_back(std::move(*value));
  }
  return placed(function.apply(values, environment), span);
}

Result<Value> evaluate_call(const syntax::Call& call, const Span& span,
                            const Environment& environment) {
  const FunctionInfo* function = find_function(call.function.text);
  if (!function) return fail(call.function.span, unknown_function(call.function.text));
  const std::size_t count = call.arguments.size();
  if (count < function->min_arguments || count > function->max_arguments)
    return fail(span, wrong_argument_count(*function, count));
  const Expr* first = count > 0 ? call.arguments.front().get() : nullptr;
  if (const auto* path = first ? node_of<syntax::PathExpr>(*first) : nullptr) {
    if (function->name == "has") return placed(exists(path->path, environment), span);
    if (function->name == "count") return count_of(path->path, environment);
    if (function->name == "sum") return sum_of(path->path, environment);
  }
  const auto* division = first ? node_of<syntax::Binary>(*first) : nullptr;
  if (function->name == "round" && division && division->op == BinaryOp::divide)
    return rounded_division(call, *division, span, environment);
  return apply_function(*function, call, span, environment);
}

Result<Value> evaluate_number(const syntax::Number& number, const Span& span) {
  const auto decimal = fix::Decimal::parse(number.text);
  if (!decimal) return fail(span, no_number(number.text));
  return Value(*decimal);
}

// FIX.4.0 and FIX.4.1 know no milliseconds.
unsigned time_digits(const fix::Dictionary* dictionary) {
  const std::string version = dictionary ? dictionary->version() : std::string();
  return version == "FIX 4.0" || version == "FIX 4.1" ? 0 : 3;
}

// A moment as the field that it goes into writes it.
std::string moment_text(const Moment& moment, const Environment& environment) {
  const fix::Dictionary* dictionary = environment.dictionary;
  const auto* field = dictionary ? dictionary->field(environment.field) : nullptr;
  const std::string whole = fix::utc_timestamp(moment.wall_ns, time_digits(dictionary));
  if (field && field->kind == fix::ValueClass::date) return fix::utc_date(moment.wall_ns);
  if (field && field->kind == fix::ValueClass::time) return whole.substr(whole.find('-') + 1);
  return whole;
}

// As a param has it: `5s`, or `5` for seconds.
std::optional<Duration> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t ns;
  };
  constexpr std::array kUnits = {Unit{"", 1'000'000'000}, Unit{"ms", 1'000'000},
                                 Unit{"s", 1'000'000'000}, Unit{"min", 60'000'000'000},
                                 Unit{"h", 3'600'000'000'000}};
  const std::size_t digits = text.find_last_of("0123456789") + 1;  // 0: none
  for (const Unit& unit : kUnits) {
    if (text.substr(digits) != unit.name) continue;
    const auto count = fix::Decimal::parse(text.substr(0, digits));
    const auto ns = count ? fix::Decimal::multiply(*count, fix::Decimal(unit.ns)) : std::nullopt;
    const auto whole = ns ? ns->round(0).integer() : std::nullopt;
    return whole ? std::optional(Duration(*whole)) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::string no_number(std::string_view text) {
  return fmt::format("'{}' is no number of up to 18 digits", text);
}

Result<Value> evaluate(const Expr& expr, const Environment& environment) {
  return std::visit(
      Overloaded{
          [&](const syntax::Number& number) { return evaluate_number(number, expr.span); },
          [&](const syntax::DurationLiteral& literal) -> Result<Value> {
            return Value(literal.value);
          },
          [&](const syntax::StringLiteral& literal) -> Result<Value> {
            Result<std::string> text = fill(literal.value, environment);
            if (!text) return text.error();
            return Value(std::move(*text));
          },
          [&](const syntax::Regex&) -> Result<Value> {
            return fail(expr.span, "a regular expression stands only behind ~ or !~");
          },
          [&](const syntax::PathExpr& path) { return evaluate_path(path.path, environment); },
          [&](const syntax::Call& call) { return evaluate_call(call, expr.span, environment); },
          [&](const syntax::Unary& unary) { return evaluate_unary(unary, expr.span, environment); },
          [&](const syntax::Binary& binary) {
            return evaluate_binary(binary, expr.span, environment);
          },
      },
      expr.node);
}

Result<std::string> fill(const syntax::Value& value, const Environment& environment) {
  std::string text;
  for (const syntax::Value::Piece& piece : value.pieces) {
    if (!piece.expr) {
      text += piece.text;
      continue;
    }
    const Result<Value> part = evaluate(*piece.expr, environment);
    if (!part) return part.error();
    if (!is_plain(*part)) return fail(piece.expr->span, no_plain_value(*part));
    const auto* moment = std::get_if<Moment>(&*part);
    text += moment ? moment_text(*moment, environment) : to_text(*part);
  }
  return text;
}

std::optional<Duration> as_duration(const Value& value) {
  const auto* literal = std::get_if<Duration>(&value);
  return literal ? std::optional(*literal) : parse_duration(to_text(value));
}

Result<Duration> duration(const syntax::DurationSpec& spec, const Environment& environment) {
  if (!spec.expr) return spec.literal;
  const Result<Value> value = evaluate(*spec.expr, environment);
  if (!value) return value.error();
  if (const auto parsed = as_duration(*value)) return *parsed;
  return fail(spec.span, fmt::format("'{}' is no duration; write one as 500ms, 5s, 2min or 1h",
                                     to_text(*value)));
}

}  // namespace fixdrill::eval
