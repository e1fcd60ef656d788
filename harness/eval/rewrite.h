// The value that came, written as the one that stands in the file is written.
#pragma once

#include <string>

#include "base/result.h"
#include "eval/difference.h"
#include "fix/dictionary.h"

namespace fixdrill::eval {

/// What to put in the place of the literal: a value name where one stood, quotes where quotes were
/// or are needed now, pasted text as it came. Input error, a clause for after a colon: it is no
/// literal, nothing came, or the value cannot stand there. `dictionary` may be null.
Result<std::string> rewritten(const Difference& difference, const fix::Dictionary* dictionary);

}  // namespace fixdrill::eval
