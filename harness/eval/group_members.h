// The members that a group test writes, with those that `for each` makes.
#pragma once

#include <functional>

#include "base/result.h"
#include "eval/bindings.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

using MemberVisitor =
    std::function<Status(const syntax::GroupTest::Member&, const Environment& environment)>;

/// In written order; a member with a loop is visited once for each value, which its variable has in
/// that environment. Ends at the first error.
Status visit_members(const syntax::GroupTest& group, const Environment& environment,
                     const MemberVisitor& visit);

}  // namespace fixdrill::eval
