#include "record/recording_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <sqlite3.h>
#include <unistd.h>

#include "base/text.h"
#include "record/names.h"
#include "record/schema.h"

namespace fixdrill::record {

std::string plain_path(const std::string& path) {
  return path.starts_with('/') ? path : "./" + path;
}

namespace {

constexpr int kLongestValue = 64 << 20;  ///< bytes of one BLOB or TEXT, messages and dictionaries

/// A sealed recording in WAL mode lies in a folder that nobody may write: without its sidecar
/// files it opens only as a file that never changes.
SQLite::Database open_database(const std::string& path) {
  const std::string plain = plain_path(path);
  const bool lonely = ::access((plain + "-wal").c_str(), F_OK) != 0 &&
                      ::access(std::filesystem::path(plain).parent_path().c_str(), W_OK) != 0;
  return lonely ? open_still(path) : SQLite::Database(plain, SQLite::OPEN_READONLY);
}

void distrust(SQLite::Database& database) {
  sqlite3* handle = database.getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValue);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
}

/// What the file says it is.
Status admit(SQLite::Database& database, const std::string& path) {
  if (database.execAndGet("PRAGMA application_id").getInt64() != kApplicationId)
    return input_error(path + " is not a fixdrill recording");
  const std::int64_t version = schema_version(database);
  if (version > kSchemaVersion) {
    return input_error(fmt::format(
        "{} was made by a newer fixdrill (schema {}); this one reads up to {}; update fixdrill",
        path, version, kSchemaVersion));
  }
  return {};
}

}  // namespace

SQLite::Database open_still(const std::string& path) {
  std::string uri = "file:";
  for (const char c : plain_path(path)) {
    const bool special = c == '%' || c == '?' || c == '#';
    uri += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return SQLite::Database(uri + "?immutable=1",
                          SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX);
}

Result<SQLite::Database> open_recording(const std::string& path) {
  if (::access(path.c_str(), R_OK) != 0)
    return input_error(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  try {
    SQLite::Database database = open_database(path);
    distrust(database);
    if (Status admitted = admit(database, path); !admitted) return admitted.error();
    database.exec("PRAGMA temp_store = MEMORY");
    database.exec(migration_from(schema_version(database)));
    return database;
  } catch (const std::exception&) {
    return reading_failed(path);
  }
}

std::int64_t schema_version(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt64();
}

void check_pages(SQLite::Database& database) {
  const std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
  if (found != "ok") throw Damaged(printable(found));
}

Error reading_failed(const std::string& path) {
  try {
    throw;
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_NOTADB)
      return input_error(path + " is not a fixdrill recording");
    const bool damaged = (error.getErrorCode() & 0xFF) == SQLITE_CORRUPT;
    return input_error(fmt::format("{}: {}", damaged ? path + " is damaged" : "cannot read " + path,
                                   printable(error.what())));
  } catch (const std::exception& error) {
    return input_error(fmt::format("{} is damaged: {}", path, error.what()));
  }
}

std::vector<RecordedSession> recorded_sessions(SQLite::Database& database) {
  std::vector<RecordedSession> sessions;
  Rows rows(database,
            "SELECT id, alias, role, begin_string, sender, target, appl_ver, capture_level,"
            " sub_ids, dictionaries FROM session ORDER BY id");
  while (rows.next()) {
    const std::string hashes = rows.text(9);
    std::vector<std::string> dictionaries;
    for (const std::string_view one : split(hashes, ' ')) {
      if (!one.empty()) dictionaries.emplace_back(one);
    }
    sessions.push_back({rows.number(0),
                        {rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5),
                         rows.text(6), rows.text(7), rows.text(8), std::move(dictionaries)}});
  }
  return sessions;
}

std::size_t Rows::size(int column) const {
  const std::int64_t value = number(column);
  if (value < 0) throw Damaged("a negative size");
  return static_cast<std::size_t>(value);
}

std::optional<std::int64_t> Rows::optional_number(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  return value.isNull() ? std::nullopt : std::optional(value.getInt64());
}

std::string Rows::text(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  const char* bytes = static_cast<const char*>(value.getBlob());
  return bytes ? std::string(bytes, static_cast<std::size_t>(value.getBytes())) : std::string();
}

Outcome Rows::outcome(int column) const {
  const std::optional<Outcome> outcome = outcome_named(text(column));
  if (!outcome) throw Damaged("no outcome is called " + printable(text(column)));
  return *outcome;
}

MessageKind Rows::kind(int column) const {
  const std::optional<MessageKind> kind = kind_named(text(column));
  if (!kind) throw Damaged("no kind of message is called " + printable(text(column)));
  return *kind;
}

TimeSource Rows::time_source(int column) const {
  const std::optional<TimeSource> source = time_source_named(text(column));
  if (!source) throw Damaged("no source of time is called " + printable(text(column)));
  return *source;
}

}  // namespace fixdrill::record
