// Writes a recording: one SQLite file a run, one writer thread behind a bounded queue that blocks
// and never drops.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "record/result.h"

namespace fixdrill::record {

enum class Direction { in, out };
enum class MessageKind { fix, garbled, junk, partial };

/// Where a message's time comes from: our own clock at the socket, the line of a log,
/// SendingTime(52), a capture, the kernel.
enum class TimeSource { user, log, fix, pcap, kernel };

struct RunRow {
  std::string suite;   ///< what was asked for: paths
  std::string target;  ///< profile
  std::string target_release;
  std::string change_ref;
  std::uint64_t seed = 0;
  std::vector<std::pair<std::string, std::string>> environment;
  /// The same row, start and calls give the same file, byte for byte, however much real time passes
  /// between the calls: the uuid is made from this row and the start, and what the recorder
  /// measures of itself is left out. "The same calls" is one order of them: a run with one lane, on
  /// a loop with virtual time. Does not hold for a file that somebody reads while it is sealed.
  bool reproducible = false;
  /// run, simulator or import; only a run has an outcome.
  std::string kind = "run";
};

struct ArtifactRow {
  std::string kind;  ///< scenario, profile, dictionary
  std::string name;
  std::string data;
};

struct SessionRow {
  std::string alias;
  std::string role;
  std::string begin_string;
  std::string sender;
  std::string target;
  std::string appl_ver;
  std::string capture_level = "wire";       ///< wire, engine or import
  std::string sub_ids{};                    ///< "50=DESK|57=ORD": those of 50, 142, 57, 143 it has
  std::vector<std::string> dictionaries{};  ///< sha256 of the artifacts that decode it, in order
};

struct ConnectionRow {
  std::int64_t session_id = 0;
  Time opened;
  std::string local;
  std::string remote;
  std::string tls{};               ///< "TLSv1.3 TLS_AES_256_GCM_SHA384"; "" = none
  std::string peer_cert_sha256{};  ///< lower-case hexadecimal; "" = the peer showed none
};

/// A log or capture that was imported.
struct SourceRow {
  std::int64_t id = 0;  ///< from next_id(), taken before its first message
  std::string path;
  std::string kind;             ///< log or pcap
  std::string format;           ///< what `import --format` takes
  std::uint64_t bytes = 0;      ///< its size
  std::uint64_t explained = 0;  ///< of those, in messages and what is known to stand round them
  std::uint64_t messages = 0;
  std::optional<std::int64_t>
      clock_offset_ns;  ///< its clock minus the first source's; empty: unknown
  std::optional<std::int64_t> clock_spread_ns;  ///< how far single differences lie apart
  std::string sha256;
};

/// One piece of a stream. `raw` is already masked.
struct MessageRow {
  std::int64_t id = 0;  ///< from next_message_id(), taken at the tap
  std::int64_t connection_id = 0;
  std::int64_t session_id = 0;
  Direction direction = Direction::in;
  std::uint64_t stream_offset = 0;
  Time time;
  MessageKind kind = MessageKind::fix;
  std::string msg_type;
  std::int64_t seq = 0;  ///< 0 = none
  bool poss_dup = false;
  bool masked = false;
  bool sum_ok = true;
  std::string raw;
  TimeSource time_source = TimeSource::user;
  std::int64_t source_id = 0;  ///< SourceRow::id of an import; 0 = recorded by ourselves
  std::int64_t line = 0;       ///< in that source, from 1; of a capture the packet
  std::string prefix;          ///< what stood before the message on its line, of an import
};

/// A message that a further source of the import shows too.
struct SightingRow {
  std::int64_t message_id = 0;
  std::int64_t source_id = 0;
  std::int64_t line = 0;
  std::int64_t wall_ns = 0;  ///< by that source's clock
  std::string prefix;
};

struct IoRow {
  std::int64_t connection_id = 0;
  Direction direction = Direction::in;
  std::uint64_t stream_offset = 0;
  std::uint64_t length = 0;
  Time time;
};

struct EventRow {
  Time time;
  std::string kind;  ///< note, warning, guard, engine …
  std::int64_t session_id = 0;
  std::int64_t step_exec_id = 0;
  std::string text;
};

/// Threads: every member may be called from any lane. Order of calls of one thread is kept.
/// A failure of the file (disk full, file-size limit) does not throw: failure() tells it, and the
/// run ends with exit 3.
class Recorder {
 public:
  virtual ~Recorder() = default;

  /// False: the rows go nowhere, nobody need make them.
  virtual bool keeps() const { return true; }
  virtual const std::string& path() const = 0;
  virtual const std::string& uuid() const = 0;

  virtual std::int64_t next_message_id() = 0;  ///< total order of the run, from 1
  virtual std::int64_t next_id() = 0;  ///< for sessions, connections, scenario and step executions

  virtual void artifact(ArtifactRow row) = 0;
  virtual std::int64_t session(SessionRow row) = 0;  ///< its id
  virtual std::int64_t connection(ConnectionRow row) = 0;
  virtual void connection_closed(std::int64_t id, Time when, std::string reason) = 0;
  virtual void message(MessageRow row) = 0;
  virtual void io(IoRow row) = 0;
  virtual void source(SourceRow row) = 0;  ///< when its totals are known
  virtual void sighting(SightingRow row) = 0;
  virtual void event(EventRow row) = 0;
  /// The scenario with its steps and verdicts; returns when it and all before it are committed
  /// (*acknowledged*).
  virtual Status scenario(const ScenarioResult& result) = 0;
  /// Last call: run row, indexes, checks, content hash, journal_mode=DELETE.
  virtual Status seal(const RunResult& result) = 0;
  virtual Status failure() const = 0;
};

/// Creates `path` (mode 0600; must not exist). Environment error when it can't.
Result<std::unique_ptr<Recorder>> create_recording(const std::string& path, const RunRow& run,
                                                   Time start);

/// The same for an import: rows in bulk, without a journal. The file stands under `path` only when
/// seal() has made it whole; until then, and when the import fails, there is none.
Result<std::unique_ptr<Recorder>> create_import(const std::string& path, const RunRow& run,
                                                Time start);

}  // namespace fixdrill::record
