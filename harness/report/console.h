// The console report of a run: results to one stream, progress to another.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "record/result.h"
#include "run/progress.h"

namespace fixdrill::report {

struct ConsoleOptions {
  bool colour = false;         ///< of results; never by colour alone
  bool live_progress = false;  ///< the progress stream is a terminal: one line that is rewritten
  bool verbose = false;        ///< field tables of what matched too
  bool brief = false;          ///< one line a scenario: what failed is explained elsewhere
};

/// Whether to colour: `--color auto|always|never` over NO_COLOR, CLICOLOR_FORCE, TERM=dumb and
/// being a terminal.
struct ColourChoice {
  std::string option = "auto";
  bool no_color = false;  ///< NO_COLOR is set and not empty
  bool force = false;     ///< CLICOLOR_FORCE or FORCE_COLOR is set and not 0
  bool dumb = false;      ///< TERM=dumb
  bool terminal = false;
};
bool use_colour(const ColourChoice& choice);

/// Prints each scenario as it ends and, with summary(), the last line. Streams outlive it.
class Console final : public run::Progress {
 public:
  Console(std::ostream& results, std::ostream& progress, ConsoleOptions options);

  void note(const std::string& text) override;
  void scenario_started(const std::string& title) override;
  void scenario_finished(const record::ScenarioResult& result) override;
  /// "5 passed, 0 failed in 9.4 s; recording runs/x.db" the attempts of a run that
  /// repeated itself, and the round trips. Of a run that did not
  /// end it says so, and no time.
  void summary(const record::RunResult& result);

 private:
  void put_notes(const record::ScenarioResult& result);
  void erase_live_line();

  std::ostream& results_;
  std::ostream& progress_;
  ConsoleOptions options_;
  bool live_ = false;
};

}  // namespace fixdrill::report
