// Visits the expressions of a tree.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "syntax/tree.h"

namespace fixdrill::eval {

/// Several lambdas as one visitor of a variant.
template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

using ExprVisitor = std::function<void(const syntax::Expr&)>;

/// The expression itself, then everything in it: operands, arguments, indices, `${…}` in strings.
void walk(const syntax::Expr& expr, const ExprVisitor& visit);
void walk(const syntax::Value& value, const ExprVisitor& visit);

/// First names of all paths in it, as often as they stand there.
std::vector<std::string> root_names(const syntax::Value& value);

}  // namespace fixdrill::eval
