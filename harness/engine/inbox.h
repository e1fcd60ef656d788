// The way in: which received bytes an engine callback speaks of, what waits for a gap to be filled,
// and what became of a message that no callback came for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "engine/engine.h"

namespace fixdrill {
namespace engine {

class Inbox {
 public:
  explicit Inbox(Listener& listener) : listener_(listener) {}

  std::size_t held() const { return held_.size(); }
  std::size_t held_bytes() const { return held_bytes_; }

  /// The engine is about to be given this message.
  void begin(const std::string& bytes, std::int64_t seq);
  /// The engine's rules passed the message with this number: the present one or one that waited.
  void passed(std::int64_t seq, bool admin);
  /// A line of the engine's log.
  void note(const std::string& text);
  /// The engine is done with the message; `expected` is now its next number.
  void finish(std::int64_t expected);
  /// Nothing will be processed any more.
  void abandon(const std::string& reason);

  /// The last line of the log that gives a reason.
  const std::string& last_reason() const { return last_reason_; }

 private:
  void hold();
  void refuse_before(std::int64_t number, const std::string& reason);
  std::string take(std::map<std::int64_t, std::string>::iterator at);

  Listener& listener_;
  std::string bytes_;
  std::int64_t seq_ = -1;
  bool open_ = false;  // no callback came for `bytes_` yet
  std::string first_reason_;
  std::string last_reason_;
  std::map<std::int64_t, std::string> held_;  // by MsgSeqNum(34), as in the engine's own queue
  std::size_t held_bytes_ = 0;
};

}  // namespace engine
}  // namespace fixdrill
