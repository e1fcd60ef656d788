// Names, functions and value names in expressions.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_path.h"
#include "eval/check_scope.h"
#include "eval/expression.h"
#include "eval/functions.h"
#include "eval/names.h"
#include "eval/regex.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

// The enumerated field that a path ends in, for value names compared with it.
const fix::FieldDef* field_of(const syntax::Expr& expr, const Place& place) {
  const auto* path = std::get_if<syntax::PathExpr>(&expr.node);
  if (!path) return nullptr;
  const auto reached = reach_known(path->path, place.scope);
  if (!reached || !reached->name.dictionary || reached->used >= path->path.parts.size())
    return nullptr;
  const std::string& last = path->path.parts.back().name.text;
  const auto tag = parse_size(last);
  return tag ? reached->name.dictionary->field(static_cast<int>(*tag))
             : reached->name.dictionary->field(last);
}

bool is_word(const syntax::Expr& expr, const Place& place) {
  const auto* path = std::get_if<syntax::PathExpr>(&expr.node);
  return path && path->path.parts.size() == 1 && !path->path.parts[0].index &&
         !place.scope.known.contains(path->path.parts[0].name.text) &&
         !is_session_number(path->path.parts[0].name.text);
}

// A word compared with a field of a message is a value name of that field. True: judged here.
bool check_word(const syntax::Expr& word, const syntax::Expr& other, const Place& place) {
  if (!is_word(word, place)) return false;
  const auto* path = std::get_if<syntax::PathExpr>(&other.node);
  if (!path || path->path.parts.size() < 2) return false;
  const fix::FieldDef* field = field_of(other, place);
  const std::string& text = std::get<syntax::PathExpr>(word.node).path.parts[0].name.text;
  if (!field) return place.dictionary == nullptr;
  if (!enumerated(field)) return false;
  if (!enum_code(*field, text)) {
    const auto reached = reach_known(path->path, place.scope);
    place.findings.error(word.span, no_such_value(*field, text, reached->name.dictionary));
  }
  return true;
}

void check_call(const syntax::Call& call, const Place& place) {
  const FunctionInfo* function = find_function(call.function.text);
  const std::size_t given = call.arguments.size();
  if (!function)
    place.findings.error(call.function.span, unknown_function(call.function.text));
  else if (given < function->min_arguments || given > function->max_arguments)
    place.findings.error(call.function.span, wrong_argument_count(*function, given));
  const bool all =
      function && (function->name == "has" || function->name == "count" || function->name == "sum");
  const bool asks = function && function->name == "has";
  for (const syntax::ExprPtr& argument : call.arguments) {
    const Certainty certain(place.scope, asks ? certain_paths(call) : PathTexts());
    const auto* path = std::get_if<syntax::PathExpr>(&argument->node);
    if (all && path)
      check_path(path->path, place, PathUse::all);
    else
      check_expression(*argument, place);
  }
}

void check_match(const syntax::Binary& binary, const Place& place) {
  check_expression(*binary.left, place);
  const auto* regex = std::get_if<syntax::Regex>(&binary.right->node);
  if (!regex)
    return place.findings.error(binary.right->span, "a regular expression is needed here: /…/");
  check_value(regex->value, place);
  check_regex(*regex, place);
}

void check_binary(const syntax::Binary& binary, const Place& place) {
  using syntax::BinaryOp;
  if (binary.op == BinaryOp::match || binary.op == BinaryOp::not_match)
    return check_match(binary, place);
  const bool compares = binary.op == BinaryOp::eq || binary.op == BinaryOp::ne;
  const bool left_done = compares && check_word(*binary.left, *binary.right, place);
  const bool right_done = compares && check_word(*binary.right, *binary.left, place);
  if (!left_done) check_expression(*binary.left, place);
  const bool logical = binary.op == BinaryOp::logical_and || binary.op == BinaryOp::logical_or;
  const Certainty certain(
      place.scope,
      logical ? certain_paths(*binary.left, binary.op == BinaryOp::logical_and) : PathTexts());
  if (!right_done) check_expression(*binary.right, place);
}

}  // namespace

std::string did_you_mean_text(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = did_you_mean(word, candidates);
  return near ? fmt::format("; did you mean {}?", *near) : "";
}

void check_expression(const syntax::Expr& expr, const Place& place) {
  std::visit(Overloaded{
                 [&](const syntax::Number& number) {
                   if (!fix::Decimal::parse(number.text))
                     place.findings.error(expr.span, no_number(number.text));
                 },
                 [](const syntax::DurationLiteral&) {},
                 [&](const syntax::StringLiteral& text) { check_value(text.value, place); },
                 [&](const syntax::Regex& regex) {
                   place.findings.error(regex.value.span,
                                        "a regular expression stands only behind ~ or !~");
                 },
                 [&](const syntax::PathExpr& path) { check_path(path.path, place); },
                 [&](const syntax::Call& call) { check_call(call, place); },
                 [&](const syntax::Unary& unary) { check_expression(*unary.operand, place); },
                 [&](const syntax::Binary& binary) { check_binary(binary, place); },
             },
             expr.node);
}

void check_value(const syntax::Value& value, const Place& place) {
  for (const syntax::Value::Piece& piece : value.pieces) {
    if (piece.expr) check_expression(*piece.expr, place);
  }
}

void check_regex(const syntax::Regex& regex, const Place& place) {
  const std::string why = regex.value.literal() ? why_no_regex(regex) : "";
  if (!why.empty()) place.findings.error(regex.value.span, why);
}

void check_duration(const std::optional<syntax::DurationSpec>& spec, const Place& place) {
  if (spec && spec->expr) check_expression(*spec->expr, place);
}

void define(const syntax::Name& name, const KnownName& known, const Place& place) {
  if (is_session_number(name.text))
    place.findings.error(name.span, fmt::format("'{}' is a number of the session", name.text));
  KnownName& defined = place.scope.known[name.text] = known;
  defined.set_at = name.span;
}

}  // namespace fixdrill::eval
