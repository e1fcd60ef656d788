#include "import/sightings.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace fixdrill::imports {

namespace {

std::int64_t quantile(std::vector<std::int64_t>& values, std::size_t numerator,
                      std::size_t denominator) {
  const auto place = (values.size() - 1) * numerator / denominator;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

MessageKey key_of(std::string_view raw) { return {std::hash<std::string_view>()(raw), raw.size()}; }

std::int64_t Sightings::find_or_add(std::size_t source, const MessageKey& key, std::int64_t id) {
  std::vector<std::int64_t>& ids = ids_[key];
  const std::size_t copy = seen_[source][key]++;
  if (copy < ids.size()) return ids[copy];
  ids.push_back(id);
  return 0;
}

void ClockDifferences::add(record::Direction direction, std::int64_t difference_ns) {
  differences_[direction == record::Direction::out].push_back(difference_ns);
}

std::optional<ClockOffset> ClockDifferences::offset() {
  ClockOffset found;
  std::int64_t sides = 0;
  for (auto& differences : differences_) {
    if (differences.empty()) continue;
    ++sides;
    found.messages += differences.size();
    found.offset_ns += quantile(differences, 1, 2);
    found.spread_ns =
        std::max(found.spread_ns, quantile(differences, 3, 4) - quantile(differences, 1, 4));
  }
  if (sides == 0) return std::nullopt;
  found.offset_ns /= sides;
  return found;
}

}  // namespace fixdrill::imports
