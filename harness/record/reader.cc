#include "record/reader.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "record/recording_file.h"

namespace fixdrill::record {

namespace {

void read_run(SQLite::Database& database, Recording& out) {
  Rows run(database,
           "SELECT uuid, suite, target, outcome, started_ns, ended_ns, elapsed_ns, interrupted,"
           " exit_code, target_release, change_ref, kind FROM run WHERE id = 1");
  if (!run.next()) throw Damaged("it holds no run");
  out.uuid = run.text(0);
  out.suite = run.text(1);
  out.target = run.text(2);
  out.outcome = run.text(3);
  out.result.uuid = out.uuid;
  out.result.started_ns = run.number(4);
  out.result.ended_ns = run.number(5);
  out.result.elapsed_ns = run.number(6);
  out.result.interrupted = run.flag(7);
  out.result.exit_code = static_cast<int>(run.number(8));
  out.release = run.text(9);
  out.change = run.text(10);
  out.kind = run.text(11);
  out.sealed = Rows(database, "SELECT 1 FROM meta WHERE key = 'sealed_at_ns'").next();
  out.result.ended = out.sealed;
}

void read_connections(SQLite::Database& database, Recording& out) {
  Rows rows(database,
            "SELECT id, session_id, opened_ns, local, remote, closed_ns, close_reason, tls,"
            " peer_cert_sha256 FROM connection ORDER BY id");
  while (rows.next()) {
    ConnectionRow row{rows.number(1), {rows.number(2), 0}, rows.text(3),
                      rows.text(4),   rows.text(7),        rows.text(8)};
    out.connections.push_back({rows.number(0), std::move(row), rows.number(5), rows.text(6)});
  }
}

void read_sources(SQLite::Database& database, Recording& out) {
  Rows rows(database,
            "SELECT id, path, kind, format, bytes, explained, messages, clock_offset_ns,"
            " clock_spread_ns, sha256 FROM source ORDER BY id");
  while (rows.next()) {
    SourceRow row;
    row.id = rows.number(0);
    row.path = rows.text(1);
    row.kind = rows.text(2);
    row.format = rows.text(3);
    row.bytes = rows.size(4);
    row.explained = rows.size(5);
    row.messages = rows.size(6);
    row.clock_offset_ns = rows.optional_number(7);
    row.clock_spread_ns = rows.optional_number(8);
    row.sha256 = rows.text(9);
    out.sources.push_back(std::move(row));
  }
}

void read_messages(SQLite::Database& database, Recording& out) {
  Rows rows(database,
            "SELECT id, connection_id, session_id, dir, stream_off, wall_ns, mono_ns, kind,"
            " msg_type, seq, poss_dup, masked, sum_ok, raw, ts_src, source_id, line, prefix"
            " FROM message ORDER BY id");
  while (rows.next()) {
    MessageRow row;
    row.id = rows.number(0);
    row.connection_id = rows.number(1);
    row.session_id = rows.number(2);
    row.direction = rows.flag(3) ? Direction::out : Direction::in;
    row.stream_offset = rows.size(4);
    row.time = {rows.number(5), rows.number(6)};
    row.kind = rows.kind(7);
    row.msg_type = rows.text(8);
    row.seq = rows.number(9);
    row.poss_dup = rows.flag(10);
    row.masked = rows.flag(11);
    row.sum_ok = rows.flag(12);
    row.raw = rows.text(13);
    row.time_source = rows.time_source(14);
    row.source_id = rows.number(15);
    row.line = rows.number(16);
    row.prefix = rows.text(17);
    out.messages.push_back(std::move(row));
  }
}

void read_events(SQLite::Database& database, Recording& out) {
  Rows rows(database,
            "SELECT wall_ns, mono_ns, kind, session_id, step_exec_id, text FROM event ORDER BY id");
  while (rows.next()) {
    out.events.push_back({{rows.number(0), rows.number(1)},
                          rows.text(2),
                          rows.number(3),
                          rows.number(4),
                          rows.text(5)});
  }
}

void read_artifacts(SQLite::Database& database, Recording& out) {
  Rows rows(database, "SELECT kind, name, data FROM artifact ORDER BY id");
  while (rows.next()) out.artifacts.push_back({rows.text(0), rows.text(1), rows.text(2)});
}

/// Builds the result tree; places are remembered by the ids of the rows. An id that nothing has
/// is damage.
class ResultReader {
 public:
  ResultReader(SQLite::Database& database, RunResult& result)
      : database_(database), result_(result) {}

  void read() {
    read_scenarios();
    read_steps();
    read_answers();
    read_verdicts();
    read_fields();
    read_details();
    read_message_refs();
  }

 private:
  struct StepPlace {
    std::size_t scenario = 0;
    std::size_t step = 0;
  };
  struct VerdictPlace {
    StepPlace step;
    std::size_t verdict = 0;
  };

  template <class Places>
  static const typename Places::mapped_type& place(const Places& places, std::int64_t id) {
    const auto found = places.find(id);
    if (found == places.end()) throw Damaged(fmt::format("row {} is missing", id));
    return found->second;
  }

  ScenarioResult& scenario(std::int64_t id) { return result_.scenarios[place(scenarios_, id)]; }
  StepResult& step(StepPlace at) { return result_.scenarios[at.scenario].steps[at.step]; }
  Verdict& verdict(std::int64_t id) {
    const VerdictPlace& at = place(verdicts_, id);
    return step(at.step).verdicts[at.verdict];
  }

