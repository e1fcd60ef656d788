// The recording of a run: where it goes and what stands at its head.
#pragma once

#include <boost/program_options.hpp>
#include <memory>
#include <string>

#include "base/result.h"
#include "cli/rehearsal.h"
#include "cli/run_setup.h"
#include "record/recorder.h"

namespace fixdrill::cli {

/// Where this run records, and so where the last one did.
std::string recordings_folder(const boost::program_options::variables_map& values);

/// `--db`, else a new one in runs, named after the time it is.
std::string recording_path(const boost::program_options::variables_map& values);

/// With profile, scenarios and dictionaries in it, and what the run runs on. Environment error: it
/// cannot be written.
Result<std::unique_ptr<record::Recorder>> open_recording(
    const boost::program_options::variables_map& values, const Rehearsal& rehearsal,
    const RunSetup& setup, run::Dictionaries& dictionaries);

}  // namespace fixdrill::cli
