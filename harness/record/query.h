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

  /// One value of the row, until the next step().
  class Value {
   public:
    explicit Value(sqlite3_value* value) : value_(value) {}

    int type() const { return sqlite3_value_type(value_); }  ///< SQLITE_NULL …
    std::int64_t number() const { return sqlite3_value_int64(value_); }
    std::string_view bytes() const {
      const char* data = static_cast<const char*>(sqlite3_value_blob(value_));
      const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value_));
      return data ? std::string_view(data, size) : std::string_view();
    }

   private:
    sqlite3_value* value_;
  };

  int columns() const { return sqlite3_column_count(statement_); }
  Value value(int column) const { return Value(sqlite3_column_value(statement_, column)); }
  std::int64_t number(int column) const { return value(column).number(); }
  std::string_view bytes(int column) const { return value(column).bytes(); }

 private:
  static void check(sqlite3* handle, int code) {
    if (code != SQLITE_OK && code != SQLITE_ROW) throw SQLite::Exception(handle, code);
  }

  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace fixdrill::record
