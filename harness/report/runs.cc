#include "report/runs.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/text.h"
#include "fix/value.h"
#include "report/columns.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;
using record::RecordingHead;

namespace {

constexpr int kVersion = 1;

std::string state(const RecordingHead& head) {
  if (!head.sealed) return "not sealed";
  return head.kind == "run" ? head.outcome : head.kind;
}

/// "11 PASS, 1 FAIL".
std::string scenarios_text(const RecordingHead& head) {
  std::vector<std::string> parts;
  for (const auto& [outcome, count] : head.scenarios)
    parts.push_back(fmt::format("{} {}", count, outcome_name(outcome)));
  return join(parts, ", ");
}

std::string started_text(const RecordingHead& head) {
  std::string text = fix::iso_time(std::max<std::int64_t>(head.started_ns, 0), 0).substr(0, 19);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::vector<std::string> row_of(const RecordingHead& head) {
  return {started_text(head),      state(head),
          scenarios_text(head),    fmt::format("{}", head.messages),
          printable(head.release), printable(head.change),
          printable(head.target),  printable(head.path)};
}

Json json_of(const RecordingHead& head) {
  Json scenarios = Json::object();
  for (const auto& [outcome, count] : head.scenarios) scenarios[outcome_name(outcome)] = count;
  return {{"path", printable(head.path)},
          {"uuid", printable(head.uuid)},
          {"kind", printable(head.kind)},
          {"sealed", head.sealed},
          {"started", fix::iso_time(std::max<std::int64_t>(head.started_ns, 0), 9)},
          {"started_ns", fmt::format("{}", head.started_ns)},
          {"seconds", static_cast<double>(head.elapsed_ns) / 1e9},
          {"outcome", head.outcome.empty() ? Json() : Json(printable(head.outcome))},
          {"release", printable(head.release)},
          {"change", printable(head.change)},
          {"target", printable(head.target)},
          {"suite", printable(head.suite)},
          {"sessions", head.sessions},
          {"messages", head.messages},
          {"scenarios", std::move(scenarios)}};
}

}  // namespace

void put_runs(std::ostream& out, const std::vector<RecordingHead>& recordings) {
  std::vector<std::vector<std::string>> rows = {
      {"STARTED (UTC)", "OUTCOME", "SCENARIOS", "MESSAGES", "RELEASE", "CHANGE", "TARGET", "FILE"}};
  for (const RecordingHead& head : recordings) rows.push_back(row_of(head));
  put_table(out, rows);
}

std::string runs_json(const std::vector<RecordingHead>& recordings) {
  Json all = Json::array();
  for (const RecordingHead& head : recordings) all.push_back(json_of(head));
  const Json document = {
      {"format", "fixdrill-runs"}, {"version", kVersion}, {"recordings", std::move(all)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace fixdrill::report
