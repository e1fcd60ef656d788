#include "eval/data_lengths.h"

#include <algorithm>

#include "fix/data_fields.h"

namespace fixdrill::eval {

namespace {

auto find(Outline& outline, int tag) {
  return std::find_if(outline.begin(), outline.end(),
                      [tag](const OutField& field) { return field.tag == tag; });
}

// Gives the place behind the data field.
std::size_t fill_one(Outline& outline, std::size_t data) {
  const int tag = fix::length_tag_of_data(outline[data].tag);
  std::string size = std::to_string(outline[data].value.size());
  const auto length = find(outline, tag);
  if (length == outline.end()) {
    outline.insert(outline.begin() + static_cast<std::ptrdiff_t>(data),
                   OutField{tag, std::move(size), false, false, {}});
    return data + 2;
  }
  if (length->copied) length->value = std::move(size);
  return data + 1;
}

}  // namespace

void fill_data_lengths(Outline& outline, const std::vector<int>& written) {
  for (std::size_t i = 0; i < outline.size();) {
    for (Outline& entry : outline[i].entries) fill_data_lengths(entry, {});
    const int length = fix::length_tag_of_data(outline[i].tag);
    const bool by_hand = std::find(written.begin(), written.end(), length) != written.end();
    i = length == 0 || by_hand ? i + 1 : fill_one(outline, i);
  }
}

}  // namespace fixdrill::eval
