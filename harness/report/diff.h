// Two texts side by side in the unified format, as `diff -u` and `patch` know it.
#pragma once

#include <string>
#include <string_view>

namespace fixdrill::report {

struct Revision {
  std::string name;  ///< of the file
  std::string_view text;
};

/// Headers, then each changed stretch with three lines round it; empty when they are equal. Both
/// have the same number of lines: what changes lies within lines.
std::string unified_diff(const Revision& before, const Revision& after);

}  // namespace fixdrill::report
