#include "eval/substitute.h"

#include "eval/expression.h"
#include "eval/walk.h"

namespace fixdrill::eval {

std::string substituted(const syntax::Expr& expr, const Environment& environment) {
  if (expr.span.empty()) return "";
  const std::string_view file = expr.span.file->text();
  std::string text;
  std::size_t copied = expr.span.begin;
  walk(expr, [&](const syntax::Expr& part) {
    const bool name = std::holds_alternative<syntax::PathExpr>(part.node);
    if (!name || part.span.empty() || part.span.begin < copied) return;
    const Result<Value> value = evaluate(part, environment);
    if (!value || !is_plain(*value)) return;
    text += file.substr(copied, part.span.begin - copied);
    text += to_text(*value);
    copied = part.span.end;
  });
  if (copied < expr.span.end) text += file.substr(copied, expr.span.end - copied);
  return text;
}

}  // namespace fixdrill::eval
