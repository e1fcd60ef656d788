// What a run ran on, for the recording: an allow-list, nothing that names a person or this machine.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fixdrill::cli {

/// fixdrill, os, kernel, architecture, sqlite, openssl, with their versions. The same each time on
/// one machine.
std::vector<std::pair<std::string, std::string>> machine_rows();

/// "synchronised, off by 12 ms at most" or "not synchronised", as the kernel says.
std::string clock_text();

}  // namespace fixdrill::cli
