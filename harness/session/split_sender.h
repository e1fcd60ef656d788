// Sends one message in parts, a timer between each two. Belongs to one session; used from its
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/time.h"
#include "net/loop.h"
#include "session/shape.h"
#include "session/tap.h"

namespace fixdrill::session {

class SplitSender {
 public:
  explicit SplitSender(net::Loop& loop) : loop_(loop) {}

  /// Writes the first part of what `tap` has begun; the last one is held when the shape says
  /// joined. `done` is called once, when no part is left. Gives the ids of what left with the first
  /// part.
  std::vector<std::int64_t> start(Tap& tap, const Shape& shape, std::function<void()> done);
  /// The connection is gone: nothing more is written, `done` is not called.
  void stop();
  bool active() const { return tap_ != nullptr; }

 private:
  void wait();
  void next();

  net::Loop& loop_;
  Tap* tap_ = nullptr;
  std::vector<std::size_t> split_;
  std::size_t part_ = 0;  ///< the one to be sent next, from 0
  Duration every_{0};
  bool joined_ = false;
  std::function<void()> done_;
  std::unique_ptr<net::Timer> timer_;
};

}  // namespace fixdrill::session
