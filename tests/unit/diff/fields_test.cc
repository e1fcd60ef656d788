#include "diff/fields.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "conversation.h"

namespace fixdrill::test {
namespace {

/// "value changed 453/452: 12 -> 4", one a line.
std::string changes(const std::string& a, const std::string& b, const diff::Rules& rules = {}) {
  diff::Relation relation;
  diff::Suppressed suppressed;
  diff::FieldComparison comparison(rules, relation, suppressed);
  const std::string head = "8=FIX.4.4|35=8|34=1|52=20251124-16:00:00.000|";
  const fix::Message left(pipe_to_soh(head + a));
  const fix::Message right(pipe_to_soh(head + b));
  std::string text;
  for (const diff::Delta& delta : comparison.compare({left, *fix44()}, {right, *fix44()})) {
    std::string path;
    for (const int tag : delta.path) path += fmt::format("{}{}", path.empty() ? "" : "/", tag);
    text += fmt::format("{} {}: {} -> {}\n", diff::kind_name(delta.kind), path, delta.before,
                        delta.after);
  }
  for (const auto& [rule, count] : suppressed)
    text += fmt::format("{} by {} {}\n", count, diff::treatment_name(rule.first), rule.second);
  return text;
}

TEST(Fields, ValuesTagsAndTheirOrder) {
  EXPECT_EQ(changes("55=MSFT|54=1|", "55=MSFT|54=1|"), "");
  EXPECT_EQ(changes("55=MSFT|54=1|", "55=MSFT|54=2|"), "value changed 54: 1 -> 2\n");
  EXPECT_EQ(changes("55=MSFT|54=1|", "55=MSFT|"), "field removed 54:  -> \n");
  EXPECT_EQ(changes("55=MSFT|", "55=MSFT|5001=x|"), "field added 5001:  -> \n");
  EXPECT_EQ(changes("55=MSFT|54=1|38=5|", "54=1|38=5|55=MSFT|"), "field order changed : 55 -> \n");
}

TEST(Fields, NumbersAndWords) {
  EXPECT_EQ(changes("44=100|", "44=100.0|"), "value written differently 44: 100 -> 100.0\n");
  EXPECT_EQ(changes("58=Order 4711 of A-1 done|", "58=Order 99 of B-2 done|"), "");
  EXPECT_EQ(changes("58=Order 4711 done|", "58=Order 4711 closed|"),
            "wording changed 58: Order # done -> Order # closed\n");
}

TEST(Fields, ClocksDatesAndSecrets) {
  EXPECT_EQ(changes("60=20251124-16:00:00.000|", "60=20251125-17:00:00.000|"), "");
  EXPECT_EQ(changes("60=20251124-16:00:00.000|", "60=soon|"), "value changed 60:  -> soon\n");
  // Both two working days behind the 24th, a Monday.
  EXPECT_EQ(changes("64=20251126|", "64=20251126|"), "");
  EXPECT_EQ(changes("64=20251126|", "64=20251127|"), "value changed 64: +2d -> +3d\n");
  EXPECT_EQ(changes("554=one|", "554=two|"), "");
  EXPECT_EQ(changes("554=one|", ""), "field removed 554:  -> \n");
}

TEST(Fields, IdsByWhatTheyReferTo) {
  EXPECT_EQ(changes("11=A1|41=A0|", "11=B1|41=B0|"), "");
  EXPECT_EQ(changes("11=A1|41=A0|", "11=B1|41=B1|"),
            "refers to another 41: a new id -> an id met before\n");
  EXPECT_EQ(changes("37=O1|", "37=NONE|"), "value changed 37: an id -> NONE\n");
}

constexpr const char* kParties = "453=2|448=T1|447=D|452=12|448=F9|447=D|452=1|";

TEST(Fields, EntriesOfAGroupAreFoundByTheirKeys) {
  EXPECT_EQ(changes(kParties, kParties), "");
  EXPECT_EQ(changes(kParties, "453=2|448=F9|447=D|452=1|448=T1|447=D|452=12|"),
            "group entries moved 453:  -> \n");
  EXPECT_EQ(changes(kParties, "453=1|448=F9|447=D|452=1|"),
            "group entry removed 453: 448=T1|447=D|452=12 -> \n");
  EXPECT_EQ(changes(kParties, "453=3|448=X|447=D|452=3|448=T1|447=D|452=12|448=F9|447=D|452=1|"),
            "group entry added 453:  -> 448=X|447=D|452=3\n");
  EXPECT_EQ(changes(kParties, "453=2|448=T2|447=D|452=12|448=F9|447=D|452=1|"),
            "value changed 453/448: T1 -> T2\n");
  EXPECT_EQ(changes(kParties, "453=2|448=T1|447=D|452=12|448=F9|447=D|452=4|"),
            "value changed 453/452: 1 -> 4\n");
}

TEST(Fields, WhatARuleTakesAwayIsCounted) {
  diff::Rules rules;
  const SourceFile file("r", "ignore 9100\ntolerance 0.05 LastPx\ntolerance 1% AvgPx\n");
  ASSERT_TRUE(rules.read(file, *fix44()));
  EXPECT_EQ(changes("9100=a|31=10.00|6=100|", "9100=b|31=10.05|6=101|", rules),
            "1 by tolerance 6\n1 by tolerance 31\n1 by ignore 9100\n");
  EXPECT_EQ(changes("31=10.00|6=100|", "31=10.06|6=102|", rules),
            "value changed 31: 10.00 -> 10.06\nvalue changed 6: 100 -> 102\n");
}

TEST(Fields, WordsOfATextThatHoldDigitsAreTaken) {
  EXPECT_EQ(diff::text_template("Order AB-12/7, 10.5 left."), "Order #, # left.");
  EXPECT_EQ(diff::text_template(""), "");
}

TEST(Fields, WorkingDaysSkipWeekends) {
  const auto day = [](const char* text) { return *diff::day_number(text); };
  EXPECT_EQ(diff::working_days(day("20251127"), day("20251201")), "+2d");  // Thursday to Monday
  EXPECT_EQ(diff::working_days(day("20251124"), day("20251126")), "+2d");
  EXPECT_EQ(diff::working_days(day("20251128"), day("20251127")), "-1d");
  EXPECT_EQ(diff::day_number("19700101"), 0);
  EXPECT_EQ(diff::day_number("20000301"), 11017);
  EXPECT_FALSE(diff::day_number("2025112"));
  EXPECT_FALSE(diff::day_number("20251324"));
}

}  // namespace
}  // namespace fixdrill::test
