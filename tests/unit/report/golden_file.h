// The documents that every_state() must give, byte by byte. `DOCUMENTS=folder unit_report` writes
// them anew, as states.xml and states.json.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

namespace fixdrill::report {

/// "" when it is not there.
inline std::string golden_file(const std::string& name) {
  std::ifstream file(FIXDRILL_SOURCE_DIR "/tests/golden/report/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace fixdrill::report
