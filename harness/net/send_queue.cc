#include "net/send_queue.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace fixdrill::net {

SendQueue::SendQueue(Loop& loop, const SendLimits& limits, std::function<void()> stalled)
    : loop_(loop), limits_(limits), stalled_(std::move(stalled)) {}

bool SendQueue::append(std::string_view bytes) {
  if (bytes.size() > limits_.queue - std::min(size(), limits_.queue)) return false;
  if (bytes.empty()) return true;
  if (empty()) progress_ = loop_.now();
  bytes_.append(bytes);
  if (!timer_) watch();
  return true;
}

void SendQueue::consume(std::size_t count) {
  if (count == 0) return;
  head_ += count;
  progress_ = loop_.now();
  // Moving bytes only when half is spent keeps the cost of a byte constant.
  if (empty()) {
    clear();
  } else if (head_ > bytes_.size() / 2) {
    bytes_.erase(0, head_);
    head_ = 0;
  }
}

void SendQueue::clear() {
  bytes_.clear();
  head_ = 0;
}

// One timer follows the progress instead of being set anew with every byte.
void SendQueue::watch() {
  timer_ = loop_.at(progress_ + limits_.stall, [this] {
    timer_.reset();
    if (empty()) return;
    if (loop_.now() - progress_ >= limits_.stall) {
      auto stalled = stalled_;
      stalled();
    } else {
      watch();
    }
  });
}

std::string SendQueue::overflow_text() const {
  return fmt::format("the peer reads too slowly: more than {} bytes wait to be sent",
                     limits_.queue);
}

std::string SendQueue::stall_text() const {
  auto seconds = std::chrono::duration<double>(limits_.stall).count();
  return fmt::format("the peer does not read: {} bytes made no progress for {:g} s", size(),
                     seconds);
}

}  // namespace fixdrill::net
