// Which message of a flow is which of the other side's.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "diff/pairing.h"

namespace fixdrill::diff {

/// Messages by index into Side::entries; kNone: the other side has none like it.
struct Aligned {
  std::uint32_t a = kNone;
  std::uint32_t b = kNone;
  bool moved = false;  ///< it stands elsewhere among the messages of its flow and direction
};

/// Each direction for itself: which of two that cross comes first is nobody's rule. Messages of
/// one type that differ least go together (Needleman-Wunsch; behind kMostCells cells only between
/// messages that are equal and unique on each side, else between those of the shortest edit).
std::vector<Aligned> align(Two sides, const Flow& a, const Flow& b);

}  // namespace fixdrill::diff
