// fixdrill report: makes any report of a run again from its recording.

#include <fmt/format.h>
#include <iostream>

#include "cli/options.h"
#include "cli/project.h"
#include "cli/recordings.h"
#include "cli/report_files.h"
#include "record/reader.h"
#include "report/console.h"
#include "report/json.h"
#include "run/answer_sheet.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description report_options() {
  po::options_description options(
      "Exit code: 0 when the report was made, whatever the run came to; 2 a bad recording or "
      "option;\n3 when the report cannot be written.\n\noptions");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("junit", text("FILE"), "write JUnit XML to FILE; - is standard output")(
      "json", text("FILE"), "write JSON to FILE; - is standard output")(
      "answers", "print what people answered, as a file for 'fixdrill run --answers'")(
      "verbose,v", "field tables of what matched too")("color", text("WHEN"),
                                                       "auto, always or never");
  return options;
}

void print(const record::RunResult& result, report::ConsoleOptions options) {
  report::Console console(std::cout, std::cerr, options);
  for (const record::ScenarioResult& scenario : result.scenarios)
    console.scenario_finished(scenario);
  console.summary(result);
}

}  // namespace

int command_report(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal) {
  const Parsed parsed = parse_options(self, arguments, report_options());
  if (parsed.leave) return *parsed.leave;
  const auto paths = labelled_paths(value_or<std::vector<std::string>>(parsed.values, "paths", {}));
  if (!paths) return fail(paths.error());
  if (paths->size() != 1)
    return fail(input_error("report takes one recording; 'fixdrill report --help' shows how"));
  const auto files = report_files(parsed.values, "junit", "json");
  if (!files) return fail(files.error());
  const auto colour = colour_option(parsed.values, terminal);
  if (!colour) return fail(colour.error());
  const auto recording = record::read_recording(paths->front());
  if (!recording) return fail(recording.error());
  if (files->any()) {
    const Status written = write_reports(*recording, *files, report::json_text);
    return written ? 0 : fail(written.error());
  }
  if (parsed.values.count("answers")) {
    std::cout << run::answers_csv(recording->result);
    return std::cout ? 0 : fail(environment_error("cannot write to standard output"));
  }
  print(recording->result, {.colour = *colour, .verbose = parsed.values.count("verbose") != 0});
  return std::cout ? 0 : fail(environment_error("cannot write to standard output"));
}

}  // namespace fixdrill::cli
