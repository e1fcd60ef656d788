#include "record/seal.h"

#include <cstdint>
#include <fmt/format.h>

#include "record/names.h"
#include "record/query.h"
#include "record/row_writer.h"
#include "record/schema.h"
#include "record/sha256.h"

namespace fixdrill::record {

namespace {

// A type letter and the length before every value keep `1,"2"` and `12,""` apart.
void add_value(std::string& out, const Query& row, int column) {
  const auto head = [&out](char type, std::int64_t number) {
    out += type;
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
  };
  const int type = row.type(column);
  if (type == SQLITE_NULL) {
    out += 'n';
  } else if (type == SQLITE_INTEGER) {
    head('i', row.number(column));
  } else {
    const std::string_view bytes = row.bytes(column);
    head(type == SQLITE_TEXT ? 't' : 'b', static_cast<std::int64_t>(bytes.size()));
    out += bytes;
  }
}

Outcome run_outcome(int exit_code) {
  switch (exit_code) {
    case 0:
      return Outcome::pass;
    case 1:
      return Outcome::fail;
    case 4:
      return Outcome::unresolved;
    default:
      return Outcome::error;
  }
}

void put_meta(SQLite::Database& database, const std::string& key, const std::string& value) {
  Command(database, "INSERT OR REPLACE INTO meta VALUES(?,?)")(key, value);
}

void end_run(SQLite::Database& database, const RunResult& result) {
  Command(database,
          "UPDATE run SET ended_ns = ?, elapsed_ns = ?, interrupted = ?, exit_code = ?,"
          " outcome = CASE kind WHEN 'run' THEN ? END WHERE id = 1")(
      result.ended_ns, result.elapsed_ns, result.interrupted, result.exit_code,
      outcome_name(run_outcome(result.exit_code)));
}

Status check(SQLite::Database& database) {
  SQLite::Statement keys(database, "PRAGMA foreign_key_check");
  if (keys.executeStep()) {
    return environment_error(fmt::format("a row of {} points to a row of {} that is not there",
                                         keys.getColumn(0).getString(),
                                         keys.getColumn(2).getString()));
  }
  SQLite::Statement pages(database, "PRAGMA quick_check(1)");
  pages.executeStep();
  const std::string found = pages.getColumn(0).getString();
  if (found != "ok") return environment_error(found);
  return {};
}

}  // namespace

std::string content_hash(SQLite::Database& database, std::int64_t version) {
  Sha256 hash;
  std::string row;
  for (const ContentQuery& query : kContentQueries) {
    if (version < query.since || version > query.until) continue;
    Query rows(database, query.sql);
    while (rows.step()) {
      row.clear();
      for (int i = 0; i < rows.columns(); ++i) add_value(row, rows, i);
      hash.add(row);
    }
    hash.add(";");
  }
  return hash.finish();
}

Status seal_database(SQLite::Database& database, const RunResult& result,
                     std::optional<std::size_t> high_water) {
  {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    end_run(database, result);
    if (high_water) put_meta(database, "queue_high_water_bytes", fmt::format("{}", *high_water));
    database.exec(kIndexes);
    transaction.commit();
  }
  if (Status checked = check(database); !checked) return checked;
  {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    put_meta(database, "content_sha256", content_hash(database, kSchemaVersion));
    put_meta(database, "sealed_at_ns", fmt::format("{}", result.ended_ns));
    transaction.commit();
  }
  // Refused while somebody reads the file. Then it stays in WAL mode and whole; only a copy of it
  // needs the sidecar files.
  database.tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.tryExec("PRAGMA journal_mode = DELETE");
  return {};
}

}  // namespace fixdrill::record
