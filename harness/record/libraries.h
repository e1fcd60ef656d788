// Versions of the libraries that this folder links.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fixdrill::record {

/// sqlite with its source id, openssl.
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace fixdrill::record
