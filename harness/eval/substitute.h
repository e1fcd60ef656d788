// An expression as written, its names replaced by what they stand for: "150 - 0".
#pragma once

#include <string>

#include "eval/bindings.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// Names that have no value stay. Empty for an expression that is in no file.
std::string substituted(const syntax::Expr& expr, const Environment& environment);

}  // namespace fixdrill::eval
