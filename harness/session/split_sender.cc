#include "session/split_sender.h"

#include <utility>

namespace fixdrill::session {

void SplitSender::start(Tap& tap, const Shape& shape, std::function<void()> done) {
  tap_ = &tap;
  split_ = shape.split;
  part_ = 0;
  every_ = shape.every;
  joined_ = shape.joined;
  done_ = std::move(done);
  next();
}

void SplitSender::next() {
  const std::size_t begin = part_ == 0 ? 0 : split_[part_ - 1];
  const bool last = part_ == split_.size();
  if (!last) {
    tap_->write_part(split_[part_++] - begin);
    timer_ = loop_.at(loop_.now() + every_, [this] { next(); });
    return;
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
