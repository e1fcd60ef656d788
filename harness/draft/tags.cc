#include "draft/tags.h"

#include <algorithm>
#include <array>

#include "fix/data_fields.h"

namespace fixdrill::draft {

bool is_of_session(int tag) {
  constexpr std::array<int, 9> kTags = {8, 9, 10, 34, 35, 49, 52, 56, 369};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

bool is_of_copy(int tag) { return tag == 43 || tag == 97 || tag == 122; }

bool is_routing(int tag) {
  constexpr std::array<int, 10> kTags = {50, 57, 115, 116, 128, 129, 142, 143, 144, 145};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

bool is_of_whole_book(int tag) {
  constexpr std::array<int, 5> kTags = {533, 534, 727, 748, 911};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

bool is_data(int tag) {
  return fix::data_tag_of_length(tag) != 0 || fix::length_tag_of_data(tag) != 0;
}

}  // namespace fixdrill::draft
