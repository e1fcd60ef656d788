#include <chrono>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::fix {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kWithoutFraction = 17;  // YYYYMMDD-HH:MM:SS
constexpr int kNanosDigits = 9;

// `count` digits at `at`; -1: they are not digits.
int number_at(std::string_view text, std::size_t at, std::size_t count) {
  const auto value = parse_size(text.substr(at, count));
  return value ? static_cast<int>(*value) : -1;
}

std::optional<std::int64_t> days_since_epoch(std::string_view date) {
  using namespace std::chrono;
  const int y = number_at(date, 0, 4), m = number_at(date, 4, 2), d = number_at(date, 6, 2);
  // What int64 nanoseconds hold, with a year to spare at both ends.
  if (y < 1678 || y > 2261 || m < 1 || d < 1) return std::nullopt;
  const year_month_day ymd{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
  if (!ymd.ok()) return std::nullopt;
  return sys_days(ymd).time_since_epoch().count();
}

std::optional<std::int64_t> seconds_of_day(std::string_view time) {
  if (time[2] != ':' || time[5] != ':') return std::nullopt;
  const int h = number_at(time, 0, 2), m = number_at(time, 3, 2), s = number_at(time, 6, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60) return std::nullopt;
  return h * 3600 + m * 60 + s;
}

// `.123` -> 123000000.
std::optional<std::int64_t> fraction_ns(std::string_view fraction) {
  if (fraction.empty()) return 0;
  const std::size_t digits = fraction.size() - 1;
  if (fraction[0] != '.' || (digits != 3 && digits != 6 && digits != 9)) return std::nullopt;
  std::int64_t value = number_at(fraction, 1, digits);
  if (value < 0) return std::nullopt;
  for (std::size_t i = digits; i < 9; ++i) value *= 10;
  return value;
}

struct Parts {
  int year = 0;
  unsigned month = 0, day = 0;
  std::int64_t hour = 0, minute = 0, second = 0, nanos = 0;
};

Parts parts_of(std::int64_t wall_ns) {
  using namespace std::chrono;
  const sys_time<nanoseconds> moment{nanoseconds(wall_ns)};
  const auto day_start = floor<days>(moment);
  const year_month_day ymd{day_start};
  const std::int64_t in_day = (moment - day_start).count();
  const std::int64_t seconds = in_day / kSecond;
  return {int(ymd.year()),   unsigned(ymd.month()), unsigned(ymd.day()), seconds / 3600,
          seconds / 60 % 60, seconds % 60,          in_day % kSecond};
}

std::string fraction_text(std::int64_t nanos, unsigned digits) {
  if (digits == 0) return "";
  return fmt::format(".{:09}", nanos).substr(0, digits + 1);
}

// Every message that is sent has a time or two: written digit by digit, which is much cheaper.
char* put_digits(char* at, std::int64_t number, int count) {
  for (int i = count; i-- > 0; number /= 10) at[i] = static_cast<char>('0' + number % 10);
  return at + count;
}

}  // namespace

std::optional<std::int64_t> parse_utc_timestamp(std::string_view text) {
  if (text.size() < kWithoutFraction || text[8] != '-') return std::nullopt;
  const auto days = days_since_epoch(text.substr(0, 8));
  const auto seconds = seconds_of_day(text.substr(9, 8));
  const auto nanos = fraction_ns(text.substr(kWithoutFraction));
  if (!days || !seconds || !nanos) return std::nullopt;
  return (*days * 86'400 + *seconds) * kSecond + *nanos;
}

std::string utc_timestamp(std::int64_t wall_ns, unsigned digits) {
  const Parts p = parts_of(wall_ns);
  char text[kWithoutFraction + 1 + kNanosDigits];
  char* at = put_digits(text, p.year, 4);
  at = put_digits(at, p.month, 2);
  at = put_digits(at, p.day, 2);
  *at++ = '-';
  at = put_digits(at, p.hour, 2);
  *at++ = ':';
  at = put_digits(at, p.minute, 2);
  *at++ = ':';
  at = put_digits(at, p.second, 2);
  *at++ = '.';
  put_digits(at, p.nanos, kNanosDigits);
  return std::string(text, digits == 0 ? kWithoutFraction : kWithoutFraction + 1 + digits);
}

std::string utc_date(std::int64_t wall_ns) { return utc_timestamp(wall_ns, 0).substr(0, 8); }

std::optional<unsigned> timestamp_digits(std::string_view text) {
  if (!parse_utc_timestamp(text)) return std::nullopt;
  return text.size() == kWithoutFraction
             ? 0
             : static_cast<unsigned>(text.size() - kWithoutFraction - 1);
}

std::string iso_time(std::int64_t wall_ns, unsigned digits) {
  const Parts p = parts_of(wall_ns);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", p.year, p.month, p.day, p.hour,
                     p.minute, p.second, fraction_text(p.nanos, digits));
}

}  // namespace fixdrill::fix
