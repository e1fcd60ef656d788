// Bytes that stay where they are: many short texts without an allocation each.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace fixdrill::diff {

class Arena {
 public:
  /// A copy that lives as long as the arena.
  std::string_view keep(std::string_view text) {
    if (text.size() > left_) grow(text.size());
    char* const place = next_;
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
    next_ += text.size();
    left_ -= text.size();
    return {place, text.size()};
  }

 private:
  static constexpr std::size_t kBlock = std::size_t{4} << 20;

  void grow(std::size_t size) {
    left_ = size > kBlock ? size : kBlock;
    // Not make_unique: it would write every page once for nothing.
    blocks_.emplace_back(new char[left_]);
    next_ = blocks_.back().get();
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace fixdrill::diff
