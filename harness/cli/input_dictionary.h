// The dictionaries that decode what a reading command reads; cli/input.h has the way in.
#pragma once

#include <string>
#include <vector>

#include "fix/dictionary.h"

namespace fixdrill::cli {

/// Each file of dictionaries that the recordings of `paths` hold, alone: for its names. What cannot
/// be read is left out.
std::vector<fix::DictionaryPtr> recorded_dictionaries(const std::vector<std::string>& paths);

}  // namespace fixdrill::cli
