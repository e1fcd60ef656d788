#include "record/schema.h"

#include <array>
#include <fmt/format.h>

namespace fixdrill::record {

const char* const kHeaderPragmas = R"sql(
PRAGMA application_id = 0x46495852;
PRAGMA user_version = 3;
PRAGMA foreign_keys = OFF;
)sql";

const char* const kLivePragmas = R"sql(
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA wal_autocheckpoint = 4000;
)sql";

const char* const kBulkPragmas = R"sql(
PRAGMA page_size = 32768;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA ignore_check_constraints = ON;
PRAGMA cache_size = -16384;
)sql";

const char* const kTables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE schema_migration(version INTEGER PRIMARY KEY, applied_ns INTEGER NOT NULL,
  tool TEXT NOT NULL) STRICT;
CREATE TABLE artifact(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, data BLOB NOT NULL, UNIQUE(kind, name, sha256)) STRICT;
CREATE TABLE run(id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK(kind IN ('run','simulator','import')),
  uuid TEXT NOT NULL UNIQUE, suite TEXT NOT NULL,
  target TEXT NOT NULL, target_release TEXT NOT NULL, change_ref TEXT NOT NULL,
  seed TEXT NOT NULL, started_ns INTEGER NOT NULL, ended_ns INTEGER, elapsed_ns INTEGER,
  interrupted INTEGER NOT NULL DEFAULT 0 CHECK(interrupted IN (0, 1)),
  outcome TEXT CHECK(outcome IN ('PASS','FAIL','ERROR','UNRESOLVED')), exit_code INTEGER) STRICT;
CREATE TABLE environment(run_id INTEGER NOT NULL REFERENCES run(id), key TEXT NOT NULL,
  value TEXT NOT NULL, PRIMARY KEY(run_id, key)) STRICT;
CREATE TABLE session(id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run(id),
  alias TEXT NOT NULL, role TEXT NOT NULL, begin_string TEXT NOT NULL, sender TEXT NOT NULL,
  target TEXT NOT NULL, appl_ver TEXT NOT NULL, capture_level TEXT NOT NULL,
  sub_ids TEXT NOT NULL, dictionaries TEXT NOT NULL) STRICT;
CREATE TABLE connection(id INTEGER PRIMARY KEY, session_id INTEGER REFERENCES session(id),
  opened_ns INTEGER NOT NULL, closed_ns INTEGER, close_reason TEXT, local TEXT NOT NULL,
  remote TEXT NOT NULL, tls TEXT, peer_cert_sha256 TEXT) STRICT;
CREATE TABLE io(connection_id INTEGER NOT NULL REFERENCES connection(id),
  dir INTEGER NOT NULL CHECK(dir IN (0, 1)), stream_off INTEGER NOT NULL, len INTEGER NOT NULL,
  wall_ns INTEGER NOT NULL, mono_ns INTEGER NOT NULL,
  PRIMARY KEY(connection_id, dir, stream_off)) STRICT, WITHOUT ROWID;
CREATE TABLE source(id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run(id),
  path TEXT NOT NULL, kind TEXT NOT NULL CHECK(kind IN ('log','pcap')), format TEXT NOT NULL,
  bytes INTEGER NOT NULL, explained INTEGER NOT NULL, messages INTEGER NOT NULL,
  clock_offset_ns INTEGER, clock_spread_ns INTEGER, sha256 TEXT NOT NULL) STRICT;
CREATE TABLE message(id INTEGER PRIMARY KEY, connection_id INTEGER REFERENCES connection(id),
  session_id INTEGER REFERENCES session(id), dir INTEGER NOT NULL CHECK(dir IN (0, 1)),
  stream_off INTEGER NOT NULL, wall_ns INTEGER NOT NULL, mono_ns INTEGER NOT NULL,
  ts_src TEXT NOT NULL CHECK(ts_src IN ('user','log','fix','pcap','kernel')),
  kind TEXT NOT NULL CHECK(kind IN ('fix','garbled','junk','partial')), msg_type TEXT NOT NULL,
  seq INTEGER, poss_dup INTEGER NOT NULL, masked INTEGER NOT NULL, sum_ok INTEGER NOT NULL,
  source_id INTEGER REFERENCES source(id), line INTEGER, prefix TEXT,
  raw BLOB NOT NULL) STRICT;
CREATE TABLE sighting(message_id INTEGER NOT NULL REFERENCES message(id),
  source_id INTEGER NOT NULL REFERENCES source(id), line INTEGER NOT NULL,
  wall_ns INTEGER NOT NULL, prefix TEXT NOT NULL,
  PRIMARY KEY(message_id, source_id, line)) STRICT, WITHOUT ROWID;
