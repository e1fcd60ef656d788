#include "import/log_time.h"

#include <chrono>

namespace fixdrill::imports {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads a time from left to right; `good` falls with the first thing that is not as it must be.
class TimeReader {
 public:
  TimeReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::optional<LogTime> read() {
    LogTime time;
    time.begin = at_;
    time.wall_ns = date();
    if (!good_ || !one_of("- T_")) return std::nullopt;
    time.wall_ns += clock();
    if (!good_) return std::nullopt;
    time.wall_ns += fraction();
    time.wall_ns -= zone(time.zoned);
    time.end = at_;
    return time;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool one_of(std::string_view characters) {
    const bool there = at_ < text_.size() && characters.find(text_[at_]) != std::string_view::npos;
    if (there) ++at_;
    return there;
  }
  int number(int digits, int least, int most) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      if (!is_digit(peek())) good_ = false;
      if (!good_) return 0;
      value = value * 10 + (text_[at_++] - '0');
    }
    if (value < least || value > most) good_ = false;
    return value;
  }

  std::int64_t date() {
    namespace ch = std::chrono;
    const int year = number(4, 1970, 2200);
    const char separator = one_of("-/.") ? text_[at_ - 1] : '\0';
    const int month = number(2, 1, 12);
    if (separator != '\0' && !one_of({&separator, 1})) good_ = false;
    const int day = number(2, 1, 31);
    if (!good_) return 0;
    const ch::year_month_day date{ch::year(year), ch::month(static_cast<unsigned>(month)),
                                  ch::day(static_cast<unsigned>(day))};
    if (!date.ok()) good_ = false;
    return good_ ? ch::sys_days(date).time_since_epoch().count() * 86'400 * kSecond : 0;
  }

  std::int64_t clock() {
    const std::int64_t hour = number(2, 0, 23);
    if (!one_of(":")) good_ = false;
    const std::int64_t minute = number(2, 0, 59);
    if (!one_of(":")) good_ = false;
    const std::int64_t second = number(2, 0, 60);
    return good_ ? ((hour * 60 + minute) * 60 + second) * kSecond : 0;
  }

  std::int64_t fraction() {
    if (at_ + 1 >= text_.size() || !is_digit(text_[at_ + 1]) || !one_of(".,:")) return 0;
    std::int64_t value = 0;
    std::int64_t unit = kSecond;
    for (; is_digit(peek()); ++at_) {
      unit /= 10;
      value += unit * (text_[at_] - '0');
    }
    return value;
  }

  std::int64_t zone(bool& zoned) {
    const std::size_t before = at_;
    if (one_of("Z")) {
      zoned = true;
      return 0;
    }
    const int sign = peek() == '-' ? -1 : 1;
    if (!one_of("+-")) return 0;
    const std::int64_t hours = number(2, 0, 14);
    one_of(":");
    const std::int64_t minutes = number(2, 0, 59);
    if (!good_) {
      at_ = before;
      return 0;
    }
    zoned = true;
    return sign * (hours * 60 + minutes) * 60 * kSecond;
  }

  std::string_view text_;
  std::size_t at_;
  bool good_ = true;
};

}  // namespace

std::optional<LogTime> find_time(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    if (const auto time = TimeReader(text, at).read()) return time;
  }
  return std::nullopt;
}

std::optional<LogTime> nth_time(std::string_view prefix, std::size_t which) {
  std::optional<LogTime> time;
  for (std::size_t at = 0; which > 0; --which, at = time->end) {
    time = find_time(prefix, at);
    if (!time) return std::nullopt;
  }
  return time;
}

}  // namespace fixdrill::imports
