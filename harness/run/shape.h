// `with …` of a message to what the session does to it.
#pragma once

#include "base/result.h"
#include "eval/bindings.h"
#include "session/shape.h"
#include "syntax/shape.h"

namespace fixdrill::run {

/// Expressions are evaluated, fields become tags. Input errors carry their place.
Result<session::Shape> shape_of(const syntax::Shape& shape, const eval::Environment& environment);

}  // namespace fixdrill::run
