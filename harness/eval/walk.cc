#include "eval/walk.h"

#include "eval/expression.h"

namespace fixdrill::eval {

void walk(const syntax::Value& value, const ExprVisitor& visit) {
  for (const syntax::Value::Piece& piece : value.pieces) {
    if (piece.expr) walk(*piece.expr, visit);
  }
}

void walk(const syntax::Expr& expr, const ExprVisitor& visit) {
  visit(expr);
  std::visit(Overloaded{
                 [](const syntax::Number&) {},
                 [](const syntax::DurationLiteral&) {},
                 [&](const syntax::StringLiteral& text) { walk(text.value, visit); },
                 [&](const syntax::Regex& regex) { walk(regex.value, visit); },
                 [&](const syntax::PathExpr& path) {
                   for (const syntax::Path::Part& part : path.path.parts) {
                     if (!part.index) continue;
                     if (part.index->position) walk(*part.index->position, visit);
                     walk(part.index->value, visit);
                   }
                 },
                 [&](const syntax::Call& call) {
                   for (const syntax::ExprPtr& argument : call.arguments) walk(*argument, visit);
                 },
                 [&](const syntax::Unary& unary) { walk(*unary.operand, visit); },
                 [&](const syntax::Binary& binary) {
                   walk(*binary.left, visit);
                   walk(*binary.right, visit);
                 },
             },
             expr.node);
}

std::vector<std::string> root_names(const syntax::Value& value) {
  std::vector<std::string> names;
  walk(value, [&](const syntax::Expr& expr) {
    const auto* path = std::get_if<syntax::PathExpr>(&expr.node);
    if (path && !path->path.parts.empty()) names.push_back(path->path.parts.front().name.text);
  });
  return names;
}

bool uses_now(const syntax::Value& value) {
  bool found = false;
  walk(value, [&](const syntax::Expr& expr) {
    const auto* call = std::get_if<syntax::Call>(&expr.node);
    if (call && (call->function.text == "now" || call->function.text == "today")) found = true;
  });
  return found;
}

}  // namespace fixdrill::eval
