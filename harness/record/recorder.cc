#include "record/recorder.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <mutex>
#include <optional>
#include <sqlite3.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "record/row_queue.h"
#include "record/row_writer.h"
#include "record/schema.h"
#include "record/seal.h"
#include "record/uuid.h"

namespace fixdrill::record {

namespace {

constexpr std::size_t kQueueBytes = 64u << 20;

// SQLite gives names like ":memory:" and "file:…" a meaning; as paths they have none.
std::string plain_path(const std::string& path) {
  return path.starts_with('/') ? path : "./" + path;
}

Error cannot_create(const std::string& path, const std::string& reason) {
  return environment_error(fmt::format(
      "cannot create the recording {}: {}; choose another place with --db", path, reason));
}

Status create_file(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) {
    return cannot_create(path, errno == EEXIST ? "it exists already" : std::strerror(errno));
  }
  ::close(file);
  return {};
}

/// One file, one connection, one writer thread that owns the connection until seal().
class SqliteRecorder final : public Recorder {
 public:
  /// Throws SQLite::Exception.
  SqliteRecorder(std::string path, const RunRow& run, Time start)
      : path_(std::move(path)),
        uuid_(run.reproducible ? uuid_of(run, start) : random_uuid()),
        reproducible_(run.reproducible),
        database_(plain_path(path_), SQLite::OPEN_READWRITE),
        queue_(kQueueBytes) {
    create_tables(run, start);
    writer_.emplace(database_);
    thread_ = std::thread([this] { write_all(); });
  }

  ~SqliteRecorder() override { stop_writer(); }

  const std::string& path() const override { return path_; }
  const std::string& uuid() const override { return uuid_; }
  std::int64_t next_message_id() override { return ++message_ids_; }
  std::int64_t next_id() override { return ++ids_; }

  void artifact(ArtifactRow row) override { queue_.push(std::move(row)); }
  void message(MessageRow row) override { queue_.push(std::move(row)); }
  void io(IoRow row) override { queue_.push(row); }
  void event(EventRow row) override { queue_.push(std::move(row)); }

  std::int64_t session(SessionRow row) override {
    const std::int64_t id = next_id();
    queue_.push(NewSession{id, std::move(row)});
    return id;
  }

  std::int64_t connection(ConnectionRow row) override {
    const std::int64_t id = next_id();
    queue_.push(NewConnection{id, std::move(row)});
    return id;
  }

  void connection_closed(std::int64_t id, Time when, std::string reason) override {
    queue_.push(ConnectionClose{id, when.wall_ns, std::move(reason)});
  }

  Status scenario(const ScenarioResult& result) override {
    queue_.flush(queue_.push(std::make_shared<const ScenarioResult>(result)));
    return failure();
  }

  Status seal(const RunResult& result) override {
    stop_writer();
    if (Status failed = failure(); !failed) return failed;
    try {
      writer_.reset();  // open statements would keep the journal mode
      // How full the queue was is a matter of real time.
      const auto high_water =
          reproducible_ ? std::nullopt : std::optional<std::size_t>(queue_.high_water());
      const Status sealed = seal_database(database_, result, high_water);
      if (!sealed) set_failure(sealed.error().text, "");
    } catch (const std::exception&) {
      tell_failure();
    }
    return failure();
  }

  Status failure() const override {
    std::lock_guard lock(failure_mutex_);
    return failure_ ? Status(*failure_) : Status();
  }

 private:
  void create_tables(const RunRow& run, Time start) {
    database_.exec(kPragmas);
    SQLite::Transaction transaction(database_);
    database_.exec(kTables);
    Command meta(database_, "INSERT INTO meta VALUES(?,?)");
    meta("uuid", uuid_);
    meta("producer", "fixdrill " FIXDRILL_VERSION);
    Command(database_, "INSERT INTO schema_migration VALUES(?,?,?)")(kSchemaVersion, start.wall_ns,
                                                                     "fixdrill " FIXDRILL_VERSION);
    // The seed is text, because SQLite's integers are signed.
    Command(database_,
            "INSERT INTO run(id, uuid, suite, target, target_release, change_ref, seed,"
            " started_ns) VALUES(1,?,?,?,?,?,?,?)")(uuid_, run.suite, run.target,
                                                    run.target_release, run.change_ref,
                                                    std::to_string(run.seed), start.wall_ns);
    Command environment(database_, "INSERT OR REPLACE INTO environment VALUES(1,?,?)");
    for (const auto& [key, value] : run.environment) environment(key, value);
    transaction.commit();
  }

  // After a failure the rows are taken and dropped, so that no lane waits for ever; failure()
  // stays set and ends the run.
  void write_all() {
    std::vector<Row> batch;
    while (queue_.take(batch)) {
      if (!batch.empty() && failure().ok()) write(batch);
      const std::size_t rows = batch.size();
      batch.clear();
      queue_.done(rows);
    }
  }

  void write(const std::vector<Row>& batch) {
    try {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      for (const Row& row : batch) std::visit(*writer_, row);
      transaction.commit();
    } catch (const std::exception&) {
      tell_failure();
    }
  }

  void stop_writer() {
    if (!thread_.joinable()) return;
    queue_.close();
    thread_.join();
  }

  // Called inside a handler.
  void tell_failure() {
    constexpr const char* kAdvice = "; free space or choose another folder with --db";
    try {
      throw;
    } catch (const SQLite::Exception& error) {
      const int code = error.getErrorCode() & 0xFF;
      const bool cannot_grow = code == SQLITE_FULL || code == SQLITE_IOERR;
      set_failure(error.what(), cannot_grow ? kAdvice : "");
    } catch (const std::exception& error) {
      set_failure(error.what(), "");
    }
  }

  void set_failure(const std::string& reason, const char* advice) {
    std::lock_guard lock(failure_mutex_);
    if (failure_) return;
    failure_ = environment_error(
        fmt::format("cannot write the recording {}: {}{}", path_, reason, advice));
  }

  const std::string path_;
  const std::string uuid_;
  const bool reproducible_;
  std::atomic<std::int64_t> message_ids_ = 0;
  std::atomic<std::int64_t> ids_ = 0;
  mutable std::mutex failure_mutex_;
  std::optional<Error> failure_;
  SQLite::Database database_;
  std::optional<RowWriter> writer_;
  RowQueue queue_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<Recorder>> create_recording(const std::string& path, const RunRow& run,
                                                   Time start) {
  if (Status created = create_file(path); !created) return created.error();
  try {
    return std::unique_ptr<Recorder>(std::make_unique<SqliteRecorder>(path, run, start));
  } catch (const std::exception& error) {
    return cannot_create(path, error.what());
  }
}

}  // namespace fixdrill::record
