// Moments and durations: every moment has a wall clock for people and a monotonic one for
// deadlines.
#pragma once

#include <chrono>
#include <cstdint>

namespace fixdrill {

using Duration = std::chrono::nanoseconds;

/// One moment. Deadlines and latencies compare `mono_ns` only, so a clock step changes neither.
struct Time {
  std::int64_t wall_ns = 0;  ///< ns since the Unix epoch, UTC
  std::int64_t mono_ns = 0;  ///< ns since an arbitrary start, never steps

  friend Time operator+(Time t, Duration d) {
    return {t.wall_ns + d.count(), t.mono_ns + d.count()};
  }
  friend Time operator-(Time t, Duration d) { return t + -d; }
  friend Duration operator-(Time a, Time b) { return Duration(a.mono_ns - b.mono_ns); }
  friend bool operator<(Time a, Time b) { return a.mono_ns < b.mono_ns; }
  friend bool operator<=(Time a, Time b) { return a.mono_ns <= b.mono_ns; }
  friend bool operator>(Time a, Time b) { return b < a; }
  friend bool operator>=(Time a, Time b) { return b <= a; }
  friend bool operator==(Time a, Time b) { return a.mono_ns == b.mono_ns; }
};

}  // namespace fixdrill
