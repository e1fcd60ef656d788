#include "draft/identities.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "flow/ids.h"

namespace fixdrill::draft {

namespace {

constexpr std::size_t kShortestQuoted = 4;

bool is_inside_word(std::string_view text, std::size_t at) {
  return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
}

// The first whole word `value` in `text` from `from` on.
std::size_t find_word(std::string_view text, std::string_view value, std::size_t from) {
  for (std::size_t at = text.find(value, from); at != std::string_view::npos;
       at = text.find(value, at + 1)) {
    const bool whole =
        (at == 0 || !is_inside_word(text, at - 1)) && !is_inside_word(text, at + value.size());
    if (whole) return at;
  }
  return std::string_view::npos;
}

}  // namespace

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

std::vector<Quote> Identities::quoted_in(std::string_view text) const {
  std::vector<Quote> found;
  for (const auto& [id, origin] : seen_) {
    const std::string& value = id.second;
    if (value.size() < kShortestQuoted) continue;
    for (std::size_t at = find_word(text, value, 0); at != std::string_view::npos;
         at = find_word(text, value, at + value.size()))
      found.push_back({at, value.size(), &origin});
  }
  // The longer of two that begin at one place.
  std::sort(found.begin(), found.end(), [](const Quote& a, const Quote& b) {
    return std::pair(a.at, b.size) < std::pair(b.at, a.size);
  });
  std::size_t end = 0;
  std::erase_if(found, [&](const Quote& quote) {
    const bool overlaps = quote.at < end;
    if (!overlaps) end = quote.at + quote.size;
    return overlaps;
  });
  return found;
}

void Identities::add(int tag, std::string_view value, Origin origin) {
  seen_.emplace(std::pair(flow::id_space(tag), std::string(value)), std::move(origin));
}

bool quotes(std::string_view text, std::string_view value) {
  return value.size() >= kShortestQuoted && find_word(text, value, 0) != std::string_view::npos;
}

bool is_own_id(int tag) { return flow::id_space(tag) == tag; }

bool is_of_client(int tag) {
  constexpr std::array<int, 6> kOfVenue = {17, 37, 198, 880, 1003, 527};
  return std::find(kOfVenue.begin(), kOfVenue.end(), tag) == kOfVenue.end();
}

}  // namespace fixdrill::draft
