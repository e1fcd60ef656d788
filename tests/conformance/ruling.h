// What a session layer does about one message, or because of the time: plain data, so that a fault
// can spoil it between the judgement and the deed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/encoder.h"
#include "fix/message.h"

namespace fixdrill::conformance {

/// How far a session is on its connection.
enum class Phase {
  off,      ///< no connection
  waiting,  ///< for the peer's Logon
  active,   ///< logged on
  leaving,  ///< we sent Logout and wait for its acknowledgement
  parting,  ///< we acknowledged a Logout: the peer is to drop the connection
};

struct Ruling {
  std::vector<fix::OutMessage> says = {};    ///< with a MsgSeqNum(34) of its own: a replay
  bool counts = true;                        ///< the message's number is used up
  std::optional<std::int64_t> expects = {};  ///< NextNumIn becomes this
  bool resets = false;                       ///< both numbers begin at 1, before anything is said
  std::optional<std::int64_t> gap = {};      ///< the number that showed that others are missing
  std::optional<Phase> phase = {};
  std::optional<int> heartbeat = {};     ///< HeartBtInt(108) that is agreed, seconds
  bool hangs_up = false;                 ///< after everything was said
  std::optional<std::string> asks = {};  ///< TestReqID(112) that waits for its Heartbeat
  bool answered = false;                 ///< that Heartbeat is there
  bool queues = false;                   ///< what is said waits for the next connection
  bool empties_queue = false;            ///< what waited is said now
};

/// No answer; the number is not used up.
Ruling ignored();
/// No answer; the number is used up.
Ruling accepted();
/// The connection ends without a byte.
Ruling dropped_silently();

/// Reject(3) without anything that FIX 4.0 and 4.1 do not know; see why().
fix::OutMessage reject(const fix::Message& message, const std::string& text);
/// Logout(5) with Text(58).
fix::OutMessage logout(const std::string& text);
fix::OutMessage business_reject(const fix::Message& message, const std::string& reason,
                                const std::string& text);

void set_field(fix::OutMessage& message, int tag, const std::string& value);
void remove_field(fix::OutMessage& message, int tag);

}  // namespace fixdrill::conformance
