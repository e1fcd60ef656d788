// What a recording says of itself in one line: for lists of recordings.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "record/result.h"

namespace fixdrill::record {

struct RecordingHead {
  std::string path;
  std::string uuid;
  std::string kind;  ///< run, simulator or import
  std::string suite;
  std::string target;
  std::string release;  ///< label: what was tested; "" = none
  std::string change;   ///< label: why; "" = none
  std::string outcome;  ///< "" when the run did not end, and of what is no run
  bool sealed = false;
  std::int64_t started_ns = 0;
  std::int64_t elapsed_ns = 0;  ///< 0 when it did not end
  std::int64_t sessions = 0;
  std::int64_t messages = 0;
  std::map<Outcome, std::int64_t> scenarios;  ///< how many ended so
};

/// As read_recording(), without a look at messages, steps and verdicts.
Result<RecordingHead> read_head(const std::string& path);

}  // namespace fixdrill::record
