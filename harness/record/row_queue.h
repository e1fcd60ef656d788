// The queue between the lanes and the writer thread: bounded in bytes, blocks when full, never
// drops.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <variant>
#include <vector>

#include "record/recorder.h"

namespace fixdrill::record {

struct NewSession {
  std::int64_t id = 0;
  SessionRow row;
};

struct NewConnection {
  std::int64_t id = 0;
  ConnectionRow row;
};

struct ConnectionClose {
  std::int64_t id = 0;
  std::int64_t closed_ns = 0;
  std::string reason;
};

using ScenarioPtr = std::shared_ptr<const ScenarioResult>;

using Row = std::variant<MessageRow, IoRow, EventRow, ScenarioPtr, ArtifactRow, NewSession,
                         NewConnection, ConnectionClose, SourceRow, SightingRow>;

/// What a row holds in memory, roughly: its size and its longest text.
std::size_t weight(const Row& row);

/// Threads: push and flush from any, take and done from the writer. The writer wakes by its timer,
/// by 500 rows, by a half-full queue, by flush and close; never by one row, because waking a
/// thread costs the lane about 10 us.
class RowQueue {
 public:
  explicit RowQueue(std::size_t limit_bytes) : limit_(limit_bytes) {}

  /// Waits while the queue is full; a row heavier than the limit goes in alone. The ticket tells
  /// flush() what to wait for.
  std::uint64_t push(Row row);
  /// Returns when the row of this ticket and all before it are done().
  void flush(std::uint64_t ticket);

  /// Puts what is queued into `batch`, which must be empty; it may stay empty when the timer ran
  /// out. False = closed and nothing left.
  bool take(std::vector<Row>& batch);
  void done(std::size_t rows);
  /// No push may follow.
  void close();

  std::size_t high_water() const;  ///< the most bytes ever queued

 private:
  bool writer_has_reason() const;

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable work_;      ///< writer waits
  std::condition_variable room_;      ///< full queue: lanes wait
  std::condition_variable progress_;  ///< flush waits
  std::vector<Row> rows_;
  std::size_t bytes_ = 0;
  std::size_t high_water_ = 0;
  std::uint64_t pushed_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t wanted_ = 0;  ///< highest ticket that a flush waits for
  bool closed_ = false;
};

/// The queue of an import: one thread pushes as fast as it can. Rows go over in batches, and the
/// memory of those that were written comes back with the next: no lock and no allocation a row.
class BatchQueue {
 public:
  explicit BatchQueue(std::size_t batch_bytes) : limit_(batch_bytes) {}

  /// Waits while the writer is more than a batch behind.
  void push(Row&& row);

  /// The next batch; `span` holds until the next take(). Empty = closed and nothing left.
  std::span<const Row> take();
  /// Hands over what is left; no push may follow.
  void close();

  std::size_t high_water() const { return high_water_; }  ///< the heaviest batch, in bytes

 private:
  struct Batch {
    std::vector<Row> rows;  ///< those behind `used` are spent
    std::size_t used = 0;
    std::size_t bytes = 0;
  };

  void hand_over();

  const std::size_t limit_;
  Batch filling_;
  Batch waiting_;
  Batch writing_;
  std::size_t high_water_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
};

}  // namespace fixdrill::record
