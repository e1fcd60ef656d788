// When the messages of a log were seen: the time of the line, in the zone that the log is written
// in, else SendingTime(52).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fixdrill::imports {

struct ClockRules {
  std::size_t which = 1;     ///< of the times on a line, from 1; 0: none, SendingTime(52) is better
  std::int64_t zone_ns = 0;  ///< what the log's clock is ahead of UTC
  bool watch = true;         ///< the log may jump by an hour: summer time
};

struct LogMoment {
  std::int64_t wall_ns = 0;  ///< UTC; 0 = not known
  bool by_sending_time = false;
};

class LogClock {
 public:
  explicit LogClock(const ClockRules& rules) : rules_(rules) {}

  /// `ours`: SendingTime is of our own clock, so that a jump between the two is the log's.
  LogMoment at(std::string_view prefix, std::string_view sending_time, bool ours);

  std::int64_t zone_ns() const { return rules_.zone_ns; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  void follow_jump(std::int64_t difference, std::string_view sending_time);

  ClockRules rules_;
  std::vector<std::string> warnings_;
};

/// `+01:00`
std::string zone_text(std::int64_t zone_ns);
/// `difference` to the next quarter of an hour.
std::int64_t to_quarter_hours(std::int64_t difference);

}  // namespace fixdrill::imports
