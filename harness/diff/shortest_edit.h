// What two long rows have in common, when few edits make one of the other (Myers, "An O(ND)
// difference algorithm", 1986).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace fixdrill::diff {

/// Places of a and of b that hold the same, rising on both, as many as there can be. Empty: it
/// would take more than `most` removals and insertions. Steps and memory grow with their square.
std::optional<std::vector<std::pair<std::size_t, std::size_t>>> common_row(
    const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b, std::size_t most);

}  // namespace fixdrill::diff
