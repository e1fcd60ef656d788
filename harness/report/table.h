// Texts as aligned columns under a head.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace fixdrill::report {

inline constexpr std::size_t kWidestColumn = 60;  ///< one long text must not push the rest away

/// The first row is the head. A column that no other row fills is left out. Prints nothing of a
/// head alone.
void put_table(std::ostream& out, const std::vector<std::vector<std::string>>& rows);

}  // namespace fixdrill::report
