// fixdrill list: which scenarios there are, and what an option of run would select.

#include <fmt/format.h>
#include <iostream>

#include "cli/asked.h"
#include "cli/options.h"
#include "cli/project.h"
#include "report/list.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description list_options() {
  po::options_description options("options");
  auto add = options.add_options();
  add("profile,p", po::value<std::string>()->value_name("FILE"),
      "profile: includes stay in its folder; without one, fixdrill.toml here or above");
  add_selection_options(options);
  add("json", "a JSON document instead of the table");
  return options;
}

std::vector<std::string> requirements_of(const syntax::Scenario& scenario) {
  std::vector<std::string> all;
  for (const syntax::Annotation& annotation : scenario.annotations) {
    if (annotation.name.text == "req") all.push_back(annotation.text);
  }
  return all;
}

std::vector<report::Listed> listed(const run::Plan& plan) {
  std::vector<report::Listed> all;
  for (const run::FilePlan& file : plan.files) {
    for (const run::Case& one : file.cases) {
      const syntax::Scenario& scenario = *one.scenario;
      const SourceFile& source = *scenario.keyword.file;
      all.push_back({one.id, one.title, run::tags_of(scenario), requirements_of(scenario),
                     run::sessions_of(*file.file, scenario), source.path(),
                     source.position(scenario.keyword.begin).line});
    }
  }
  return all;
}

}  // namespace

int command_list(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  const Parsed parsed =
      parse_options(self, with_no_value(arguments, {"last-failed"}), list_options());
  if (parsed.leave) return *parsed.leave;
  const bool json = parsed.values.count("json") != 0;
  const auto wanted = asked(parsed.values, kRecordings);
  if (!wanted) return fail(wanted.error());
  const auto profile = parsed.values.count("profile")
                           ? std::optional(parsed.values["profile"].as<std::string>())
                           : find_profile();
  run::Dictionaries dictionaries(spec_folder());
  run::DefReader def(dictionaries, imports::Compare::meaning);
  const auto suite = run::parse_suite(wanted->files, project_root(profile), &def);
  if (!suite) return fail(suite.error());
  if (has_errors(suite->diagnostics)) {
    (json ? std::cerr : std::cout) << render(suite->diagnostics) << '\n';
    return 2;
  }
  const auto plan = selected(suite->files, *wanted);
  if (!plan) return fail(plan.error());
  const std::vector<report::Listed> all = listed(*plan);
  if (json)
    std::cout << report::list_json(all);
  else
    report::put_list(std::cout, all);
  std::cout << std::flush;
  if (!json) std::cerr << fmt::format("{} scenario{}\n", all.size(), all.size() == 1 ? "" : "s");
  return std::cout ? 0 : fail(environment_error("cannot write to standard output"));
}

}  // namespace fixdrill::cli
