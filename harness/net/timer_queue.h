// Timers of a loop in the order of their moments. Knows no clock: the loop asks what is due.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "net/loop.h"

namespace fixdrill::net {

class TimerQueue {
 public:
  /// Destroying the timer takes the action out; the timer may outlive the queue.
  std::unique_ptr<Timer> add(Time when, std::function<void()> action);
  /// As add, but nobody can cancel it.
  void post(Time when, std::function<void()> action);

  /// The earliest moment; empty without timers.
  std::optional<std::int64_t> next_mono_ns() const;
  /// Takes out the earliest action, to be run by the caller. There must be one.
  std::function<void()> take_next();

 private:
  using Key = std::pair<std::int64_t, std::uint64_t>;  // moment, order of asking
  struct State {
    std::map<Key, std::function<void()>> actions;
    std::uint64_t asked = 0;
  };
  class Handle;

  Key insert(Time when, std::function<void()> action);

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace fixdrill::net
