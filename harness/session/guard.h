// Guards 1 and 3 of scenarios/README.md, checked in the transport after both drivers: what may
// leave in production, and the caps on orders. (Guard 2, the target, is profile::check_target and
// check_peer.) Shared by all sessions of a run; every member may be called from any lane.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "fix/message.h"
#include "profile/profile.h"

namespace fixdrill::session {

/// Who made a message. Only what the scenario sends counts against orders a run and messages a
/// second; what a driver sends of its own accord (heartbeats, resends at the peer's request) must
/// pass the other checks.
enum class Origin { scenario, driver };

struct Outgoing {
  const fix::Message& message;  ///< all bytes of one write; raw ones may hold several messages
  std::string_view unfinished;  ///< sent before on this connection, without a complete message
  Origin origin = Origin::scenario;
  Time now;
};

class Guard {
 public:
  explicit Guard(const profile::Profile& profile);

  /// Guard error: it must not leave, and nothing was counted.
  Status admit(const Outgoing& out);

 private:
  Status check_production(const fix::Message& message) const;
  Status check_caps(const fix::Message& message) const;
  Status count(int orders, Time now);

  profile::Environment environment_;
  profile::Limits limits_;
  std::mutex mutex_;
  int orders_ = 0;
  std::deque<Time> recent_;  ///< when messages left within the last second
};

/// How many orders a message would place: an order, a replace, a quote is one, a list as many as it
/// names.
int orders_in(const fix::Message& message);

}  // namespace fixdrill::session
