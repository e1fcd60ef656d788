// The simulator as the commands start it, and one that runs in a thread of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"
#include "net/loop.h"
#include "record/null_recorder.h"
#include "run/dictionaries.h"
#include "run/stop.h"
#include "sim/simulator.h"

namespace fixdrill::cli {

/// The simulator file named, or the rules when it is a scenario file; without one, what is built
/// in.
Result<sim::Config> sim_config(const std::optional<std::string>& file);

/// A simulator on `loop` that loads its dictionaries from `dictionaries`. All outlive it.
Result<std::unique_ptr<sim::Simulator>> start_simulator(
    const sim::Config& config, net::Loop& loop, record::Recorder& recorder,
    run::Dictionaries& dictionaries, std::function<void(const std::string&)> note);

/// Runs the loop until `ended` holds; interrupt the loop to have it asked.
void serve_until(net::Loop& loop, const std::function<bool()>& ended);

/// "MSFT 10.10/10.20 x 1000000, IBM …"
std::string quotes_text(const sim::Config& config);

/// A simulator on a thread and a port of its own, until destroyed.
class BackgroundSimulator {
 public:
  static Result<std::unique_ptr<BackgroundSimulator>> start(
      const sim::Config& config, std::function<void(const std::string&)> note);
  ~BackgroundSimulator();
  BackgroundSimulator(const BackgroundSimulator&) = delete;
  BackgroundSimulator& operator=(const BackgroundSimulator&) = delete;

  std::uint16_t port() const { return simulator_->port(); }

 private:
  BackgroundSimulator();

  std::unique_ptr<net::Loop> loop_;
  record::NullRecorder recorder_;
  run::Dictionaries dictionaries_;
  std::unique_ptr<sim::Simulator> simulator_;
  run::Stop stop_;
  std::thread thread_;
};

}  // namespace fixdrill::cli
