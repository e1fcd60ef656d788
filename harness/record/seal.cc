#include "record/seal.h"

#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <future>

#include "record/names.h"
#include "record/query.h"
#include "record/recording_file.h"
#include "record/row_writer.h"
#include "record/schema.h"
#include "record/sha256.h"

namespace fixdrill::record {

namespace {

constexpr std::size_t kHashBlock = 64u << 10;

// A type letter and the length before every value keep `1,"2"` and `12,""` apart.
void add_head(std::string& out, char type, std::int64_t number) {
  char head[1 + sizeof number];
  head[0] = type;
  std::memcpy(head + 1, &number, sizeof number);
  out.append(head, sizeof head);
}

void add_value(std::string& out, const Query& row, int column) {
  const Query::Value value = row.value(column);
  const int type = value.type();
  if (type == SQLITE_NULL) {
    out += 'n';
  } else if (type == SQLITE_INTEGER) {
    add_head(out, 'i', value.number());
  } else {
    const std::string_view bytes = value.bytes();
    add_head(out, type == SQLITE_TEXT ? 't' : 'b', static_cast<std::int64_t>(bytes.size()));
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

void end_run(SQLite::Database& database, const RunResult& result,
             std::optional<std::size_t> high_water) {
  Command(database,
          "UPDATE run SET ended_ns = ?, elapsed_ns = ?, interrupted = ?, exit_code = ?,"
          " outcome = CASE kind WHEN 'run' THEN ? END WHERE id = 1")(
      result.ended_ns, result.elapsed_ns, result.interrupted, result.exit_code,
      outcome_name(run_outcome(result.exit_code)));
  if (high_water) put_meta(database, "queue_high_water_bytes", fmt::format("{}", *high_water));
}

Status check_keys(SQLite::Database& database) {
  SQLite::Statement keys(database, "PRAGMA foreign_key_check");
  if (!keys.executeStep()) return {};
  return environment_error(fmt::format("a row of {} points to a row of {} that is not there",
                                       keys.getColumn(0).getString(),
                                       keys.getColumn(2).getString()));
}

Status check_pages_of(SQLite::Database& database) {
  SQLite::Statement pages(database, "PRAGMA quick_check(1)");
  pages.executeStep();
  const std::string found = pages.getColumn(0).getString();
  if (found != "ok") return environment_error(found);
  return {};
}

void put_seal(SQLite::Database& database, const RunResult& result, const std::string& hash) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  put_meta(database, "content_sha256", hash);
  put_meta(database, "sealed_at_ns", fmt::format("{}", result.ended_ns));
  transaction.commit();
}

}  // namespace

std::string content_hash(SQLite::Database& database, std::int64_t version) {
  Sha256 hash;
  std::string block;
  for (const ContentQuery& query : kContentQueries) {
    if (version < query.since || version > query.until) continue;
    Query rows(database, query.sql);
    const int columns = rows.columns();
    while (rows.step()) {
      for (int i = 0; i < columns; ++i) add_value(block, rows, i);
      if (block.size() < kHashBlock) continue;
      hash.add(block);
      block.clear();
    }
    block += ';';
  }
  hash.add(block);
  return hash.finish();
}

Status seal_database(SQLite::Database& database, const RunResult& result,
                     std::optional<std::size_t> high_water) {
  {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    end_run(database, result, high_water);
    database.exec(kIndexes);
    transaction.commit();
  }
  if (Status checked = check_keys(database); !checked) return checked;
  if (Status checked = check_pages_of(database); !checked) return checked;
  put_seal(database, result, content_hash(database, kSchemaVersion));
  // Refused while somebody reads the file. Then it stays in WAL mode and whole; only a copy of it
  // needs the sidecar files.
  database.tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.tryExec("PRAGMA journal_mode = DELETE");
  return {};
}

Status seal_import(SQLite::Database& database, const RunResult& result,
                   std::optional<std::size_t> high_water) {
  end_run(database, result, high_water);
  SQLite::Database reader = open_still(database.getFilename());
  // Pages of rows stay where they are while indexes are made; the first page, which does not, is
  // held from here on.
  SQLite::Transaction snapshot(reader);
  reader.execAndGet("SELECT count(*) FROM run");
  auto hash = std::async(std::launch::async, [&] { return content_hash(reader, kSchemaVersion); });
  database.exec(kIndexes);
  put_seal(database, result, hash.get());
  return {};
}

}  // namespace fixdrill::record
