// fixdrill conformance: the standard session cases against one system under test, as a table.

#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

#include "cli/attendance.h"
#include "cli/options.h"
#include "cli/pack.h"
#include "cli/project.h"
#include "cli/rehearsal.h"
#include "cli/run_config.h"
#include "cli/run_recording.h"
#include "cli/run_reports.h"
#include "cli/run_setup.h"
#include "cli/signals.h"
#include "cli/terminal_prompter.h"
#include "report/console.h"
#include "report/line.h"
#include "report/reason.h"
#include "run/runner.h"

namespace fixdrill::cli {

namespace po = boost::program_options;
using Values = po::variables_map;

namespace {

constexpr const char* kNobodyThere = "the run ended early: nobody was there to be tested";

po::options_description conformance_options() {
  po::options_description options("options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("profile,p", text("FILE"), "profile; without one, fixdrill.toml here or above");
  add("session", text("NAME"), "which session of the profile is tested; its only one");
  add("listen", text("[ADDR:]PORT"),
      "the system under test is an initiator and calls here; with -j, lane k listens at PORT+k-1");
  add("id", po::value<std::vector<std::string>>()->value_name("LIST"),
      "only these sub-cases, as in 2.k,4.a; may be repeated");
  add(",j", text("N"), "lanes that run side by side (1), each with {worker} of its own");
  add("var", po::value<std::vector<std::string>>()->value_name("NAME=VALUE"),
      "value of a param of the pack, as in sending_time_threshold=60; may be repeated");
  add("pack", text("FOLDER"), "another pack of session cases; it has a cases.csv");
  add("json", text("FILE"), "write the table as JSON to FILE");
  add("report-junit", text("FILE"), "write JUnit XML of the run to FILE");
  add("db", text("FILE"), "the recording; without one, runs/<time>.db");
  add("release", text("NAME"), "label of the recording: what was tested");
  add("change", text("REF"), "label of the recording: why");
  add("sim", text("[=FILE]"),
      "rehearse against a simulator that is started for this run, in either role");
  add("virtual-time", "with --sim: no wait takes time");
  add("seed", text("N"), "with --virtual-time: other delays on the network (1)");
  add_attendance_options(options);
  add("verbose,v", "field tables of what matched too");
  add("color", text("WHEN"), "auto, always or never");
  return options;
}

/// Ends the run when all that it has found out is that nobody is there: each further case would
/// wait as long to say the same.
class FirstContact final : public run::Progress {
 public:
  FirstContact(run::Progress& next, run::Stop& stop) : next_(next), stop_(stop) {}

  bool nobody_there() const { return nobody_there_; }

  void note(const std::string& text) override { next_.note(text); }
  void scenario_started(const std::string& title) override { next_.scenario_started(title); }
  void scenario_finished(const record::ScenarioResult& result) override {
    next_.scenario_finished(result);
    if (reached_ || nobody_there_ || result.outcome == record::Outcome::skip) return;
    reached_ = result.outcome != record::Outcome::error;
    nobody_there_ = !reached_;
    if (nobody_there_) stop_.request();
  }

 private:
  run::Progress& next_;
  run::Stop& stop_;
  bool reached_ = false;
  bool nobody_there_ = false;
};

/// What is to be done and how it is shown.
struct Session {
  const Values& values;
  const Terminal& terminal;
  bool colour = false;
  run::Stop& stop;
};

struct Subject {
  Pack pack;
  UnderTest under_test;
};

Result<Subject> subject_of(const Values& values) {
  if (values.count("paths"))
    return input_error(
        "conformance takes no paths; --id says which sub-cases, --pack another pack");
  auto profile = profile_for(values);
  if (!profile) return profile.error();
  auto tested = under_test(values, std::move(*profile));
  if (!tested) return tested.error();
  auto pack = load_pack(values);
  if (!pack) return pack.error();
  return Subject{std::move(*pack), std::move(*tested)};
}

Result<RunSetup> prepare(const SetupParts& parts, Subject& subject) {
  auto wanted = asked_in({subject.pack.folder}, parts.values, recordings_folder(parts.values));
  if (!wanted) return wanted.error();
  subject.under_test.tested.pack = subject.pack.folder;
  subject.under_test.tested.ids = wanted->selection.ids;
  return set_up(parts, std::move(subject.under_test.profile), std::move(*wanted));
}

void put_result(const report::CoverageTable& table, const record::RunResult& result,
                const Session& session) {
  report::put_coverage(std::cout, table, session.colour);
  std::cout << '\n';
  report::Console console(
      std::cout, std::cerr,
      {.colour = session.colour, .verbose = session.values.count("verbose") != 0});
  for (const record::ScenarioResult& scenario : result.scenarios) {
    if (report::is_failing(scenario.outcome)) console.scenario_finished(scenario);
  }
  report::put_line(
      std::cout,
      fmt::format("{}{} in {:.1f} s; recording {}", result.interrupted ? "interrupted: " : "",
                  report::coverage_summary(table), static_cast<double>(result.elapsed_ns) / 1e9,
                  result.recording));
  std::cout << std::flush;
}

int execute(const Session& session) {
  const Values& values = session.values;
  const bool may_prompt = isatty(STDIN_FILENO) != 0 && !values.count("no-input");
  const auto reports = reports_of_run(values, "report-junit", "json");
  if (!reports) return fail(reports.error());
  auto subject = subject_of(values);
  if (!subject) return fail(subject.error());
  const auto rehearsal = Rehearsal::from(values, serves_only(subject->under_test.profile));
  if (!rehearsal) return fail(rehearsal.error());
  run::Dictionaries dictionaries(spec_folder());
  const auto setup =
      prepare({values, *rehearsal, dictionaries, may_prompt, subject->pack.root}, *subject);
  if (!setup) return fail(setup.error());
  const auto attendance = attendance_of(values, session.terminal, setup->profile, setup->plan);
  if (!attendance) return fail(attendance.error());
  auto recorder = open_recording(values, *rehearsal, *setup, dictionaries);
  if (!recorder) return fail(recorder.error());

  report::Console progress(
      std::cerr, std::cerr,
      {.live_progress = session.terminal.stderr_is_terminal && !session.terminal.ci,
       .brief = true});
  TerminalPrompter prompter(progress, attendance->absent);
  FirstContact contact(prompter, session.stop);
  const auto config = run_config(
      {*setup, *rehearsal, dictionaries, **recorder, contact, prompter, *attendance, session.stop});
  if (!config) return fail(config.error());
  record::RunResult result =
      run::run(*config, setup->lanes == 1 ? setup->plan : run::case_by_case(setup->plan));
  attendance->warn_of_unused();
  if (Status written = (*recorder)->failure(); !written) fail(written.error());
  recorder->reset();

  report::Tested& tested = subject->under_test.tested;
  if (contact.nobody_there()) tested.ended_early = kNobodyThere;
  if (result.interrupted) tested.ended_early = "the run was interrupted";
  const auto table = report::coverage_of(subject->pack.sub_cases, result, tested);
  result.exit_code = report::coverage_exit_code(table, result.exit_code);
  put_result(table, result, session);
  return report_run(result, *reports,
                    [&](const record::Recording&) { return report::coverage_json(table, result); });
}

}  // namespace

int command_conformance(const Command& self, const std::vector<std::string>& arguments,
                        const Terminal& terminal) {
  const Parsed parsed =
      parse_options(self, with_no_value(arguments, {"sim"}), conformance_options());
  if (parsed.leave) return *parsed.leave;
  const auto colour = colour_option(parsed.values, terminal);
  if (!colour) return fail(colour.error());
  run::Stop stop;
  const Signals signals(stop);
  return execute({parsed.values, terminal, *colour, stop});
}

}  // namespace fixdrill::cli
