// What two runs of the same release differ in: noise, as proposed rules.
#pragma once

#include <string>

#include "diff/compare.h"
#include "fix/dictionary.h"

namespace fixdrill::diff {

/// A rules file with a line for each field that differs, its rate as a comment; what no rule can
/// take away (messages missing) stands in comments. "" = nothing differs.
std::string proposed_rules(const Comparison& comparison, const fix::Dictionary& names);

}  // namespace fixdrill::diff
