// A run against a simulator instead of what its profile names: started for the run, running
// already, or in the run's own process on virtual time.
#pragma once

#include <boost/program_options.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "cli/run_clock.h"
#include "cli/simulation.h"
#include "net/loop.h"
#include "profile/profile.h"
#include "run/suite.h"

namespace fixdrill::cli {

class Rehearsal {
 public:
  /// --sim, --sim-port, --virtual-time and --seed; `adjust` has the last word on how the simulator
  /// behaves. Input error: they do not go together, or the simulator's file is wrong; environment
  /// error: the simulator cannot start.
  static Result<Rehearsal> from(
      const boost::program_options::variables_map& values,
      const std::function<void(sim::Config&)>& adjust = [](sim::Config&) {});

  /// Against a simulator at all.
  bool simulated() const { return port_.has_value(); }
  bool virtual_time() const { return virtual_config_.has_value(); }
  std::uint64_t seed() const { return seed_; }

  /// Turns the profile towards the simulator: every session that connects goes there, with numbers
  /// that begin at 1 and that no file keeps, but for those that connect to an acceptor session of
  /// the same suite. Sessions that the suite declares and the profile lacks are made up; caps on
  /// orders and rate that the profile does not set are lifted. Sessions `any` that are acceptors
  /// listen on this machine, and are called by a simulator (attach).
  void aim(profile::Profile& profile, const run::Suite& suite) const;

  /// The rules that the files bring along, put in force while each runs; an empty function: there
  /// are none, or there is no simulator of ours, which a warning on stderr says. Input error: a
  /// param of theirs has no value.
  Result<std::function<std::shared_ptr<void>(const syntax::File&, const profile::Profile&)>>
  around_file(const run::Suite& suite, const std::map<std::string, std::string>& variables) const;

  /// When the run starts: now, or always the same moment.
  Time start() const;
  /// A loop for one lane, on a clock that was `start` when the run began.
  std::function<std::unique_ptr<net::Loop>()> make_loop() const;
  /// The simulator that lives on a lane's loop, and those that call acceptors of the suite; empty
  /// without a simulator of ours.
  std::function<std::shared_ptr<void>(net::Loop&, const profile::Profile&)> attach(
      const run::Suite& suite) const;

 private:
  std::unique_ptr<BackgroundSimulator> background_;
  std::optional<sim::Config> virtual_config_;
  std::optional<std::uint16_t> port_;
  std::shared_ptr<sim::RuleTable> table_;  ///< of a simulator that is ours
  std::uint64_t seed_ = 1;
  RunClock clock_;
  std::function<void(const std::string&)> note_ = [](const std::string&) {};
};

}  // namespace fixdrill::cli
