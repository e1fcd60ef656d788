#include "cli/rehearsal.h"

#include <fmt/format.h>
#include <iostream>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "cli/calling.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/rules.h"
#include "record/null_recorder.h"
#include "run/dictionaries.h"

namespace fixdrill::cli {

namespace {

using namespace std::chrono_literals;
using Values = boost::program_options::variables_map;

/// 2026-01-05 08:00:00 UTC, a Monday.
constexpr Time kVirtualStart{1'767'600'000'000'000'000, 0};
/// The in-memory network is the run's alone: any port that no profile names.
constexpr std::uint16_t kVirtualPort = 1;

/// What of simulators lives on the loop of a lane, and what it works with.
struct Venue {
  record::NullRecorder recorder;
  run::Dictionaries dictionaries{spec_folder()};
  std::unique_ptr<sim::Simulator> simulator;
  std::vector<std::unique_ptr<sim::Caller>> callers;
};

class Nobody final : public net::AcceptSink {
  net::ByteSink* on_accept(net::ConnectionPtr, const net::Endpoint&) override { return nullptr; }
};

/// Where a session listens that leaves the port to the system: whoever calls it must know.
std::uint16_t free_port() {
  const auto loop = net::make_tcp_loop(RunClock().now());
  Nobody nobody;
  const auto listener = loop->listen({"127.0.0.1", 0}, nobody);
  return listener ? (*listener)->port() : 0;
}

/// Places where the suite itself listens.
std::set<std::string> own_places(const profile::Profile& profile, const run::Suite& suite) {
  std::set<std::string> places;
  for (const syntax::File& file : suite.files) {
    for (const syntax::Session& declared : file.sessions) {
      const profile::Session* session = profile.session(declared.name.text);
      if (session && declared.role == syntax::Role::acceptor)
        places.insert(fmt::format("{}:{}", session->host, session->port));
    }
  }
  return places;
}

void make_up_sessions(profile::Profile& profile, const run::Suite& suite) {
  for (const syntax::File& file : suite.files) {
    for (const syntax::Session& declared : file.sessions) {
      if (declared.role == syntax::Role::acceptor || profile.session(declared.name.text)) continue;
      profile::Session session;
      session.name = declared.name.text;
      session.begin_string = "FIX.4.4";
      session.sender = declared.name.text;
      session.target = "EXCH";
      profile.sessions.push_back(std::move(session));
    }
  }
}

/// Caps are there for exchanges: what the profile itself does not cap is free against a simulator.
void lift_default_caps(profile::Limits& limits) {
  const profile::Limits defaults;
  constexpr int kMost = std::numeric_limits<int>::max();
  if (limits.messages_per_second == defaults.messages_per_second)
    limits.messages_per_second = kMost;
  if (limits.orders_per_run == defaults.orders_per_run) limits.orders_per_run = kMost;
}

// What would go wrong without its rules should not be a riddle.
void note_unused_rules(const run::Suite& suite) {
  for (const syntax::File& file : suite.files) {
    for (const syntax::Simulator& simulator : file.simulators) {
      std::cerr << render({Severity::warning, simulator.name.span,
                           "these rules are for a run with --sim; here they mean nothing"})
                << '\n';
    }
  }
}

Status check_options(const Values& values) {
  if (values.count("sim") && values.count("sim-port"))
    return input_error(
        "--sim starts a simulator, --sim-port names one that runs; give one of them");
  if (values.count("virtual-time") && !values.count("sim"))
    return input_error("--virtual-time needs --sim: a peer outside has a clock of its own");
  if (values.count("seed") && !values.count("virtual-time"))
    return input_error("--seed needs --virtual-time: nothing else in a run is random");
  return {};
}

}  // namespace

Result<Rehearsal> Rehearsal::from(const Values& values,
                                  const std::function<void(sim::Config&)>& adjust) {
  if (Status fine = check_options(values); !fine) return fine.error();
  Rehearsal rehearsal;
  const auto seed =
      number_option(values, "seed", 1, {0, std::numeric_limits<std::uint64_t>::max()});
  if (!seed) return seed.error();
  const auto port = number_option(values, "sim-port", 0, {1, 65535});
  if (!port) return port.error();
  rehearsal.seed_ = *seed;
  if (*port != 0) rehearsal.port_ = static_cast<std::uint16_t>(*port);
  if (!values.count("sim")) return rehearsal;
  const auto file = values["sim"].as<std::string>();
  auto config = sim_config(file == kNoValue ? std::nullopt : std::optional(file));
  if (!config) return config.error();
  config->table = rehearsal.table_ = std::make_shared<sim::RuleTable>();
  config->listen = "127.0.0.1";
  config->port = 0;
  adjust(*config);
  if (values.count("verbose")) {
    rehearsal.note_ = [](const std::string& text) {
      std::cerr << "simulator: " + printable(text) + "\n";
    };
  }
  if (values.count("virtual-time")) {
    rehearsal.port_ = config->port = kVirtualPort;
    rehearsal.virtual_config_ = std::move(*config);
    return rehearsal;
  }
  auto simulator = BackgroundSimulator::start(*config, rehearsal.note_);
  if (!simulator) return simulator.error();
  rehearsal.background_ = std::move(*simulator);
  rehearsal.port_ = rehearsal.background_->port();
  return rehearsal;
}

void Rehearsal::aim(profile::Profile& profile, const run::Suite& suite) const {
  const std::set<std::string> ours = own_places(profile, suite);
  make_up_sessions(profile, suite);
  profile.environment = profile::Environment::simulator;
  lift_default_caps(profile.limits);
  for (profile::Session& session : profile.sessions) {
    session.store = profile::StoreKind::memory;
    if (session.acceptor) {
      session.host = "127.0.0.1";
      if (session.port == 0) session.port = free_port();
      continue;
    }
    if (ours.contains(fmt::format("{}:{}", session.host, session.port))) continue;
    session.host = "127.0.0.1";
    session.port = *port_;
    session.reset_on_logon = true;
  }
}

Result<std::function<std::shared_ptr<void>(const syntax::File&, const profile::Profile&)>>
Rehearsal::around_file(const run::Suite& suite,
                       const std::map<std::string, std::string>& variables) const {
  if (!table_) {
    note_unused_rules(suite);
    return std::function<std::shared_ptr<void>(const syntax::File&, const profile::Profile&)>();
  }
  auto rules = SuiteRules::from(suite, variables, table_);
  if (!rules) return rules.error();
  return rules->around_file();
}

Time Rehearsal::start() const { return virtual_config_ ? kVirtualStart : clock_.now(); }

std::function<std::unique_ptr<net::Loop>()> Rehearsal::make_loop() const {
  if (!virtual_config_) {
    return [clock = clock_] { return net::make_tcp_loop(clock.now()); };
  }
  net::MemoryNetwork network;
  network.seed = seed_;
  network.min_delay = 20us;
  network.max_delay = 500us;
  network.max_slice = 512;
  return [network] { return net::make_memory_loop(kVirtualStart, network); };
}

std::function<std::shared_ptr<void>(net::Loop&, const profile::Profile&)> Rehearsal::attach(
    const run::Suite& suite) const {
  if (!table_) return nullptr;
  return [&suite, config = virtual_config_, table = table_, note = note_](
             net::Loop& loop, const profile::Profile& profile) -> std::shared_ptr<void> {
    auto venue = std::make_shared<Venue>();
    if (config) {
      auto simulator = start_simulator(*config, loop, venue->recorder, venue->dictionaries, note);
      if (simulator) venue->simulator = std::move(*simulator);
    }
    for (const sim::CallerConfig& calling : callers_of(suite, profile, table)) {
      auto caller = start_caller(calling, loop, venue->recorder, venue->dictionaries, note);
      if (caller) venue->callers.push_back(std::move(*caller));
    }
    return venue;
  };
}

}  // namespace fixdrill::cli
