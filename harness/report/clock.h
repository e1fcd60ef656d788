// Times of day for people, with their day as soon as there is more than one.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "flow/moment.h"

namespace fixdrill::report {

class Clock {
 public:
  explicit Clock(flow::ZoneOffset zone) : zone_(std::move(zone)) {}

  /// Every time that is going to be shown; 0 = none.
  void see(std::int64_t wall_ns);

  /// "11:58:00.123", or "2026-11-28 11:58:00.123"; empty for 0.
  std::string text(std::int64_t wall_ns) const;

 private:
  flow::ZoneOffset zone_;
  bool any_ = false;
  std::int64_t day_ = 0;
  bool dated_ = false;
};

}  // namespace fixdrill::report
