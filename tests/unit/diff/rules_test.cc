#include "diff/rules.h"

#include <gtest/gtest.h>

#include "conversation.h"
#include "diff/learn.h"

namespace fixdrill::test {
namespace {

using diff::Rules;
using diff::Treatment;

std::string error_of(const std::string& text) {
  Rules rules;
  const SourceFile file("venue.rules", text);
  const Status read = rules.read(file, *fix44());
  return read ? "" : read.error().text;
}

TEST(Rules, LaterOnesStandAboveTheDefault) {
  Rules rules;
  const SourceFile file("venue.rules",
                        "# of the venue\n"
                        "ignore 9717, SecondaryOrderID  # its own clock\n"
                        "exact Text in ExecutionReport, 9\n"
                        "tolerance 0.5% LastPx\n");
  ASSERT_TRUE(rules.read(file, *fix44()));
  EXPECT_EQ(rules.treatment(9717, "8"), Treatment::ignore);
  EXPECT_EQ(rules.treatment(198, "8"), Treatment::ignore);
  EXPECT_EQ(rules.rule(198, "8").reason, "its own clock");
  EXPECT_EQ(rules.treatment(58, "8"), Treatment::exact);
  EXPECT_EQ(rules.treatment(58, "3"), Treatment::text);
  EXPECT_EQ(rules.treatment(31, "8"), Treatment::tolerance);
  EXPECT_TRUE(rules.rule(31, "8").percent);
  EXPECT_EQ(rules.treatment(11, "D"), Treatment::id);
}

TEST(Rules, ATimestampIsAClockWhateverItsField) {
  const Rules rules;
  EXPECT_EQ(rules.treatment(9717, "8", "20251124-16:00:00.001"), Treatment::clock);
  EXPECT_EQ(rules.treatment(9717, "8", "20251124"), Treatment::exact);
  EXPECT_EQ(rules.treatment(58, "8", "20251124-16:00:00.001"), Treatment::text);
}

TEST(Rules, MistakesNameTheirPlace) {
  EXPECT_EQ(error_of("ignor 58\n"),
            "venue.rules:1:1: error: 'ignor' is no way to compare a field; did you mean ignore?\n"
            "1 | ignor 58\n"
            "  | ^^^^^");
  EXPECT_EQ(error_of("\nignore Txet\n"),
            "venue.rules:2:8: error: no dictionary has a field 'Txet'; write its number\n"
            "2 | ignore Txet\n"
            "  |        ^^^^");
  EXPECT_NE(error_of("tolerance LastPx\n").find("tolerance needs a limit before the fields"),
            std::string::npos);
  EXPECT_NE(error_of("ignore 58 44\n").find("fields are separated by commas"), std::string::npos);
  EXPECT_NE(error_of("ignore 58 in\n").find("a message type is missing here"), std::string::npos);
  EXPECT_NE(error_of("ignore\n").find("a field is missing here"), std::string::npos);
}

TEST(Rules, MistakesOfAMapNameTheirPlace) {
  EXPECT_EQ(
      error_of("map Symbol ESZ6 ESH7\n"),
      "venue.rules:1:17: error: '=' is missing here, as in 'map Symbol ESZ6 = ESH7': the value "
      "of side A, then that of side B\n"
      "1 | map Symbol ESZ6 ESH7\n"
      "  |                 ^^^^");
  EXPECT_EQ(error_of("map Symbol ESZ6 = ESH7\n"
                     "map SecurityID, Symbol ESZ6 = ESM7  # again\n"),
            "venue.rules:2:1: error: 'ESZ6' is mapped to 'ESH7' already at venue.rules:1\n"
            "2 | map SecurityID, Symbol ESZ6 = ESM7  # again\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^");
  EXPECT_NE(error_of("map Symbol\n").find("a value is missing here, as in 'map Symbol"),
            std::string::npos);
  EXPECT_NE(error_of("map Symbol ESZ6 =\n").find("a value is missing here"), std::string::npos);
  EXPECT_NE(error_of("map Symbol \"\" = ESH7\n").find("a value is missing here"),
            std::string::npos);
  EXPECT_NE(error_of("map Symbol ES Z6 = ESH7\n").find("'=' is missing here"), std::string::npos);
  EXPECT_NE(error_of("map Symbol ESZ6 = ES H7\n")
                .find("nothing follows the two values; one with blanks stands in \"…\""),
            std::string::npos);
  EXPECT_NE(error_of("map Symbol \"ESZ6 = ESH7\n").find("the closing \" is missing"),
            std::string::npos);
  EXPECT_NE(error_of("map Simbol ESZ6 = ESH7\n").find("no dictionary has a field 'Simbol'"),
            std::string::npos);
  EXPECT_NE(error_of("mapp Symbol ESZ6 = ESH7\n").find("did you mean map?"), std::string::npos);
}

TEST(Rules, WhatIsPrintedCanBeRead) {
  Rules rules;
  const SourceFile file("default.rules", diff::rules_text(rules, *fix44()));
  ASSERT_TRUE(rules.read(file, *fix44()));
  EXPECT_EQ(rules.treatment(11, "D"), Treatment::id);
  EXPECT_EQ(rules.treatment(52, "D"), Treatment::clock);
}

TEST(Rules, TwoRunsOfOneReleaseProposeWhatDiffers) {
  Day a("A");
  Day b("B");
  for (int i = 0; i < 3; ++i) {
    a.in(a.report(a.order(), fmt::format("150=F|39=2|31=10.0{}|9100=x{}yz|", i, i)));
    b.in(b.report(b.order(), fmt::format("150=F|39=2|31=10.1{}|9100=q{}yz|", i, i)));
  }
  const std::string rules = diff::proposed_rules(comparison(a, b), *fix44());
  EXPECT_EQ(rules,
            "tolerance 2% LastPx(31) in 8  # value changed in 3 of 6 messages\n"
            "id 9100 in 8  # value changed in 3 of 6 messages\n");
}

}  // namespace
}  // namespace fixdrill::test
