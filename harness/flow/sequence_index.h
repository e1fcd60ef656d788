// What was sent under which MsgSeqNum(34), per session and direction: a reject names a message by
// nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "fix/message.h"
#include "record/recorder.h"

namespace fixdrill::flow {

class SequenceIndex {
 public:
  /// Keeps `value` for the message, in place of what had its number before. Without a number:
  /// nothing.
  void put(std::int64_t session, record::Direction direction, const fix::Message& message,
           std::uint32_t value);

  /// The value of the message that `reject` (3 or j), which went in `direction`, refuses by
  /// RefSeqNum(45). Empty: not seen, or RefMsgType(372) names another type than was seen.
  std::optional<std::uint32_t> refused_by(std::int64_t session, record::Direction direction,
                                          const fix::Message& reject) const;

 private:
  struct Sent {
    std::uint32_t value = 0;
    std::uint32_t type = 0;  ///< 0: nothing has the number
  };
  struct Stream {
    std::vector<Sent> dense;                       ///< by number: numbers count up by one
    std::unordered_map<std::size_t, Sent> sparse;  ///< those far beyond the rest
  };

  std::unordered_map<std::uint64_t, Stream> streams_;
};

}  // namespace fixdrill::flow
