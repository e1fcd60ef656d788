// The simulator: engine sessions for whoever logs on, one application behind them, the exchange if
// its file names no other.
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

#include "base/limits.h"
#include "base/result.h"
#include "fix/dictionary.h"
#include "net/loop.h"
#include "record/recorder.h"
#include "sim/exchange.h"
#include "sim/rule_book.h"

namespace fixdrill::sim {

enum class ApplicationKind { exchange, acceptance };

/// Who looks at whole messages before rules' leftovers reach the application.
enum class Checks {
  none,
  dictionary,  ///< ours: Reject(3) what it finds wrong in an application message
  engine,      ///< QuickFIX, by its own dictionary; what is sent has its order of fields too
};

/// A client that the file lists.
struct KnownClient {
  std::string comp_id;  ///< SenderCompID(49) of its Logon
  std::string begin_string;
  std::string appl_ver_id;         ///< FIXT.1.1 only; what its Logon says in 1137 is the engine's
  bool fields_have_values = true;  ///< Checks::engine: refuse `58=`
};

/// What a simulator file says (sim_file.h), with the defaults of one that says nothing.
struct Config {
  std::string listen = "127.0.0.1";
  std::uint16_t port = 0;            ///< 0 = the system chooses
  std::string comp_id;               ///< TargetCompID(56) that clients must name; "" = any
  std::vector<std::string> clients;  ///< SenderCompIDs(49) that are let in; empty = any
  ApplicationKind application = ApplicationKind::exchange;
  Checks checks = Checks::dictionary;
  bool reset_on_logon = false;        ///< both numbers begin at 1 with every Logon
  std::vector<KnownClient> sessions;  ///< empty: whoever logs on
  bool cancel_on_disconnect = true;
  std::size_t most_sessions = limits::kSimSessions;         ///< identities that are remembered
  std::size_t most_held_reports = limits::kSimHeldReports;  ///< for a client that is away
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
  /// The files of `dictionary`, for Checks::engine only.
  std::function<std::vector<std::string>(const std::string& begin_string,
                                         const std::string& appl_ver_id)>
      dictionary_paths =
          [](const std::string&, const std::string&) { return std::vector<std::string>(); };
};

class Simulator {
 public:
  /// Listens from now on. Environment error: the port is taken, the address is not ours.
  static Result<std::unique_ptr<Simulator>> start(const Config& config, Surroundings surroundings);
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  std::uint16_t port() const;
  /// Gets ready for every session of its file, so that no Logon waits for dictionaries: on real
  /// time that may take longer than a client is patient.
  Status prepare();
  /// Logs every client out and waits for that, 2 s at most; runs the loop.
  void stop();

 private:
  class Parts;
  explicit Simulator(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace fixdrill::sim
