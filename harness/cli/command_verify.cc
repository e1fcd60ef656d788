// fixdrill verify: proves that recordings hold what was recorded.

#include <algorithm>
#include <fmt/format.h>
#include <iostream>

#include "base/text.h"
#include "cli/options.h"
#include "cli/recordings.h"
#include "record/verify.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

using record::Verification;

std::string counted(std::int64_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string judgement(const Verification& found) {
  if (!found.whole()) return found.sealed ? "not as it was sealed" : "not sealed, and damaged";
  if (found.sealed) return "whole and sealed";
  return "not sealed: the run goes on, or died; every row that is there is whole";
}

void tell(const std::string& path, const Verification& found) {
  std::cout << fmt::format("{}: {}\n", printable(path), judgement(found));
  for (const std::string& fault : found.faults) std::cout << "  ! " << fault << '\n';
  for (const std::string& note : found.notes) std::cout << "  - " << note << '\n';
  std::cout << fmt::format(
      "  {}, {}, {}, {} in {} ({} bytes)\n", counted(found.scenarios, "scenario"),
      counted(found.sessions, "session"), counted(found.connections, "connection"),
      counted(found.messages, "message"), counted(found.streams, "stream"), found.bytes);
  std::cout << fmt::format("  run {}, schema {}, content hash {}\n", printable(found.uuid),
                           found.version, found.hash.empty() ? "not known" : found.hash);
}

int exit_code_of(const Verification& found) { return found.sealed && found.whole() ? 0 : 1; }

}  // namespace

int command_verify(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal&) {
  const po::options_description options("options");
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  const auto paths = labelled_paths(value_or<std::vector<std::string>>(parsed.values, "paths", {}));
  if (!paths) return fail(paths.error());
  if (paths->empty())
    return fail(input_error("verify takes recordings; 'fixdrill verify --help' shows how"));
  int code = 0;
  for (const std::string& path : *paths) {
    const auto found = record::verify_recording(path);
    if (found) tell(path, *found);
    code = std::max(code, found ? exit_code_of(*found) : fail(found.error()));
  }
  return code;
}

}  // namespace fixdrill::cli
