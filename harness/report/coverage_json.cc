// JSON of `fixdrill conformance --json` (README.md).
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/coverage.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;
constexpr std::array kStates = {Coverage::pass,   Coverage::xfail,  Coverage::fail,
                                Coverage::xpass,  Coverage::error,  Coverage::not_applicable,
                                Coverage::manual, Coverage::not_run};

const char* who_name(Who who) {
  switch (who) {
    case Who::initiator:
      return "initiator";
    case Who::acceptor:
      return "acceptor";
    case Who::both:
      return "both";
  }
  return "";
}

Json totals_of(const CoverageTable& table) {
  Json totals = Json::object();
  for (const Coverage state : kStates) {
    std::size_t all = 0;
    std::size_t mandatory = 0;
    for (const CoverageRow& row : table.rows) {
      all += row.state == state ? 1 : 0;
      mandatory += row.state == state && row.sub_case.mandatory ? 1 : 0;
    }
    totals[coverage_name(state)] = {{"all", all}, {"mandatory", mandatory}};
  }
  return totals;
}

Json scenario_json(const record::ScenarioResult& result) {
  return {{"id", printable(result.case_id)},
          {"title", printable(result.title)},
          {"outcome", record::outcome_name(result.outcome)},
          {"path", printable(result.path)},
          {"line", result.line},
          {"seconds", static_cast<double>(result.elapsed_ns) / 1e9}};
}

Json row_json(const CoverageRow& row) {
  Json scenarios = Json::array();
  for (const record::ScenarioResult* result : row.results)
    scenarios.push_back(scenario_json(*result));
  return {{"id", printable(row.sub_case.id)},
          {"mandatory", row.sub_case.mandatory},
          {"who", who_name(row.sub_case.who)},
          {"wire", printable(row.sub_case.wire)},
          {"condition", printable(row.sub_case.condition)},
          {"expected", printable(row.sub_case.expected)},
          {"state", coverage_name(row.state)},
          {"reason", row.reason},
          {"asked_for", row.asked_for},
          {"scenarios", std::move(scenarios)}};
}

}  // namespace

std::string coverage_json(const CoverageTable& table, const record::RunResult& run) {
  Json cases = Json::array();
  for (const CoverageRow& row : table.rows) cases.push_back(row_json(row));
  const Tested& tested = table.tested;
  const Json document = {{"format", "fixdrill-conformance"},
                         {"version", kVersion},
                         {"run",
                          {{"uuid", run.uuid},
                           {"recording", printable(run.recording)},
                           {"seconds", static_cast<double>(run.elapsed_ns) / 1e9},
                           {"exit_code", run.exit_code},
                           {"interrupted", run.interrupted}}},
                         {"sut",
                          {{"role", who_name(tested.role)},
                           {"version", printable(tested.version)},
                           {"session", printable(tested.session)}}},
                         {"pack", printable(tested.pack)},
                         {"totals", totals_of(table)},
                         {"cases", std::move(cases)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace fixdrill::report
