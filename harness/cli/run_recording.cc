#include "cli/run_recording.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>

#include "cli/machine.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/run_clock.h"
#include "fix/value.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;
using Values = boost::program_options::variables_map;

namespace {

void record_artifacts(record::Recorder& recorder, const profile::Profile& profile,
                      const run::Plan& plan) {
  if (profile.source) recorder.artifact({"profile", profile.path, profile.source->text()});
  for (const run::FilePlan& planned : plan.files) {
    const syntax::File& file = *planned.file;
    recorder.artifact({"scenario", file.source->path(), file.source->text()});
    for (const SourcePtr& included : file.included) {
      recorder.artifact({"scenario", included->path(), included->text()});
    }
  }
}

void record_dictionaries(record::Recorder& recorder, const RunSetup& setup,
                         run::Dictionaries& dictionaries) {
  std::set<std::string> recorded;
  for (const std::string& name : run::declared_sessions(setup.plan)) {
    const profile::Session* session = setup.profile.session(name);
    if (!session) continue;
    for (const auto& text : dictionaries.texts(*session)) {
      if (recorded.insert(text->sha256).second)
        recorder.artifact({"dictionary", text->name, text->text});
    }
  }
}

}  // namespace

// Named after the time it is, whatever clock the run has.
std::string recording_path(const Values& values) {
  if (values.count("db")) return values["db"].as<std::string>();
  std::string stamp = fix::iso_time(RunClock().now().wall_ns, 0).substr(0, 19);
  std::replace(stamp.begin(), stamp.end(), ':', '-');
  std::string path = fmt::format("{}/{}.db", kRecordings, stamp);
  for (int i = 2; fs::exists(path); ++i) path = fmt::format("{}/{}-{}.db", kRecordings, stamp, i);
  return path;
}

std::string recordings_folder(const Values& values) {
  if (!values.count("db")) return kRecordings;
  const std::string folder = fs::path(values["db"].as<std::string>()).parent_path().string();
  return folder.empty() ? "." : folder;
}

Result<std::unique_ptr<record::Recorder>> open_recording(const Values& values,
                                                         const Rehearsal& rehearsal,
                                                         const RunSetup& setup,
                                                         run::Dictionaries& dictionaries) {
  const profile::Profile& profile = setup.profile;
  const std::string path = recording_path(values);
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  record::RunRow row;
  row.suite = setup.asked.text();
  row.target = rehearsal.simulated() ? "simulator" : profile.path;
  if (setup.against) row.target = fmt::format("recording {}", setup.against->path());
  row.target_release = value_or<std::string>(values, "release", "");
  row.change_ref = value_or<std::string>(values, "change", "");
  row.environment = machine_rows();
  row.environment.emplace_back("environment", profile::environment_name(profile.environment));
  if (rehearsal.virtual_time()) {
    row.seed = rehearsal.seed();
    row.reproducible = setup.lanes == 1;
    row.environment.emplace_back("clock", "virtual");
  } else {
    row.environment.emplace_back("clock", clock_text());
  }
  for (const std::string& raised : profile.limits.raised)
    row.environment.emplace_back("limit " + raised, "raised");
  const Time start = setup.against ? setup.against->playback().now() : rehearsal.start();
  auto recorder = record::create_recording(path, row, start);
  if (!recorder) return recorder;
  record_artifacts(**recorder, profile, setup.plan);
  record_dictionaries(**recorder, setup, dictionaries);
  return recorder;
}

}  // namespace fixdrill::cli
