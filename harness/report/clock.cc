#include "report/clock.h"

namespace fixdrill::report {

void Clock::see(std::int64_t wall_ns) {
  if (wall_ns == 0) return;
  const std::int64_t day = flow::local_day(wall_ns, zone_);
  dated_ = dated_ || (any_ && day != day_);
  day_ = day;
  any_ = true;
}

std::string Clock::text(std::int64_t wall_ns) const {
  if (wall_ns == 0) return "";
  const std::string time = flow::clock_text(wall_ns, zone_);
  return dated_ ? flow::day_text(wall_ns, zone_) + ' ' + time : time;
}

}  // namespace fixdrill::report
