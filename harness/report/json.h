// JSON of a recording, for programs; README.md of this folder has every key.
#pragma once

#include <string>

#include "record/reader.h"

namespace fixdrill::report {

/// A whole document that ends with a line end; valid UTF-8 whatever bytes the recording holds.
std::string json_text(const record::Recording& recording);

}  // namespace fixdrill::report
