// fixdrill export: a recording, log or capture as a text log that import reads back, or as text to
// compare.

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <unistd.h>

#include "cli/diff_options.h"
#include "cli/input.h"
#include "cli/options.h"
#include "diff/snapshot.h"
#include "import/export_line.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

using Write = std::function<Status(std::ostream&)>;

Status export_all(record::MessageSource& source, std::ostream& out) {
  imports::SessionWords words;
  while (out) {
    const auto next = source.next();
    if (!next) return next.error();
    if (!*next) break;
    const std::int64_t session = (*next)->session_id;
    out << imports::export_line(**next, words.of(session, source.session(session)));
  }
  return {};
}

Status export_to_output(const Write& write) {
  if (Status written = write(std::cout); !written) return written;
  if (std::cout.flush()) return {};
  return environment_error("cannot write the output");
}

// Never over another file; a pipe or /dev/stdout is none.
Status create(const std::string& path) {
  std::error_code none;
  if (std::filesystem::is_other(path, none)) return {};
  const int created = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (created < 0) {
    const char* reason = errno == EEXIST ? "it exists already" : std::strerror(errno);
    return environment_error(
        fmt::format("cannot create {}: {}; choose another place with -o", path, reason));
  }
  ::close(created);
  return {};
}

Status export_to_file(const Write& write, const std::string& path) {
  if (Status created = create(path); !created) return created;
  std::ofstream file(path, std::ios::binary);
  if (file) {
    if (Status written = write(file); !written) return written;
  }
  if (file.flush()) return {};
  return environment_error(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
}

Result<Write> lines_of(const std::vector<std::string>& paths, const InputOptions& input) {
  auto opened = open_input(paths, input);
  if (!opened) return opened.error();
  return Write([source = std::shared_ptr(std::move(*opened))](std::ostream& out) {
    return export_all(*source, out);
  });
}

Result<Write> canonical_of(const std::vector<std::string>& paths, const InputOptions& input,
                           const po::variables_map& values) {
  if (paths.size() != 1) return input_error("--canonical takes one recording, log or capture");
  auto rules = read_rules(values);
  if (!rules) return rules.error();
  auto opened = open_side(paths.front(), input);
  if (!opened) return opened.error();
  const auto side = std::make_shared<Opened>(std::move(*opened));
  return Write([side, rules = std::move(*rules)](std::ostream& out) {
    return diff::put_snapshot({*side->source, side->dictionary, side->origins}, rules, out);
  });
}

}  // namespace

int command_export(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal&) {
  po::options_description options(
      "A line a message: time in UTC, session, in or out, the message with SOH. What is no whole\n"
      "message stands there escaped. With --canonical what 'fixdrill diff' compares of one input, "
      "a\n"
      "field a line: the same run again gives the same bytes.\n\n"
      "Exit code: 0, 2 when something cannot be read, 3 when it cannot "
      "be written.\n\noptions");
  options.add_options()("out,o", po::value<std::string>()->value_name("FILE"),
                        "file to write (standard output)")(
      "canonical", "text to review and to compare: flows in a stable order, ids by their use");
  add_rules_option(options);
  add_input_options(options);
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  const auto paths = input_paths(parsed.values, "export");
  if (!paths) return fail(paths.error());
  const auto input = input_options(parsed.values);
  if (!input) return fail(input.error());
  const bool canonical = parsed.values.count("canonical") != 0;
  if (!canonical && parsed.values.count("rules"))
    return fail(input_error("--rules goes with --canonical"));
  const auto write =
      canonical ? canonical_of(*paths, *input, parsed.values) : lines_of(*paths, *input);
  if (!write) return fail(write.error());
  const Status done = parsed.values.count("out")
                          ? export_to_file(*write, parsed.values["out"].as<std::string>())
                          : export_to_output(*write);
  return done ? 0 : fail(done.error());
}

}  // namespace fixdrill::cli
