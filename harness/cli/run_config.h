// What the runner is handed: the setup of a run with all that stands by for it.
#pragma once

#include "cli/attendance.h"
#include "cli/rehearsal.h"
#include "cli/run_setup.h"
#include "run/runner.h"

namespace fixdrill::cli {

struct RunParts {
  const RunSetup& setup;
  const Rehearsal& rehearsal;
  run::Dictionaries& dictionaries;
  record::Recorder& recorder;
  run::Progress& progress;
  run::Prompter& prompter;
  const Attendance& attendance;
  run::Stop& stop;
};

/// Everything in `parts` outlives it. Input error: a param of the files' rules has no value.
Result<run::RunConfig> run_config(const RunParts& parts);

}  // namespace fixdrill::cli