CREATE TABLE scenario_exec(id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run(id),
  case_id TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 1, started_ns INTEGER NOT NULL, ended_ns INTEGER NOT NULL,
  elapsed_ns INTEGER NOT NULL, exit_code INTEGER NOT NULL, outcome TEXT NOT NULL
  CHECK(outcome IN ('PASS','FAIL','ERROR','SKIP','XFAIL','XPASS','UNRESOLVED'))) STRICT;
CREATE TABLE scenario_warning(scenario_exec_id INTEGER NOT NULL REFERENCES scenario_exec(id),
  position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(scenario_exec_id, position)) STRICT;
CREATE TABLE step_exec(id INTEGER PRIMARY KEY,
  scenario_exec_id INTEGER NOT NULL REFERENCES scenario_exec(id),
  parent INTEGER REFERENCES step_exec(id), ordinal INTEGER NOT NULL, session TEXT NOT NULL,
  session_id INTEGER REFERENCES session(id), path TEXT NOT NULL, source_line INTEGER NOT NULL,
  span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL,
  started_ns INTEGER NOT NULL, ended_ns INTEGER NOT NULL, round_trip_ns INTEGER, outcome TEXT
  NOT NULL CHECK(outcome IN ('PASS','FAIL','ERROR','SKIP','XFAIL','XPASS','UNRESOLVED'))) STRICT;
CREATE TABLE verdict(id INTEGER PRIMARY KEY,
  step_exec_id INTEGER NOT NULL REFERENCES step_exec(id), rule TEXT NOT NULL,
  location TEXT NOT NULL, message TEXT NOT NULL, source TEXT NOT NULL,
  not_checked INTEGER NOT NULL, outcome TEXT NOT NULL
  CHECK(outcome IN ('PASS','FAIL','ERROR','SKIP','XFAIL','XPASS','UNRESOLVED'))) STRICT;
CREATE TABLE verdict_field(verdict_id INTEGER NOT NULL REFERENCES verdict(id),
  position INTEGER NOT NULL, ok INTEGER NOT NULL CHECK(ok IN (0, 1)), path TEXT NOT NULL,
  expected TEXT NOT NULL, actual TEXT NOT NULL, PRIMARY KEY(verdict_id, position)) STRICT;
CREATE TABLE verdict_detail(verdict_id INTEGER NOT NULL REFERENCES verdict(id),
  position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(verdict_id, position)) STRICT;
CREATE TABLE verdict_message(verdict_id INTEGER NOT NULL REFERENCES verdict(id),
  position INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES message(id),
  role TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY(verdict_id, position)) STRICT;
CREATE TABLE answer(step_exec_id INTEGER PRIMARY KEY REFERENCES step_exec(id),
  kind TEXT NOT NULL CHECK(kind IN ('instruct','confirm','ask','attach')), question TEXT NOT NULL,
  answer TEXT NOT NULL, who TEXT NOT NULL,
  source TEXT NOT NULL CHECK(source IN ('terminal','file','default','log')), wall_ns INTEGER NOT NULL,
  sha256 TEXT NOT NULL) STRICT;
CREATE TABLE event(id INTEGER PRIMARY KEY, wall_ns INTEGER NOT NULL, mono_ns INTEGER NOT NULL,
  kind TEXT NOT NULL, session_id INTEGER REFERENCES session(id), step_exec_id INTEGER,
  text TEXT NOT NULL) STRICT;
)sql";

const char* const kIndexes = R"sql(
CREATE INDEX message_by_stream ON message(connection_id, dir, stream_off);
CREATE INDEX step_by_scenario ON step_exec(scenario_exec_id);
CREATE INDEX verdict_by_step ON verdict(step_exec_id);
CREATE INDEX verdict_by_message ON verdict_message(message_id);
)sql";

namespace {

/// What version `to` added: columns of tables that were there, with the value they have in an older
/// file, and tables, empty.
struct AddedColumns {
  std::int64_t to = 0;
  const char* table = "";
  const char* columns = "";
};
struct AddedTable {
  std::int64_t to = 0;
  const char* table = "";
  const char* columns = "";
};

constexpr std::array<AddedColumns, 4> kAddedColumns = {{
    {3, "run", "CASE suite WHEN 'simulator' THEN 'simulator' ELSE 'run' END AS kind"},
    {3, "session", "'' AS sub_ids, '' AS dictionaries"},
    {3, "connection", "NULL AS tls, NULL AS peer_cert_sha256"},
    {3, "message", "NULL AS source_id, NULL AS line, NULL AS prefix"},
}};

constexpr std::array<AddedTable, 3> kAddedTables = {{
    {2, "answer", "step_exec_id, kind, question, answer, who, source, wall_ns, sha256"},
    {3, "source",
     "id, run_id, path, kind, format, bytes, explained, messages, clock_offset_ns,"
     " clock_spread_ns, sha256"},
    {3, "sighting", "message_id, source_id, line, wall_ns, prefix"},
}};

}  // namespace

