#include "record/recording_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
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

/// SQLite refuses a file that is shorter than it says, unless its schema may be mended: which
/// nobody can in a file opened for reading.
void distrust(SQLite::Database& database, bool cut_short) {
  sqlite3* handle = database.getHandle();
  if (cut_short)
    database.exec("PRAGMA writable_schema = ON");
  else
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

/// A number of the head, its highest byte first.
std::uint64_t big_endian(const char* bytes, int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

// The head as https://www.sqlite.org/fileformat.html has it: page size, change counter, number of
// pages, and the change counter that this number belongs to.
std::string missing_end(const std::string& path) {
  std::array<char, 96> head;
  std::ifstream file(path, std::ios::binary);
  if (!file.read(head.data(), head.size())) return "";
  std::error_code error;
  const std::uintmax_t log = std::filesystem::file_size(path + "-wal", error);
  if (!error && log > 0) return "";
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  const std::uint64_t told = big_endian(&head[16], 2);
  const std::uint64_t whole = (told == 1 ? 65536 : told) * big_endian(&head[28], 4);
  if (error || big_endian(&head[24], 4) != big_endian(&head[92], 4) || size >= whole) return "";
  return fmt::format("it ends after {} of {} bytes, as a copy does that was not finished", size,
                     whole);
}

void check_end(const std::string& path) {
  const std::string missing = missing_end(path);
  if (!missing.empty()) throw Damaged(missing);
}

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
    distrust(database, !missing_end(path).empty());
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

namespace {

/// Of a file that was cut that is the reason, whatever was met first.
Error damaged(const std::string& path, const std::string& met) {
  const std::string missing = missing_end(path);
  return input_error(fmt::format("{} is damaged: {}", path, missing.empty() ? met : missing));
}

}  // namespace

Error reading_failed(const std::string& path) {
  try {
    throw;
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_NOTADB)
      return input_error(path + " is not a fixdrill recording");
    if ((error.getErrorCode() & 0xFF) != SQLITE_CORRUPT)
      return input_error(fmt::format("cannot read {}: {}", path, printable(error.what())));
    return damaged(path, printable(error.what()));
  } catch (const std::exception& error) {
    return damaged(path, error.what());
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
