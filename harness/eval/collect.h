// count() and sum(): what a path through lists and groups gives in all their messages and entries.
#pragma once

#include "base/result.h"
#include "eval/bindings.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// Messages of a list (a message alone is one, a name without a value none); of a path to a group
/// its entries, to a field the messages and entries that have it.
Result<Value> count_of(const syntax::Path& path, const Environment& environment);

/// Of the numbers that a field has in all messages and entries; those without the field are left
/// out, so that the sum of nothing is 0. A value that is no number is an error.
Result<Value> sum_of(const syntax::Path& path, const Environment& environment);

}  // namespace fixdrill::eval
