#include "record/verify.h"

#include <fmt/format.h>
#include <optional>
#include <utility>

#include "base/text.h"
#include "record/query.h"
#include "record/reader.h"
#include "record/recording_file.h"
#include "record/seal.h"

namespace fixdrill::record {

namespace {

constexpr std::size_t kFaultsTold = 10;

/// The pieces of one direction of a connection, in order.
class Stream {
 public:
  Stream(std::int64_t connection, bool out, bool imported)
      : connection_(connection), out_(out), imported_(imported) {}

  bool is(std::int64_t connection, bool out) const {
    return connection == connection_ && out == out_;
  }
  std::int64_t length() const { return end_; }

  /// A capture may lack bytes; what we recorded ourselves may not.
  void add(std::int64_t offset, std::int64_t size, Verification& verified) {
    if (offset != end_) {
      auto& told = imported_ && offset > end_ ? verified.notes : verified.faults;
      if (told.size() < kFaultsTold) told.push_back(sentence(offset));
    }
    end_ = offset + size;
  }

 private:
  std::string sentence(std::int64_t offset) const {
    const std::string where = fmt::format("connection {}, {}", connection_, out_ ? "out" : "in");
    if (offset > end_)
      return fmt::format("{}: {} bytes after byte {} are missing", where, offset - end_, end_);
    return fmt::format("{}: {} bytes before byte {} are there twice", where, end_ - offset, end_);
  }

  std::int64_t connection_;
  bool out_;
  bool imported_;
  std::int64_t end_ = 0;
};

void check_streams(SQLite::Database& database, Verification& verified) {
  Query pieces(database,
               "SELECT m.connection_id, m.dir, m.stream_off, length(m.raw),"
               " EXISTS(SELECT 1 FROM connection c JOIN session s ON s.id = c.session_id"
               "        WHERE c.id = m.connection_id AND s.capture_level = 'import')"
               " FROM message m WHERE m.connection_id IS NOT NULL"
               " ORDER BY m.connection_id, m.dir, m.stream_off");
  std::optional<Stream> stream;
  while (pieces.step()) {
    const bool out = pieces.number(1) != 0;
    if (!stream || !stream->is(pieces.number(0), out)) {
      if (stream) verified.bytes += stream->length();
      stream.emplace(pieces.number(0), out, pieces.number(4) != 0);
      ++verified.streams;
    }
    stream->add(pieces.number(2), pieces.number(3), verified);
  }
  if (stream) verified.bytes += stream->length();
}

void check_structure(SQLite::Database& database, Verification& verified) {
  Query pages(database, "PRAGMA integrity_check(10)");
  while (pages.step()) {
    for (const std::string_view line : split(pages.bytes(0), '\n')) {
      if (line != "ok" && !line.starts_with("***")) verified.faults.push_back(printable(line));
    }
  }
}

void check_references(SQLite::Database& database, Verification& verified) {
  Query keys(database, "PRAGMA foreign_key_check");
  for (std::size_t told = 0; told < kFaultsTold && keys.step(); ++told) {
    verified.faults.push_back(fmt::format("row {} of {} points to a row of {} that is not there",
                                          keys.number(1), printable(keys.bytes(0)),
                                          printable(keys.bytes(2))));
  }
}

std::string meta(SQLite::Database& database, const std::string& key) {
  Rows rows(database, fmt::format("SELECT value FROM meta WHERE key = '{}'", key).c_str());
  return rows.next() ? rows.text(0) : "";
}

void check_hash(SQLite::Database& database, Verification& verified) {
  verified.hash = content_hash(database, verified.version);
  if (verified.sealed && verified.hash != verified.sealed_hash) {
    verified.faults.push_back(
        fmt::format("it was changed after it was sealed: its content hash is {}, it was sealed with"
                    " {}",
                    verified.hash, printable(verified.sealed_hash)));
  }
}

/// Through the table itself, so that what stands before damaged pages counts.
void count_messages(SQLite::Database& database, Verification& verified) {
  Query rows(database, "SELECT raw FROM message NOT INDEXED ORDER BY id");
  while (rows.step()) ++verified.messages;
}

std::int64_t count(SQLite::Database& database, const char* table) {
  return database.execAndGet(fmt::format("SELECT count(*) FROM {}", table)).getInt64();
}

/// One part of the proof; damage that stops it is a fault, and the next part goes on.
template <class Check>
void attempt(Verification& verified, Check check) {
  try {
    check();
  } catch (const std::exception& error) {
    const std::string text = printable(error.what());
    for (const std::string& told : verified.faults) {
      if (told == text) return;
    }
    verified.faults.push_back(text);
  }
}

Verification verify(SQLite::Database& database, const std::string& missing_end) {
  SQLite::Transaction snapshot(database);
  Verification verified;
  if (!missing_end.empty()) verified.faults.push_back(missing_end);
  verified.uuid = meta(database, "uuid");
  verified.version = schema_version(database);
  verified.sealed = !meta(database, "sealed_at_ns").empty();
  verified.sealed_hash = meta(database, "content_sha256");
  attempt(verified, [&] { check_structure(database, verified); });
  attempt(verified, [&] { count_messages(database, verified); });
  attempt(verified, [&] {
    verified.sessions = count(database, "session");
    verified.connections = count(database, "connection");
    verified.scenarios = count(database, "scenario_exec");
  });
  attempt(verified, [&] { check_references(database, verified); });
  attempt(verified, [&] { check_streams(database, verified); });
  attempt(verified, [&] { check_hash(database, verified); });
  return verified;
}

}  // namespace

Result<Verification> verify_recording(const std::string& path) {
  auto database = open_recording(path);
  if (!database) return database.error();
  try {
    return verify(*database, missing_end(path));
  } catch (const std::exception&) {
    return reading_failed(path);
  }
}

}  // namespace fixdrill::record
