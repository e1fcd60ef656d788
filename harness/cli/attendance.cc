#include "cli/attendance.h"

#include <fmt/format.h>
#include <iostream>
#include <set>
#include <unistd.h>

#include "base/limits.h"
#include "cli/log_file.h"
#include "cli/project.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace po = boost::program_options;
using Values = po::variables_map;

namespace {

std::string why_absent(const Values& values, const Terminal& terminal) {
  if (values.count("no-input")) return "the run has --no-input";
  if (values.count("virtual-time")) return "on virtual time nobody is waited for";
  if (values.count("against")) return "a recording is judged";
  if (terminal.ci) return "CI is set in the environment";
  if (isatty(STDIN_FILENO) == 0) return "standard input is not a terminal";
  if (!terminal.stderr_is_terminal)
    return "standard error, where questions are shown, is not a terminal";
  return "";
}

// Where the secrets of the profile come from is nothing for a program.
std::set<std::string> secret_variables(const profile::Profile& profile) {
  std::set<std::string> names;
  const auto add = [&](const profile::SecretRef& ref) {
    if (ref.source == profile::SecretRef::Source::env) names.insert(ref.name);
  };
  for (const auto& [name, ref] : profile.secrets) add(ref);
  for (const profile::Session& session : profile.sessions) {
    if (session.password) add(*session.password);
  }
  return names;
}

Status check_execs(const run::Plan& plan) {
  for (const run::FilePlan& planned : plan.files) {
    if (planned.file->execs.empty()) continue;
    return to_error({Severity::error, planned.file->execs.front(),
                     "this starts a program of this machine; add --allow-exec to run it"});
  }
  return {};
}

}  // namespace

void Attendance::warn_of_unused() const {
  if (!answers) return;
  const std::string text = render(answers->unused());
  if (!text.empty()) std::cerr << text << '\n';
}

void add_attendance_options(po::options_description& options) {
  auto add = options.add_options();
  add("no-input", "never ask on the terminal: prompts without an answer are UNRESOLVED");
  add("answers", po::value<std::string>()->value_name("FILE"),
      "answers to prompts, as CSV: scenario,step,answer,who");
  add("sut-log", po::value<std::string>()->value_name("FILE"),
      "log file of the system under test: 'confirm … log /…/' looks there instead of asking");
  add("allow-exec", "let 'exec' start programs of this machine");
}

Result<Attendance> attendance_of(const Values& values, const Terminal& terminal,
                                 const profile::Profile& profile, const run::Plan& plan) {
  Attendance attendance;
  attendance.absent = why_absent(values, terminal);
  if (values.count("answers")) {
    const auto source =
        run::read_source(values["answers"].as<std::string>(), limits::kScenarioFile);
    if (!source) return source.error();
    auto answers = run::AnswerSheet::read(*source);
    if (!answers) return answers.error();
    attendance.answers = std::move(*answers);
  }
  if (values.count("sut-log")) {
    auto log = open_log(values["sut-log"].as<std::string>());
    if (!log) return log.error();
    attendance.sut_log = std::move(*log);
  }
  if (values.count("allow-exec")) {
    attendance.programs = std::make_unique<LocalPrograms>(
        LocalPrograms::Options{.folder = project_root(profile.path),
                               .hidden = secret_variables(profile),
                               .at_once = values.count("virtual-time") != 0});
  } else if (Status none = check_execs(plan); !none && !values.count("against")) {
    return none.error();
  }
  return attendance;
}

}  // namespace fixdrill::cli
