#include "base/text.h"

#include <gtest/gtest.h>

namespace fixdrill {
namespace {

TEST(Text, TrimsSplitsAndFolds) {
  EXPECT_EQ(trim("  a b\t\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(split("a|b|", '|'), (std::vector<std::string_view>{"a", "b", ""}));
  EXPECT_EQ(fold_name("Partially_filled-x Y"), "partiallyfilledxy");
}

TEST(Text, PrintableHidesNothingAndExecutesNothing) {
  EXPECT_EQ(printable("35=D\x01"), "35=D|");
  EXPECT_EQ(printable("a\x1b[31m"), "a\\x1b[31m");
  EXPECT_EQ(printable("\xC3\xB6"), "\xC3\xB6");
  EXPECT_EQ(printable("\xFF!"), "\xEF\xBF\xBD!");
  EXPECT_EQ(printable("\xE2\x80\xAE"), "\\u{202e}");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(printable("\xEF\xBF\xBE\xEF\xBF\xBF"), "\\u{fffe}\\u{ffff}");
  EXPECT_EQ(printable("\xEF\xBF\xBD"), "\xEF\xBF\xBD");
  EXPECT_EQ(printable("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD")
      << "a lone surrogate";
  EXPECT_EQ(printable("a\nb"), "a\\x0ab");
  EXPECT_EQ(printable_lines("a\r\n\nb\x1b\n"), "a\\x0d\n\nb\\x1b\n");
  EXPECT_EQ(printable_lines(""), "");
}

TEST(Text, ParsesSizesStrictly) {
  EXPECT_EQ(parse_size("12"), 12u);
  EXPECT_FALSE(parse_size(""));
  EXPECT_FALSE(parse_size("+1"));
  EXPECT_FALSE(parse_size("1 "));
  EXPECT_FALSE(parse_size("99999999999999999999999"));
}

TEST(Text, ElapsedTimeIsShownInTheUnitThatSuitsIt) {
  using namespace std::chrono_literals;
  EXPECT_EQ(elapsed_text(5s), "5 s");
  EXPECT_EQ(elapsed_text(1200ms), "1.20 s");
  EXPECT_EQ(elapsed_text(999'999us), "1 s");
  EXPECT_EQ(elapsed_text(38'400us), "38 ms");
  EXPECT_EQ(elapsed_text(2ms), "2 ms");
  EXPECT_EQ(elapsed_text(412us), "0.41 ms");
}

TEST(Text, SuggestsOnlyWhatIsNear) {
  EXPECT_EQ(did_you_mean("Exectype", {"ExecID", "ExecType"}), "ExecType");
  EXPECT_EQ(did_you_mean("sned", {"send", "expect"}), "send");
  EXPECT_FALSE(did_you_mean("zzzz", {"send", "expect"}));
}

}  // namespace
}  // namespace fixdrill
