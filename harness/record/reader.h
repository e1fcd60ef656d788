// Reads a recording as untrusted input: read-only, trusted_schema off, defensive.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/recorder.h"
#include "record/result.h"

namespace fixdrill::record {

struct RecordedSession {
  std::int64_t id = 0;
  SessionRow row;
};

struct RecordedConnection {
  std::int64_t id = 0;
  ConnectionRow row;
  std::int64_t closed_ns = 0;
  std::string close_reason;
};

struct Recording {
  std::string uuid;
  std::string kind;  ///< run, simulator or import
  std::string suite;
  std::string target;
  std::string release;  ///< label: what was tested; "" = none
  std::string change;   ///< label: why; "" = none
  std::string outcome;  ///< "" when the run did not end, and of what is no run
  bool sealed = false;
  RunResult result;  ///< scenarios, steps, verdicts
  std::vector<RecordedSession> sessions;
  std::vector<RecordedConnection> connections;
  std::vector<SourceRow> sources;    ///< of an import
  std::vector<MessageRow> messages;  ///< in order of id
  std::vector<EventRow> events;
  std::vector<ArtifactRow> artifacts;
};

struct ReadOptions {
  /// False: `messages` stays empty and the pages are not checked, so that a recording of 1 GB opens
  /// at once; open_messages() streams them.
  bool messages = true;
};

/// Input error: no such file, not a recording, damaged, made by a newer version.
Result<Recording> read_recording(const std::string& path, ReadOptions options = {});

}  // namespace fixdrill::record
