#include "report/happenings.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "base/text.h"
#include "report/attempts.h"
#include "report/line.h"
#include "report/reason.h"

namespace fixdrill::report {

using record::ConnectionRow;
using record::Outcome;
using record::RecordedConnection;
using record::RecordedSession;
using record::Recording;
using record::ScenarioResult;
using record::StepResult;
using record::Verdict;

namespace {

class Collector {
 public:
  Collector(const Recording& recording, const HappeningOptions& options)
      : recording_(recording), options_(options) {
    for (const RecordedSession& session : recording.sessions)
      aliases_[session.id] = printable(session.row.alias);
  }

  std::vector<Happening> collect() {
    for (const ScenarioResult& scenario : recording_.result.scenarios) add(scenario);
    for (const RecordedConnection& connection : recording_.connections) add(connection);
    for (const record::EventRow& event : recording_.events) add(event);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Happening& a, const Happening& b) { return a.wall_ns < b.wall_ns; });
    return std::move(found_);
  }

 private:
  void add(const ScenarioResult& scenario) {
    const std::string id = scenario.case_id.empty() ? "" : printable(scenario.case_id) + "  ";
    found_.push_back(
        {scenario.started_ns,
         false,
         0,
         scenario.id,
         {"", fmt::format("{}  {}{}  {}:{}{}", state_text(scenario.outcome, options_.colour), id,
                          printable(scenario.title), printable(scenario.path), scenario.line,
                          attempt_text(scenario))}});
    for (const StepResult& step : scenario.steps) {
      if (step.answer) {
        found_.push_back(
            {step.answer->at_ns,
             false,
             0,
             scenario.id,
             {fmt::format("{}  {}", clock(step.answer->at_ns), answer_text(*step.answer))}});
      }
      for (const Verdict& verdict : step.verdicts)
        if (verdict.outcome != Outcome::pass) add(verdict, step.ended_ns, scenario.id);
    }
  }

  void add(const Verdict& verdict, std::int64_t wall_ns, std::int64_t scenario) {
    const std::string place = verdict.location.empty() ? "" : printable(verdict.location) + ": ";
    found_.push_back(
        {wall_ns,
         false,
         0,
         scenario,
         {fmt::format("{}  {}  {}{}", clock(wall_ns), state_text(verdict.outcome, options_.colour),
                      place, printable(verdict.message))}});
  }

  void add(const RecordedConnection& connection) {
    const ConnectionRow& row = connection.row;
    const std::string alias = alias_of(row.session_id);
    const std::string ends =  // a log does not know them
        row.local.empty() && row.remote.empty()
            ? ""
            : fmt::format(", {} - {}", printable(row.local), printable(row.remote));
    found_.push_back(
        {row.opened.wall_ns,
         false,
         row.session_id,
         0,
         {fmt::format("{}  {}  connected{}", clock(row.opened.wall_ns), alias, ends)}});
    if (connection.closed_ns == 0) return;
    found_.push_back({connection.closed_ns,
                      false,
                      row.session_id,
                      0,
                      {fmt::format("{}  {}  closed: {}", clock(connection.closed_ns), alias,
                                   printable(connection.close_reason))}});
  }

  void add(const record::EventRow& event) {
    Happening made{event.time.wall_ns, true, event.session_id, 0, {}};
    const std::string session = event.session_id == 0 ? "" : alias_of(event.session_id) + "  ";
    for (const std::string_view line : split(event.text, '\n')) {
      made.lines.push_back(fmt::format("{}  {}{}: {}", clock(event.time.wall_ns), session,
                                       printable(event.kind), printable(line)));
    }
    found_.push_back(std::move(made));
  }

  std::string clock(std::int64_t wall_ns) const { return flow::clock_text(wall_ns, options_.zone); }

  std::string alias_of(std::int64_t session_id) const {
    const auto found = aliases_.find(session_id);
    return found == aliases_.end() ? "?" : found->second;
  }

