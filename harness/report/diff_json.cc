#include "report/diff_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;

Json side(const diff::SideSummary& side, const std::string& label) {
  Json made = {{"name", printable(side.name)},
               {"label", printable(label)},
               {"messages", side.messages},
               {"flows", side.flows}};
  if (side.first_ns > 0) {
    made["first"] = fix::iso_time(side.first_ns, 9);
    made["last"] = fix::iso_time(side.last_ns, 9);
  }
  return made;
}

Json example(const diff::Sighting& seen) {
  Json made = Json::object();
  if (seen.a != 0) made["a"] = {{"id", seen.a}, {"about", printable(seen.about_a)}};
  if (seen.b != 0) made["b"] = {{"id", seen.b}, {"about", printable(seen.about_b)}};
  return made;
}

Json variant(const diff::Variant& variant) {
  Json examples = Json::array();
  for (const diff::Sighting& seen : variant.examples) examples.push_back(example(seen));
  return {{"before", printable(variant.before)},
          {"after", printable(variant.after)},
          {"count", variant.count},
          {"fingerprint", variant.fingerprint},
          {"approved", variant.approved},
          {"remark", variant.remark},
          {"examples", std::move(examples)}};
}

Json finding(const diff::Finding& finding) {
  Json values = Json::array();
  for (const diff::Variant& one : finding.variants) values.push_back(variant(one));
  return {{"severity", diff::severity_name(finding.severity)},
          {"kind", diff::kind_name(finding.kind)},
          {"direction", finding.subject.direction == record::Direction::in ? "in" : "out"},
          {"msg_type", printable(finding.subject.msg_type)},
          {"message", finding.message},
          {"place", finding.place},
          {"remark", finding.remark},
          {"count", finding.count},
          {"fingerprint", finding.fingerprint},
          {"approved", finding.approved},
          {"values", std::move(values)},
          {"further_values", finding.other_variants}};
}

Json spread(const diff::Spread& spread) {
  return {{"samples", spread.samples},
          {"median_ns", fmt::format("{}", spread.median_ns)},
          {"p90_ns", fmt::format("{}", spread.p90_ns)},
          {"p99_ns", fmt::format("{}", spread.p99_ns)}};
}

const char* shift_name(diff::Shift shift) {
  switch (shift) {
    case diff::Shift::none:
      return "none";
    case diff::Shift::slower:
      return "slower";
    case diff::Shift::faster:
      return "faster";
    case diff::Shift::unknown:
      return "unknown";
  }
  return "unknown";
}

Json approvals(const std::vector<diff::Approval>& list) {
  Json made = Json::array();
  for (const diff::Approval& one : list)
    made.push_back({{"fingerprint", one.fingerprint},
                    {"decision", diff::decision_name(one.decision)},
                    {"what", printable(one.what)},
                    {"reason", printable(one.reason)},
                    {"until", one.until}});
  return made;
}

}  // namespace

std::string diff_json(const diff::Comparison& comparison, const diff::Judgement& judgement,
                      const DiffOptions& options) {
  Json findings = Json::array();
  for (const diff::Finding& one : comparison.findings) findings.push_back(finding(one));
  Json latencies = Json::array();
  for (const diff::LatencyChange& one : comparison.latencies)
    latencies.push_back({{"what", printable(one.what)},
                         {"a", spread(one.a)},
                         {"b", spread(one.b)},
                         {"p", one.p},
                         {"shift", shift_name(one.shift)}});
  Json not_compared = Json::array();
  for (const std::string& sentence : comparison.not_compared)
    not_compared.push_back(printable(sentence));
  Json unused_maps = Json::array();
  for (const std::string& sentence : comparison.unused_maps)
    unused_maps.push_back(printable(sentence));
  Json suppressed = Json::array();
  for (const auto& [rule, count] : comparison.suppressed)
    suppressed.push_back(
        {{"treatment", diff::treatment_name(rule.first)}, {"tag", rule.second}, {"count", count}});
  const Json document = {{"format", "fixdrill-diff"},
                         {"version", kVersion},
                         {"a", side(comparison.a, options.label_a)},
                         {"b", side(comparison.b, options.label_b)},
                         {"flows",
                          {{"paired", comparison.pairs},
                           {"equal", comparison.equal_pairs},
                           {"paired_by_script", comparison.by_origin}}},
                         {"open", judgement.open},
                         {"open_latency", judgement.open_latency},
                         {"approved", judgement.approved},
                         {"findings", std::move(findings)},
                         {"latencies", std::move(latencies)},
                         {"not_compared", std::move(not_compared)},
                         {"unused_maps", std::move(unused_maps)},
                         {"suppressed", std::move(suppressed)},
                         {"approvals",
                          {{"used", approvals(judgement.used)},
                           {"expired", approvals(judgement.expired)},
                           {"unused", approvals(judgement.unused)}}}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace fixdrill::report
