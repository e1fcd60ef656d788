#include "report/github.h"

#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "report/attempts.h"
#include "report/reason.h"

namespace fixdrill::report {

namespace fs = std::filesystem;
using record::ScenarioResult;

namespace {

constexpr std::size_t kMost = 8;

// Source of the escapes: actions/toolkit, packages/core/src/command.ts.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    const bool plain = special.find(c) == special.npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned>(c));
  }
  return out;
}

std::string message_text(std::string_view text) { return escaped(text, "%\r\n"); }
std::string property_text(std::string_view text) { return escaped(text, "%\r\n:,"); }

struct Place {
  std::string path;
  std::size_t line = 0;
  std::size_t column = 0;  ///< 0 = the whole line
};

// "dir/a.drill:16:7"; a path may hold colons itself.
std::optional<Place> parse_place(const std::string& location) {
  const std::size_t second = location.rfind(':');
  if (second == std::string::npos || second == 0) return std::nullopt;
  const std::size_t first = location.rfind(':', second - 1);
  if (first == std::string::npos) return std::nullopt;
  const std::string_view text = location;
  const auto line = parse_size(text.substr(first + 1, second - first - 1));
  const auto column = parse_size(text.substr(second + 1));
  if (!line || !column) return std::nullopt;
  return Place{location.substr(0, first), *line, *column};
}

Place place_of(const ScenarioResult& scenario) {
  const record::Verdict* verdict = first_failure(scenario);
  const auto place = verdict ? parse_place(verdict->location) : std::nullopt;
  return place.value_or(Place{scenario.path, scenario.line, 0});
}

// A file outside the repository keeps its path: no annotation can stand at it.
std::string in_repository(const std::string& path, const Repository& repository) {
  if (repository.workspace.empty()) return path;
  const fs::path whole = (fs::path(repository.folder) / path).lexically_normal();
  const fs::path near = whole.lexically_relative(fs::path(repository.workspace).lexically_normal());
  return near.empty() || *near.begin() == ".." ? path : near.string();
}

}  // namespace

void put_annotations(std::ostream& out, const record::RunResult& result,
                     const Repository& repository) {
  std::size_t failing = 0;
  for (const ScenarioResult& scenario : result.scenarios) {
    if (!is_failing(scenario.outcome) || ++failing > kMost) continue;
    const Place place = place_of(scenario);
    const std::string title =
        fmt::format("{} {}", record::outcome_name(scenario.outcome), name_of(scenario)) +
        attempt_text(scenario);
    out << fmt::format("::error file={},line={}{},title={}::{}\n",
                       property_text(printable(in_repository(place.path, repository))), place.line,
                       place.column == 0 ? "" : fmt::format(",col={}", place.column),
                       property_text(title), message_text(reason(scenario)));
  }
  if (failing > kMost) out << fmt::format("::error title=fixdrill::and {} more\n", failing - kMost);
  out << std::flush;
}

}  // namespace fixdrill::report
