#include "diff/shortest_edit.h"

#include <algorithm>

namespace fixdrill::diff {

namespace {

using Row = std::vector<std::uint64_t>;
using Places = std::vector<std::pair<std::size_t, std::size_t>>;

/// Diagonal k holds the places with x - y = k, x of a and y of b.
class ShortestEdit {
 public:
  ShortestEdit(const Row& a, const Row& b) : a_(a), b_(b) {}

  std::optional<Places> run(std::size_t most) {
    const std::size_t limit = std::min(most, a_.size() + b_.size());
    for (std::size_t d = 0; d <= limit; ++d) {
      if (step(static_cast<std::ptrdiff_t>(d))) return walk_back();
    }
    return std::nullopt;
  }

 private:
  using Reach = std::vector<std::ptrdiff_t>;  // the furthest x on -d, -d + 2 … d

  static std::ptrdiff_t at(const Reach& reach, std::ptrdiff_t d, std::ptrdiff_t k) {
    return k < -d || k > d ? -1 : reach[static_cast<std::size_t>((k + d) / 2)];
  }

  // Where an edit more leads on diagonal k, and whether it is an insertion: y grows.
  std::pair<std::ptrdiff_t, bool> edit(std::ptrdiff_t d, std::ptrdiff_t k) const {
    if (d == 0) return {0, false};
    const Reach& before = reaches_[static_cast<std::size_t>(d - 1)];
    const std::ptrdiff_t inserted = at(before, d - 1, k + 1);
    const std::ptrdiff_t removed = at(before, d - 1, k - 1) + (k - 1 < -(d - 1) ? 0 : 1);
    return inserted >= removed ? std::pair(inserted, true) : std::pair(removed, false);
  }

  // True: the end of both is reached.
  bool step(std::ptrdiff_t d) {
    const auto size_a = static_cast<std::ptrdiff_t>(a_.size());
    const auto size_b = static_cast<std::ptrdiff_t>(b_.size());
    Reach reach;
    bool done = false;
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      std::ptrdiff_t x = edit(d, k).first;
      while (x >= 0 && x - k >= 0 && x < size_a && x - k < size_b &&
             a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(x - k)])
        ++x;
      reach.push_back(x);
      done = done || (x >= size_a && x - k >= size_b);
    }
    reaches_.push_back(std::move(reach));
    return done;
  }

  Places walk_back() const {
    Places places;
    auto x = static_cast<std::ptrdiff_t>(a_.size());
    std::ptrdiff_t k = x - static_cast<std::ptrdiff_t>(b_.size());
    for (auto d = static_cast<std::ptrdiff_t>(reaches_.size()) - 1; d >= 0; --d) {
      const auto [start, inserted] = edit(d, k);
      for (; x > start; --x)
        places.emplace_back(static_cast<std::size_t>(x - 1), static_cast<std::size_t>(x - 1 - k));
      if (d == 0) break;
      x = inserted ? start : start - 1;
      k += inserted ? 1 : -1;
    }
    std::reverse(places.begin(), places.end());
    return places;
  }

  const Row& a_;
  const Row& b_;
  std::vector<Reach> reaches_;  ///< by number of edits
};

}  // namespace

std::optional<Places> common_row(const Row& a, const Row& b, std::size_t most) {
  return ShortestEdit(a, b).run(most);
}

}  // namespace fixdrill::diff
