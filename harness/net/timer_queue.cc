#include "net/timer_queue.h"

namespace fixdrill::net {

class TimerQueue::Handle : public Timer {
 public:
  Handle(std::weak_ptr<State> state, Key key) : state_(std::move(state)), key_(key) {}
  ~Handle() override {
    auto state = state_.lock();
    if (!state) return;
    auto found = state->actions.find(key_);
    if (found == state->actions.end()) return;
    // What the action holds may destroy other timers: it goes after the map is whole again.
    auto action = std::move(found->second);
    state->actions.erase(found);
  }

 private:
  std::weak_ptr<State> state_;
  Key key_;
};

TimerQueue::Key TimerQueue::insert(Time when, std::function<void()> action) {
  Key key{when.mono_ns, state_->asked++};
  state_->actions.emplace(key, std::move(action));
  return key;
}

std::unique_ptr<Timer> TimerQueue::add(Time when, std::function<void()> action) {
  return std::make_unique<Handle>(state_, insert(when, std::move(action)));
}

void TimerQueue::post(Time when, std::function<void()> action) { insert(when, std::move(action)); }

std::optional<std::int64_t> TimerQueue::next_mono_ns() const {
  if (state_->actions.empty()) return std::nullopt;
  return state_->actions.begin()->first.first;
}

std::function<void()> TimerQueue::take_next() {
  auto first = state_->actions.begin();
  auto action = std::move(first->second);
  state_->actions.erase(first);
  return action;
}

}  // namespace fixdrill::net
