#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/text.h"
#include "fix/framer.h"

namespace fixdrill::fix {
namespace {

std::string blocked(std::string_view piped) {
  return blocked_before_engine(pipe_to_soh(piped)).value_or("");
}

TEST(BlockedBeforeEngine, LetsGoodMessagesPass) {
  EXPECT_EQ(blocked("8=FIX.4.4|9=30|35=B|34=2147483647|95=3|96=a|b|10=000|"), "");
  EXPECT_EQ(blocked("35=0|34=00000000000000000007|"), "");
  EXPECT_EQ(blocked("35=A|108=-1|34=x|"), "");
}

TEST(BlockedBeforeEngine, DataFieldsMustBeAsLongAsTheySay) {
  EXPECT_EQ(blocked("35=B|95=0|96=a|10=000|"),
            "tag 95 says that tag 96 is 0 bytes long, which is no length");
  EXPECT_EQ(blocked("35=B|95=-5|96=a|10=000|"),
            "tag 95 says that tag 96 is -5 bytes long, which is no length");
  EXPECT_EQ(blocked("35=B|95=99999999999999999999|96=a|10=000|"),
            "tag 95 says that tag 96 is 99999999999999999999 bytes long, which is no length");
  EXPECT_EQ(blocked("35=B|95=9|96=a|10=000|"),
            "tag 95 says that tag 96 is 9 bytes long, but 9 are left");
  EXPECT_EQ(blocked("35=B|95=8|96=a|10=000|"), "");
  EXPECT_EQ(blocked("35=B|95=2|96=a|10=000|"),
            "tag 95 says that tag 96 is 2 bytes long, but no SOH follows there");
  EXPECT_EQ(blocked("35=B|96=a|10=000|"),
            "tag 96 is a data field, but tag 95 with its length does not precede it");
  EXPECT_EQ(blocked("35=B|95=1|58=x|96=ab|10=000|"),
            "tag 95 says that tag 96 is 1 bytes long, but no SOH follows there");
}

TEST(BlockedBeforeEngine, IntegersMustFitTheEngine) {
  EXPECT_EQ(blocked("35=0|34=2147483646|"), "");
  EXPECT_EQ(blocked("35=0|34=2147483648|"),
            "tag 34 is 2147483648, the engine's limit is 2147483647");
  EXPECT_EQ(blocked("35=4|36=9223372036854775808|"),
            "tag 36 is 9223372036854775808, the engine's limit is 2147483647");
  EXPECT_EQ(blocked("35=2|7=-99999999999999999999999|16=0|"),
            "tag 7 is -99999999999999999999999, the engine's limit is 2147483647");
  EXPECT_EQ(blocked("35=2|7=1|16=214748364735x|"),
            "tag 16 is 214748364735x, the engine's limit is 2147483647");
  EXPECT_EQ(blocked("35=2|7=1|16=12x|"), "") << "the engine says what is wrong with it";
}

TEST(BlockedBeforeEngine, CountsFields) {
  const auto with_fields = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "58=x|";
    return blocked(text);
  };
  EXPECT_EQ(with_fields(limits::kFieldsPerMessage - 1), "");
  EXPECT_EQ(with_fields(limits::kFieldsPerMessage), "");
  EXPECT_EQ(with_fields(limits::kFieldsPerMessage + 1), "more than 10000 fields");
}

}  // namespace
}  // namespace fixdrill::fix
