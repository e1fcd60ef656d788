// What the rules of a session look at: how it is set up, and how far it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "conformance/ruling.h"
#include "fix/dictionary.h"
#include "fix/encoder.h"

namespace fixdrill::conformance {

struct Settings {
  bool acceptor = true;
  std::string begin_string;
  std::string appl_ver_id;  ///< DefaultApplVerID(1137), FIXT.1.1 only
  std::string sender;       ///< ours
  std::string target;       ///< the peer's
  std::uint16_t port = 0;   ///< where we listen, or call
  fix::DictionaryPtr dictionary;

  int heartbeat = 30;  ///< HeartBtInt(108) that an initiator proposes, seconds
  int heartbeat_percent = 100;
  int test_request_percent = 120;
  Duration sending_time_threshold = std::chrono::seconds(120);
  Duration logon_wait = std::chrono::seconds(10);
  Duration logout_wait = std::chrono::seconds(10);  ///< LogoutAckThreshold
  Duration drop_wait = std::chrono::seconds(10);
  Duration settle = std::chrono::milliseconds(500);  ///< after Logon, before what was queued
  Duration redial = std::chrono::seconds(1);
};

/// A message that can be sent again.
struct Sent {
  fix::OutMessage message;
  std::string sending_time;
};

struct State {
  const Settings& settings;
  Time now{};
  Phase phase = Phase::off;
  bool taken = false;  ///< the message comes by another connection than the one that is logged on

  std::int64_t next_in = 1;
  std::int64_t next_out = 1;
  std::int64_t gap = 0;  ///< the highest number that came too early; below next_in: none
  std::map<std::int64_t, Sent> sent = {};   ///< application messages by number
  std::vector<fix::OutMessage> queue = {};  ///< to be sent when the connection is back
  std::set<std::string> orders = {};        ///< ClOrdID(11) of all that came
  bool application_down = false;            ///< until the connection ends

  int heartbeat = 30;  ///< agreed, seconds
  Time phase_since{};
  Time last_sent{};
  Time last_received{};
  std::optional<std::string> asked = {};  ///< TestReqID(112) without its Heartbeat
  Time asked_at{};
  int tests = 0;

  bool gap_open() const { return gap >= next_in; }
  /// RefTagID(371), RefMsgType(372), SessionRejectReason(373) and Reset by 141 came with FIX 4.2.
  bool at_least_42() const {
    return settings.begin_string != "FIX.4.0" && settings.begin_string != "FIX.4.1";
  }
};

}  // namespace fixdrill::conformance
