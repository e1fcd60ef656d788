// fixdrill check: parses and lints, with no network.

#include <fmt/format.h>
#include <iostream>

#include "cli/options.h"
#include "cli/project.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

int report(const run::Suite& suite) {
  const std::string text = render(suite.diagnostics);
  if (!text.empty()) std::cout << text << '\n';
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic& diagnostic : suite.diagnostics) {
    if (diagnostic.severity == Severity::error) ++errors;
    if (diagnostic.severity == Severity::warning) ++warnings;
  }
  std::cerr << fmt::format("{} file{} checked: {} error{}, {} warning{}\n", suite.files.size(),
                           suite.files.size() == 1 ? "" : "s", errors, errors == 1 ? "" : "s",
                           warnings, warnings == 1 ? "" : "s");
  return errors == 0 ? 0 : 2;
}

}  // namespace

int command_check(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  po::options_description options("options");
  options.add_options()(
      "profile,p", po::value<std::string>()->value_name("FILE"),
      "profile; without one, fixdrill.toml here or above, else names are not checked");
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  std::optional<profile::Profile> profile;
  if (parsed.values.count("profile") || find_profile()) {
    auto loaded = load_profile(parsed.values.count("profile")
                                   ? std::optional(parsed.values["profile"].as<std::string>())
                                   : std::nullopt);
    if (!loaded) return fail(loaded.error());
    profile = std::move(*loaded);
  }
  const auto files =
      run::find_scenarios(value_or<std::vector<std::string>>(parsed.values, "paths", {"."}));
  if (!files) return fail(files.error());
  auto suite = run::parse_suite(*files, project_root(profile ? &*profile : nullptr));
  if (!suite) return fail(suite.error());
  run::Dictionaries dictionaries(spec_folder());
  const Status checked = run::check_suite(*suite, profile ? &*profile : nullptr, dictionaries);
  if (!checked) return fail(checked.error());
  return report(*suite);
}

}  // namespace fixdrill::cli
