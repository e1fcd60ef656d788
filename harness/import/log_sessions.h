// The sessions of a log: which there are, which side of each is ours, when they connected anew.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/export_line.h"
#include "import/log_header.h"
#include "import/log_words.h"
#include "record/recorder.h"

namespace fixdrill::imports {

/// Where a message belongs.
struct LogPlace {
  std::int64_t session_id = 0;  ///< from 1; 0: the message names no two sides
  std::int64_t connection_id = 0;
  record::Direction direction = record::Direction::in;
};

/// Where the connections of a session begin that no TCP tells apart: with its first message, and
/// with a Logon(A) of a side that has logged on already.
class ConnectionStarts {
 public:
  bool begins(std::string_view msg_type, record::Direction direction);

 private:
  bool begun_ = false;
  bool logged_on_[2] = {false, false};  ///< by direction
};

/// How to tell which side is ours.
struct SideRules {
  std::vector<std::string> us;  ///< CompIDs that were said to be ours
  std::string file_name;        ///< may name the session, or end in `.in` or `.out`
  bool trust_words = false;     ///< words of the lines name directions
  DirectionWords words = {};
  bool aliases = false;  ///< the log is an export, its lines name their sessions
};

/// A session is (BeginString, our CompID, theirs). Which CompID is ours is told once, by the
/// session's first message: what was said, a word of its line, the file's name, a session id on its
/// line, a CompID that is ours in another session; else its sender is.
class LogSessions {
 public:
  explicit LogSessions(SideRules rules) : rules_(std::move(rules)) {}

  /// `raw`: the message of this header; `prefix`: what stands before it on its line.
  LogPlace place(const LogHeader& header, std::string_view raw, std::string_view prefix);

  /// The same for a line of an export, which says its session and direction.
  LogPlace place_exported(const ExportedHead& head, const LogHeader& header, std::string_view raw);

  /// Where a piece of the session with this word belongs; no session: there is none yet.
  LogPlace place_of(std::string_view word) const;

  /// Null: no such session. A row stays where it is.
  const record::SessionRow* session(std::int64_t id) const;

  /// CompIDs that are ours, in the order in which they were met.
  const std::vector<std::string>& ours() const { return known_; }

 private:
  struct Session {
    record::SessionRow row;
    std::int64_t connection_id = 0;
    ConnectionStarts starts = {};
  };
  struct Side {
    std::size_t index = 0;
    record::Direction direction = record::Direction::in;
  };

  const Side& side_of(const LogHeader& header, std::string_view prefix);
  Side begin_session(const LogHeader& header, std::string_view prefix);
  std::size_t add_session(const LogHeader& header, record::Direction direction);
  std::int64_t follow(std::size_t index, record::Direction direction, const LogHeader& header,
                      std::string_view raw);
  record::Direction direction_of(const LogHeader& header, std::string_view prefix) const;
  std::optional<record::Direction> said(std::string_view prefix) const;

  SideRules rules_;
  std::vector<std::string> known_;  ///< ours in some session
  std::deque<Session> sessions_;
  std::map<std::string, Side, std::less<>> sides_;         ///< by BeginString, sender, target
  std::map<std::string, std::size_t, std::less<>> words_;  ///< sessions of an export
  const Side* last_ = nullptr;  ///< most messages are like the one before
  std::string last_key_;
  std::string key_;
  std::int64_t connections_ = 0;
};

}  // namespace fixdrill::imports
