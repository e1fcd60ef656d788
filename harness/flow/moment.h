// Times as people type them, in a zone of their choice.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fixdrill::flow {

/// What a wall clock of the zone is ahead of UTC at a moment (ns since the epoch, UTC), in ns.
/// Empty: UTC.
using ZoneOffset = std::function<std::int64_t(std::int64_t wall_ns)>;

/// A time of a day, or of one certain day.
struct Moment {
  std::optional<std::int64_t> day;  ///< days since 1970-01-01
  std::int64_t time_ns = 0;         ///< since midnight
  std::int64_t unit_ns = 0;         ///< how precisely it is written: a minute, 1 ms …
  bool utc = false;                 ///< a Z behind it: in no zone but UTC
};

/// `11:58`, `11:58:00.123`, each also behind a day, `2026-11-28T`, `2026-11-28 ` or `20261128-`; a
/// day alone. Empty: none of these.
std::optional<Moment> parse_moment(std::string_view text);

/// ns since the epoch, UTC; a time of day is one of `day`.
std::int64_t moment_ns(const Moment& moment, std::int64_t day, const ZoneOffset& zone);
/// Days since 1970-01-01 of the zone's calendar.
std::int64_t local_day(std::int64_t wall_ns, const ZoneOffset& zone);

/// For people: `11:58:00.123`, and with its day `2026-11-28 11:58:00.123`. Times before 1970 are
/// shown as its start.
std::string clock_text(std::int64_t wall_ns, const ZoneOffset& zone);
std::string day_text(std::int64_t wall_ns, const ZoneOffset& zone);

}  // namespace fixdrill::flow
