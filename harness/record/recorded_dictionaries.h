// The dictionaries that a recording holds: it is readable without the profile it was made with.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace fixdrill::record {

struct RecordedDictionary {
  std::string sha256;  ///< what SessionRow.dictionaries names it by
  std::string name;
  std::string text;
};

/// As read_recording(), without a look at anything else.
Result<std::vector<RecordedDictionary>> read_dictionaries(const std::string& path);

}  // namespace fixdrill::record
