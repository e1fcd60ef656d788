// A session layer: finds the rule for what happens and does what it says.
#pragma once

#include <string>

#include "conformance/fault.h"
#include "conformance/line.h"
#include "conformance/rules.h"
#include "conformance/state.h"

namespace fixdrill::conformance {

/// Its numbers and what it sent live as long as it does, from connection to connection. Used from
/// the thread of its loop.
class Session {
 public:
  Session(Settings settings, Fault fault);

  /// The connection that an initiator opened is there: says Logon.
  void calls(Line& line, Time now);
  /// An acceptor waits for Logon on this line.
  void hears(Line& line, const std::string& bytes, Time now);
  void lost(const Line& line, Time now);
  void tick(Time now);

  /// Our operator ends the session (12).
  void log_out(Time now);
  /// Our application goes down (14.l), until the connection ends.
  void take_down_application() { state_.application_down = true; }
  /// Our application has something to send: now, or when the connection is back (16).
  void submit(const fix::OutMessage& message, Time now);

  const State& state() const { return state_; }
  const Settings& settings() const { return settings_; }

 private:
  /// A ruling and whose it is.
  struct Judgement {
    std::string id;
    Ruling ruling;
  };
  Judgement judge(const fix::Message& message, bool ours) const;
  Verdict judge_by(Rules rules, const fix::Message& message, std::string& id) const;
  void carry_out(const Ruling& ruling, const fix::Message* message, Line& line);
  void enter(Phase phase, Line& line);
  void restart_numbers();
  void say(const fix::OutMessage& message, Line& line);

  Settings settings_;
  Fault fault_;
  State state_;
  Line* line_ = nullptr;  ///< the one that is logged on, or is to be
};

}  // namespace fixdrill::conformance
