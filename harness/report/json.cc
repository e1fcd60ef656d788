#include "report/json.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "fix/text.h"
#include "fix/value.h"
#include "report/reason.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;
using record::MessageRow;
using record::Outcome;
using record::Recording;
using record::RunResult;
using record::ScenarioResult;
using record::StepResult;
using record::Verdict;

namespace {

constexpr int kVersion = 1;

// Times since 1970 need more digits than the numbers of JavaScript have.
Json ns_text(std::int64_t ns) { return fmt::format("{}", ns); }

Json iso(std::int64_t wall_ns) { return fix::iso_time(std::max<std::int64_t>(wall_ns, 0), 9); }

double in_seconds(std::int64_t ns) { return static_cast<double>(ns) / 1e9; }

Json lines_of(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push_back(printable_lines(text));
  return out;
}

/// Builds the document; looks messages up by their ids.
class Document {
 public:
  explicit Document(const Recording& recording) : recording_(recording) {
    for (const record::RecordedSession& session : recording.sessions)
      aliases_[session.id] = printable(session.row.alias);
  }

  Json build() const {
    Json scenarios = Json::array();
    for (const ScenarioResult& result : recording_.result.scenarios)
      scenarios.push_back(scenario(result));
    return {{"format", "fixdrill-report"},
            {"version", kVersion},
            {"run", run()},
            {"totals", totals()},
            {"scenarios", std::move(scenarios)}};
  }

 private:
  Json run() const {
    const RunResult& result = recording_.result;
    const std::string note = run_note(result);
    Json out = {{"uuid", printable(recording_.uuid)},
                {"recording", printable(result.recording)},
                {"suite", printable(recording_.suite)},
                {"target", printable(recording_.target)}};
    if (!recording_.release.empty()) out["release"] = printable(recording_.release);
    if (!recording_.change.empty()) out["change"] = printable(recording_.change);
    out["started"] = iso(result.started_ns);
    out["started_ns"] = ns_text(result.started_ns);
    out["ended"] = result.ended ? iso(result.ended_ns) : Json();
    out["ended_ns"] = result.ended ? ns_text(result.ended_ns) : Json();
    out["seconds"] = result.ended ? Json(in_seconds(result.elapsed_ns)) : Json();
    out["outcome"] = result.ended ? Json(printable(recording_.outcome)) : Json();
    out["exit_code"] = result.ended ? Json(result.exit_code) : Json();
    out["interrupted"] = result.interrupted;
    out["note"] = note.empty() ? Json() : Json(note);
    return out;
  }

  Json totals() const {
    Json out;
    for (const Outcome outcome : {Outcome::pass, Outcome::fail, Outcome::error, Outcome::skip,
                                  Outcome::xfail, Outcome::xpass, Outcome::unresolved}) {
      const std::vector<ScenarioResult>& all = recording_.result.scenarios;
      out[record::outcome_name(outcome)] = std::count_if(
          all.begin(), all.end(), [&](const auto& one) { return one.outcome == outcome; });
    }
    return out;
  }

  Json scenario(const ScenarioResult& result) const {
    Json steps = Json::array();
    for (const StepResult& one : result.steps) steps.push_back(step(one));
    return {{"id", printable(result.case_id)},
            {"title", printable(result.title)},
            {"path", printable(result.path)},
            {"line", result.line},
            {"attempt", result.attempt},
            {"outcome", record::outcome_name(result.outcome)},
            {"started", iso(result.started_ns)},
            {"started_ns", ns_text(result.started_ns)},
            {"seconds", in_seconds(result.elapsed_ns)},
            {"exit_code", result.exit_code},
            {"warnings", lines_of(result.warnings)},
            {"steps", std::move(steps)}};
  }

  Json step(const StepResult& result) const {
    Json verdicts = Json::array();
    for (const Verdict& one : result.verdicts) verdicts.push_back(verdict(one));
    Json out = {
        {"id", result.id},
        {"parent", result.parent == 0 ? Json() : Json(result.parent)},
        {"session", printable(result.session)},
        {"path", printable(result.file)},
        {"line", result.line},
        {"text", printable(result.text)},
        {"outcome", record::outcome_name(result.outcome)},
        {"started_ns", ns_text(result.started_ns)},
        {"ended_ns", ns_text(result.ended_ns)},
        {"round_trip_ns", result.round_trip_ns > 0 ? ns_text(result.round_trip_ns) : Json()},
        {"verdicts", std::move(verdicts)}};
    if (result.answer) out["answer"] = answer(*result.answer);
    return out;
  }

  Json answer(const record::Answer& given) const {
    return {{"kind", printable(given.kind)},
            {"question", printable_lines(given.question)},
            {"text", printable_lines(given.text)},
            {"who", printable(given.who)},
            {"source", printable(given.source)},
            {"at", iso(given.at_ns)},
            {"at_ns", ns_text(given.at_ns)},
            {"sha256", given.sha256.empty() ? Json() : Json(printable(given.sha256))}};
  }

  Json verdict(const Verdict& result) const {
    Json fields = Json::array();
    for (const record::FieldRow& row : result.fields) {
      fields.push_back({{"ok", row.ok},
                        {"field", printable(row.field)},
                        {"expected", printable(row.expected)},
                        {"received", printable(row.received)}});
    }
    Json messages = Json::array();
    for (const record::MessageRef& ref : result.messages) messages.push_back(message(ref));
    return {{"rule", printable(result.rule)},
            {"outcome", record::outcome_name(result.outcome)},
            {"location", printable(result.location)},
            {"message", printable_lines(result.message)},
            {"source", printable_lines(result.source)},
            {"fields", std::move(fields)},
            {"not_checked", result.not_checked},
            {"details", lines_of(result.details)},
            {"messages", std::move(messages)}};
  }

  Json message(const record::MessageRef& ref) const {
    const MessageRow* row = find(ref.id);
    Json out = {{"id", ref.id}, {"role", printable(ref.role)}, {"note", printable_lines(ref.note)}};
    out["session"] = row ? Json(alias(row->session_id)) : Json();
    out["direction"] = row ? Json(row->direction == record::Direction::out ? "out" : "in") : Json();
    out["time"] = row ? iso(row->time.wall_ns) : Json();
    out["time_ns"] = row ? ns_text(row->time.wall_ns) : Json();
    out["raw"] = row ? Json(fix::pipe_text(row->raw)) : Json();
    return out;
  }

  const MessageRow* find(std::int64_t id) const {
    const auto at = std::lower_bound(
        recording_.messages.begin(), recording_.messages.end(), id,
        [](const MessageRow& row, std::int64_t wanted) { return row.id < wanted; });
    return at != recording_.messages.end() && at->id == id ? &*at : nullptr;
  }

  std::string alias(std::int64_t session_id) const {
    const auto at = aliases_.find(session_id);
    return at == aliases_.end() ? "" : at->second;
  }

  const Recording& recording_;
  std::map<std::int64_t, std::string> aliases_;
};

}  // namespace

std::string json_text(const Recording& recording) {
  return Document(recording).build().dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace fixdrill::report
