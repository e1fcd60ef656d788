#include "eval/operand.h"

#include <fmt/format.h>

#include "base/text.h"
#include "eval/expression.h"
#include "eval/names.h"
#include "eval/substitute.h"
#include "eval/walk.h"

namespace fixdrill::eval {

// The names that the value uses, as they were when the step began.
struct Operand::Deferred {
  syntax::Value value;
  Bindings names;
  const fix::Dictionary* dictionary;
  const fix::FieldDef* field;
  bool pasted;
};

namespace {

Bindings snapshot(const syntax::Value& value, const Bindings& names) {
  Bindings copy(names.world());
  for (const std::string& name : root_names(value)) {
    if (const Value* bound = names.find(name)) copy.set(name, *bound);
  }
  return copy;
}

// `${now()} - 1s`… as written, without the ${ }.
std::string source_text(const syntax::Value& value) {
  std::string text;
  for (const syntax::Value::Piece& piece : value.pieces)
    text += piece.expr ? std::string(piece.expr->span.text()) : piece.text;
  return text;
}

// How the value came about; empty when that says nothing new.
std::string working(const syntax::Value& value, const Environment& environment) {
  if (value.pieces.size() != 1 || !value.pieces.front().expr) return "";
  const syntax::Expr& expr = *value.pieces.front().expr;
  const auto* call = std::get_if<syntax::Call>(&expr.node);
  const bool calculated = std::holds_alternative<syntax::Binary>(expr.node) ||
                          std::holds_alternative<syntax::Unary>(expr.node) ||
                          (call && !call->arguments.empty());
  return calculated ? substituted(expr, environment) : "";
}

std::string shown_text(const std::string& text, const MatcherContext& context, bool quoted) {
  if (quoted) return fmt::format("\"{}\"", printable(text));
  const fix::Dictionary* dictionary = context.environment.dictionary;
  return printable(dictionary ? dictionary->value_label(context.tag, text) : text);
}

}  // namespace

Result<Operand> Operand::make(const syntax::Value& value, const MatcherContext& context) {
  const bool deferred = uses_now(value);
  Environment environment = context.environment;
  if (deferred && !environment.received) environment.received = environment.names.world().now();
  Result<std::string> text = field_text({value, context.field, context.pasted}, environment);
  if (!text) return text.error();
  Operand operand;
  operand.text_ = std::move(*text);
  operand.quoted_ = value.quoted;
  operand.span_ = value.span;
  if (deferred) {
    operand.deferred_ = std::make_shared<const Deferred>(
        Deferred{value, snapshot(value, environment.names), environment.dictionary, context.field,
                 context.pasted});
    operand.shown_ = source_text(value);
    return operand;
  }
  operand.shown_ = shown_text(operand.text_, context, value.quoted);
  const std::string how = working(value, environment);
  if (!how.empty() && how != operand.text_) operand.shown_ += fmt::format("  ({})", how);
  return operand;
}

std::optional<std::string> Operand::at(Time received) const {
  if (!deferred_) return text_;
  Environment environment{deferred_->names, deferred_->dictionary, {}, received, {}};
  const auto text =
      field_text({deferred_->value, deferred_->field, deferred_->pasted}, environment);
  return text ? std::optional(*text) : std::nullopt;
}

std::string Operand::notation() const {
  if (deferred_) return shown_;
  return quoted_ ? fmt::format("\"{}\"", printable(text_)) : printable(text_);
}

}  // namespace fixdrill::eval
