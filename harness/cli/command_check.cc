// fixdrill check: parses and lints, with no network.

#include <fmt/format.h>
#include <iostream>
#include <set>
#include <string>

#include "cli/options.h"
#include "cli/project.h"
#include "report/diagnostics.h"
#include "run/plan.h"
#include "run/profile_check.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

std::string counted(std::size_t number, const char* what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

/// Checks one file after another: what it takes is the largest, not all of them.
class Checker {
 public:
  Checker(const profile::Profile* profile, bool print) : profile_(profile), print_(print) {}

  Status check(const std::string& path) {
    auto suite = run::parse_suite({path}, root_, &def_);
    if (!suite) return suite.error();
    if (Status checked = check(*suite); !checked) return checked;
    add(suite->diagnostics);
    found_.files.push_back(path);
    for (const run::FilePlan& planned : run::plan(suite->files).files) {
      for (const run::Case& one : planned.cases)
        ids_.insert({one.id, one.scenario->annotation("id")});
    }
    return {};
  }
  /// When all files are checked: what the profile says of scenarios that are not there.
  void check_profile() {
    if (profile_) add(run::check_ids(*profile_, ids_));
  }
  const report::Findings& found() const { return found_; }

 private:
  // An acceptance file says itself what its sessions are.
  Status check(run::Suite& suite) {
    if (suite.def_sessions.empty()) return run::check_suite(suite, profile_, dictionaries_);
    profile::Profile profile = profile_ ? *profile_ : profile::Profile();
    run::add_def_sessions(profile, suite.def_sessions, profile_ == nullptr);
    return run::check_suite(suite, &profile, dictionaries_);
  }
  void add(const std::vector<Diagnostic>& diagnostics) {
    if (print_ && !diagnostics.empty()) std::cout << render(diagnostics) << '\n';
    for (const Diagnostic& one : diagnostics) found_.all.emplace_back(one);
  }

  const profile::Profile* profile_;
  const bool print_;
  const std::string root_ = project_root(profile_ ? std::optional(profile_->path) : std::nullopt);
  run::Dictionaries dictionaries_{spec_folder()};
  run::DefReader def_{dictionaries_, imports::Compare::meaning};
  report::Findings found_;
  std::set<std::string> ids_;
};

}  // namespace

int command_check(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  po::options_description options("options");
  options.add_options()(
      "profile,p", po::value<std::string>()->value_name("FILE"),
      "profile; without one, fixdrill.toml here or above, else names are not checked")(
      "json", "a JSON document instead of the lines");
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
  const bool json = parsed.values.count("json") != 0;
  Checker checker(profile ? &*profile : nullptr, !json);
  for (const std::string& path : *files) {
    if (Status checked = checker.check(path); !checked) return fail(checked.error());
  }
  checker.check_profile();
  const report::Findings& found = checker.found();
  const std::size_t errors = found.count(Severity::error);
  if (json) std::cout << report::check_json(found) << std::flush;
  if (!std::cout) return fail(environment_error("cannot write to standard output"));
  std::cerr << fmt::format("{} checked: {}, {}\n", counted(found.files.size(), "file"),
                           counted(errors, "error"),
                           counted(found.count(Severity::warning), "warning"));
  return errors == 0 ? 0 : 2;
}

}  // namespace fixdrill::cli
