#include "record/recorder.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <mutex>
#include <optional>
#include <span>
#include <sqlite3.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "record/recording_file.h"
#include "record/row_queue.h"
#include "record/row_writer.h"
#include "record/schema.h"
#include "record/seal.h"
#include "record/uuid.h"

namespace fixdrill::record {

namespace {

constexpr std::size_t kLiveQueueBytes = 64u << 20;
/// Of an import: small enough that what waits still lies in the cache.
constexpr std::size_t kBatchBytes = 512u << 10;

/// Where a recording is written and how.
struct Place {
  std::string path;    ///< where it stands when it is whole
  std::string work;    ///< where it is written
  const char* option;  ///< of the command line, that names another place
  const char* pragmas;

  bool bulk() const { return work != path; }  ///< of an import: moved when it is whole
};

Error cannot_create(const Place& place, const std::string& reason) {
  return environment_error(
      fmt::format("cannot create the recording {}: {}; choose another place"
                  " with {}",
                  place.path, reason, place.option));
}

constexpr const char* kExists = "it exists already";

Status create_file(const Place& place) {
  std::error_code failed;
  const std::filesystem::path folder = std::filesystem::path(place.path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  if (place.bulk() && std::filesystem::exists(place.path, failed))
    return cannot_create(place, kExists);
  const int file = ::open(place.work.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return cannot_create(place, errno == EEXIST ? kExists : std::strerror(errno));
  ::close(file);
  return {};
}

/// Never over another file, where the file system can promise that.
Status move_to_place(const Place& place) {
  const char* from = place.work.c_str();
  const char* to = place.path.c_str();
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return {};
  if (errno == EINVAL && ::rename(from, to) == 0) return {};
  return cannot_create(place, errno == EEXIST ? kExists : std::strerror(errno));
}

/// One file, one connection, one writer thread that owns the connection until seal().
class SqliteRecorder final : public Recorder {
 public:
  /// Throws SQLite::Exception.
  SqliteRecorder(Place place, const RunRow& run, Time start)
      : place_(std::move(place)),
        uuid_(run.reproducible ? uuid_of(run, start) : random_uuid()),
        reproducible_(run.reproducible),
        database_(std::in_place, plain_path(place_.work),
                  SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX),
        queue_(kLiveQueueBytes),
        batches_(kBatchBytes) {
    create_tables(run, start);
    writer_.emplace(*database_);
    thread_ = std::thread([this] { place_.bulk() ? write_batches() : write_queue(); });
  }

  ~SqliteRecorder() override {
    stop_writer();
    if (place_.bulk()) ::unlink(place_.work.c_str());
  }

  const std::string& path() const override { return place_.path; }
  const std::string& uuid() const override { return uuid_; }
  std::int64_t next_message_id() override { return ++message_ids_; }
  std::int64_t next_id() override { return ++ids_; }

  void artifact(ArtifactRow row) override { push(std::move(row)); }
  void message(MessageRow row) override { push(std::move(row)); }
  void io(IoRow row) override { push(row); }
  void event(EventRow row) override { push(std::move(row)); }
  void source(SourceRow row) override { push(std::move(row)); }
  void sighting(SightingRow row) override { push(std::move(row)); }

  std::int64_t session(SessionRow row) override {
    const std::int64_t id = next_id();
    push(NewSession{id, std::move(row)});
    return id;
  }

  std::int64_t connection(ConnectionRow row) override {
    const std::int64_t id = next_id();
    push(NewConnection{id, std::move(row)});
    return id;
  }

  void connection_closed(std::int64_t id, Time when, std::string reason) override {
    push(ConnectionClose{id, when.wall_ns, std::move(reason)});
  }

  Status scenario(const ScenarioResult& result) override {
    if (place_.bulk())
      push(std::make_shared<const ScenarioResult>(result));
    else
      queue_.flush(queue_.push(std::make_shared<const ScenarioResult>(result)));
    return failure();
  }

  Status seal(const RunResult& result) override {
    stop_writer();
    if (Status failed = failure(); !failed) return failed;
    try {
      writer_.reset();  // open statements would keep the journal mode
      // How full the queue was is a matter of real time.
      const std::optional<std::size_t> fullest =
          reproducible_ ? std::nullopt : std::optional(high_water());
      const auto seal = place_.bulk() ? seal_import : seal_database;
      const Status sealed = seal(*database_, result, fullest);
      if (!sealed) set_failure(sealed.error().text, "");
      if (sealed && place_.bulk()) move();
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
    SQLite::Database& database = *database_;
    database.exec(place_.pragmas);
    database.exec(kHeaderPragmas);
    SQLite::Transaction transaction(database);
    database.exec(kTables);
    Command meta(database, "INSERT INTO meta VALUES(?,?)");
    meta("uuid", uuid_);
    meta("producer", "fixdrill " FIXDRILL_VERSION);
    Command(database, "INSERT INTO schema_migration VALUES(?,?,?)")(kSchemaVersion, start.wall_ns,
                                                                    "fixdrill " FIXDRILL_VERSION);
    // The seed is text, because SQLite's integers are signed.
    Command(database,
            "INSERT INTO run(id, kind, uuid, suite, target, target_release, change_ref, seed,"
            " started_ns) VALUES(1,?,?,?,?,?,?,?,?)")(run.kind, uuid_, run.suite, run.target,
                                                      run.target_release, run.change_ref,
                                                      std::to_string(run.seed), start.wall_ns);
    Command environment(database, "INSERT OR REPLACE INTO environment VALUES(1,?,?)");
    for (const auto& [key, value] : run.environment) environment(key, value);
    transaction.commit();
  }

  void push(Row&& row) {
    if (place_.bulk())
      batches_.push(std::move(row));
    else
      queue_.push(std::move(row));
  }

  std::size_t high_water() const {
    return place_.bulk() ? batches_.high_water() : queue_.high_water();
  }

  // After a failure the rows are taken and dropped, so that no lane waits for ever; failure()
  // stays set and ends the run.
  void write_batches() {
    for (auto batch = batches_.take(); !batch.empty(); batch = batches_.take()) {
      if (failure().ok()) write(batch);
    }
  }

  void write_queue() {
    std::vector<Row> batch;
    while (queue_.take(batch)) {
      if (!batch.empty() && failure().ok()) write(batch);
      const std::size_t rows = batch.size();
      batch.clear();
      queue_.done(rows);
    }
  }

  void write(std::span<const Row> batch) {
    try {
      SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
      for (const Row& row : batch) std::visit(*writer_, row);
      transaction.commit();
    } catch (const std::exception&) {
      tell_failure();
    }
  }

  void stop_writer() {
    if (!thread_.joinable()) return;
    place_.bulk() ? batches_.close() : queue_.close();
    thread_.join();
  }

  void move() {
    database_.reset();
    if (Status moved = move_to_place(place_); !moved) set_error(moved.error());
  }

  // Called inside a handler.
  void tell_failure() {
    const std::string advice =
        fmt::format("; free space or choose another folder with {}", place_.option);
    try {
      throw;
    } catch (const SQLite::Exception& error) {
      const int code = error.getErrorCode() & 0xFF;
      const bool cannot_grow = code == SQLITE_FULL || code == SQLITE_IOERR;
      set_failure(error.what(), cannot_grow ? advice : "");
    } catch (const std::exception& error) {
      set_failure(error.what(), "");
    }
  }

  void set_failure(const std::string& reason, const std::string& advice) {
    set_error(environment_error(
        fmt::format("cannot write the recording {}: {}{}", place_.path, reason, advice)));
  }

  void set_error(Error error) {
    std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = std::move(error);
  }

  const Place place_;
  const std::string uuid_;
  const bool reproducible_;
  std::atomic<std::int64_t> message_ids_ = 0;
  std::atomic<std::int64_t> ids_ = 0;
  mutable std::mutex failure_mutex_;
  std::optional<Error> failure_;
  std::optional<SQLite::Database> database_;
  std::optional<RowWriter> writer_;
  RowQueue queue_;      ///< of a recording
  BatchQueue batches_;  ///< of an import
  std::thread thread_;
};

Result<std::unique_ptr<Recorder>> create(Place place, const RunRow& run, Time start) {
  if (Status created = create_file(place); !created) return created.error();
  try {
    return std::unique_ptr<Recorder>(std::make_unique<SqliteRecorder>(place, run, start));
  } catch (const std::exception& error) {
    if (place.bulk()) ::unlink(place.work.c_str());
    return cannot_create(place, error.what());
  }
}

}  // namespace

Result<std::unique_ptr<Recorder>> create_recording(const std::string& path, const RunRow& run,
                                                   Time start) {
  return create({path, path, "--db", kLivePragmas}, run, start);
}

Result<std::unique_ptr<Recorder>> create_import(const std::string& path, const RunRow& run,
                                                Time start) {
  const std::string work = fmt::format("{}.{}.part", path, random_uuid().substr(0, 8));
  return create({path, work, "-o", kBulkPragmas}, run, start);
}

}  // namespace fixdrill::record
