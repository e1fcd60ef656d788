// The log file of the system under test, as `confirm … log /…/` reads it.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace fixdrill::run {

/// Threads: used from every lane.
class SutLog {
 public:
  virtual ~SutLog() = default;
  virtual std::string path() const = 0;
  /// Bytes in it now; 0 when it is not there.
  virtual std::uint64_t size() const = 0;
  /// What it holds from that byte on, at most limits::kSutLogBlock of it. Environment error: it
  /// cannot be read.
  virtual Result<std::string> read(std::uint64_t from) const = 0;
};

}  // namespace fixdrill::run