  void read_scenarios() {
    Rows rows(database_,
              "SELECT id, case_id, name, path, line, outcome, started_ns, ended_ns, elapsed_ns,"
              " exit_code, attempt FROM scenario_exec ORDER BY id");
    while (rows.next()) {
      ScenarioResult one;
      one.id = rows.number(0);
      one.case_id = rows.text(1);
      one.title = rows.text(2);
      one.path = rows.text(3);
      one.line = rows.size(4);
      one.outcome = rows.outcome(5);
      one.started_ns = rows.number(6);
      one.ended_ns = rows.number(7);
      one.elapsed_ns = rows.number(8);
      one.exit_code = static_cast<int>(rows.number(9));
      one.attempt = rows.size(10);
      scenarios_[one.id] = result_.scenarios.size();
      result_.scenarios.push_back(std::move(one));
    }
    Rows warnings(database_,
                  "SELECT scenario_exec_id, text FROM scenario_warning"
                  " ORDER BY scenario_exec_id, position");
    while (warnings.next()) scenario(warnings.number(0)).warnings.push_back(warnings.text(1));
  }

  void read_steps() {
    Rows rows(database_,
              "SELECT scenario_exec_id, id, parent, session, path, source_line, span_begin,"
              " span_end, text, outcome, started_ns, ended_ns, round_trip_ns FROM step_exec"
              " ORDER BY scenario_exec_id, ordinal");
    while (rows.next()) {
      StepResult one;
      one.id = rows.number(1);
      one.parent = rows.number(2);
      one.session = rows.text(3);
      one.file = rows.text(4);
      one.line = rows.size(5);
      one.begin = rows.size(6);
      one.end = rows.size(7);
      one.text = rows.text(8);
      one.outcome = rows.outcome(9);
      one.started_ns = rows.number(10);
      one.ended_ns = rows.number(11);
      one.round_trip_ns = rows.number(12);
      const std::size_t at = place(scenarios_, rows.number(0));
      std::vector<StepResult>& steps = result_.scenarios[at].steps;
      steps_[one.id] = {at, steps.size()};
      steps.push_back(std::move(one));
    }
  }

  void read_answers() {
    Rows rows(database_,
              "SELECT step_exec_id, kind, question, answer, who, source, wall_ns, sha256"
              " FROM answer ORDER BY step_exec_id");
    while (rows.next()) {
      step(place(steps_, rows.number(0))).answer =
          Answer{rows.text(1), rows.text(2),   rows.text(3), rows.text(4),
                 rows.text(5), rows.number(6), rows.text(7)};
    }
  }

  void read_verdicts() {
    Rows rows(database_,
              "SELECT id, step_exec_id, rule, outcome, location, message, source, not_checked"
              " FROM verdict ORDER BY id");
    while (rows.next()) {
      const StepPlace at = place(steps_, rows.number(1));
      Verdict one;
      one.rule = rows.text(2);
      one.outcome = rows.outcome(3);
      one.location = rows.text(4);
      one.message = rows.text(5);
      one.source = rows.text(6);
      one.not_checked = rows.size(7);
      verdicts_[rows.number(0)] = {at, step(at).verdicts.size()};
      step(at).verdicts.push_back(std::move(one));
    }
  }

  void read_fields() {
    Rows rows(database_,
              "SELECT verdict_id, ok, path, expected, actual FROM verdict_field"
              " ORDER BY verdict_id, position");
    while (rows.next()) {
      verdict(rows.number(0))
          .fields.push_back({rows.flag(1), rows.text(2), rows.text(3), rows.text(4)});
    }
  }

  void read_details() {
    Rows rows(database_,
              "SELECT verdict_id, text FROM verdict_detail ORDER BY verdict_id, position");
    while (rows.next()) verdict(rows.number(0)).details.push_back(rows.text(1));
  }

  void read_message_refs() {
    Rows rows(database_,
              "SELECT verdict_id, message_id, role, note FROM verdict_message"
              " ORDER BY verdict_id, position");
    while (rows.next())
      verdict(rows.number(0)).messages.push_back({rows.number(1), rows.text(2), rows.text(3)});
  }

  SQLite::Database& database_;
  RunResult& result_;
  std::map<std::int64_t, std::size_t> scenarios_;
  std::map<std::int64_t, StepPlace> steps_;
  std::map<std::int64_t, VerdictPlace> verdicts_;
};

Recording read_all(SQLite::Database& database, ReadOptions options) {
  // One transaction: a recording that still grows is read as it stood at one moment.
  SQLite::Transaction snapshot(database);
  Recording out;
  read_run(database, out);
  out.sessions = recorded_sessions(database);
  read_sources(database, out);
  read_connections(database, out);
  if (options.messages) read_messages(database, out);
  read_events(database, out);
  read_artifacts(database, out);
  ResultReader(database, out.result).read();
  return out;
}

}  // namespace

Result<Recording> read_recording(const std::string& path, ReadOptions options) {
  auto database = open_recording(path);
  if (!database) return database.error();
  try {
    check_end(path);
    if (options.messages) check_pages(*database);
    Recording recording = read_all(*database, options);
    recording.result.recording = path;
    return recording;
  } catch (const std::exception&) {
    return reading_failed(path);
  }
}

}  // namespace fixdrill::record
