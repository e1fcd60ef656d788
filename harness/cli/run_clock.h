// The system's clocks, read once at the start: wall time afterwards is start + monotonic time
// since, so that a clock step changes nothing.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/time.h"

namespace fixdrill::cli {

class RunClock {
 public:
  RunClock()
      : start_{nanoseconds(std::chrono::system_clock::now()),
               nanoseconds(std::chrono::steady_clock::now())} {}

  Time now() const {
    return start_ + Duration(nanoseconds(std::chrono::steady_clock::now()) - start_.mono_ns);
  }

 private:
  template <class TimePoint>
  static std::int64_t nanoseconds(TimePoint point) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(point.time_since_epoch()).count();
  }

  Time start_;
};

}  // namespace fixdrill::cli
