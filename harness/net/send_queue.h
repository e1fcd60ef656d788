// Bytes that wait for a socket, and the judgement whether their reader is too slow.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/loop.h"

namespace fixdrill::net {

class SendQueue {
 public:
  /// `stalled` is called from a timer of `loop` when bytes have waited for limits.stall without
  /// progress. It may destroy the queue.
  SendQueue(Loop& loop, const SendLimits& limits, std::function<void()> stalled);

  /// False: the queue would exceed its limit; nothing was added.
  [[nodiscard]] bool append(std::string_view bytes);
  /// The bytes in order; valid until the next append or consume.
  std::string_view front() const { return std::string_view(bytes_).substr(head_); }
  /// Takes `count` bytes off the front: progress.
  void consume(std::size_t count);
  void clear();

  bool empty() const { return head_ == bytes_.size(); }
  std::size_t size() const { return bytes_.size() - head_; }

  std::string overflow_text() const;
  std::string stall_text() const;

 private:
  void watch();

  Loop& loop_;
  SendLimits limits_;
  std::function<void()> stalled_;
  std::string bytes_;
  std::size_t head_ = 0;
  Time progress_;
  std::unique_ptr<Timer> timer_;
};

}  // namespace fixdrill::net
