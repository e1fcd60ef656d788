#include "session/split_sender.h"

#include <utility>

namespace fixdrill::session {

std::vector<std::int64_t> SplitSender::start(Tap& tap, const Shape& shape,
                                             std::function<void()> done) {
  tap_ = &tap;
  split_ = shape.split;
  every_ = shape.every;
  joined_ = shape.joined;
  done_ = std::move(done);
  auto joined = tap.write_part(split_.front());
  part_ = 1;
  wait();
  return joined;
}

void SplitSender::wait() {
  timer_ = loop_.at(loop_.now() + every_, [this] { next(); });
}

void SplitSender::next() {
  if (part_ < split_.size()) {
    tap_->write_part(split_[part_] - split_[part_ - 1]);
    ++part_;
    return wait();
  }
  if (joined_) {
    tap_->hold_rest();
  } else {
    tap_->write_part(tap_->unsent());
  }
  const auto done = std::exchange(done_, nullptr);
  stop();
  done();
}

void SplitSender::stop() {
  tap_ = nullptr;
  timer_.reset();
}

}  // namespace fixdrill::session
