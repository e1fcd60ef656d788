// The sessions of a log: which there are, which side of each is ours, when they connected anew.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "import/log_header.h"
#include "record/recorder.h"

namespace fixdrill::imports {

/// Where a message belongs.
struct LogPlace {
  std::int64_t session_id = 0;  ///< from 1; 0: the message names no two sides
  std::int64_t connection_id = 0;
  record::Direction direction = record::Direction::in;
};

/// A session is (BeginString, our CompID, theirs). Which CompID is ours: one that was given, else
/// one that is known to be ours, else the sender of the session's first message.
class LogSessions {
 public:
  explicit LogSessions(std::vector<std::string> us) : us_(std::move(us)) {}

  /// A connection begins with a session's first message, and with a Logon(A) of a side that has
  /// logged on already.
  LogPlace place(const LogHeader& header);

  /// Null: no such session. A row stays where it is.
  const record::SessionRow* session(std::int64_t id) const;

 private:
  struct Session {
    record::SessionRow row;
    std::int64_t connection_id = 0;
    bool logged_on[2] = {false, false};  ///< by direction
  };
  struct Side {
    std::size_t index = 0;
    record::Direction direction = record::Direction::in;
  };

  const Side& side_of(const LogHeader& header);
  Side begin_session(const LogHeader& header);
  bool is_ours(std::string_view comp_id) const;

  std::vector<std::string> us_;
  std::deque<Session> sessions_;
  std::map<std::string, Side, std::less<>> sides_;  ///< by BeginString, sender, target
  const Side* last_ = nullptr;                      ///< most messages are like the one before
  std::string last_key_;
  std::string key_;
  std::int64_t connections_ = 0;
};

}  // namespace fixdrill::imports
