#include "flow/moment.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::flow {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr std::int64_t kLastYear = 2261;  ///< that ns since 1970 reach in 64 bits

/// Takes fixed parts off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool sees(char c) const { return text_.starts_with(c); }
  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// A number of exactly so many digits that is at most `most`.
  std::optional<std::int64_t> number(std::size_t digits, std::int64_t most) {
    const std::string_view part = text_.substr(0, digits);
    const auto value = part.size() == digits ? parse_size(part) : std::nullopt;
    if (!value || static_cast<std::int64_t>(*value) > most) return std::nullopt;
    text_.remove_prefix(digits);
    return static_cast<std::int64_t>(*value);
  }
  std::size_t digits() const {
    const std::size_t end = text_.find_first_not_of("0123456789");
    return std::min(end, text_.size());
  }

 private:
  std::string_view text_;
};

std::optional<std::int64_t> read_day(Reader& reader) {
  const bool dashes = reader.digits() == 4;
  const auto year = reader.number(4, kLastYear);
  if (!year || (dashes && !reader.take('-'))) return std::nullopt;
  const auto month = reader.number(2, 12);
  if (!month || (dashes && !reader.take('-'))) return std::nullopt;
  const auto day = reader.number(2, 31);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

bool read_fraction(Reader& reader, Moment& moment) {
  const std::size_t digits = reader.digits();
  const auto number = digits <= 9 ? reader.number(digits, kSecond) : std::nullopt;
  if (!number || digits == 0) return false;
  for (std::size_t i = 0; i < digits; ++i) moment.unit_ns /= 10;
  moment.time_ns += *number * moment.unit_ns;
  return true;
}

bool read_time(Reader& reader, Moment& moment) {
  const auto hour = reader.number(2, 23);
  if (!hour || !reader.take(':')) return false;
  const auto minute = reader.number(2, 59);
  if (!minute) return false;
  moment.time_ns = (*hour * 60 + *minute) * kMinute;
  moment.unit_ns = kMinute;
  if (!reader.take(':')) return true;
  const auto second = reader.number(2, 60);
  if (!second) return false;
  moment.time_ns += *second * kSecond;
  moment.unit_ns = kSecond;
  return !reader.take('.') || read_fraction(reader, moment);
}

std::int64_t offset(std::int64_t wall_ns, const ZoneOffset& zone) {
  return zone ? zone(wall_ns) : 0;
}

// A recording is untrusted: any number may stand there for a time.
std::int64_t local_ns(std::int64_t wall_ns, const ZoneOffset& zone) {
  const std::int64_t sane = std::clamp<std::int64_t>(
      wall_ns, 2 * kDay, std::numeric_limits<std::int64_t>::max() - 2 * kDay);
  return sane != wall_ns ? std::max<std::int64_t>(wall_ns, 0) : sane + offset(sane, zone);
}

std::string local_iso(std::int64_t wall_ns, const ZoneOffset& zone) {
  return fix::iso_time(local_ns(wall_ns, zone));
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) {
  Reader reader(text);
  Moment moment;
  const std::size_t digits = reader.digits();
  if (digits != 2) {
    moment.day = read_day(reader);
    moment.unit_ns = kDay;
    if (!moment.day) return std::nullopt;
    if (reader.at_end()) return moment;
    if (!reader.take('T') && !reader.take(' ') && !reader.take('-')) return std::nullopt;
  }
  if (!read_time(reader, moment)) return std::nullopt;
  moment.utc = reader.take('Z');
  if (!reader.at_end()) return std::nullopt;
  return moment;
}

// The offset is asked for at a moment that is itself an hour off at most; asking again mends that.
std::int64_t moment_ns(const Moment& moment, std::int64_t day, const ZoneOffset& zone) {
  const std::int64_t local = moment.day.value_or(day) * kDay + moment.time_ns;
  if (moment.utc) return local;
  const std::int64_t guess = local - offset(local, zone);
  return local - offset(guess, zone);
}

std::int64_t local_day(std::int64_t wall_ns, const ZoneOffset& zone) {
  return local_ns(wall_ns, zone) / kDay;
}

std::string clock_text(std::int64_t wall_ns, const ZoneOffset& zone) {
  return local_iso(wall_ns, zone).substr(11, 12);
}

std::string day_text(std::int64_t wall_ns, const ZoneOffset& zone) {
  return local_iso(wall_ns, zone).substr(0, 10);
}

}  // namespace fixdrill::flow
