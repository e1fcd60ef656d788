// A recording opened for reading, as the untrusted input that it is: read-only, trusted_schema off,
// defensive, limits on sizes. And rows of a query with values that are checked.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/reader.h"
#include "record/recorder.h"
#include "record/result.h"

namespace fixdrill::record {

/// The file holds what no recorder writes. `what()` says what, for people.
struct Damaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The path as a path: SQLite gives names like ":memory:" and "file:…" a meaning.
std::string plain_path(const std::string& path);

/// Without locks, as a file that does not change. Throws SQLite::Exception.
SQLite::Database open_still(const std::string& path);

/// Input error: no such file, not a recording, made by a newer version. Reads the schema only. A
/// recording of an older version answers the queries of this one; the file is not changed.
Result<SQLite::Database> open_recording(const std::string& path);

/// Of a file that ends before its last page: a clause that says so. "": of any other. What stands
/// before its end can be read.
std::string missing_end(const std::string& path);

/// For who needs the whole of it. Throws Damaged.
void check_end(const std::string& path);

/// The schema of the file itself.
std::int64_t schema_version(SQLite::Database& database);

/// Reads the whole file. Throws Damaged.
void check_pages(SQLite::Database& database);

/// The error of the exception that is being handled, for a recording that was open already. Call it
/// inside a handler.
Error reading_failed(const std::string& path);

/// Rows of one query; values of the row it stands on, by column from 0. Throws SQLite::Exception,
/// Damaged.
class Rows {
 public:
  Rows(SQLite::Database& database, const char* sql) : statement_(database, sql) {}

  bool next() { return statement_.executeStep(); }
  std::int64_t number(int column) const { return statement_.getColumn(column).getInt64(); }
  std::optional<std::int64_t> optional_number(int column) const;
  bool flag(int column) const { return number(column) != 0; }
  std::size_t size(int column) const;
  std::string text(int column) const;
  Outcome outcome(int column) const;
  MessageKind kind(int column) const;
  TimeSource time_source(int column) const;

 private:
  mutable SQLite::Statement statement_;
};

/// Throws SQLite::Exception.
std::vector<RecordedSession> recorded_sessions(SQLite::Database& database);

}  // namespace fixdrill::record
