// What went over a session beside the business: logons, tests, resends, rejects, by number.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "fix/message.h"
#include "record/message_source.h"

namespace fixdrill::diff {

/// Counts of one session, by name: "Logon in", "Logon refused", "resent out", "gap filled in".
class Traffic {
 public:
  /// True: the message repeats one that was seen, and is no part of a flow.
  bool repeats(const record::MessageView& view, const fix::Message& message);
  /// A session message, 35 = A, 0 to 5.
  void session_message(const record::MessageView& view, const fix::Message& message);
  void unreadable(const record::MessageView& view);

  const std::map<std::string, std::uint64_t>& counts() const { return counts_; }
  /// The first Logon each way, by its bytes; empty: none.
  const std::string& logon(record::Direction direction) const {
    return logon_[direction == record::Direction::in ? 0 : 1];
  }
  std::int64_t logon_id(record::Direction direction) const {
    return logon_ids_[direction == record::Direction::in ? 0 : 1];
  }

 private:
  struct Way {
    std::vector<bool> seen;  ///< by MsgSeqNum(34)
    std::uint64_t highest = 0;
  };

  void count(const std::string& what, record::Direction direction);
  void logon(const record::MessageView& view, const fix::Message& message);

  Way& way(record::Direction direction) {
    return ways_[direction == record::Direction::in ? 0 : 1];
  }

  Way ways_[2];
  std::map<std::string, std::uint64_t> counts_;
  std::string logon_[2];
  std::int64_t logon_ids_[2] = {0, 0};
  bool asked_ = false;  ///< we sent a Logon that was not answered yet
};

/// Whether time decides how many there are: Heartbeats, TestRequests.
bool beats_with_time(const std::string& what);

}  // namespace fixdrill::diff
