// What happened to the sequence numbers of one direction of a session.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "flow/resent.h"
#include "record/recorder.h"

namespace fixdrill::flow {

/// What came for numbers that were missed or asked again.
struct Recovery {
  std::int64_t to = 0;        ///< last of the numbers, inclusive; the first is its key in Gap
  std::int64_t message = 0;   ///< message id of the copy, or of the SequenceReset(4)
  bool filled = false;        ///< by SequenceReset-GapFill, else by one message with 43=Y
  std::int64_t original = 0;  ///< message id; 0: not seen
  /// How many of each MsgType have the numbers, as far as they were seen.
  std::map<std::string, std::size_t> types;
  std::vector<FieldDifference> differences;
  /// It differs from an original so long ago that nobody can say where.
  bool differs_somewhere = false;
  /// A, 0, 1, 2, 4 or 5 sent again: these are gap-filled (FIX 4.4, volume 2, ResendRequest).
  bool session_message = false;

  bool wrong() const { return !differences.empty() || differs_somewhere || session_message; }
};

enum class GapKind {
  jump,   ///< a number came that is higher than the one due
  asked,  ///< ResendRequest(2), or NextExpectedMsgSeqNum(789) of a Logon(A), for what had been sent
  unasked,  ///< messages with 43=Y that nobody asked for
};

/// Numbers that were missed or asked again.
struct Gap {
  GapKind kind = GapKind::jump;
  std::int64_t from = 0;
  std::int64_t to = 0;        ///< inclusive
  std::int64_t asked_to = 0;  ///< inclusive; beyond `to`: asked for though it had come
  std::int64_t message = 0;   ///< message id: behind the jump, or the request, or the first copy
  std::string msg_type;       ///< of that message
  Time time;
  std::vector<std::int64_t> requests;          ///< message ids of all that asked for it
  std::map<std::int64_t, Recovery> recovered;  ///< by first number
  std::int64_t reset_by = 0;  ///< message id: the numbers began anew before all had come

  using Range = std::pair<std::int64_t, std::int64_t>;  ///< inclusive
  bool has(std::int64_t number) const;                  ///< it came
  std::vector<Range> missing() const;
  bool wrong() const;  ///< something is missing, or is not what was sent
};

/// What else happened.
struct SequenceNote {
  std::int64_t message = 0;
  Time time;
  bool fault = false;  ///< against the rules; else only worth knowing
  std::string text;
};

struct SequenceStream {
  std::int64_t session_id = 0;
  record::Direction direction = record::Direction::in;
  std::int64_t first = 0;  ///< MsgSeqNum of its first message
  std::int64_t last = 0;   ///< the highest one since the last reset
  std::size_t messages = 0;
  std::size_t again = 0;  ///< of them with 43=Y
  std::vector<Gap> gaps;
  std::vector<SequenceNote> notes;

  bool wrong() const;
};

}  // namespace fixdrill::flow
