#include "eval/matcher.h"

#include "drill_lab.h"

namespace fixdrill::eval {
namespace {

class MatcherTest : public DrillLab {
 protected:
  /// Whether the one field of an ExecutionReport, tested so, accepts the value.
  bool accepts(const std::string& field, const std::string& value,
               const std::string& received = std::string(kNow)) {
    const Pattern made = pattern("ExecutionReport { " + field + " }");
    const fix::Message message = wire("35=8|" + tag_of(made) + "=" + value + "|");
    const bool quick = made.accepts(message, moment(received));
    EXPECT_EQ(quick, made.match(message, moment(received)).matches);
    return quick;
  }

  /// The columns "expected" and "received".
  std::string columns(const std::string& field, const std::string& value) {
    const Pattern made = pattern("ExecutionReport { " + field + " }");
    const Match match = made.match(wire("35=8|" + tag_of(made) + "=" + value + "|"), world_.now());
    return match.fields.at(0).expected + " / " + match.fields.at(0).received;
  }

  std::string refusal(const std::string& field) {
    return sentence(pattern_error("ExecutionReport { " + field + " }"));
  }

 private:
  static std::string tag_of(const Pattern& pattern) {
    const std::string text = pattern.describe();
    if (text.starts_with("tag "))
      return text.substr(4, text.find_first_not_of("0123456789", 4) - 4);
    const std::size_t open = text.find('(');
    return text.substr(open + 1, text.find(')') - open - 1);
  }
};

TEST_F(MatcherTest, EqualityFollowsTheTypeOfTheDictionary) {
  EXPECT_TRUE(accepts("LastPx = 100", "100.00"));
  EXPECT_TRUE(accepts("LastPx = 100.00", "0100"));
  EXPECT_FALSE(accepts("LastPx = 100", "100.01"));
  EXPECT_FALSE(accepts("LastPx = 100", "abc"));
  EXPECT_TRUE(accepts("MsgSeqNum = 007", "7"));
  EXPECT_TRUE(accepts("TransactTime = 20261122-10:00:00", "20261122-10:00:00.000"));
  EXPECT_FALSE(accepts("TransactTime = 20261122-10:00:00", "20261122-10:00:00.001"));
  EXPECT_FALSE(accepts("Text = 100", "100.00"));
  EXPECT_TRUE(accepts("Text = late cancel", "late cancel"));
  EXPECT_FALSE(accepts("9001 = 100", "100.00"));
  EXPECT_TRUE(accepts("9001 = 100", "100"));
}

TEST_F(MatcherTest, QuotesMeanTheBytes) {
  EXPECT_TRUE(accepts("LastPx = \"100.00\"", "100.00"));
  EXPECT_FALSE(accepts("LastPx = \"100.00\"", "100"));
  EXPECT_TRUE(accepts("LastPx != \"100.00\"", "100"));
  EXPECT_TRUE(accepts("ExecType = \"New\"", "New"));
  EXPECT_FALSE(accepts("ExecType = \"New\"", "0"));
}

TEST_F(MatcherTest, OrdersNumbersAndTimes) {
  EXPECT_TRUE(accepts("LastPx != 100", "100.01"));
  EXPECT_FALSE(accepts("LastPx != 100", "100.00"));
  EXPECT_TRUE(accepts("LastPx <= 10.25", "9"));
  EXPECT_TRUE(accepts("LastPx <= 10.25", "10.250"));
  EXPECT_FALSE(accepts("LastPx < 10.25", "10.25"));
  EXPECT_TRUE(accepts("LastPx > 9", "10"));
  EXPECT_FALSE(accepts("LastPx >= 9", "abc"));
  EXPECT_TRUE(accepts("TransactTime >= 20261122-10:00:00", "20261122-10:00:00.001"));
  EXPECT_FALSE(accepts("TransactTime > ${now()}", "20261122-10:00:00.000"));
  EXPECT_TRUE(accepts("9001 < 10", "9"));
  EXPECT_TRUE(accepts("Text < b", "a9"));
  EXPECT_EQ(refusal("LastPx < ten"), "LastPx(31) is compared with 'ten', which is no number");
  EXPECT_EQ(refusal("TransactTime < 10"),
            "TransactTime(60) is compared with '10', which is no time");
}

TEST_F(MatcherTest, EnumeratedFieldsTakeACodeOrAName) {
  EXPECT_TRUE(accepts("ExecType = Replaced", "5"));
  EXPECT_TRUE(accepts("ExecType = pending-new", "A"));
  EXPECT_TRUE(accepts("ExecType = 5", "5"));
  EXPECT_TRUE(accepts("ExecType != New", "5"));
  EXPECT_TRUE(accepts("TimeInForce = IOC", "3"));
  EXPECT_TRUE(accepts("ExecType in (New, Replaced)", "5"));
  names_.set("status", std::string("Filled"));
  EXPECT_TRUE(accepts("OrdStatus = ${status}", "2"));
  EXPECT_EQ(refusal("ExecType = Fill"),
            "ExecType(150) has no value 'Fill' in FIX 4.4; did you mean Trade (F)?");
  EXPECT_EQ(refusal("ExecType = Nonsense"),
            "ExecType(150) has no value 'Nonsense' in FIX 4.4; quote it if it is meant");
}

TEST_F(MatcherTest, SeveralValuesInOneFieldAreComparedAsTheWholeText) {
  EXPECT_TRUE(accepts("ExecInst = 1 6", "1 6"));
  EXPECT_FALSE(accepts("ExecInst = 1 6", "6 1"));
  EXPECT_FALSE(accepts("ExecInst = 1", "1 6"));
  EXPECT_TRUE(accepts("ExecInst = Held", "5"));
}

TEST_F(MatcherTest, RegularExpressions) {
  EXPECT_TRUE(accepts("Text ~ /too late|filled/i", "Already FILLED"));
  EXPECT_FALSE(accepts("Text ~ /^late/", "too late"));
  EXPECT_TRUE(accepts("Text !~ /late/", "in time"));
  names_.set("id", std::string("A+B"));
  EXPECT_TRUE(accepts("Text ~ /order ${id}$/", "order A+B"));
  EXPECT_FALSE(accepts("Text ~ /order ${id}$/", "order AAB"));
}

TEST_F(MatcherTest, SetsAndRanges) {
  EXPECT_TRUE(accepts("LastPx in (10, 11)", "11.0"));
  EXPECT_FALSE(accepts("LastPx in (10, 11)", "10.5"));
  EXPECT_TRUE(accepts("LastPx not in (10, 11)", "12"));
  EXPECT_FALSE(accepts("LastPx in (\"10\")", "10.0"));
  EXPECT_TRUE(accepts("LastPx in 10 .. 11", "10"));
  EXPECT_TRUE(accepts("LastPx in 10 .. 11", "11.00"));
  EXPECT_FALSE(accepts("LastPx in 10 .. 11", "11.01"));
  EXPECT_FALSE(accepts("LastPx in 10 .. 11", "x"));
}

TEST_F(MatcherTest, TolerancesOfNumbersAndTimes) {
  EXPECT_TRUE(accepts("LastPx = 10.05 +- 0.01", "10.04"));
  EXPECT_TRUE(accepts("LastPx = 10.05 +- 0.01", "10.06"));
  EXPECT_FALSE(accepts("LastPx = 10.05 +- 0.01", "10.061"));
  EXPECT_TRUE(accepts("TransactTime = 20261122-10:00:00 +- 5s", "20261122-09:59:55"));
  EXPECT_FALSE(accepts("TransactTime = 20261122-10:00:00 +- 5s", "20261122-09:59:54.999"));
  EXPECT_EQ(refusal("LastPx = ten +- 1"), "'ten' is no number; +- 1 needs one");
  EXPECT_EQ(refusal("LastPx = 10 +- 5s"), "'10' is no time; +- with a duration needs one");
}

TEST_F(MatcherTest, NowIsTheTimeOfReceipt) {
  const std::string field = "TransactTime = ${now()} +- 5s";
  EXPECT_TRUE(accepts(field, "20300101-00:00:04", "20300101-00:00:00"));
  EXPECT_FALSE(accepts(field, "20300101-00:00:06", "20300101-00:00:00"));
  EXPECT_FALSE(accepts(field, "20261122-10:00:00", "20300101-00:00:00"));
}

TEST_F(MatcherTest, WhatWaitsForTheReceiptKeepsTheNamesOfItsStep) {
  names_.set("lag", Duration(std::chrono::seconds(1)));
  const Pattern made = pattern("ExecutionReport { TransactTime > ${now() - lag} }");
  names_.set("lag", Duration(std::chrono::hours(1)));
  EXPECT_TRUE(made.accepts(wire("35=8|60=20261122-09:59:59.500|"), world_.now()));
  EXPECT_FALSE(made.accepts(wire("35=8|60=20261122-09:59:59|"), world_.now()));
}

TEST_F(MatcherTest, Shapes) {
  struct Case {
    const char* shape;
    const char* fits;
    const char* not_this;
  };
  for (const Case& c :
       {Case{"timestamp", "20261122-10:00:00", "2026-11-22"},
        Case{"timestamp_s", "20261122-10:00:00", "20261122-10:00:00.123"},
        Case{"timestamp_ms", "20261122-10:00:00.123", "20261122-10:00:00"},
        Case{"timestamp_us", "20261122-10:00:00.123456", "20261122-10:00:00.123"},
        Case{"timestamp_ns", "20261122-10:00:00.123456789", "20261122-10:00:00"},
        Case{"date", "20261122", "20261332"}, Case{"time", "10:00:00.123", "20261122-10:00:00"},
        Case{"integer", "-12", "1.5"}, Case{"decimal", "1.50", "1,5"}, Case{"number", "100", "1e5"},
        Case{"boolean", "Y", "true"}, Case{"character", "A", "AB"},
        Case{"alphanumeric", "A1", "A-1"},
        Case{"uuid", "01234567-89ab-cdef-0123-456789abcdef", "0123"}}) {
    const std::string field = std::string("Text is ") + c.shape;
    EXPECT_TRUE(accepts(field, c.fits)) << c.shape;
    EXPECT_FALSE(accepts(field, c.not_this)) << c.shape;
  }
  EXPECT_EQ(refusal("Text is timestmp"), "no shape 'timestmp'; did you mean timestamp?");
}

TEST_F(MatcherTest, SaysWhatItExpects) {
  named("ack", "35=8|14=0|");
  EXPECT_EQ(columns("ExecType = Replaced", "5"), "5 Replaced / 5 Replaced");
  EXPECT_EQ(columns("LeavesQty = ${150 - ack.CumQty}", "100"), "150  (150 - 0) / 100");
  EXPECT_EQ(columns("LeavesQty = ${ack.CumQty}", "100"), "0 / 100");
  EXPECT_EQ(columns("LastPx = \"100.00\"", "100"), "\"100.00\" / 100");
  EXPECT_EQ(columns("LastPx >= 100", "99"), ">= 100 / 99");
  EXPECT_EQ(columns("LastPx != 100", "99"), "!= 100 / 99");
  EXPECT_EQ(columns("Text ~ /too late|filled/i", "x"), "a value matching /too late|filled/i / x");
  EXPECT_EQ(columns("Text !~ /x/", "x"), "a value not matching /x/ / x");
  EXPECT_EQ(columns("Text in (A, B)", "C"), "one of A, B / C");
  EXPECT_EQ(columns("Text not in (A, B)", "C"), "none of A, B / C");
  EXPECT_EQ(columns("Side in (Buy, Sell)", "1"), "one of 1 Buy, 2 Sell / 1 Buy");
  EXPECT_EQ(columns("LastPx in 10 .. 11", "12"), "10 .. 11 / 12");
  EXPECT_EQ(columns("LastPx = 10.05 +- 0.01", "12"), "10.05 +- 0.01 / 12");
  EXPECT_EQ(columns("TransactTime = ${now()} +- 5s", "x"), "now() +- 5s / x");
  EXPECT_EQ(columns("Text is uuid", "x"), "is uuid / x");
  EXPECT_EQ(columns("Text = *", "x"), "present / x");
  EXPECT_EQ(columns("!Text", "x"), "absent / x");
}

TEST_F(MatcherTest, ReceivedBytesCannotPaintTheTerminal) {
  EXPECT_EQ(columns("Text = x", "\x1b[2J"), "x / \\x1b[2J");
}

}  // namespace
}  // namespace fixdrill::eval
