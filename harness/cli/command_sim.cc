// fixdrill sim: the simulator as a program of its own, an exchange or a party that calls one.

#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

#include "base/text.h"
#include "cli/calling.h"
#include "cli/notes.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/rules.h"
#include "cli/run_clock.h"
#include "cli/signals.h"
#include "cli/simulation.h"
#include "fix/value.h"
#include "profile/hosts.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

constexpr std::uint16_t kUsualPort = 9876;  ///< of what `fixdrill init` writes

po::options_description sim_options() {
  po::options_description options("options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("port", text("N"), "port to listen on, 0 = the system chooses (9876, or the file's)");
  add("listen", text("ADDR"),
      "address to listen on (127.0.0.1, or the file's); any but this machine's own lets others in");
  add("db", text("FILE"), "record every byte of every client there");
  add_calling_options(options);
  return options;
}

/// What the options say over what the file says.
Result<sim::Config> configuration(const po::variables_map& values) {
  const auto files = value_or<std::vector<std::string>>(values, "paths", {});
  for (const char* option : kCallingOptions) {
    if (values.count(option))
      return input_error(
          fmt::format("--{} needs --call: an exchange serves whoever calls", option));
  }
  if (files.size() > 1) return input_error("sim takes one file; 'fixdrill sim --help' shows how");
  auto config = sim_config(files.empty() ? std::nullopt : std::optional(files.front()));
  if (!config) return config;
  if (files.empty()) config->port = kUsualPort;
  const auto port = number_option(values, "port", config->port, {0, 65535});
  if (!port) return port.error();
  config->port = static_cast<std::uint16_t>(*port);
  config->listen = value_or<std::string>(values, "listen", config->listen);
  return config;
}

std::string application_text(const sim::Config& config) {
  if (config.application == sim::ApplicationKind::acceptance)
    return "echoes NewOrderSingle, SecurityDefinition and Email\n";
  return fmt::format("quotes {}\n", quotes_text(config));
}

std::string clients_text(const sim::Config& config) {
  const std::string who = config.comp_id.empty() ? "any CompIDs" : "TargetCompID " + config.comp_id;
  if (config.sessions.empty())
    return fmt::format("{}; FIX.4.0 to FIX.4.4, FIXT.1.1 with 5.0 to 5.0SP2", who);
  const std::size_t count = config.sessions.size();
  return fmt::format("{}, {} client{} that its file lists", who, count, count == 1 ? "" : "s");
}

void print_banner(const sim::Config& config, std::uint16_t port) {
  const bool loopback = profile::is_loopback(config.listen);
  std::cout << fmt::format("simulator listens on {}:{}\n", config.listen, port)
            << application_text(config)
            << (config.rules ? fmt::format("rules of {}\n", rules_text(*config.rules)) : "")
            << fmt::format("serves {}{}\n", printable(clients_text(config)),
                           loopback ? "" : "; reachable from other machines")
            << fmt::format("next:  fixdrill run --sim-port {} [PATH..]\n", port) << std::flush;
}

Result<std::unique_ptr<record::Recorder>> open_recorder(const po::variables_map& values, Time now) {
  if (!values.count("db")) return std::unique_ptr<record::Recorder>(new record::NullRecorder());
  record::RunRow row;
  row.suite = "simulator";
  row.kind = "simulator";
  row.environment = {{"fixdrill", FIXDRILL_VERSION}};
  return record::create_recording(values["db"].as<std::string>(), row, now);
}

Status seal(record::Recorder& recorder, Time started, Time ended) {
  record::RunResult result;
  result.started_ns = started.wall_ns;
  result.ended_ns = ended.wall_ns;
  result.elapsed_ns = (ended - started).count();
  return recorder.seal(result);
}

/// What the simulator of this program works with.
struct Stage {
  net::Loop& loop;
  record::Recorder& recorder;
  run::Dictionaries dictionaries{spec_folder()};

  Notes notes{STDERR_FILENO};

  std::function<void(const std::string&)> note() {
    return [this](const std::string& text) {
      const std::string time = fix::iso_time(loop.now().wall_ns).substr(11, 12);
      notes.put(fmt::format("{} {}", time, printable(text)));
    };
  }
};

/// Starts it, and gives what says goodbye.
using Start = std::function<Result<std::function<void()>>(Stage&)>;

int serve(const Start& start, const po::variables_map& values, run::Stop& stop) {
  const auto loop = net::make_tcp_loop(RunClock().now());
  const Time started = loop->now();
  auto recorder = open_recorder(values, started);
  if (!recorder) return fail(recorder.error());
  Stage stage{*loop, **recorder};
  auto say_goodbye = start(stage);
  if (!say_goodbye) return fail(say_goodbye.error());
  stop.add(*loop);
  serve_until(*loop, [&] { return stop.requested() || !(*recorder)->failure(); });
  (*say_goodbye)();
  stop.remove(*loop);
  *say_goodbye = nullptr;
  if (Status sealed = seal(**recorder, started, loop->now()); !sealed) return fail(sealed.error());
  return 0;
}

/// What ends a simulator, which it keeps alive until then.
template <class Simulator>
std::function<void()> goodbye_of(std::unique_ptr<Simulator> simulator) {
  return [kept = std::shared_ptr<Simulator>(std::move(simulator))] { kept->stop(); };
}

int serve_exchange(const po::variables_map& values, run::Stop& stop) {
  const auto config = configuration(values);
  if (!config) return fail(config.error());
  const Start start = [&config](Stage& stage) -> Result<std::function<void()>> {
    auto simulator =
        start_simulator(*config, stage.loop, stage.recorder, stage.dictionaries, stage.note());
    if (!simulator) return simulator.error();
    if (Status ready = (*simulator)->prepare(); !ready) return ready.error();
    print_banner(*config, (*simulator)->port());
    return goodbye_of(std::move(*simulator));
  };
  return serve(start, values, stop);
}

int serve_caller(const po::variables_map& values, run::Stop& stop) {
  const auto config = caller_config(values);
  if (!config) return fail(config.error());
  const Start start = [&config](Stage& stage) -> Result<std::function<void()>> {
    std::cout << caller_text(*config) << '\n' << std::flush;
    auto caller =
        start_caller(*config, stage.loop, stage.recorder, stage.dictionaries, stage.note());
    if (!caller) return caller.error();
    return goodbye_of(std::move(*caller));
  };
  return serve(start, values, stop);
}

}  // namespace

int command_sim(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  const Parsed parsed = parse_options(self, arguments, sim_options());
  if (parsed.leave) return *parsed.leave;
  run::Stop stop;
  const Signals signals(stop);
  return parsed.values.count("call") ? serve_caller(parsed.values, stop)
                                     : serve_exchange(parsed.values, stop);
}

}  // namespace fixdrill::cli
