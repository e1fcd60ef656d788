// fixdrill fmt: the one layout of scenario files.

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/replace_file.h"
#include "run/suite.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

// A link stays one: what it leads to is replaced. A full disk must not cost the user the scenario.
Status replace(const std::string& path, const std::string& text) {
  std::error_code error;
  const std::string real = std::filesystem::canonical(path, error).string();
  struct stat facts {};
  int failed = error ? error.value() : 0;
  if (failed == 0 && (::stat(real.c_str(), &facts) != 0 || ::access(real.c_str(), W_OK) != 0))
    failed = errno;
  if (failed == 0) failed = replace_file(real, text, facts.st_mode & 07777);
  if (failed == 0) return {};
  return environment_error(
      fmt::format("cannot write {}: {}; it is as it was", path, std::strerror(failed)));
}

/// 0: was in order or is now; 1: differs (with --check); 2: does not parse; 3: cannot be written.
int format_file(const std::string& path, bool check) {
  auto source = run::read_source(path, limits::kScenarioFile);
  if (!source) return fail(source.error());
  const syntax::Parsed parsed = syntax::parse_alone(*source);
  if (has_errors(parsed.diagnostics)) {
    std::cerr << render(parsed.diagnostics) << '\n';
    return 2;
  }
  const std::string text = syntax::format(parsed.file);
  if (text == (*source)->text()) return 0;
  if (check) {
    std::cout << printable(path) << ": not formatted; 'fixdrill fmt' does it\n";
    return 1;
  }
  if (Status written = replace(path, text); !written) return fail(written.error());
  std::cout << printable(path) << ": formatted\n";
  return 0;
}

}  // namespace

int command_fmt(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  po::options_description options(
      "Exit code: 0 when all is in order or was put in order; 1 a file differs (--check); 2 a "
      "file\n"
      "does not parse and stays as it is; 3 a file cannot be written.\n\noptions");
  options.add_options()("check", "change nothing; exit 1 when a file is not formatted");
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  const auto files = run::find_scenarios(
      value_or<std::vector<std::string>>(parsed.values, "paths", {"."}), {".drill"});
  if (!files) return fail(files.error());
  int worst = 0;
  for (const std::string& path : *files) {
    worst = std::max(worst, format_file(path, parsed.values.count("check") != 0));
  }
  return worst;
}

}  // namespace fixdrill::cli