  const Recording& recording_;
  const HappeningOptions& options_;
  std::unordered_map<std::int64_t, std::string> aliases_;
  std::vector<Happening> found_;
};

// The fields that differ are those of the first candidate, the one that came nearest.
void add_beside(const StepResult& step, const Verdict& verdict,
                std::unordered_map<std::int64_t, std::vector<std::string>>& beside) {
  const std::vector<record::MessageRef>& refs = verdict.messages;
  const auto nearest = std::find_if(refs.begin(), refs.end(), [](const record::MessageRef& ref) {
    return ref.role == "candidate";
  });
  for (auto ref = refs.begin(); ref != refs.end(); ++ref) {
    std::vector<std::string>& lines = beside[ref->id];
    const std::string note = ref->note.empty() ? "" : fmt::format(": {}", printable(ref->note));
    lines.push_back(fmt::format("{} {} by {}:{} {}{}", verdict.outcome == Outcome::pass ? '+' : '!',
                                printable(ref->role), printable(step.file), step.line,
                                printable(step.text), note));
    if (ref != nearest) continue;
    for (const record::FieldRow& field : verdict.fields) {
      if (!field.ok)
        lines.push_back(fmt::format("! {}: expected {}, received {}", printable(field.field),
                                    printable(field.expected), printable(field.received)));
    }
  }
}

}  // namespace

void HappeningQueue::add(std::vector<Happening> happenings) {
  for (Happening& one : happenings) waiting_.push_back(std::move(one));
}

std::vector<Happening> HappeningQueue::before(const record::MessageView& view) {
  const std::int64_t now = view.time.wall_ns;
  std::vector<Happening> due;
  while (!waiting_.empty()) {
    const Happening& next = waiting_.front();
    if (next.wall_ns > now || (next.wall_ns == now && next.behind)) break;
    due.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return due;
}

std::vector<Happening> HappeningQueue::rest() {
  std::vector<Happening> all(std::make_move_iterator(waiting_.begin()),
                             std::make_move_iterator(waiting_.end()));
  waiting_.clear();
  return all;
}

std::vector<Happening> happenings(const Recording& recording, const HappeningOptions& options) {
  return Collector(recording, options).collect();
}

std::unordered_map<std::int64_t, std::vector<std::string>> beside_messages(
    const Recording& recording) {
  std::unordered_map<std::int64_t, std::vector<std::string>> beside;
  for (const ScenarioResult& scenario : recording.result.scenarios) {
    for (const StepResult& step : scenario.steps)
      for (const Verdict& verdict : step.verdicts) add_beside(step, verdict, beside);
  }
  return beside;
}

namespace {

// An import and a simulator expect nothing.
bool is_judged(const Recording& recording) {
  return recording.kind != "import" && recording.kind != "simulator";
}

}  // namespace

std::vector<std::string> recording_head(const Recording& recording) {
  std::string head =
      fmt::format("recording {}: {}", printable(recording.uuid), printable(recording.suite));
  if (!recording.target.empty()) head += " against " + printable(recording.target);
  if (is_judged(recording))
    head +=
        fmt::format(", {}", recording.outcome.empty() ? "not ended" : printable(recording.outcome));
  if (!recording.sealed) head += ", not sealed";
  std::vector<std::string> lines = {std::move(head)};
  // Each file of a run has rows of its own for the same sessions.
  for (const RecordedSession& session : recording.sessions) {
    std::string line = session_line(session.row);
    if (std::find(lines.begin(), lines.end(), line) == lines.end())
      lines.push_back(std::move(line));
  }
  return lines;
}

// Of a log it is not known who called.
std::string session_line(const record::SessionRow& row) {
  return fmt::format("session {}: {}{}{} {} -> {}", printable(row.alias), printable(row.role),
                     row.role.empty() ? "" : " ", printable(row.begin_string),
                     printable(row.sender), printable(row.target));
}

}  // namespace fixdrill::report
