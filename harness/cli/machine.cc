#include "cli/machine.h"

#include <fmt/format.h>
#include <fstream>
#include <sys/timex.h>
#include <sys/utsname.h>

#include "record/libraries.h"

namespace fixdrill::cli {

namespace {

/// "Debian GNU/Linux 12 (bookworm)"; "" = not told.
std::string os_name() {
  constexpr std::string_view kKey = "PRETTY_NAME=";
  std::ifstream file("/etc/os-release");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kKey)) continue;
    std::string name = line.substr(kKey.size());
    std::erase(name, '"');
    return name;
  }
  return "";
}

}  // namespace

std::vector<std::pair<std::string, std::string>> machine_rows() {
  std::vector<std::pair<std::string, std::string>> rows = {{"fixdrill", FIXDRILL_VERSION},
                                                           {"os", os_name()}};
  utsname names{};
  if (::uname(&names) == 0) {
    rows.emplace_back("kernel", fmt::format("{} {}", names.sysname, names.release));
    rows.emplace_back("architecture", names.machine);
  }
  for (auto& row : record::library_versions()) rows.push_back(std::move(row));
  return rows;
}

std::string clock_text() {
  timex state{};
  const int result = ::adjtimex(&state);
  if (result < 0) return "not known";
  if (result == TIME_ERROR || (state.status & STA_UNSYNC) != 0) return "not synchronised";
  return fmt::format("synchronised, off by {} ms at most", state.maxerror / 1000);
}

}  // namespace fixdrill::cli
