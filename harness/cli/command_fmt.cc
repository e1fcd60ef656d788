// fixdrill fmt: the one layout of scenario files.

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <unistd.h>

#include "base/limits.h"
#include "cli/options.h"
#include "cli/project.h"
#include "run/suite.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

// Beside the file first, then in its place: a full disk must not cost the user the scenario.
Status replace_file(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  std::error_code error;
  {
    std::ofstream out(beside, std::ios::binary);
    out << text;
    out.close();
    if (!out) {
      std::filesystem::remove(beside, error);
      return environment_error(fmt::format("cannot write {}; {} is as it was", beside, path));
    }
  }
  std::filesystem::permissions(beside, std::filesystem::status(path, error).permissions(), error);
  std::filesystem::rename(beside, path, error);
  if (error) return environment_error(fmt::format("cannot replace {}: {}", path, error.message()));
  return {};
}

// Includes are not followed: each file is laid out by itself.
Result<SourcePtr> skip_include(const std::string& path, const SourceFile&) {
  return SourcePtr(std::make_shared<SourceFile>(path, ""));
}

/// 0: was in order or is now; 1: differs (with --check).
int format_file(const std::string& path, bool check) {
  auto source = run::read_source(path, limits::kScenarioFile);
  if (!source) return fail(source.error());
  const syntax::Parsed parsed = syntax::parse(*source, skip_include);
  if (has_errors(parsed.diagnostics)) {
    std::cerr << render(parsed.diagnostics) << '\n';
    return 2;
  }
  const std::string text = syntax::format(parsed.file);
  if (text == (*source)->text()) return 0;
  std::cout << path << (check ? ": not formatted; 'fixdrill fmt' does it\n" : ": formatted\n");
  if (check) return 1;
  const Status written = replace_file(path, text);
  return written ? 0 : fail(written.error());
}

}  // namespace

int command_fmt(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  po::options_description options("options");
  options.add_options()("check", "change nothing; exit 1 when a file is not formatted");
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  const auto files =
      run::find_scenarios(value_or<std::vector<std::string>>(parsed.values, "paths", {"."}));
  if (!files) return fail(files.error());
  int worst = 0;
  for (const std::string& path : *files) {
    worst = std::max(worst, format_file(path, parsed.values.count("check") != 0));
  }
  return worst;
}

}  // namespace fixdrill::cli
