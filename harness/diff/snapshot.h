// A conversation as text that people can review and `git diff` can compare: what is left of it when
// everything that each run has for itself is taken away.
#pragma once

#include <iosfwd>

#include "diff/compare.h"

namespace fixdrill::diff {

/// Sessions with what was counted of them, then flow by flow, a field a line; instruments under the
/// names that the rules give them. Flows stand by session, place in the script and text; in a flow
/// what we sent stands before what we received, since which of two that cross came first is
/// nobody's rule. So the same run under other ids, times and interleaving gives the same bytes.
/// Input error: the source cannot be read, or holds no message.
Status put_snapshot(Input input, const Rules& rules, std::ostream& out);

}  // namespace fixdrill::diff
