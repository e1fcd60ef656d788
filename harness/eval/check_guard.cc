// Which names are certain to be set: has() around them, and the ways that lead there.
#include <algorithm>

#include "eval/check_scope.h"
#include "eval/reach.h"

namespace fixdrill::eval {

PathTexts certain_paths(const syntax::Call& has) {
  const auto* asked =
      has.arguments.empty() ? nullptr : std::get_if<syntax::PathExpr>(&has.arguments[0]->node);
  PathTexts paths;
  for (std::size_t parts = 1; asked && parts <= asked->path.parts.size(); ++parts)
    paths.insert(path_text(asked->path, parts));
  return paths;
}

PathTexts certain_paths(const syntax::Expr& condition, bool truth) {
  if (const auto* call = std::get_if<syntax::Call>(&condition.node))
    return truth && call->function.text == "has" ? certain_paths(*call) : PathTexts();
  const auto* unary = std::get_if<syntax::Unary>(&condition.node);
  if (unary && unary->op == syntax::UnaryOp::logical_not)
    return certain_paths(*unary->operand, !truth);
  const auto* binary = std::get_if<syntax::Binary>(&condition.node);
  const auto both = truth ? syntax::BinaryOp::logical_and : syntax::BinaryOp::logical_or;
  if (!binary || binary->op != both) return {};
  PathTexts paths = certain_paths(*binary->left, truth);
  paths.merge(certain_paths(*binary->right, truth));
  return paths;
}

Certainty::Certainty(Scope& scope, const PathTexts& paths) : scope_(scope), before_(scope.certain) {
  scope.certain.insert(paths.begin(), paths.end());
}

void keep_certain(Scope& scope, const PathTexts& paths) {
  scope.certain.insert(paths.begin(), paths.end());
}

namespace {

// One name that stands for different things: only what they have in common is known of it.
KnownName common(const KnownName& one, const KnownName& other) {
  KnownName both = one;
  if (one.kind != other.kind) both.kind = KnownName::Kind::any;
  if (one.dictionary != other.dictionary) both.dictionary = nullptr;
  if (one.type != other.type) both.type.clear();
  if (one.members != other.members) both.members = nullptr;
  return both;
}

}  // namespace

void join_ways(Scope& scope, const std::vector<Scope>& ways) {
  for (const Scope& way : ways) {
    for (const auto& [name, known] : way.known) {
      const auto [at, fresh] = scope.known.try_emplace(name, known);
      KnownName& joined = at->second;
      const bool everywhere =
          std::all_of(ways.begin(), ways.end(), [&name = name](const Scope& other) {
            const auto found = other.known.find(name);
            return found != other.known.end() && !found->second.sometimes;
          });
      const bool certain = everywhere || (!fresh && !joined.sometimes);
      if (!fresh) joined = common(joined, known);
      joined.sometimes = certain ? std::nullopt : known.sometimes ? known.sometimes : known.set_at;
    }
  }
}

}  // namespace fixdrill::eval
