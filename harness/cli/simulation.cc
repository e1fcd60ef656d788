#include "cli/simulation.h"

#include <filesystem>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "cli/project.h"
#include "cli/rules.h"
#include "cli/run_clock.h"
#include "run/suite.h"
#include "sim/dialect.h"
#include "sim/sim_file.h"

namespace fixdrill::cli {

namespace {

constexpr auto kLongWait = std::chrono::hours(24);

std::string quote_text(const sim::Quote& quote) {
  const auto price = [](sim::Price value) { return value == 0 ? "-" : sim::price_text(value); };
  return fmt::format("{} {}/{} x {}", printable(quote.symbol), price(quote.bid), price(quote.offer),
                     sim::quantity_text(quote.size));
}

profile::Session session_of(const std::string& begin_string, const std::string& appl_ver_id) {
  profile::Session session;
  session.begin_string = begin_string;
  session.appl_ver_id = appl_ver_id;
  return session;
}

Result<sim::Config> with_rules(sim::Config config, const std::string& path) {
  auto rules = load_rules(path);
  if (!rules) return rules.error();
  config.rules = std::move(*rules);
  return config;
}

}  // namespace

Result<sim::Config> sim_config(const std::optional<std::string>& file) {
  if (!file || is_drill_file(*file)) {
    sim::Config config;
    config.quotes = sim::built_in_quotes();
    if (!file) return config;
    return with_rules(std::move(config), *file);
  }
  auto source = run::read_source(*file, limits::kScenarioFile);
  if (!source) return source.error();
  auto config = sim::read_sim_file(*source);
  if (!config || config->rules_file.empty()) return config;
  const auto rules = std::filesystem::path(*file).parent_path() / config->rules_file;
  return with_rules(std::move(*config), rules.string());
}

Result<std::unique_ptr<sim::Simulator>> start_simulator(
    const sim::Config& config, net::Loop& loop, record::Recorder& recorder,
    run::Dictionaries& dictionaries, std::function<void(const std::string&)> note) {
  const auto dictionary = [&dictionaries](const std::string& begin_string,
                                          const std::string& appl_ver_id) {
    return dictionaries.for_session(session_of(begin_string, appl_ver_id));
  };
  const auto paths = [&dictionaries](const std::string& begin_string,
                                     const std::string& appl_ver_id) {
    return dictionaries.paths(session_of(begin_string, appl_ver_id));
  };
  return sim::Simulator::start(
      config, {loop, recorder, dictionary, std::move(note), environment_variable, paths});
}

void serve_until(net::Loop& loop, const std::function<bool()>& ended) {
  while (!ended()) loop.run_until(ended, loop.now() + kLongWait);
}

std::string quotes_text(const sim::Config& config) {
  std::vector<std::string> all;
  for (const sim::Quote& quote : config.quotes) all.push_back(quote_text(quote));
  return join(all, ", ");
}

BackgroundSimulator::BackgroundSimulator()
    : loop_(net::make_tcp_loop(RunClock().now())), dictionaries_(spec_folder()) {}

Result<std::unique_ptr<BackgroundSimulator>> BackgroundSimulator::start(
    const sim::Config& config, std::function<void(const std::string&)> note) {
  std::unique_ptr<BackgroundSimulator> made(new BackgroundSimulator());
  auto simulator =
      start_simulator(config, *made->loop_, made->recorder_, made->dictionaries_, std::move(note));
  if (!simulator) return simulator.error();
  if (Status ready = (*simulator)->prepare(); !ready) return ready.error();
  made->simulator_ = std::move(*simulator);
  made->stop_.add(*made->loop_);
  made->thread_ = std::thread([&self = *made] {
    serve_until(*self.loop_, [&self] { return self.stop_.requested(); });
    self.simulator_->stop();
  });
  return made;
}

BackgroundSimulator::~BackgroundSimulator() {
  stop_.request();
  if (thread_.joinable()) thread_.join();
  stop_.remove(*loop_);
}

}  // namespace fixdrill::cli
