// The simulator that calls (sim/caller.h) as the commands start it: as a program of its own, and on
// the lanes of a run.
#pragma once

#include <array>
#include <boost/program_options.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "profile/profile.h"
#include "run/dictionaries.h"
#include "run/suite.h"
#include "sim/caller.h"

namespace fixdrill::cli {

/// What --call takes beside the address.
inline constexpr std::array kCallingOptions = {"begin-string", "appl-ver-id", "sender",
                                               "target",       "heartbeat",   "keep-numbers"};

/// Adds --call and kCallingOptions.
void add_calling_options(boost::program_options::options_description& options);

/// From those options. Input error: one is wrong, or goes with those of an exchange.
Result<sim::CallerConfig> caller_config(const boost::program_options::variables_map& values);

/// "simulator calls 127.0.0.1:5001 as BRK1, FIX.4.4, TargetCompID EXCH, HeartBtInt 30"
std::string caller_text(const sim::CallerConfig& config);

/// A caller on `loop` that loads its dictionary from `dictionaries`. All outlive it.
Result<std::unique_ptr<sim::Caller>> start_caller(const sim::CallerConfig& config, net::Loop& loop,
                                                  record::Recorder& recorder,
                                                  run::Dictionaries& dictionaries,
                                                  std::function<void(const std::string&)> note);

/// Who calls the sessions of this profile that the suite declares `any` and that are acceptors: one
/// caller for each, from its other end.
/// `table`: the rules of the suite's files.
std::vector<sim::CallerConfig> callers_of(const run::Suite& suite, const profile::Profile& profile,
                                          std::shared_ptr<const sim::RuleTable> table);

}  // namespace fixdrill::cli
