// The messages of a recording, a log or a capture, one after another: what every reading command
// works on.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fix/dictionary.h"
#include "record/recorder.h"

namespace fixdrill::record {

/// One message, or one piece between messages, as it was seen. Views hold until the source's next
/// next().
struct MessageView {
  std::int64_t id = 0;          ///< message.id; of a log its number in the source, from 1
  std::int64_t session_id = 0;  ///< for session(); 0 = none
  std::int64_t connection_id = 0;
  Direction direction = Direction::in;  ///< as the recorded side saw it
  Time time;                            ///< mono_ns 0: not known; wall_ns 0: no time at all
  MessageKind kind = MessageKind::fix;
  bool masked = false;
  bool sum_ok = true;
  std::string_view raw;     ///< with SOH, whatever the delimiter of the log was
  std::string_view line;    ///< of a log: its line, or lines, as they stand there; else empty
  std::int64_t number = 0;  ///< of that line, from 1; 0 = no log
};

/// Used from one thread. Never holds more than it must: a recording of 1 GB starts at once.
class MessageSource {
 public:
  virtual ~MessageSource() = default;

  virtual const std::string& name() const = 0;  ///< path; "-" = standard input
  /// Null: no such session. Grows as messages come; a row stays where it is.
  virtual const SessionRow* session(std::int64_t id) const = 0;
  /// The next in order; null at the end. An error ends the source: what came before stands.
  virtual Result<const MessageView*> next() = 0;
};

/// The dictionary of a session; null = none for its version.
using DictionaryOf = std::function<fix::DictionaryPtr(const SessionRow&)>;

}  // namespace fixdrill::record
