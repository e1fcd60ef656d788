// Asks a run to end early: it logs out, seals the recording and reports what it has.
#pragma once

#include <atomic>
#include <mutex>
#include <set>

#include "net/loop.h"

namespace fixdrill::run {

/// request() may be called from any thread, not from a signal handler (it takes a lock).
class Stop {
 public:
  /// `signal`: what asked for it, 0 = the run itself.
  void request(int signal = 0) {
    const std::lock_guard lock(mutex_);
    if (signal != 0) signal_ = signal;
    requested_ = true;
    for (net::Loop* loop : loops_) loop->interrupt();
  }
  bool requested() const { return requested_; }
  int signal() const { return signal_; }

  void add(net::Loop& loop) {
    const std::lock_guard lock(mutex_);
    loops_.insert(&loop);
  }
  void remove(net::Loop& loop) {
    const std::lock_guard lock(mutex_);
    loops_.erase(&loop);
  }

 private:
  std::atomic<bool> requested_{false};
  std::atomic<int> signal_{0};
  std::mutex mutex_;
  std::set<net::Loop*> loops_;
};

}  // namespace fixdrill::run
