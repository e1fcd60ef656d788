// Values that may stand for a whole message: arguments of a call, members of a set, counts.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "eval/bindings.h"
#include "eval/value.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// `order = nos`, `order = o.nos`: the name when it looks like one and is not quoted.
std::optional<syntax::Path> bare_path(const syntax::Value& value);

/// What a call hands over: a variable or message when the text is the name of one, what a single
/// `${…}` gives as it is, else text.
Result<Value> argument(const syntax::Value& value, const Environment& environment);

/// As argument(), but a plain word is always text.
Result<Value> set_member(const syntax::Value& value, const Environment& environment);

/// Digits or `${expr}`: a whole number from 0.
Result<std::int64_t> whole_number(const syntax::Value& value, const Environment& environment);

}  // namespace fixdrill::eval
