// Puts rows into the tables of a recording with prepared statements. One thread only.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "record/row_queue.h"

namespace fixdrill::record {

/// 0 is stored as NULL: "none".
struct OptionalId {
  std::int64_t value = 0;
};

/// An empty text is stored as NULL. The bytes must outlive the statement's execution.
struct OptionalText {
  const std::string& text;
};

/// Stored as a BLOB. The bytes must outlive the statement's execution.
struct Blob {
  const std::string& bytes;
};

/// One prepared statement, run once a call with one argument a `?`. Texts are bound without a
/// copy. Throws SQLite::Exception.
class Command {
 public:
  Command(SQLite::Database& database, const char* sql) : statement_(database, sql) {}

  template <class... Values>
  void operator()(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    statement_.exec();
    statement_.reset();
  }

 private:
  void bind(int index, std::int64_t value) { statement_.bind(index, value); }
  void bind(int index, std::uint64_t value) {
    statement_.bind(index, static_cast<std::int64_t>(value));
  }
  void bind(int index, int value) { statement_.bind(index, value); }
  void bind(int index, bool value) { statement_.bind(index, value ? 1 : 0); }
  void bind(int index, const char* value) { statement_.bindNoCopy(index, value); }
  void bind(int index, const std::string& value) { statement_.bindNoCopy(index, value); }
  void bind(int index, Blob blob) {
    statement_.bindNoCopy(index, blob.bytes.data(), static_cast<int>(blob.bytes.size()));
  }
  void bind(int index, std::nullopt_t) { statement_.bind(index); }
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    value ? bind(index, *value) : bind(index, std::nullopt);
  }
  void bind(int index, OptionalId id) {
    id.value == 0 ? bind(index, std::nullopt) : bind(index, id.value);
  }
  void bind(int index, OptionalText value) {
    value.text.empty() ? bind(index, std::nullopt) : bind(index, value.text);
  }

  SQLite::Statement statement_;
};

/// The database must outlive it. Every operator() writes one row, a scenario its whole tree; the
/// caller holds the transaction. Throws SQLite::Exception.
class RowWriter {
 public:
  explicit RowWriter(SQLite::Database& database);

  void operator()(const MessageRow& row);
  void operator()(const IoRow& row);
  void operator()(const EventRow& row);
  void operator()(const ScenarioPtr& row);
  void operator()(const ArtifactRow& row);
  void operator()(const NewSession& row);
  void operator()(const NewConnection& row);
  void operator()(const ConnectionClose& row);
  void operator()(const SourceRow& row);
  void operator()(const SightingRow& row);

 private:
  void step(const ScenarioResult& scenario, const StepResult& step, std::int64_t ordinal);
  void answer(std::int64_t step, const Answer& answer);
  void verdict(const StepResult& step, const Verdict& verdict);

  Command message_;
  Command io_;
  Command event_;
  Command artifact_;
  Command session_;
  Command connection_;
  Command connection_close_;
  Command source_;
  Command sighting_;
  Command scenario_;
  Command warning_;
  Command step_;
  Command answer_;
  Command verdict_;
  Command field_;
  Command detail_;
  Command verdict_message_;
  std::int64_t verdicts_ = 0;
  std::map<std::string, std::int64_t> session_ids_;  ///< by alias, the latest
};

}  // namespace fixdrill::record
