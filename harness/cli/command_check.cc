// fixdrill check: parses and lints, with no network.

#include <fmt/format.h>
#include <iostream>

#include "cli/options.h"
#include "cli/project.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

struct Totals {
  std::size_t files = 0;
  std::size_t errors = 0;
  std::size_t warnings = 0;
};

std::string counted(std::size_t number, const char* what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

/// One file after another: what it takes is the largest, not all of them.
Status check_file(const std::string& path, const profile::Profile* profile,
                  run::Dictionaries& dictionaries, Totals& totals) {
  auto suite = run::parse_suite({path}, project_root(profile));
  if (!suite) return suite.error();
  if (Status checked = run::check_suite(*suite, profile, dictionaries); !checked) return checked;
  const std::string text = render(suite->diagnostics);
  if (!text.empty()) std::cout << text << '\n';
  ++totals.files;
  for (const Diagnostic& diagnostic : suite->diagnostics) {
    if (diagnostic.severity == Severity::error) ++totals.errors;
    if (diagnostic.severity == Severity::warning) ++totals.warnings;
  }
  return {};
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
  run::Dictionaries dictionaries(spec_folder());
  Totals totals;
  for (const std::string& path : *files) {
    Status checked = check_file(path, profile ? &*profile : nullptr, dictionaries, totals);
    if (!checked) return fail(checked.error());
  }
  std::cerr << fmt::format("{} checked: {}, {}\n", counted(totals.files, "file"),
                           counted(totals.errors, "error"), counted(totals.warnings, "warning"));
  return totals.errors == 0 ? 0 : 2;
}

}  // namespace fixdrill::cli
