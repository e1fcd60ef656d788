#include "report/show.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/message.h"
#include "fix/text.h"
#include "fix/value.h"
#include "report/attempts.h"
#include "report/line.h"
#include "report/reason.h"

namespace fixdrill::report {

using record::ConnectionRow;
using record::Direction;
using record::MessageKind;
using record::MessageRow;
using record::Outcome;
using record::RecordedConnection;
using record::RecordedSession;
using record::Recording;
using record::ScenarioResult;
using record::StepResult;
using record::Verdict;

namespace {

constexpr std::size_t kIndent = 14;       ///< below the time of day
constexpr std::size_t kShownRaw = 2'000;  ///< bytes of a message that no dictionary explains

// A recording is untrusted: times before 1970 are shown as its start.
std::string time_of_day(std::int64_t wall_ns) {
  return fix::iso_time(std::max<std::int64_t>(wall_ns, 0)).substr(11, 12);
}

std::string cut(std::string_view bytes) {
  if (bytes.size() <= kShownRaw) return fix::pipe_text(bytes);
  return fmt::format("{}… ({} bytes)", fix::pipe_text(bytes.substr(0, kShownRaw)), bytes.size());
}

/// Prints everything that happened in the order of time; what stands beside a message was found
/// by the message's id.
class Conversation {
 public:
  Conversation(const Recording& recording, const DictionaryOf& dictionary,
               const ShowOptions& options, std::ostream& out)
      : recording_(recording), options_(options), out_(out) {
    for (const RecordedSession& session : recording.sessions)
      sessions_[session.id] = {printable(session.row.alias), dictionary(session.row)};
    for (const ScenarioResult& scenario : recording.result.scenarios) {
      for (const StepResult& step : scenario.steps) note_messages(step);
    }
  }

  void print() {
    head();
    add_scenarios();
    add_connections();
    for (const MessageRow& row : recording_.messages)
      at(row.time.wall_ns, [this, &row] { message(row); });
    for (const record::EventRow& row : recording_.events)
      at(row.time.wall_ns, [this, &row] { event(row); });
    std::stable_sort(happenings_.begin(), happenings_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [time, put] : happenings_) put();
  }

 private:
  struct Party {
    std::string alias;
    fix::DictionaryPtr dictionary;
  };

  void at(std::int64_t wall_ns, std::function<void()> put) {
    happenings_.emplace_back(wall_ns, std::move(put));
  }

  void note_messages(const StepResult& step) {
    for (const Verdict& verdict : step.verdicts) {
      for (const record::MessageRef& ref : verdict.messages) {
        const std::string place = fmt::format("{}:{}", printable(step.file), step.line);
        const std::string note = ref.note.empty() ? "" : ": " + printable(ref.note);
        const char mark = verdict.outcome == Outcome::pass ? '+' : '!';
        beside_[ref.id].push_back(fmt::format("{} {} by {} {}{}", mark, printable(ref.role), place,
                                              printable(step.text), note));
      }
    }
  }

  void head() {
    const std::string outcome = recording_.outcome.empty() ? "not ended" : recording_.outcome;
    put_line(out_, fmt::format("recording {}: {} against {}, {}{}", printable(recording_.uuid),
                               printable(recording_.suite), printable(recording_.target),
                               printable(outcome), recording_.sealed ? "" : ", not sealed"));
    for (const RecordedSession& session : recording_.sessions) {
      const record::SessionRow& row = session.row;
      put_line(out_, fmt::format("session {}: {} {} {} -> {}", printable(row.alias),
                                 printable(row.role), printable(row.begin_string),
                                 printable(row.sender), printable(row.target)));
    }
  }

  void add_scenarios() {
    for (const ScenarioResult& scenario : recording_.result.scenarios) {
      at(scenario.started_ns, [this, &scenario] { start_of(scenario); });
      for (const StepResult& step : scenario.steps) {
        if (step.answer) at(step.answer->at_ns, [this, &step] { answer(*step.answer); });
        for (const Verdict& verdict : step.verdicts) {
          if (verdict.outcome == Outcome::pass) continue;
          at(step.ended_ns, [this, &step, &verdict] { failed(step, verdict); });
        }
      }
    }
  }

