// Proves what a recording holds: pages, references between rows, content hash, and that the pieces
// of every stream join.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace fixdrill::record {

struct Verification {
  std::string uuid;
  std::int64_t version = 0;  ///< of the schema
  bool sealed = false;
  std::string sealed_hash;  ///< content hash that was stored when it was sealed; "" = not sealed
  std::string hash;         ///< content hash of what it holds now; "" = it could not be read
  std::int64_t sessions = 0;
  std::int64_t connections = 0;
  std::int64_t scenarios = 0;
  std::int64_t messages = 0;        ///< those that can be read
  std::int64_t streams = 0;         ///< one direction of one connection each
  std::int64_t bytes = 0;           ///< of all streams
  std::vector<std::string> faults;  ///< one sentence each
  std::vector<std::string> notes;   ///< what is no fault: bytes that an imported capture lacks

  bool whole() const { return faults.empty(); }
};

/// Reads the whole file and changes nothing. Input error when nothing of it can be read: no such
/// file, not a recording, made by a newer version, no tables.
Result<Verification> verify_recording(const std::string& path);

}  // namespace fixdrill::record
