#include "record/head.h"

#include "record/recording_file.h"

namespace fixdrill::record {

namespace {

std::int64_t count(SQLite::Database& database, const char* query) {
  return database.execAndGet(query).getInt64();
}

RecordingHead read(SQLite::Database& database) {
  RecordingHead head;
  Rows run(database,
           "SELECT uuid, kind, suite, target, target_release, change_ref, outcome, started_ns,"
           " elapsed_ns FROM run WHERE id = 1");
  if (!run.next()) throw Damaged("it holds no run");
  head.uuid = run.text(0);
  head.kind = run.text(1);
  head.suite = run.text(2);
  head.target = run.text(3);
  head.release = run.text(4);
  head.change = run.text(5);
  head.outcome = run.text(6);
  head.started_ns = run.number(7);
  head.elapsed_ns = run.number(8);
  head.sealed = Rows(database, "SELECT 1 FROM meta WHERE key = 'sealed_at_ns'").next();
  head.sessions = count(database, "SELECT count(*) FROM session");
  head.messages = count(database, "SELECT count(*) FROM message");
  Rows scenarios(database, "SELECT outcome, count(*) FROM scenario_exec GROUP BY outcome");
  while (scenarios.next()) head.scenarios[scenarios.outcome(0)] = scenarios.number(1);
  return head;
}

}  // namespace

Result<RecordingHead> read_head(const std::string& path) {
  auto database = open_recording(path);
  if (!database) return database.error();
  try {
    check_end(path);
    SQLite::Transaction snapshot(*database);
    RecordingHead head = read(*database);
    head.path = path;
    return head;
  } catch (const std::exception&) {
    return reading_failed(path);
  }
}

}  // namespace fixdrill::record
