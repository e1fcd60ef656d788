#include <gtest/gtest.h>

#include "fix/value.h"

namespace fixdrill::fix {
namespace {

constexpr std::int64_t kMoment = 1'795'327'200'123'456'789;  // 2026-11-22 06:00:00.123456789

TEST(Timestamp, WritesWithTheDigitsAsked) {
  EXPECT_EQ(utc_timestamp(kMoment, 0), "20261122-06:00:00");
  EXPECT_EQ(utc_timestamp(kMoment), "20261122-06:00:00.123");
  EXPECT_EQ(utc_timestamp(kMoment, 6), "20261122-06:00:00.123456");
  EXPECT_EQ(utc_timestamp(kMoment, 9), "20261122-06:00:00.123456789");
  EXPECT_EQ(utc_date(kMoment), "20261122");
  EXPECT_EQ(iso_time(kMoment), "2026-11-22T06:00:00.123Z");
  EXPECT_EQ(iso_time(kMoment, 0), "2026-11-22T06:00:00Z");
  EXPECT_EQ(utc_timestamp(-1, 9), "19691231-23:59:59.999999999");
}

TEST(Timestamp, ReadsWhatItWrites) {
  for (const unsigned digits : {0u, 3u, 6u, 9u}) {
    const std::string text = utc_timestamp(kMoment, digits);
    const auto read = parse_utc_timestamp(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(utc_timestamp(*read, digits), text);
    EXPECT_EQ(timestamp_digits(text), digits);
  }
  EXPECT_EQ(parse_utc_timestamp("20261122-06:00:00.123456789"), kMoment);
}

TEST(Timestamp, AcceptsALeapSecondAndALeapDay) {
  EXPECT_EQ(parse_utc_timestamp("20161231-23:59:60"), parse_utc_timestamp("20170101-00:00:00"));
  EXPECT_TRUE(parse_utc_timestamp("20240229-00:00:00"));
  EXPECT_FALSE(parse_utc_timestamp("20230229-00:00:00"));
}

TEST(Timestamp, RefusesWhatIsNone) {
  for (const char* text :
       {"", "20261122", "20261122-06:00", "20261122 06:00:00", "20261322-06:00:00",
        "20261122-24:00:00", "20261122-06:60:00", "20261122-06:00:61", "20261122-06:00:00.",
        "20261122-06:00:00.12", "20261122-06:00:00.1234", "20261122-06:00:00.1234567890",
        "20261122-06:00:00Z", "2026112a-06:00:00", "20261122-0-:00:00", "00001122-06:00:00",
        "20261122-06:00:00,123"})
    EXPECT_FALSE(parse_utc_timestamp(text)) << text;
}

}  // namespace
}  // namespace fixdrill::fix
