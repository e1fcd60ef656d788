// Times as logs write them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fixdrill::imports {

struct LogTime {
  std::int64_t wall_ns = 0;  ///< as if it were UTC, unless `zoned`
  bool zoned = false;        ///< the log says the zone: `Z`, `+01:00`
  std::size_t begin = 0;     ///< in the text
  std::size_t end = 0;
};

/// The first time in `text` at or behind `from`: `20261128-10:00:00.123456789`, `2026/11/28
/// 10:00:00.123456`, `2026-11-28T10:00:00,123+01:00` and what is between these.
std::optional<LogTime> find_time(std::string_view text, std::size_t from = 0);

/// The time that is number `which` from 1 in `text`; 0: none.
std::optional<LogTime> nth_time(std::string_view text, std::size_t which);

}  // namespace fixdrill::imports
