#include "record/sql.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <utility>

#include "base/source.h"
#include "base/text.h"
#include "record/recording_file.h"
#include "record/sql_functions.h"

namespace fixdrill::record {

namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

/// `offset`: of the byte that is to blame; negative: none is.
Error sql_error(const std::string& sql, int offset, const std::string& message) {
  if (offset < 0) return input_error(printable(message));
  const auto at = static_cast<std::size_t>(offset);
  const std::string_view rest = std::string_view(sql).substr(at);
  const std::size_t word = rest.find_first_of(" \t\n,;()");
  const std::size_t length = std::max<std::size_t>(1, std::min(word, rest.size()));
  const auto source = std::make_shared<SourceFile>("SQL", sql);
  return input_error(
      render({Severity::error, {source.get(), at, at + length}, printable(message)}));
}

Result<Statement> prepare(SQLite::Database& database, const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v2(database.getHandle(), sql.c_str(), -1, &prepared, &tail);
  Statement statement(prepared);
  if (code != SQLITE_OK) {
    sqlite3* handle = database.getHandle();
    return sql_error(sql, sqlite3_error_offset(handle), sqlite3_errmsg(handle));
  }
  if (!statement) return input_error("there is no SQL to run");
  if (!sqlite3_stmt_readonly(prepared))
    return input_error("a query reads; this statement would write");
  if (!trim(tail).empty()) {
    return sql_error(sql, static_cast<int>(sql.size() - trim(tail).size()),
                     "one statement at a time; this one is the second");
  }
  return statement;
}

SqlValue value_of(sqlite3_stmt* row, int column) {
  switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL:
      return std::monostate();
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(row, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(row, column);
    default:
      break;
  }
  const bool text = sqlite3_column_type(row, column) == SQLITE_TEXT;
  const char* data = static_cast<const char*>(sqlite3_column_blob(row, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  const std::string_view bytes = data ? std::string_view(data, size) : std::string_view();
  if (text) return bytes;
  return SqlBytes{bytes};
}

Status read_rows(SQLite::Database& database, sqlite3_stmt* statement, SqlRows& rows) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement); ++i)
    names.emplace_back(sqlite3_column_name(statement, i));
  rows.columns(names);
  std::vector<SqlValue> values(names.size());
  for (;;) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return {};
    if (code == SQLITE_CORRUPT) throw SQLite::Exception(database.getHandle(), code);
    if (code != SQLITE_ROW) return input_error(printable(sqlite3_errmsg(database.getHandle())));
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = value_of(statement, static_cast<int>(i));
    if (!rows.row(values)) return {};
  }
}

}  // namespace

Status run_sql(const std::string& path, const std::string& sql, const DictionaryOf& dictionary,
               SqlRows& rows) {
  auto database = open_recording(path);
  if (!database) return database.error();
  try {
    SqlFunctions functions(recorded_sessions(*database), dictionary);
    functions.add_to(*database);
    const auto statement = prepare(*database, sql);
    if (!statement) return statement.error();
    const Status read = read_rows(*database, statement->get(), rows);
    check_end(path);
    return read;
  } catch (const std::exception&) {
    return reading_failed(path);
  }
}

}  // namespace fixdrill::record
