#include "draft/identities.h"

#include <algorithm>
#include <array>

#include "flow/ids.h"

namespace fixdrill::draft {

const Origin* Identities::find(int tag, std::string_view value) const {
  const auto found = seen_.find(std::pair(flow::id_space(tag), std::string(value)));
  return found == seen_.end() ? nullptr : &found->second;
}

const Origin* Identities::find_any(std::string_view value) const {
  for (const auto& [id, origin] : seen_) {
    if (id.second == value) return &origin;
  }
  return nullptr;
}

void Identities::add(int tag, std::string_view value, Origin origin) {
  seen_.emplace(std::pair(flow::id_space(tag), std::string(value)), std::move(origin));
}

bool is_own_id(int tag) { return flow::id_space(tag) == tag; }

bool is_of_client(int tag) {
  constexpr std::array<int, 6> kOfVenue = {17, 37, 198, 880, 1003, 527};
  return std::find(kOfVenue.begin(), kOfVenue.end(), tag) == kOfVenue.end();
}

}  // namespace fixdrill::draft