std::string migration_from(std::int64_t version) {
  std::string sql;
  for (const AddedTable& added : kAddedTables) {
    if (added.to > version)
      sql += fmt::format("CREATE TEMP TABLE {}({});\n", added.table, added.columns);
  }
  for (const AddedColumns& added : kAddedColumns) {
    if (added.to > version)
      sql += fmt::format("CREATE TEMP VIEW {0} AS SELECT *, {1} FROM main.{0};\n", added.table,
                         added.columns);
  }
  return sql;
}

const std::vector<ContentQuery> kContentQueries = {
    {1, kSchemaVersion,
     "SELECT kind, name, sha256, data FROM artifact ORDER BY kind, name, sha256"},
    {1, 2,
     "SELECT id, uuid, suite, target, target_release, change_ref, seed, started_ns, ended_ns,"
     " elapsed_ns, interrupted, outcome, exit_code FROM run ORDER BY id"},
    {3, kSchemaVersion,
     "SELECT id, kind, uuid, suite, target, target_release, change_ref, seed, started_ns, ended_ns,"
     " elapsed_ns, interrupted, outcome, exit_code FROM run ORDER BY id"},
    {1, kSchemaVersion, "SELECT run_id, key, value FROM environment ORDER BY run_id, key"},
    {1, 2,
     "SELECT id, run_id, alias, role, begin_string, sender, target, appl_ver, capture_level"
     " FROM session ORDER BY id"},
    {3, kSchemaVersion,
     "SELECT id, run_id, alias, role, begin_string, sender, target, appl_ver, capture_level,"
     " sub_ids, dictionaries FROM session ORDER BY id"},
    {1, 2,
     "SELECT id, session_id, opened_ns, closed_ns, close_reason, local, remote FROM connection"
     " ORDER BY id"},
    {3, kSchemaVersion,
     "SELECT id, session_id, opened_ns, closed_ns, close_reason, local, remote, tls,"
     " peer_cert_sha256 FROM connection ORDER BY id"},
    {1, kSchemaVersion,
     "SELECT connection_id, dir, stream_off, len, wall_ns, mono_ns FROM io"
     " ORDER BY connection_id, dir, stream_off"},
    {3, kSchemaVersion,
     "SELECT id, run_id, path, kind, format, bytes, explained, messages, clock_offset_ns,"
     " clock_spread_ns, sha256 FROM source ORDER BY id"},
    {1, 2,
     "SELECT id, connection_id, session_id, dir, stream_off, wall_ns, mono_ns, ts_src, kind,"
     " msg_type, seq, poss_dup, masked, sum_ok, raw FROM message ORDER BY id"},
    {3, kSchemaVersion,
     "SELECT id, connection_id, session_id, dir, stream_off, wall_ns, mono_ns, ts_src, kind,"
     " msg_type, seq, poss_dup, masked, sum_ok, source_id, line, prefix, raw FROM message"
     " ORDER BY id"},
    {3, kSchemaVersion,
     "SELECT message_id, source_id, line, wall_ns, prefix FROM sighting"
     " ORDER BY message_id, source_id, line"},
    {1, kSchemaVersion,
     "SELECT id, run_id, case_id, name, path, line, attempt, started_ns, ended_ns, elapsed_ns,"
     " exit_code, outcome FROM scenario_exec ORDER BY id"},
    {1, kSchemaVersion,
     "SELECT scenario_exec_id, position, text FROM scenario_warning"
     " ORDER BY scenario_exec_id, position"},
    {1, kSchemaVersion,
     "SELECT id, scenario_exec_id, parent, ordinal, session, session_id, path, source_line,"
     " span_begin, span_end, text, started_ns, ended_ns, round_trip_ns, outcome FROM step_exec"
     " ORDER BY id"},
    {1, kSchemaVersion,
     "SELECT id, step_exec_id, rule, location, message, source, not_checked, outcome FROM verdict"
     " ORDER BY id"},
    {1, kSchemaVersion,
     "SELECT verdict_id, position, ok, path, expected, actual FROM verdict_field"
     " ORDER BY verdict_id, position"},
    {1, kSchemaVersion,
     "SELECT verdict_id, position, text FROM verdict_detail ORDER BY verdict_id, position"},
    {1, kSchemaVersion,
     "SELECT verdict_id, position, message_id, role, note FROM verdict_message"
     " ORDER BY verdict_id, position"},
    {2, kSchemaVersion,
     "SELECT step_exec_id, kind, question, answer, who, source, wall_ns, sha256 FROM answer"
     " ORDER BY step_exec_id"},
    {1, kSchemaVersion,
     "SELECT id, wall_ns, mono_ns, kind, session_id, step_exec_id, text FROM event ORDER BY id"},
};

}  // namespace fixdrill::record