  void start_of(const ScenarioResult& scenario) {
    const std::string id = scenario.case_id.empty() ? "" : printable(scenario.case_id) + "  ";
    out_ << '\n';
    put_line(out_, fmt::format("{}  {}{}  {}:{}{}", state_text(scenario.outcome, options_.colour),
                               id, printable(scenario.title), printable(scenario.path),
                               scenario.line, attempt_text(scenario)));
  }

  void answer(const record::Answer& given) {
    put_line(out_, fmt::format("{}  {}", time_of_day(given.at_ns), answer_text(given)));
  }

  void failed(const StepResult& step, const Verdict& verdict) {
    const std::string place = verdict.location.empty() ? "" : printable(verdict.location) + ": ";
    put_line(out_, fmt::format("{}  {}  {}{}", time_of_day(step.ended_ns),
                               state_text(verdict.outcome, options_.colour), place,
                               printable(verdict.message)));
  }

  void add_connections() {
    for (const RecordedConnection& connection : recording_.connections) {
      const ConnectionRow& row = connection.row;
      at(row.opened.wall_ns, [this, &row] {
        put_line(out_,
                 fmt::format("{}  {}  connected, {} - {}", time_of_day(row.opened.wall_ns),
                             alias(row.session_id), printable(row.local), printable(row.remote)));
      });
      if (connection.closed_ns == 0) continue;
      at(connection.closed_ns, [this, &connection] {
        put_line(out_,
                 fmt::format("{}  {}  closed: {}", time_of_day(connection.closed_ns),
                             alias(connection.row.session_id), printable(connection.close_reason)));
      });
    }
  }

  void event(const record::EventRow& row) {
    const std::string session = row.session_id == 0 ? "" : alias(row.session_id) + "  ";
    for (const std::string_view line : split(row.text, '\n')) {
      put_line(out_, fmt::format("{}  {}{}: {}", time_of_day(row.time.wall_ns), session,
                                 printable(row.kind), printable(line)));
    }
  }

  void message(const MessageRow& row) {
    std::string text = content(row);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    const std::vector<std::string_view> lines = split(text, '\n');
    put_line(out_,
             fmt::format("{}  {} {}  #{}  {}{}", time_of_day(row.time.wall_ns),
                         alias(row.session_id), row.direction == Direction::out ? "->" : "<-",
                         row.id, trim(lines.front()), row.masked ? "  (secrets masked)" : ""));
    for (std::size_t i = 1; i < lines.size(); ++i) put_line(out_, lines[i]);
    if (options_.raw) put_line(out_, std::string(kIndent, ' ') + fix::pipe_text(row.raw));
    for (const std::string& line : beside_[row.id])
      put_line(out_, std::string(kIndent, ' ') + line);
  }

  std::string content(const MessageRow& row) const {
    switch (row.kind) {
      case MessageKind::garbled:
        return "garbled: " + cut(row.raw);
      case MessageKind::junk:
        return "junk: " + cut(row.raw);
      case MessageKind::partial:
        return "partial: " + cut(row.raw);
      case MessageKind::fix:
        break;
    }
    const auto party = sessions_.find(row.session_id);
    if (party == sessions_.end() || !party->second.dictionary) return cut(row.raw);
    return fix::pretty(fix::Message(row.raw), *party->second.dictionary, kIndent);
  }

  std::string alias(std::int64_t session_id) const {
    const auto party = sessions_.find(session_id);
    return party == sessions_.end() ? "?" : party->second.alias;
  }

  const Recording& recording_;
  const ShowOptions& options_;
  std::ostream& out_;
  std::map<std::int64_t, Party> sessions_;
  std::unordered_map<std::int64_t, std::vector<std::string>> beside_;  ///< by message id
  std::vector<std::pair<std::int64_t, std::function<void()>>> happenings_;
};

}  // namespace

void show(const Recording& recording, const DictionaryOf& dictionary, const ShowOptions& options,
          std::ostream& out) {
  Conversation(recording, dictionary, options, out).print();
}

}  // namespace fixdrill::report
