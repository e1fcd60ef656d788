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
  std::string source;
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

// The text at this moment, when it is to change with the moment of receipt.
Result<std::string> first_text(const syntax::Value& value, const MatcherContext& context) {
  Environment environment = context.environment;
  if (!environment.received) environment.received = environment.names.world().now();
  return field_text({value, context.field, context.pasted}, environment);
}

}  // namespace

Result<Operand> Operand::make(const syntax::Value& value, const MatcherContext& context) {
  const Environment& environment = context.environment;
  const bool deferred = !value.literal() && uses_now(value);
  Result<std::string> text = deferred
                                 ? first_text(value, context)
                                 : field_text({value, context.field, context.pasted}, environment);
  if (!text) return text.error();
  Operand operand;
  operand.text_ = std::move(*text);
  operand.quoted_ = value.quoted;
  operand.span_ = value.span;
  operand.dictionary_ = environment.dictionary;
  operand.tag_ = context.tag;
  if (deferred) {
    operand.deferred_ = std::make_shared<const Deferred>(
        Deferred{value, source_text(value), snapshot(value, environment.names),
                 environment.dictionary, context.field, context.pasted});
  } else {
    operand.working_ = working(value, environment);
  }
  return operand;
}

std::string Operand::shown() const {
  if (deferred_) return deferred_->source;
  std::string shown =
      quoted_ ? notation() : printable(dictionary_ ? dictionary_->value_label(tag_, text_) : text_);
  if (!working_.empty() && working_ != text_) shown.append("  (").append(working_).append(1, ')');
  return shown;
}

std::optional<std::string> Operand::at(Time received) const {
  if (!deferred_) return text_;
  Environment environment{deferred_->names, deferred_->dictionary, {}, received, {}};
  const auto text =
      field_text({deferred_->value, deferred_->field, deferred_->pasted}, environment);
  return text ? std::optional(*text) : std::nullopt;
}

std::string Operand::notation() const {
  if (deferred_) return deferred_->source;
  return quoted_ ? fmt::format("\"{}\"", printable(text_)) : printable(text_);
}

}  // namespace fixdrill::eval
