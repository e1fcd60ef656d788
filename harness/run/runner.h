// Executes scenarios: the whole run, from checked files to a result tree and a recording.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/loop.h"
#include "profile/profile.h"
#include "record/mask.h"
#include "record/recorder.h"
#include "record/result.h"
#include "run/answer_sheet.h"
#include "run/dictionaries.h"
#include "run/plan.h"
#include "run/programs.h"
#include "run/progress.h"
#include "run/prompter.h"
#include "run/stop.h"
#include "run/sut_log.h"

namespace fixdrill::session {
class Playback;
}

namespace fixdrill::run {

/// Everything a run needs. What it refers to outlives the run.
struct RunConfig {
  const profile::Profile& profile;
  Dictionaries& dictionaries;
  record::Recorder& recorder;
  Progress& progress;
  Stop& stop;
  std::function<std::unique_ptr<net::Loop>()> make_loop;  ///< one a lane
  /// What else lives on a lane's Loop, such as a simulator on virtual time: made before the lane's
  /// sessions, destroyed after them and before the Loop, on the lane's thread and with the lane's
  /// profile. Null: nothing.
  std::function<std::shared_ptr<void>(net::Loop&, const profile::Profile&)> attach = nullptr;
  /// What holds while a file's cases run, such as the rules that it brings for a simulator: made
  /// before its sessions open, destroyed after they are closed, on the lane's thread and with the
  /// lane's profile. Null: nothing.
  std::function<std::shared_ptr<void>(const syntax::File&, const profile::Profile&)> around_file =
      nullptr;
  std::function<std::optional<std::string>(const std::string&)> env;
  std::map<std::string, std::string> variables;  ///< override the defaults of `param`
  std::map<std::string, std::string> secrets;    ///< values of `secret NAME`
  std::map<std::string, std::string> passwords;  ///< by session of the profile
  record::Masker masker;
  profile::DenyList deny;
  std::string store_folder;
  unsigned lanes = 1;  ///< 1 to limits::kLanes; no more than there is work for are started
  bool fail_fast = false;
  Prompter* prompter = nullptr;    ///< null: nobody can be asked
  AnswerSheet* answers = nullptr;  ///< null: none were given beforehand
  Programs* programs = nullptr;    ///< null: `exec` is refused
  SutLog* sut_log = nullptr;       ///< null: `confirm … log` asks people
  /// What was recorded is judged and nothing sent: its sessions take the place of real ones, its
  /// loop that of make_loop, and there is one lane. Null: a run as usual.
  session::Playback* playback = nullptr;
};

/// Runs every case of the plan and seals the recording. The files were checked without errors.
record::RunResult run(const RunConfig& config, const Plan& plan);

/// 5 beats 1 beats 3 beats 4 beats 0 (README.md); `nothing_ran` is 4.
int exit_code_of(const std::vector<record::ScenarioResult>& scenarios);

}  // namespace fixdrill::run
