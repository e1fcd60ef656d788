#include "flow/moment.h"

#include <gtest/gtest.h>
#include <limits>

namespace fixdrill::flow {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kHour = 3600 * kSecond;
constexpr std::int64_t kNoon = 1'795'867'200 * kSecond;  // 2026-11-28T12:00:00Z

std::int64_t new_york(std::int64_t) { return -5 * kHour; }

/// A zone that goes from +1 h to +2 h at noon.
std::int64_t summer_at_noon(std::int64_t wall_ns) { return (wall_ns < kNoon ? 1 : 2) * kHour; }

std::int64_t ns(const char* text, const ZoneOffset& zone = {}) {
  const auto moment = parse_moment(text);
  EXPECT_TRUE(moment) << text;
  return moment ? moment_ns(*moment, local_day(kNoon, zone), zone) : 0;
}

TEST(Moment, TimesOfADayAndOfACertainDay) {
  EXPECT_EQ(ns("12:00"), kNoon);
  EXPECT_EQ(ns("12:00:01.5"), kNoon + kSecond * 3 / 2);
  EXPECT_EQ(ns("11:59:59.999999999"), kNoon - 1);
  EXPECT_EQ(ns("2026-11-28T12:00"), kNoon);
  EXPECT_EQ(ns("2026-11-28 12:00:00"), kNoon);
  EXPECT_EQ(ns("20261128-12:00:00.000"), kNoon);
  EXPECT_EQ(ns("2026-11-27"), kNoon - 36 * kHour);
}

TEST(Moment, InAZoneUnlessItSaysUtc) {
  EXPECT_EQ(ns("07:00", new_york), kNoon);
  EXPECT_EQ(ns("2026-11-28T12:00Z", new_york), kNoon);
  EXPECT_EQ(ns("12:59:59", summer_at_noon), kNoon - kSecond);
  EXPECT_EQ(ns("14:00", summer_at_noon), kNoon);
}

TEST(Moment, SaysHowPreciselyItIsWritten) {
  EXPECT_EQ(parse_moment("12:00")->unit_ns, 60 * kSecond);
  EXPECT_EQ(parse_moment("12:00:00")->unit_ns, kSecond);
  EXPECT_EQ(parse_moment("12:00:00.25")->unit_ns, kSecond / 100);
  EXPECT_EQ(parse_moment("2026-11-28")->unit_ns, 24 * kHour);
}

TEST(Moment, WhatIsNoTime) {
  for (const char* text :
       {"", "noon", "24:00", "12:60", "1:00", "12", "12:00:", "12:00:00.", "12:00:00.1234567891",
        "2026-13-01", "2026-02-30", "2026-11-28X12:00", "9999-01-01", "12:00 pm", "2026-11-28T"})
    EXPECT_FALSE(parse_moment(text)) << text;
}

TEST(Moment, IsShownInItsZone) {
  EXPECT_EQ(clock_text(kNoon + 7'000'000, {}), "12:00:00.007");
  EXPECT_EQ(clock_text(kNoon, new_york), "07:00:00.000");
  EXPECT_EQ(day_text(kNoon - 8 * kHour, new_york), "2026-11-27");
}

TEST(Moment, AnyNumberOfARecordingIsShown) {
  EXPECT_EQ(clock_text(-1, new_york), "00:00:00.000");
  EXPECT_EQ(day_text(std::numeric_limits<std::int64_t>::min(), new_york), "1970-01-01");
  EXPECT_EQ(day_text(std::numeric_limits<std::int64_t>::max(), summer_at_noon), "2262-04-11");
  EXPECT_EQ(local_day(std::numeric_limits<std::int64_t>::max(), summer_at_noon), 106'751);
}

}  // namespace
}  // namespace fixdrill::flow
