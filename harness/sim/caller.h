// The simulator as the party that calls: an engine session that connects, logs on, and comes back
// when the line is lost, with the acceptance application behind it, which echoes orders
// (acceptance.h). It is what a test of initiators tests.
//
// Lives on a net::Loop as the Simulator does; used from one thread.
#pragma once

#include <memory>

#include "base/result.h"
#include "profile/profile.h"
#include "sim/simulator.h"

namespace fixdrill::sim {

/// Whom it calls, as whom, and with which numbers (`reset_on_logon`; in FIX.4.0, which has no
/// ResetSeqNumFlag(141), they begin at 1 without a word).
struct CallerConfig {
  profile::Session session;
  bool validate = true;  ///< Reject(3) what the dictionary finds wrong
  /// Rules of files that run; may be null.
  std::shared_ptr<const RuleTable> table = nullptr;
};

class Caller {
 public:
  /// Calls from now on, and again 1 s after it found nobody or lost the line. Input error: a
  /// session that the engine does not take, no dictionary for its version.
  static Result<std::unique_ptr<Caller>> start(const CallerConfig& config,
                                               Surroundings surroundings);
  ~Caller();
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  /// Logs out and waits for that, 2 s at most; runs the loop. It does not call again.
  void stop();

 private:
  class Parts;
  explicit Caller(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace fixdrill::sim
