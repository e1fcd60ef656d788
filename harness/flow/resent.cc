#include "flow/resent.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace fixdrill::flow {

bool may_differ_in_copy(int tag) {
  switch (tag) {
    case 9:
    case 10:
    case 43:
    case 52:
    case 97:
    case 122:
    case 369:
      return true;
    default:
      return false;
  }
}

namespace {

using Place = std::pair<int, std::size_t>;  ///< tag, which of those with it

std::vector<std::pair<Place, std::string_view>> fields_of(const fix::Message& message) {
  std::vector<std::pair<Place, std::string_view>> fields;
  std::map<int, std::size_t> counts;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (may_differ_in_copy(field.tag)) continue;
    fields.push_back({{field.tag, counts[field.tag]++}, field.value});
  }
  return fields;
}

std::optional<std::string> owned(std::optional<std::string_view> value) {
  if (!value) return std::nullopt;
  return std::string(*value);
}

}  // namespace

std::vector<FieldDifference> differences(const fix::Message& original, const fix::Message& copy) {
  std::vector<FieldDifference> found;
  const auto sent = copy.find(122);
  if (sent && *sent != original.value(52))
    found.push_back({122, 0, owned(original.find(52)), owned(sent)});
  const auto before = fields_of(original);
  const auto after = fields_of(copy);
  if (before == after) return found;

  const std::map<Place, std::string_view> was(before.begin(), before.end());
  const std::map<Place, std::string_view> is(after.begin(), after.end());
  const std::size_t count = found.size();
  for (const auto& [place, value] : before) {
    const auto now = is.find(place);
    if (now == is.end()) {
      found.push_back({place.first, place.second, std::string(value), std::nullopt});
    } else if (now->second != value) {
      found.push_back({place.first, place.second, std::string(value), std::string(now->second)});
    }
  }
  for (const auto& [place, value] : after) {
    if (!was.count(place))
      found.push_back({place.first, place.second, std::nullopt, std::string(value)});
  }
  if (found.size() == count) found.push_back({});
  return found;
}

}  // namespace fixdrill::flow
