// Which id of one side is which of the other's: ids differ from run to run, what they refer to must
// not.
#pragma once

#include <cstdint>
#include <unordered_map>

namespace fixdrill::diff {

/// Of one pair of flows. Keys are those of id_key().
class Relation {
 public:
  /// Whether both mean the same. Two that were not met before do, from now on.
  bool same(std::uint64_t a, std::uint64_t b) {
    const auto known_a = to_b_.find(a);
    const auto known_b = to_a_.find(b);
    if (known_a != to_b_.end()) return known_a->second == b;
    if (known_b != to_a_.end()) return false;
    to_b_.emplace(a, b);
    to_a_.emplace(b, a);
    return true;
  }

  /// What `a` is on the other side; 0: not known yet.
  std::uint64_t other(std::uint64_t a) const {
    const auto at = to_b_.find(a);
    return at == to_b_.end() ? 0 : at->second;
  }
  bool knows_b(std::uint64_t b) const { return to_a_.count(b) != 0; }

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> to_b_;
  std::unordered_map<std::uint64_t, std::uint64_t> to_a_;
};

}  // namespace fixdrill::diff
