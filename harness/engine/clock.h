// The time that QuickFIX sees. It reads gettimeofday itself, so the program defines that function
// (clock.cc): during a call into the engine it gives one fixed moment, at any other time real time.
// One moment a call also means that no midnight falls between two readings of the engine.
#pragma once

#include <cstdint>

namespace fixdrill {
namespace engine {

/// Real time, ns since the Unix epoch.
std::int64_t real_wall_ns();

/// Fixes the calling thread's gettimeofday to one moment; the destructor restores what was before.
class FrozenTime {
 public:
  explicit FrozenTime(std::int64_t wall_ns);
  ~FrozenTime();
  FrozenTime(const FrozenTime&) = delete;
  FrozenTime& operator=(const FrozenTime&) = delete;

 private:
  const std::int64_t* outer_;
  std::int64_t wall_ns_;
};

}  // namespace engine
}  // namespace fixdrill
