// fixdrill export: a recording, log or capture as a text log that import reads back.

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>

#include "cli/input.h"
#include "cli/options.h"
#include "import/export_line.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;
namespace po = boost::program_options;

namespace {

// False: it cannot be written.
Result<bool> export_all(record::MessageSource& source, std::ostream& out) {
  for (;;) {
    const auto next = source.next();
    if (!next) return next.error();
    if (!*next) break;
    if (!(out << imports::export_line(**next, source.session((*next)->session_id)))) return false;
  }
  return static_cast<bool>(out.flush());
}

Result<bool> export_to_output(record::MessageSource& source) {
  const auto done = export_all(source, std::cout);
  if (!done || *done) return done;
  return environment_error("cannot write the output");
}

Result<bool> export_to_file(record::MessageSource& source, const std::vector<std::string>& paths,
                            const std::string& path) {
  for (const std::string& input : paths) {
    std::error_code error;
    if (fs::equivalent(input, path, error))
      return input_error(fmt::format("{} is what is exported; name another file with -o", path));
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  const auto done = file ? export_all(source, file) : Result<bool>(false);
  if (!done || *done) return done;
  return environment_error(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
}

}  // namespace

int command_export(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal&) {
  po::options_description options(
      "A line a message: time in UTC, session, in or out, the message with SOH. What is no whole\n"
      "message stands there escaped. Exit code: 0, 2 when something cannot be read, 3 when it "
      "cannot\n"
      "be written.\n\noptions");
  options.add_options()("out,o", po::value<std::string>()->value_name("FILE"),
                        "file to write (standard output)");
  add_input_options(options);
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  const auto paths = input_paths(parsed.values, "export");
  if (!paths) return fail(paths.error());
  const auto input = input_options(parsed.values);
  if (!input) return fail(input.error());
  auto source = open_input(*paths, *input);
  if (!source) return fail(source.error());
  const auto done = parsed.values.count("out")
                        ? export_to_file(**source, *paths, parsed.values["out"].as<std::string>())
                        : export_to_output(**source);
  return done ? 0 : fail(done.error());
}

}  // namespace fixdrill::cli
