// Which scenario files may run side by side, and the queue from which lanes take them.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "profile/profile.h"
#include "run/plan.h"

namespace fixdrill::run {

/// Files of a plan that must not overlap, as indices in its order. One lane runs them, one after
/// another.
struct Unit {
  std::vector<std::size_t> files;
  std::size_t cases = 0;
};

/// Files belong to one unit when lanes 1 to `lanes` could give them the same identity at the same
/// time: an endpoint with its CompIDs, or a port to listen on. So files with a fixed identity in
/// common do; a file whose identities all hold {worker} is a unit of its own. Longest first, by
/// the number of cases; of equal ones, as given. For one lane everything is one unit: it runs
/// the files as given.
std::vector<Unit> plan_units(const profile::Profile& profile, const Plan& plan, unsigned lanes);

/// Threads: next() may be called from any.
class UnitQueue {
 public:
  explicit UnitQueue(std::vector<Unit> units) : units_(std::move(units)) {}

  std::size_t size() const { return units_.size(); }
  /// Null when none is left. Valid as long as the queue.
  const Unit* next() {
    const std::size_t at = next_++;
    return at < units_.size() ? &units_[at] : nullptr;
  }

 private:
  const std::vector<Unit> units_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace fixdrill::run
