#include "cli/import_conversation.h"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>

#include "base/text.h"
#include "cli/options.h"
#include "cli/run_clock.h"
#include "cli/run_recording.h"
#include "import/import_text.h"
#include "import/importer.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

Result<imports::LogOptions> log_options(const po::variables_map& values) {
  imports::LogOptions options;
  const auto format = value_or<std::string>(values, "format", "");
  if (Status good = imports::apply_format(format, options); !good) return good.error();
  for (const std::string& us : value_or<std::vector<std::string>>(values, "us", {}))
    options.us.push_back(us);
  if (values.count("tz")) {
    const auto zone = imports::parse_zone(values["tz"].as<std::string>());
    if (!zone) return zone.error();
    options.zone_ns = *zone;
  }
  return options;
}

record::RunRow run_row(const po::variables_map& values, const std::vector<std::string>& paths) {
  record::RunRow row;
  row.kind = "import";
  row.suite = join(paths, " ");
  row.target_release = value_or<std::string>(values, "release", "");
  row.change_ref = value_or<std::string>(values, "change", "");
  row.environment = {{"fixdrill", FIXDRILL_VERSION}};
  return row;
}

int tell(const imports::ImportResult& result, const std::string& path) {
  std::cout << imports::import_text(result)
            << fmt::format("{}: {} messages in {} session{}", printable(path), result.messages,
                           result.sessions, result.sessions == 1 ? "" : "s");
  if (result.seen_by_more > 0)
    std::cout << fmt::format(", {} of them shown by more than one source", result.seen_by_more);
  std::cout << std::endl;
  int worst = 0;
  for (const imports::ImportedSource& source : result.sources)
    if (source.error) worst = std::max(worst, fail(*source.error));
  return worst;
}

}  // namespace

void add_conversation_options(po::options_description& options) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("release", text("NAME"), "what was tested: found again by its name")(
      "change", text("REF"), "why: a ticket, a commit")(
      "us", po::value<std::vector<std::string>>()->value_name("COMPID"),
      "the side that wrote the log, when that is not found out; may be repeated")(
      "format", text("FORMAT"),
      "how lines are written, when that is not found out: time=N zone=+HH:MM in=WORD out=WORD "
      "us=COMPID")("tz", text("ZONE"),
                   "zone of the times in the log: +01:00 (found out by SendingTime)");
}

int import_conversation(const po::variables_map& values, std::vector<std::string> paths) {
  const auto options = log_options(values);
  if (!options) return fail(options.error());
  const std::string out =
      values.count("out") ? values["out"].as<std::string>() : recording_path(values);
  auto recorder = record::create_import(out, run_row(values, paths), RunClock().now());
  if (!recorder) return fail(recorder.error());
  const Time start = RunClock().now();
  const auto result = imports::import_files({std::move(paths), *options, {}}, **recorder);
  if (!result) return fail(result.error());
  if (result->messages == 0) return fail(input_error(imports::nothing_text(*result)));
  record::RunResult run;
  run.uuid = (*recorder)->uuid();
  run.recording = out;
  run.started_ns = start.wall_ns;
  const Time end = RunClock().now();
  run.ended_ns = end.wall_ns;
  run.elapsed_ns = (end - start).count();
  if (Status sealed = (*recorder)->seal(run); !sealed) return fail(sealed.error());
  return tell(*result, out);
}

}  // namespace fixdrill::cli
