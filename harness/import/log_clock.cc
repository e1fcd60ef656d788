#include "import/log_clock.h"

#include <cstdlib>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/value.h"
#include "import/log_time.h"

namespace fixdrill::imports {

namespace {

constexpr std::int64_t kMinute = 60'000'000'000;
constexpr std::size_t kJumpsTold = 3;

}  // namespace

LogMoment LogClock::at(std::string_view prefix, std::string_view sending_time, bool ours) {
  const auto time = nth_time(prefix, rules_.which);
  if (!time) {
    const auto sent = fix::parse_utc_timestamp(sending_time);
    return {sent.value_or(0), sent.has_value()};
  }
  if (time->zoned) return {time->wall_ns, false};
  if (ours && rules_.watch) {
    if (const auto sent = fix::parse_utc_timestamp(sending_time))
      follow_jump(time->wall_ns - rules_.zone_ns - *sent, sending_time);
  }
  return {time->wall_ns - rules_.zone_ns, false};
}

// A line that is an hour off, to the minute, from its own message's time was written by a clock
// that was put forward or back.
void LogClock::follow_jump(std::int64_t difference, std::string_view sending_time) {
  const std::int64_t jump = to_quarter_hours(difference);
  if (std::abs(jump) != 60 * kMinute || std::abs(difference - jump) > kMinute) return;
  rules_.zone_ns += jump;
  if (warnings_.size() < kJumpsTold)
    warnings_.push_back(fmt::format(
        "the clock of the log jumps by {} at SendingTime(52) {}: summer time? Lines from "
        "there on are read as UTC{}",
        zone_text(jump), printable(sending_time), zone_text(rules_.zone_ns)));
}

std::string zone_text(std::int64_t zone_ns) {
  const std::int64_t minutes = std::abs(zone_ns) / kMinute;
  return fmt::format("{}{:02}:{:02}", zone_ns < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::int64_t to_quarter_hours(std::int64_t difference) {
  constexpr std::int64_t kQuarter = 15 * kMinute;
  const std::int64_t half = difference < 0 ? -kQuarter / 2 : kQuarter / 2;
  return (difference + half) / kQuarter * kQuarter;
}

}  // namespace fixdrill::imports
