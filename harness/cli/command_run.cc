// fixdrill run: replays scenarios, prints the results, leaves a recording.

#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

#include "cli/against.h"
#include "cli/asked.h"
#include "cli/attendance.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/rehearsal.h"
#include "cli/run_config.h"
#include "cli/run_recording.h"
#include "cli/run_reports.h"
#include "cli/run_setup.h"
#include "cli/signals.h"
#include "cli/terminal_prompter.h"
#include "cli/update_files.h"
#include "report/console.h"
#include "report/json.h"
#include "run/runner.h"
#include "run/update.h"

namespace fixdrill::cli {

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
  add_against_options(options);
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

Result<RunSetup> prepare(const Values& values, const SetupParts& parts) {
  auto profile = profile_for(values);
  if (!profile) return profile.error();
  auto wanted = asked(values, recordings_folder(values));
  if (!wanted) return wanted.error();
  return set_up(parts, std::move(*profile), std::move(*wanted));
}

int execute(const Values& values, const Terminal& terminal, const report::ColourChoice& colour,
            run::Stop& stop) {
  const bool may_prompt = isatty(STDIN_FILENO) != 0 && !values.count("no-input");
  if (Status allowed = check_update(values, terminal); !allowed) return fail(allowed.error());
  const auto reports = reports_of_run(values, "report-junit", "report-json");
  if (!reports) return fail(reports.error());
  run::Dictionaries dictionaries(spec_folder());
  const auto rehearsal = Rehearsal::from(values);
  if (!rehearsal) return fail(rehearsal.error());
  const auto against = Against::from(values);
  if (!against) return fail(against.error());
  auto setup = prepare(values, {values, *rehearsal, dictionaries, may_prompt, {}, against->get()});
  if (!setup) return fail(setup.error());
  const auto attendance = attendance_of(values, terminal, setup->profile, setup->plan);
  if (!attendance) return fail(attendance.error());
  auto recorder = open_recording(values, *rehearsal, *setup, dictionaries);
  if (!recorder) return fail(recorder.error());

  report::Console console(std::cout, std::cerr,
                          {.colour = report::use_colour(colour),
                           .live_progress = terminal.stderr_is_terminal && !terminal.ci,
                           .verbose = values.count("verbose") != 0});
  TerminalPrompter prompter(console, attendance->absent);
  auto config = run_config(
      {*setup, *rehearsal, dictionaries, **recorder, prompter, prompter, *attendance, stop});
  if (!config) return fail(config.error());
  config->fail_fast = values.count("fail-fast") != 0 || values.count("until-fail") != 0;
  const record::RunResult result = run::run(*config, setup->plan);
  console.summary(result);
  attendance->warn_of_unused();
  if (Status written = (*recorder)->failure(); !written) fail(written.error());
  if (values.count("update")) {
    const Status updated =
        write_updates(run::update_of(setup->plan, result), config->masker, std::cout);
    if (!updated) fail(updated.error());
  }
  recorder->reset();
  return report_run(result, *reports, report::json_text);
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
