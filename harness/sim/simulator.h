// The exchange simulator: engine sessions for whoever logs on, one exchange behind them.
//
// Lives on a net::Loop and does everything from inside its run_until: on real time in a program of
// its own or a thread, on virtual time beside a run. Used from one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"
#include "net/loop.h"
#include "record/recorder.h"
#include "sim/exchange.h"
#include "sim/rule_book.h"

namespace fixdrill::sim {

/// What a simulator file says (sim_file.h), with the defaults of one that says nothing.
struct Config {
  std::string listen = "127.0.0.1";
  std::uint16_t port = 0;            ///< 0 = the system chooses
  std::string comp_id;               ///< TargetCompID(56) that clients must name; "" = any
  std::vector<std::string> clients;  ///< SenderCompIDs(49) that are let in; empty = any
  bool validate = true;
  bool cancel_on_disconnect = true;
  std::vector<Quote> quotes;
  /// SenderCompIDs of clients that get a copy of every report of the others.
  std::vector<std::string> drop_copy = {"DC", "DROPCOPY"};
  std::string rules_file;  ///< named in the file, as it stands there; "" = none
  RuleBookPtr rules;       ///< null: the order book alone
  /// Rules of some clients only, which win over `rules`; may be null.
  std::shared_ptr<const RuleTable> table;
};

/// The quotes of a simulator without a file: MSFT 10.10 / 10.20 for 1,000,000, IBM 99.90 / 100.10
/// for 50.
std::vector<Quote> built_in_quotes();

/// What a simulator works with; everything outlives it.
struct Surroundings {
  net::Loop& loop;
  record::Recorder& recorder;
  /// By BeginString(8) and DefaultApplVerID(1137); an error or null when there is none.
  std::function<Result<fix::DictionaryPtr>(const std::string& begin_string,
                                           const std::string& appl_ver_id)>
      dictionary;
  std::function<void(const std::string& text)> note;  ///< one line for people, printable
  /// What env() reads in rules.
  std::function<std::optional<std::string>(const std::string& name)> env = [](const std::string&) {
    return std::optional<std::string>();
  };
};

class Simulator {
 public:
  /// Listens from now on. Environment error: the port is taken, the address is not ours.
  static Result<std::unique_ptr<Simulator>> start(const Config& config, Surroundings surroundings);
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  std::uint16_t port() const;
  /// Logs every client out and waits for that, 2 s at most; runs the loop.
  void stop();

 private:
  class Parts;
  explicit Simulator(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace fixdrill::sim
