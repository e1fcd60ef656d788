// Values of enumerated fields that one side does not have at all.
#pragma once

#include "diff/finding.h"
#include "diff/pairing.h"

namespace fixdrill::diff {

/// Such a value is never a difference of its own: it was changed, or its message is missing. So
/// what was found is given a remark, and when the counterparty sent a value on side A often, and
/// never on side B, a change of it is breaking.
void note_unseen_values(Two sides, const fix::Dictionary& names, Findings& findings);

}  // namespace fixdrill::diff
