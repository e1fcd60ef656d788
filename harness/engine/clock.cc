#include "engine/clock.h"

#include <sys/time.h>
#include <time.h>

namespace fixdrill {
namespace engine {
namespace {

constexpr std::int64_t kSecond = 1000000000;

// A plain pointer: readable in any thread at any time, also while the thread ends.
thread_local const std::int64_t* frozen_ns = nullptr;

}  // namespace

std::int64_t real_wall_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * kSecond + now.tv_nsec;
}

FrozenTime::FrozenTime(std::int64_t wall_ns) : outer_(frozen_ns), wall_ns_(wall_ns) {
  frozen_ns = &wall_ns_;
}

FrozenTime::~FrozenTime() { frozen_ns = outer_; }

}  // namespace engine
}  // namespace fixdrill

// Takes the place of the C library's function in the whole program, libquickfix included.
extern "C" int gettimeofday(timeval* __restrict result, void* __restrict) noexcept {
  using fixdrill::engine::frozen_ns;
  using fixdrill::engine::kSecond;
  const std::int64_t now = frozen_ns ? *frozen_ns : fixdrill::engine::real_wall_ns();
  result->tv_sec = now / kSecond;
  result->tv_usec = now % kSecond / 1000;
  return 0;
}
