// Which flow of one side is which of the other: by script origin where there is one, else by how
// alike they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "diff/side.h"

namespace fixdrill::diff {

struct Two {
  const Side& a;
  const Side& b;
};

/// For each session of a side its number among the pairs; kNone: the other side has none like it.
struct SessionPairs {
  std::vector<std::uint32_t> a;
  std::vector<std::uint32_t> b;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  ///< indices into Side::sessions
};
/// By alias, then by CompIDs, then what is left when it is one on each side.
SessionPairs pair_sessions(Two sides);

struct FlowPair {
  std::uint32_t a = 0;  ///< index into Side::flows
  std::uint32_t b = 0;
  bool equal = false;  ///< all content, and what ids refer to
};

struct Pairing {
  std::vector<FlowPair> pairs;        ///< in the order of a
  std::vector<std::uint32_t> only_a;  ///< flows
  std::vector<std::uint32_t> only_b;
  std::vector<std::uint32_t> unpaired_sessions_a;  ///< flows whose session has no counterpart
  std::vector<std::uint32_t> unpaired_sessions_b;
  std::size_t by_origin = 0;  ///< how many pairs the script decided
};

/// Flows of one origin first, k-th with k-th; then, of the rest, those that are alike, strictest
/// likeness first; in the end by weighted similarity, the best first.
Pairing pair_flows(Two sides, const SessionPairs& sessions);

}  // namespace fixdrill::diff
