// Which member takes which entry: maximum matching, so that no order of trying hides a fit.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace fixdrill::eval {

/// For each member (row) whether it fits each entry (column).
using Fits = std::vector<std::vector<bool>>;

/// The entry of each member, no entry twice, as many members served as possible; of several such
/// ways the one that gives earlier members earlier entries where it can.
std::vector<std::optional<std::size_t>> assign(const Fits& fits, std::size_t entries);

}  // namespace fixdrill::eval
