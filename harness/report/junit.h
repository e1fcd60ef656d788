// JUnit XML of a recording, for CI systems; README.md of this folder has the mapping.
#pragma once

#include <string>

#include "record/reader.h"

namespace fixdrill::report {

/// A whole document that ends with a line end; well-formed whatever bytes the recording holds.
std::string junit_xml(const record::Recording& recording);

}  // namespace fixdrill::report
