// fixdrill export: a recording, log or capture as a text log that import reads back.

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <unistd.h>

#include "cli/input.h"
#include "cli/options.h"
#include "import/export_line.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

// False: it cannot be written.
Result<bool> export_all(record::MessageSource& source, std::ostream& out) {
  imports::SessionWords words;
  for (;;) {
    const auto next = source.next();
    if (!next) return next.error();
    if (!*next) break;
    const std::int64_t session = (*next)->session_id;
    const std::string_view word = words.of(session, source.session(session));
    if (!(out << imports::export_line(**next, word))) return false;
  }
  return static_cast<bool>(out.flush());
}

Result<bool> export_to_output(record::MessageSource& source) {
  const auto done = export_all(source, std::cout);
  if (!done || *done) return done;
  return environment_error("cannot write the output");
}

// Never over another file.
Result<bool> export_to_file(record::MessageSource& source, const std::string& path) {
  const int created = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (created < 0) {
    const char* reason = errno == EEXIST ? "it exists already" : std::strerror(errno);
    return environment_error(
        fmt::format("cannot create {}: {}; choose another place with -o", path, reason));
  }
  ::close(created);
  std::ofstream file(path, std::ios::binary);
  const auto done = export_all(source, file);
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
                        ? export_to_file(**source, parsed.values["out"].as<std::string>())
                        : export_to_output(**source);
  return done ? 0 : fail(done.error());
}

}  // namespace fixdrill::cli
