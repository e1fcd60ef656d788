#include "cli/run_config.h"

#include <filesystem>

#include "cli/project.h"

namespace fixdrill::cli {

namespace {

run::RunConfig judging_config(const RunParts& parts) {
  const RunSetup& setup = parts.setup;
  session::Playback& playback = setup.against->playback();
  return run::RunConfig{.profile = setup.profile,
                        .dictionaries = parts.dictionaries,
                        .recorder = parts.recorder,
                        .progress = parts.progress,
                        .stop = parts.stop,
                        .make_loop = [&playback] { return session::make_playback_loop(playback); },
                        .env = environment_variable,
                        .variables = setup.variables,
                        .secrets = setup.secrets.by_name,
                        .passwords = {},
                        .masker = masker_of(setup),
                        .deny = {},
                        .store_folder = {},
                        .prompter = &parts.prompter,
                        .answers = parts.attendance.answers.get(),
                        .sut_log = parts.attendance.sut_log.get(),
                        .playback = &playback};
}

}  // namespace

Result<run::RunConfig> run_config(const RunParts& parts) {
  const RunSetup& setup = parts.setup;
  if (setup.against) return judging_config(parts);
  auto around_file = parts.rehearsal.around_file(setup.suite, setup.variables);
  if (!around_file) return around_file.error();
  const auto folder = std::filesystem::path(setup.profile.path).parent_path();
  return run::RunConfig{.profile = setup.profile,
                        .dictionaries = parts.dictionaries,
                        .recorder = parts.recorder,
                        .progress = parts.progress,
                        .stop = parts.stop,
                        .make_loop = parts.rehearsal.make_loop(),
                        .attach = parts.rehearsal.attach(setup.suite),
                        .around_file = *around_file,
                        .env = environment_variable,
                        .variables = setup.variables,
                        .secrets = setup.secrets.by_name,
                        .passwords = setup.secrets.passwords,
                        .masker = masker_of(setup),
                        .deny = setup.deny,
                        .store_folder = (folder / ".fixdrill").string(),
                        .lanes = setup.lanes,
                        .prompter = &parts.prompter,
                        .answers = parts.attendance.answers.get(),
                        .programs = parts.attendance.programs.get(),
                        .sut_log = parts.attendance.sut_log.get()};
}

}  // namespace fixdrill::cli
