// fixdrill run: replays scenarios, prints the results, leaves a recording.

#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <set>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "cli/asked.h"
#include "cli/attendance.h"
#include "cli/def_options.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/rehearsal.h"
#include "cli/run_clock.h"
#include "cli/run_reports.h"
#include "cli/signals.h"
#include "cli/terminal_prompter.h"
#include "cli/update_files.h"
#include "fix/value.h"
#include "net/loop.h"
#include "profile/worker.h"
#include "report/console.h"
#include "run/plan.h"
#include "run/runner.h"
#include "run/suite.h"
#include "run/uid.h"
#include "run/update.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using Values = po::variables_map;

namespace {

po::options_description run_options() {
  po::options_description options("options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("profile,p", text("FILE"), "profile; without one, fixdrill.toml here or above");
  add("var", po::value<std::vector<std::string>>()->value_name("NAME=VALUE"),
      "value of a param; may be repeated");
  add("db", text("FILE"), "the recording; without one, runs/<time>.db");
  add(",j", text("N"), "lanes that run side by side (1)");
  add_selection_options(options);
  add("repeat", text("N"), "run all of it N times in one run, at most 10000");
  add("until-fail", "with --repeat: end at the first failure; without it, 1000 times at most");
  add("fail-fast", "end the run at the first scenario that does not pass");
  add("sim", text("[=FILE]"),
      "against a simulator that is started for this run; FILE has its quotes (.toml) or rules "
      "(.drill)");
  add("sim-port", text("N"), "against the simulator that runs on port N of this machine");
  add("virtual-time", "with --sim: no wait takes time, and the same run gives the same bytes");
  add("seed", text("N"), "with --virtual-time: other delays on the network (1)");
  add("compare", text("HOW"),
      "of .def files: meaning (as scenarios do), or text (each field in its place, letter by "
      "letter)");
  add("update",
      "write FILE.new for each FILE whose literal '=' values differ from what came, and show the "
      "diff; not where CI is set");
  add("report-junit", text("FILE"), "write JUnit XML of the run to FILE");
  add("report-json", text("FILE"), "write JSON of the run to FILE");
  add("release", text("NAME"), "label of the recording: what was tested");
  add("change", text("REF"), "label of the recording: why");
  add_attendance_options(options);
  add("verbose,v", "field tables of what matched too");
  add("color", text("WHEN"), "auto, always or never");
  return options;
}

// Option over FIXDRILL_VAR_x over profile; the file's own default comes last, in the runner.
Result<std::map<std::string, std::string>> variables(const Values& values,
                                                     const profile::Profile& profile,
                                                     const run::Suite& suite,
                                                     const run::Plan& plan) {
  std::map<std::string, std::string> all;
  std::set<std::string> declared;
  for (const profile::Param& param : profile.params) all[param.name] = param.value;
  for (const syntax::File& file : suite.files) {
    for (const syntax::Param& param : file.params) {
      declared.insert(param.name.text);
      if (auto value = environment_variable("FIXDRILL_VAR_" + param.name.text))
        all[param.name.text] = *value;
    }
  }
  for (const std::string& given : value_or<std::vector<std::string>>(values, "var", {})) {
    const std::size_t equals = given.find('=');
    if (equals == std::string::npos)
      return input_error(fmt::format("--var {}: write NAME=VALUE", given));
    const std::string name = given.substr(0, equals);
    if (!declared.count(name)) {
      const auto near = did_you_mean(name, {declared.begin(), declared.end()});
      return input_error(fmt::format("--var {}: no scenario here has a param '{}'{}", given, name,
                                     near ? fmt::format("; did you mean {}?", *near) : ""));
    }
    all[name] = given.substr(equals + 1);
  }
  for (const run::FilePlan& planned : plan.files) {
    for (const syntax::Param& param : planned.file->params) {
      if (param.value || all.count(param.name.text)) continue;
      return to_error(
          {Severity::error, param.span,
           fmt::format("param {} has no value; give one with --var {}=VALUE or in the profile",
                       param.name.text, param.name.text)});
    }
  }
  return all;
}

Result<unsigned> lane_count(const Values& values) {
  const auto given = value_or<std::string>(values, "-j", "1");
  const auto lanes = parse_size(given);
  if (lanes && *lanes >= 1 && *lanes <= limits::kLanes) return static_cast<unsigned>(*lanes);
  return input_error(
      fmt::format("-j {}: write how many lanes run side by side, 1 to {}", given, limits::kLanes));
}

// Sessions of the profile that the files of the plan use.
std::vector<const profile::Session*> used_sessions(const profile::Profile& profile,
                                                   const run::Plan& plan) {
  const std::set<std::string> names = run::declared_sessions(plan);
  std::vector<const profile::Session*> used;
  for (const profile::Session& session : profile.sessions) {
    if (names.count(session.name)) used.push_back(&session);
  }
  return used;
}

struct Secrets {
  std::map<std::string, std::string> by_name;
  std::map<std::string, std::string> passwords;
  std::vector<std::string> values;
};

Result<Secrets> resolve_secrets(const profile::Profile& profile, const run::Plan& plan,
                                bool may_prompt) {
  const profile::SecretSources sources = secret_sources(may_prompt);
  Secrets secrets;
  std::set<std::string> wanted;
  for (const run::FilePlan& planned : plan.files) {
    for (const syntax::Secret& secret : planned.file->secrets) wanted.insert(secret.name.text);
  }
  for (const auto& [name, ref] : profile.secrets) {
    if (!wanted.count(name)) continue;
    auto value = profile::resolve(ref, sources);
    if (!value) return value.error();
    secrets.by_name[name] = *value;
    secrets.values.push_back(*value);
  }
  for (const profile::Session* session : used_sessions(profile, plan)) {
    if (!session->password) continue;
    auto value = profile::resolve(*session->password, sources);
    if (!value) return value.error();
    secrets.passwords[session->name] = *value;
    secrets.values.push_back(*value);
  }
  return secrets;
}

Status check_sessions(const profile::Profile& profile, const run::Plan& plan,
                      const profile::DenyList& deny) {
  for (const profile::Session* session : used_sessions(profile, plan)) {
    if (Status target = profile::check_target(profile, *session, deny); !target) return target;
    if (session->clordid.empty()) continue;
    if (Status pattern = run::check_uid_pattern(session->clordid); !pattern) return pattern;
  }
  return {};
}

// Guard 1: production takes a typed yes, which nobody can give where nobody can be asked.
Status confirm_production(const profile::Profile& profile, bool may_prompt) {
  if (profile.environment != profile::Environment::production) return {};
  if (!may_prompt)
    return guard_error(
        "the profile is of production: that takes a typed yes on a terminal; nothing was sent");
  std::cerr << "This profile is of PRODUCTION. Only Logon, Heartbeat, TestRequest and Logout will "
               "leave, and they move "
               "the gateway's numbers.\nType yes to go on: "
            << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  if (trim(answer) == "yes") return {};
  return guard_error("not confirmed; nothing was sent");
}

// Where this run records, and so where the last one did.
std::string recordings_folder(const Values& values) {
  if (!values.count("db")) return kRecordings;
  const std::string folder = fs::path(values["db"].as<std::string>()).parent_path().string();
  return folder.empty() ? "." : folder;
}

// Named after the time it is, whatever clock the run has.
std::string recording_path(const Values& values) {
  if (values.count("db")) return values["db"].as<std::string>();
  std::string stamp = fix::iso_time(RunClock().now().wall_ns, 0).substr(0, 19);
  std::replace(stamp.begin(), stamp.end(), ':', '-');
  std::string path = fmt::format("{}/{}.db", kRecordings, stamp);
  for (int i = 2; fs::exists(path); ++i) path = fmt::format("{}/{}-{}.db", kRecordings, stamp, i);
  return path;
}

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

/// What the run starts from: everything that can be wrong before a connection is found here.
struct Prepared {
  profile::Profile profile;
  Asked asked;
  run::Suite suite;
  run::Plan plan;  ///< what of the suite runs
  std::map<std::string, std::string> variables;
  unsigned lanes = 1;
  profile::DenyList deny;
  Secrets secrets;
};

Status check(run::Suite& suite, const profile::Profile& profile, run::Dictionaries& dictionaries) {
  if (Status checked = run::check_suite(suite, &profile, dictionaries); !checked)
    return checked.error();
  if (has_errors(suite.diagnostics)) return input_error(render(suite.diagnostics));
  return {};
}

// What was found in files that are not part of the run is left to 'fixdrill check'.
void print_warnings(const std::vector<Diagnostic>& found, const run::Plan& plan) {
  std::set<const SourceFile*> sources;
  for (const run::FilePlan& planned : plan.files) {
    sources.insert(planned.file->source.get());
    for (const SourcePtr& included : planned.file->included) sources.insert(included.get());
  }
  for (const Diagnostic& one : found) {
    if (one.span.empty() || sources.contains(one.span.file)) std::cerr << render(one) << '\n';
  }
}

// A simulator serves a suite that has no profile too.
Result<profile::Profile> profile_for(const Values& values, const Rehearsal& rehearsal) {
  const auto named =
      values.count("profile") ? std::optional(values["profile"].as<std::string>()) : std::nullopt;
  if (rehearsal.simulated() && !named && !find_profile()) return profile::Profile();
  return load_profile(named);
}

Result<Prepared> prepare(const Values& values, const Rehearsal& rehearsal,
                         run::Dictionaries& dictionaries, bool may_prompt) {
  auto profile = profile_for(values, rehearsal);
  if (!profile) return profile.error();
  Prepared prepared;
  prepared.profile = std::move(*profile);
  auto wanted = asked(values, recordings_folder(values));
  if (!wanted) return wanted.error();
  prepared.asked = std::move(*wanted);
  const auto compare = compare_option(values);
  if (!compare) return compare.error();
  run::DefReader def(dictionaries, *compare);
  auto suite = run::parse_suite(prepared.asked.files, project_root(prepared.profile.path), &def);
  if (!suite) return suite.error();
  prepared.suite = std::move(*suite);
  if (values.count("update") && !prepared.suite.def_sources.empty())
    return input_error(
        "--update changes scenarios; make one of the .def file with 'fixdrill import def'");
  run::add_def_sessions(prepared.profile, prepared.suite.def_sessions, rehearsal.simulated());
  if (rehearsal.simulated()) rehearsal.aim(prepared.profile, prepared.suite);
  if (Status checked = check(prepared.suite, prepared.profile, dictionaries); !checked)
    return checked.error();
  auto plan = plan_of_run(values, prepared.suite.files, prepared.asked);
  if (!plan) return plan.error();
  prepared.plan = std::move(*plan);
  print_warnings(prepared.suite.diagnostics, prepared.plan);
  auto vars = variables(values, prepared.profile, prepared.suite, prepared.plan);
  if (!vars) return vars.error();
  prepared.variables = std::move(*vars);
  auto deny = deny_list();
  if (!deny) return deny.error();
  prepared.deny = std::move(*deny);
  auto lanes = lane_count(values);
  if (!lanes) return lanes.error();
  prepared.lanes = *lanes;
  for (unsigned lane = 1; lane <= *lanes; ++lane) {
    const auto seen = profile::for_worker(prepared.profile, lane);
    if (Status fine = check_sessions(seen, prepared.plan, prepared.deny); !fine)
      return fine.error();
  }
  if (Status yes = confirm_production(prepared.profile, may_prompt); !yes) return yes.error();
  auto secrets = resolve_secrets(prepared.profile, prepared.plan, may_prompt);
  if (!secrets) return secrets.error();
  prepared.secrets = std::move(*secrets);
  return prepared;
}

record::Masker masker_of(const Prepared& prepared) {
  std::set<int> tags;
  for (const profile::Session& session : prepared.profile.sessions)
    tags.insert(session.mask.begin(), session.mask.end());
  return {std::move(tags), prepared.secrets.values};
}

Result<std::unique_ptr<record::Recorder>> open_recording(const Values& values,
                                                         const Rehearsal& rehearsal,
                                                         const Prepared& prepared) {
  const profile::Profile& profile = prepared.profile;
  const std::string path = recording_path(values);
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  record::RunRow row;
  row.suite = prepared.asked.text();
  row.target = rehearsal.simulated() ? "simulator" : profile.path;
  row.target_release = value_or<std::string>(values, "release", "");
  row.change_ref = value_or<std::string>(values, "change", "");
  row.environment = {{"fixdrill", FIXDRILL_VERSION},
                     {"environment", profile::environment_name(profile.environment)}};
  if (rehearsal.virtual_time()) {
    row.seed = rehearsal.seed();
    row.reproducible = prepared.lanes == 1;
    row.environment.emplace_back("clock", "virtual");
  }
  for (const std::string& raised : profile.limits.raised)
    row.environment.emplace_back("limit " + raised, "raised");
  return record::create_recording(path, row, rehearsal.start());
}

int execute(const Values& values, const Terminal& terminal, const report::ColourChoice& colour,
            run::Stop& stop) {
  const bool may_prompt = isatty(STDIN_FILENO) != 0 && !values.count("no-input");
  if (Status allowed = check_update(values, terminal); !allowed) return fail(allowed.error());
  const auto reports = reports_of_run(values);
  if (!reports) return fail(reports.error());
  run::Dictionaries dictionaries(spec_folder());
  const auto rehearsal = Rehearsal::from(values);
  if (!rehearsal) return fail(rehearsal.error());
  auto prepared = prepare(values, *rehearsal, dictionaries, may_prompt);
  if (!prepared) return fail(prepared.error());
  auto around_file = rehearsal->around_file(prepared->suite, prepared->variables);
  if (!around_file) return fail(around_file.error());
  const auto attendance = attendance_of(values, terminal, prepared->profile, prepared->plan);
  if (!attendance) return fail(attendance.error());
  auto recorder = open_recording(values, *rehearsal, *prepared);
  if (!recorder) return fail(recorder.error());
  record_artifacts(**recorder, prepared->profile, prepared->plan);

  report::Console console(std::cout, std::cerr,
                          {.colour = report::use_colour(colour),
                           .live_progress = terminal.stderr_is_terminal && !terminal.ci,
                           .verbose = values.count("verbose") != 0});
  TerminalPrompter prompter(console, attendance->absent);
  const auto store = (fs::path(prepared->profile.path).parent_path() / ".fixdrill").string();
  const run::RunConfig config{
      .profile = prepared->profile,
      .dictionaries = dictionaries,
      .recorder = **recorder,
      .progress = prompter,
      .stop = stop,
      .make_loop = rehearsal->make_loop(),
      .attach = rehearsal->attach(),
      .around_file = *around_file,
      .env = environment_variable,
      .variables = prepared->variables,
      .secrets = prepared->secrets.by_name,
      .passwords = prepared->secrets.passwords,
      .masker = masker_of(*prepared),
      .deny = prepared->deny,
      .store_folder = store,
      .lanes = prepared->lanes,
      .fail_fast = values.count("fail-fast") != 0 || values.count("until-fail") != 0,
      .prompter = &prompter,
      .answers = attendance->answers.get(),
      .programs = attendance->programs.get()};
  const record::RunResult result = run::run(config, prepared->plan);
  console.summary(result);
  attendance->warn_of_unused();
  if (Status written = (*recorder)->failure(); !written) fail(written.error());
  if (values.count("update")) {
    const Status updated =
        write_updates(run::update_of(prepared->plan, result), config.masker, std::cout);
    if (!updated) fail(updated.error());
  }
  recorder->reset();
  return report_run(result, *reports);
}

}  // namespace

int command_run(const Command& self, const std::vector<std::string>& arguments,
                const Terminal& terminal) {
  const Parsed parsed =
      parse_options(self, with_no_value(arguments, {"sim", "last-failed"}), run_options());
  if (parsed.leave) return *parsed.leave;
  const auto colour =
      colour_choice(value_or<std::string>(parsed.values, "color", "auto"), terminal);
  if (!colour) return fail(colour.error());
  run::Stop stop;
  const Signals signals(stop);
  return execute(parsed.values, terminal, *colour, stop);
}

}  // namespace fixdrill::cli
