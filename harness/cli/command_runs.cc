// fixdrill runs: which recordings a folder holds.

#include <fmt/format.h>
#include <iostream>

#include "cli/options.h"
#include "cli/project.h"
#include "cli/recordings.h"
#include "report/runs.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description runs_options() {
  po::options_description options("options");
  auto add = options.add_options();
  add("release", po::value<std::string>()->value_name("NAME"), "only those with this release");
  add("change", po::value<std::string>()->value_name("REF"), "only those with this change");
  add("json", "a JSON document instead of the table");
  return options;
}

void keep_labelled(Recordings& recordings, const po::variables_map& values) {
  std::erase_if(recordings.found, [&](const record::RecordingHead& head) {
    return value_or(values, "release", head.release) != head.release ||
           value_or(values, "change", head.change) != head.change;
  });
}

}  // namespace

int command_runs(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  const Parsed parsed = parse_options(self, arguments, runs_options());
  if (parsed.leave) return *parsed.leave;
  const auto paths = value_or<std::vector<std::string>>(parsed.values, "paths", {kRecordings});
  if (paths.size() != 1)
    return fail(input_error("runs takes one folder; 'fixdrill runs --help' shows how"));
  auto recordings = recordings_in(paths.front());
  if (!recordings) return fail(recordings.error());
  keep_labelled(*recordings, parsed.values);
  const bool json = parsed.values.count("json") != 0;
  if (json)
    std::cout << report::runs_json(recordings->found);
  else
    report::put_runs(std::cout, recordings->found);
  std::cout << std::flush;
  for (const std::string& why : recordings->unread) std::cerr << fmt::format("note: {}\n", why);
  const std::size_t count = recordings->found.size();
  if (!json) std::cerr << fmt::format("{} recording{}\n", count, count == 1 ? "" : "s");
  return std::cout ? 0 : fail(environment_error("cannot write to standard output"));
}

}  // namespace fixdrill::cli
