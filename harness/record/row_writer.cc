#include "record/row_writer.h"

#include "base/text.h"
#include "record/names.h"
#include "record/sha256.h"

namespace fixdrill::record {

RowWriter::RowWriter(SQLite::Database& db)
    : message_(db,
               "INSERT INTO message(id, connection_id, session_id, dir, stream_off, wall_ns,"
               " mono_ns, ts_src, kind, msg_type, seq, poss_dup, masked, sum_ok, source_id, line,"
               " prefix, raw) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      io_(db, "INSERT INTO io VALUES(?,?,?,?,?,?)"),
      event_(db,
             "INSERT INTO event(wall_ns, mono_ns, kind, session_id, step_exec_id, text)"
             " VALUES(?,?,?,?,?,?)"),
      artifact_(db, "INSERT OR IGNORE INTO artifact(sha256, kind, name, data) VALUES(?,?,?,?)"),
      session_(db, "INSERT INTO session VALUES(?,1,?,?,?,?,?,?,?,?,?)"),
      connection_(db,
                  "INSERT INTO connection(id, session_id, opened_ns, local, remote, tls,"
                  " peer_cert_sha256) VALUES(?,?,?,?,?,?,?)"),
      connection_close_(db, "UPDATE connection SET closed_ns = ?, close_reason = ? WHERE id = ?"),
      source_(db, "INSERT INTO source VALUES(?,1,?,?,?,?,?,?,?,?,?)"),
      sighting_(db, "INSERT OR IGNORE INTO sighting VALUES(?,?,?,?,?)"),
      scenario_(db,
                "INSERT INTO scenario_exec(id, run_id, case_id, name, path, line, attempt,"
                " started_ns, ended_ns, elapsed_ns, exit_code, outcome)"
                " VALUES(?,1,?,?,?,?,?,?,?,?,?,?)"),
      warning_(db, "INSERT INTO scenario_warning VALUES(?,?,?)"),
      step_(db, "INSERT INTO step_exec VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      answer_(db, "INSERT INTO answer VALUES(?,?,?,?,?,?,?,?)"),
      verdict_(db, "INSERT INTO verdict VALUES(?,?,?,?,?,?,?,?)"),
      field_(db, "INSERT INTO verdict_field VALUES(?,?,?,?,?,?)"),
      detail_(db, "INSERT INTO verdict_detail VALUES(?,?,?)"),
      verdict_message_(db, "INSERT INTO verdict_message VALUES(?,?,?,?,?)") {}

void RowWriter::operator()(const MessageRow& row) {
  message_(row.id, OptionalId{row.connection_id}, OptionalId{row.session_id},
           static_cast<int>(row.direction), row.stream_offset, row.time.wall_ns, row.time.mono_ns,
           time_source_name(row.time_source), kind_name(row.kind), row.msg_type,
           OptionalId{row.seq}, row.poss_dup, row.masked, row.sum_ok, OptionalId{row.source_id},
           OptionalId{row.line}, OptionalText{row.prefix}, Blob{row.raw});
}

void RowWriter::operator()(const IoRow& row) {
  if (row.length == 0) return;
  io_(row.connection_id, static_cast<int>(row.direction), row.stream_offset, row.length,
      row.time.wall_ns, row.time.mono_ns);
}

void RowWriter::operator()(const EventRow& row) {
  event_(row.time.wall_ns, row.time.mono_ns, row.kind, OptionalId{row.session_id},
         OptionalId{row.step_exec_id}, row.text);
}

void RowWriter::operator()(const ArtifactRow& row) {
  artifact_(sha256(row.data), row.kind, row.name, Blob{row.data});
}

void RowWriter::operator()(const NewSession& session) {
  const SessionRow& row = session.row;
  session_ids_[row.alias] = session.id;
  session_(session.id, row.alias, row.role, row.begin_string, row.sender, row.target, row.appl_ver,
           row.capture_level, row.sub_ids, join(row.dictionaries, " "));
}

void RowWriter::operator()(const NewConnection& connection) {
  const ConnectionRow& row = connection.row;
  connection_(connection.id, OptionalId{row.session_id}, row.opened.wall_ns, row.local, row.remote,
              OptionalText{row.tls}, OptionalText{row.peer_cert_sha256});
}

void RowWriter::operator()(const ConnectionClose& row) {
  connection_close_(row.closed_ns, row.reason, row.id);
}

void RowWriter::operator()(const SourceRow& row) {
  source_(row.id, row.path, row.kind, row.format, row.bytes, row.explained, row.messages,
          row.clock_offset_ns, row.clock_spread_ns, row.sha256);
}

void RowWriter::operator()(const SightingRow& row) {
  sighting_(row.message_id, row.source_id, row.line, row.wall_ns, row.prefix);
}

void RowWriter::operator()(const ScenarioPtr& row) {
  const ScenarioResult& scenario = *row;
  scenario_(scenario.id, scenario.case_id, scenario.title, scenario.path, scenario.line,
            scenario.attempt, scenario.started_ns, scenario.ended_ns, scenario.elapsed_ns,
            scenario.exit_code, outcome_name(scenario.outcome));
  std::int64_t position = 0;
  for (const std::string& text : scenario.warnings) warning_(scenario.id, position++, text);
  position = 0;
  for (const StepResult& one : scenario.steps) step(scenario, one, position++);
}

void RowWriter::step(const ScenarioResult& scenario, const StepResult& step, std::int64_t ordinal) {
  const auto session = session_ids_.find(step.session);
  const OptionalId session_id{session == session_ids_.end() ? 0 : session->second};
  step_(step.id, scenario.id, OptionalId{step.parent}, ordinal, step.session, session_id, step.file,
        step.line, step.begin, step.end, step.text, step.started_ns, step.ended_ns,
        OptionalId{step.round_trip_ns}, outcome_name(step.outcome));
  if (step.answer) answer(step.id, *step.answer);
  for (const Verdict& one : step.verdicts) verdict(step, one);
}

void RowWriter::answer(std::int64_t step, const Answer& answer) {
  answer_(step, answer.kind, answer.question, answer.text, answer.who, answer.source, answer.at_ns,
          answer.sha256);
}

void RowWriter::verdict(const StepResult& step, const Verdict& verdict) {
  const std::int64_t id = ++verdicts_;
  verdict_(id, step.id, verdict.rule, verdict.location, verdict.message, verdict.source,
           verdict.not_checked, outcome_name(verdict.outcome));
  std::int64_t position = 0;
  for (const FieldRow& field : verdict.fields)
    field_(id, position++, field.ok, field.field, field.expected, field.received);
  position = 0;
  for (const std::string& text : verdict.details) detail_(id, position++, text);
  position = 0;
  for (const MessageRef& message : verdict.messages)
    verdict_message_(id, position++, message.id, message.role, message.note);
}

}  // namespace fixdrill::record
