// A query that is run many times or has many rows, and its values without a copy. SQLiteCpp counts
// references at each value of a row: too dear for a million messages.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <sqlite3.h>
#include <string>
#include <string_view>

namespace fixdrill::record {

/// The database must outlive it. Throws SQLite::Exception.
class Query {
 public:
  Query(SQLite::Database& database, const std::string& sql) {
    check(database.getHandle(),
          sqlite3_prepare_v2(database.getHandle(), sql.c_str(), -1, &statement_, nullptr));
  }
  ~Query() { sqlite3_finalize(statement_); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  void start(std::int64_t parameter) {
    stop();
    sqlite3_bind_int64(statement_, 1, parameter);
  }
  /// Lets go of the file.
  void stop() { sqlite3_reset(statement_); }
  /// False: no more rows.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_DONE) return false;
    check(sqlite3_db_handle(statement_), code);
    return true;
  }

  int columns() const { return sqlite3_column_count(statement_); }
  int type(int column) const { return sqlite3_column_type(statement_, column); }  ///< SQLITE_NULL …
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  /// Until the next step().
  std::string_view bytes(int column) const {
    const char* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data ? std::string_view(data, size) : std::string_view();
  }

 private:
  static void check(sqlite3* handle, int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW) throw SQLite::Exception(handle, code);
  }

  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace fixdrill::record
