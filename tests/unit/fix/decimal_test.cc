#include <gtest/gtest.h>

#include "fix/value.h"

namespace fixdrill::fix {
namespace {

Decimal dec(std::string_view text) {
  const auto value = Decimal::parse(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(Decimal());
}

std::string text_of(const std::optional<Decimal>& value) { return value ? value->text() : "none"; }

TEST(Decimal, ReadsWhatFixWrites) {
  EXPECT_EQ(dec("10.05").text(), "10.05");
  EXPECT_EQ(dec("002000.00").text(), "2000");
  EXPECT_EQ(dec("-0.50").text(), "-0.5");
  EXPECT_EQ(dec("+7").text(), "7");
  EXPECT_EQ(dec(".5").text(), "0.5");
  EXPECT_EQ(dec("5.").text(), "5");
  EXPECT_EQ(dec("-0").text(), "0");
  EXPECT_EQ(dec("0.000").text(), "0");
  EXPECT_EQ(dec("100.0000000000000000000000").text(), "100");
}

TEST(Decimal, RefusesEverythingElse) {
  for (const char* text :
       {"", ".", "-", "+.", "1e5", "1,000", " 1", "1 ", "1.2.3", "--1", "0x1", "NaN"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, HoldsEighteenDigits) {
  EXPECT_EQ(text_of(Decimal::parse("99999999999999999")), "99999999999999999");
  EXPECT_EQ(text_of(Decimal::parse("999999999999999999")), "999999999999999999");
  EXPECT_EQ(text_of(Decimal::parse("9999999999999999999")), "none");
  EXPECT_EQ(text_of(Decimal::parse("0.000000000000000001")), "0.000000000000000001");
  EXPECT_EQ(text_of(Decimal::parse("0.0000000000000000001")), "none");
  EXPECT_EQ(text_of(Decimal::parse("-123456789.123456789")), "-123456789.123456789");
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(dec("100"), dec("100.00"));
  EXPECT_LT(dec("0.1"), dec("0.11"));
  EXPECT_LT(dec("-2"), dec("1.999999999999999"));
  EXPECT_GT(dec("999999999999999999"), dec("0.000000000000000001"));
}

TEST(Decimal, AddsAndMultipliesExactly) {
  EXPECT_EQ(text_of(Decimal::add(dec("0.1"), dec("0.2"))), "0.3");
  EXPECT_EQ(text_of(Decimal::subtract(dec("1"), dec("0.999"))), "0.001");
  EXPECT_EQ(text_of(Decimal::multiply(dec("10.25"), dec("-100"))), "-1025");
  EXPECT_EQ(text_of(Decimal::multiply(dec("0.000000001"), dec("0.000000001"))),
            "0.000000000000000001");
  EXPECT_EQ(text_of(Decimal::multiply(dec("0.000000001"), dec("0.0000000001"))), "none");
  EXPECT_EQ(text_of(Decimal::multiply(dec("999999999999999999"), dec("10"))), "none");
  const Decimal most(std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(text_of(Decimal::add(most, dec("1"))), "none");
}

TEST(Decimal, DividesToTheGivenPlaces) {
  EXPECT_EQ(text_of(Decimal::divide(dec("1"), dec("3"), 4)), "0.3333");
  EXPECT_EQ(text_of(Decimal::divide(dec("2"), dec("3"), 4)), "0.6667");
  EXPECT_EQ(text_of(Decimal::divide(dec("-1"), dec("8"), 2)), "-0.13");
  EXPECT_EQ(text_of(Decimal::divide(dec("1"), dec("-0.5"), 0)), "-2");
  EXPECT_EQ(text_of(Decimal::divide(dec("0.001"), dec("7"), 0)), "0");
  EXPECT_EQ(text_of(Decimal::divide(dec("1"), dec("0"), 2)), "none");
  EXPECT_EQ(text_of(Decimal::divide(dec("999999999999999999"), dec("0.1"), 2)), "none");
}

TEST(Decimal, RoundsHalfAwayFromZero) {
  EXPECT_EQ(dec("1.005").round(2).text(), "1.01");
  EXPECT_EQ(dec("-1.005").round(2).text(), "-1.01");
  EXPECT_EQ(dec("1.0049").round(2).text(), "1");
  EXPECT_EQ(dec("1.5").round(4).text(), "1.5");
}

TEST(Decimal, IsWholeOrNot) {
  EXPECT_EQ(dec("5.00").integer(), 5);
  EXPECT_EQ(Decimal(500, 2).integer(), 5);
  EXPECT_EQ(dec("5.01").integer(), std::nullopt);
}

}  // namespace
}  // namespace fixdrill::fix
