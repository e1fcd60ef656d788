#include "eval/functions.h"

#include <algorithm>

#include "drill_lab.h"

namespace fixdrill::eval {
namespace {

class FunctionTest : public DrillLab {};

TEST_F(FunctionTest, TheTableIsSorted) {
  const auto& all = functions();
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));
}

TEST_F(FunctionTest, NowHasTheDigitsAskedFor) {
  EXPECT_EQ(eval("now()"), "20261122-10:00:00.123");
  EXPECT_EQ(eval("now(0)"), "20261122-10:00:00");
  EXPECT_EQ(eval("now(9)"), "20261122-10:00:00.123456789");
  EXPECT_EQ(error_of("now(2)"), "now: digits is 0, 3, 6 or 9");
}

TEST_F(FunctionTest, ChecksumSumsUpWithSohForBars) {
  EXPECT_EQ(eval("checksum(\"8=FIX.4.4|9=5|35=0|\")"), "163");
  EXPECT_EQ(eval("checksum(\"\")"), "000");
}

TEST_F(FunctionTest, NowIsTheTimeOfReceiptWhileMatching) {
  Environment at = environment();
  at.received = moment("20300101-00:00:00");
  const Result<Value> value = evaluate(expr("now(0)"), at);
  ASSERT_TRUE(value);
  EXPECT_EQ(to_text(*value), "20300101-00:00:00");
}

TEST_F(FunctionTest, DrawsFromTheWorld) {
  EXPECT_EQ(eval("today()"), "20261122");
  EXPECT_EQ(eval("uid()"), "UID1");
  EXPECT_EQ(eval("seq()"), "1");
  EXPECT_EQ(eval("seq()"), "2");
  EXPECT_EQ(eval("env(\"HOME_DESK\")"), "LDN");
  EXPECT_EQ(eval("env(\"NONE\", \"x\")"), "x");
  EXPECT_EQ(error_of("env(\"NONE\")"), "environment variable 'NONE' is not set");
}

TEST_F(FunctionTest, HasLooksWithoutComplaint) {
  named("ack", "35=8|37=O1|");
  EXPECT_EQ(eval("has(ack)"), "Y");
  EXPECT_EQ(eval("has(ack.OrderID)"), "Y");
  EXPECT_EQ(eval("has(ack.Text)"), "N");
  EXPECT_EQ(eval("has(fill)"), "N");
  EXPECT_EQ(eval("has(fill.OrderID)"), "N");
}

TEST_F(FunctionTest, ElapsedIsFromTheFirstToTheSecond) {
  named("a", "35=8|60=20261122-10:00:00|", "20261122-10:00:00");
  named("b", "35=8|60=20261122-10:00:03|", "20261122-10:00:00.020");
  EXPECT_EQ(eval("elapsed(a, b)"), "20ms");
  EXPECT_EQ(eval("elapsed(a.TransactTime, b.TransactTime)"), "3s");
  EXPECT_EQ(eval("elapsed(a, b) < 500ms"), "Y");
  EXPECT_EQ(error_of("elapsed(a, 3)"), "elapsed takes messages and times");
}

TEST_F(FunctionTest, TextFunctions) {
  EXPECT_EQ(eval("len(\"MSFT\")"), "4");
  EXPECT_EQ(eval("upper(\"ab1\")"), "AB1");
  EXPECT_EQ(eval("lower(\"AB1\")"), "ab1");
  EXPECT_EQ(eval("repeated(\"ab\", 3)"), "ababab");
  EXPECT_EQ(eval("repeated(\"ab\", 0)"), "");
  EXPECT_EQ(eval("repeated(\"\", 9999999999)"), "");
  EXPECT_EQ(eval("len(repeated(\"ab\", 8388608))"), "16777216");
  EXPECT_EQ(error_of("repeated(\"ab\", 8388609)"), "repeated makes texts of up to 16 MiB");
  EXPECT_EQ(error_of("repeated(\"a\", -1)"), "repeated: count is a whole number from 0");
  EXPECT_EQ(error_of("repeated(\"a\", \"x\")"), "repeated: count is a whole number from 0");
  EXPECT_EQ(eval("round(2.5)"), "3");
  EXPECT_EQ(error_of("round(\"x\")"), "'x' is no number");
}

TEST_F(FunctionTest, UnknownFunctionsAndWrongCountsAreErrors) {
  EXPECT_EQ(eval("uper(\"a\")"),
            "a.drill:2:9: error: no function 'uper'; did you mean upper?\n"
            "2 |   check uper(\"a\")\n"
            "  |         ^^^^");
  EXPECT_EQ(error_of("hmac_sha256(1, 2)"), "no function 'hmac_sha256'");
  EXPECT_EQ(error_of("upper()"), "upper takes 1 argument, not 0");
  EXPECT_EQ(error_of("now(1, 2)"), "now takes 0 to 1 argument, not 2");
  EXPECT_EQ(error_of("elapsed(1)"), "elapsed takes 2 arguments, not 1");
}

}  // namespace
}  // namespace fixdrill::eval
