#include "flow/gap.h"

#include <algorithm>
#include <iterator>

namespace fixdrill::flow {

bool Gap::has(std::int64_t number) const {
  const auto behind = recovered.upper_bound(number);
  return behind != recovered.begin() && std::prev(behind)->second.to >= number;
}

std::vector<Gap::Range> Gap::missing() const {
  std::vector<Range> ranges;
  if (kind == GapKind::unasked) return ranges;
  std::int64_t next = from;
  for (const auto& [first, recovery] : recovered) {
    if (first > to) break;
    if (first > next) ranges.emplace_back(next, first - 1);
    next = std::max(next, recovery.to + 1);
  }
  if (next <= to) ranges.emplace_back(next, to);
  return ranges;
}

bool Gap::wrong() const {
  return !missing().empty() || std::any_of(recovered.begin(), recovered.end(),
                                           [](const auto& one) { return one.second.wrong(); });
}

bool SequenceStream::wrong() const {
  return std::any_of(gaps.begin(), gaps.end(), [](const Gap& gap) { return gap.wrong(); }) ||
         std::any_of(notes.begin(), notes.end(),
                     [](const SequenceNote& note) { return note.fault; });
}

}  // namespace fixdrill::flow
