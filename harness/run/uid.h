// Identifiers that never repeat: run prefix, lane and counter; by the venue's pattern where the
// profile gives one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fixdrill::run {

/// Distinct over runs that start at least a millisecond apart and over lanes of one run.
class UidSource {
 public:
  UidSource(std::int64_t run_start_ns, unsigned lane);

  /// "FD" + start in base 36 + lane + counter: 20 characters at the most for the first 36^4 of a
  /// lane.
  std::string next();
  /// By a pattern of literals and classes with counts: `[0-9]{12}`, `A[A-Z0-9]{1,9}`. Unique as far
  /// as its room goes.
  std::string next(std::string_view pattern);
  std::int64_t next_number() { return static_cast<std::int64_t>(++numbers_); }

 private:
  std::uint64_t start_ms_;
  unsigned lane_;
  std::uint64_t count_ = 0;
  std::uint64_t numbers_ = 0;
};

/// Input error when it is not such a pattern.
Status check_uid_pattern(std::string_view pattern);

}  // namespace fixdrill::run
