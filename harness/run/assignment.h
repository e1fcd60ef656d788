// Gives every item a place that fits it, moving earlier items when that makes room: maximum
// bipartite matching, one item at a time (augmenting paths, Kuhn 1955).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace fixdrill::run {

class Assignment {
 public:
  void add_place() { item_at_.emplace_back(); }

  /// `fits`: places that would do. False: there is no way to place it beside the others, and it is
  /// not kept.
  bool add_item(std::vector<std::size_t> fits) {
    fits_.push_back(std::move(fits));
    std::vector<bool> tried(item_at_.size());
    if (put(fits_.size() - 1, tried)) return true;
    fits_.pop_back();
    return false;
  }

  /// Items count from 0 in the order in which they were kept.
  std::optional<std::size_t> item_of(std::size_t place) const { return item_at_[place]; }
  bool full() const { return fits_.size() == item_at_.size(); }

 private:
  bool put(std::size_t item, std::vector<bool>& tried) {
    for (const std::size_t place : fits_[item]) {
      if (tried[place]) continue;
      tried[place] = true;
      if (item_at_[place] && !put(*item_at_[place], tried)) continue;
      item_at_[place] = item;
      return true;
    }
    return false;
  }

  std::vector<std::vector<std::size_t>> fits_;
  std::vector<std::optional<std::size_t>> item_at_;
};

}  // namespace fixdrill::run
