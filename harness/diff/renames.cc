#include "diff/renames.h"

#include <fmt/format.h>
#include <iterator>

#include "base/text.h"

namespace fixdrill::diff {

Renames::Renames(const std::vector<Renaming>& renamings)
    : renamings_(&renamings), used_(renamings.size()) {
  for (std::size_t i = 0; i < renamings.size(); ++i) {
    for (const int tag : renamings[i].tags)
      by_value_.emplace(std::pair<int, std::string_view>(tag, renamings[i].a), i);
  }
}

std::optional<std::string> Renames::apply(const fix::Message& message) {
  if (by_value_.empty()) return std::nullopt;
  std::string renamed;
  bool any = false;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    const auto at = by_value_.find({field.tag, field.value});
    if (at != by_value_.end()) {
      any = true;
      ++used_[at->second];
    }
    fmt::format_to(
        std::back_inserter(renamed), "{}={}{}", field.tag,
        at == by_value_.end() ? field.value : std::string_view((*renamings_)[at->second].b), kSoh);
  }
  return any ? std::optional(std::move(renamed)) : std::nullopt;
}

}  // namespace fixdrill::diff
