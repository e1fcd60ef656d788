#include <fmt/format.h>

#include "eval/expression.h"
#include "eval/substitute.h"

namespace fixdrill::eval {

namespace {

using syntax::Binary;
using syntax::BinaryOp;
using syntax::Expr;

const char* op_text(BinaryOp op) {
  switch (op) {
    case BinaryOp::eq:
      return "";
    case BinaryOp::ne:
      return "!= ";
    case BinaryOp::lt:
      return "< ";
    case BinaryOp::le:
      return "<= ";
    case BinaryOp::gt:
      return "> ";
    case BinaryOp::ge:
      return ">= ";
    case BinaryOp::match:
      return "~ ";
    case BinaryOp::not_match:
      return "!~ ";
    case BinaryOp::add:
    case BinaryOp::subtract:
    case BinaryOp::multiply:
    case BinaryOp::divide:
    case BinaryOp::logical_and:
    case BinaryOp::logical_or:
      return nullptr;
  }
  return nullptr;
}

std::string value_text(const Expr& expr, const Environment& environment) {
  const Result<Value> value = evaluate(expr, environment);
  return value ? to_text(*value) : std::string(expr.span.text());
}

// "150  (150 - 0)", "E2  (oe.ExecID)"; what stands there literally has no second form.
std::string explained(const Expr& expr, const Environment& environment) {
  const std::string value = value_text(expr, environment);
  const std::string working = std::holds_alternative<syntax::PathExpr>(expr.node)
                                  ? std::string(expr.span.text())
                                  : substituted(expr, environment);
  return working.empty() || working == value ? value : fmt::format("{}  ({})", value, working);
}

std::string failed_text(const Expr& expr, const Environment& environment);

std::string failed_logical(const Binary& binary, const Environment& environment) {
  const std::string left = failed_text(*binary.left, environment);
  if (binary.op == BinaryOp::logical_or)
    return left + "; " + failed_text(*binary.right, environment);
  const Result<Condition> first = condition(*binary.left, environment);
  return first && !first->holds ? left : failed_text(*binary.right, environment);
}

// `expr` is false: why.
std::string failed_text(const Expr& expr, const Environment& environment) {
  const auto* binary = std::get_if<Binary>(&expr.node);
  if (!binary) return fmt::format("{} is false", expr.span.text());
  if (binary->op == BinaryOp::logical_and || binary->op == BinaryOp::logical_or)
    return failed_logical(*binary, environment);
  const char* op = op_text(binary->op);
  if (!op) return fmt::format("{} is false", expr.span.text());
  const bool pattern = std::holds_alternative<syntax::Regex>(binary->right->node);
  const std::string_view left = binary->left->span.text();
  const std::string value = value_text(*binary->left, environment);
  const std::string found = left == value ? value : fmt::format("{} = {}", left, value);
  return fmt::format(
      "{}, expected {}{}", found, op,
      pattern ? std::string(binary->right->span.text()) : explained(*binary->right, environment));
}

}  // namespace

Result<Condition> condition(const Expr& expr, const Environment& environment) {
  const Result<Value> value = evaluate(expr, environment);
  if (!value) return value.error();
  const auto* truth = std::get_if<bool>(&*value);
  const bool holds = truth ? *truth : to_text(*value) == "Y";
  return Condition{holds, holds ? std::string() : failed_text(expr, environment)};
}

}  // namespace fixdrill::eval
