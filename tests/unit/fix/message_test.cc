#include "fix/message.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::fix {
namespace {

Message message(std::string_view piped) { return Message(pipe_to_soh(piped)); }

/// The fields as `tag:value` in order, to compare at a glance.
std::string fields(const Message& m) {
  std::string out;
  for (std::size_t i = 0; i < m.size(); ++i)
    out += std::to_string(m[i].tag) + ":" + soh_to_pipe(m[i].value) + " ";
  return out;
}

TEST(Message, KeepsOrderAndDuplicates) {
  const Message m = message("8=FIX.4.4|58=b|55=X|58=a|10=000|");
  EXPECT_EQ(fields(m), "8:FIX.4.4 58:b 55:X 58:a 10:000 ");
  EXPECT_EQ(m.value(58), "b");
  EXPECT_EQ(m.index_of(58, 1), 3u);
  EXPECT_EQ(m.index_of(58, 2), std::nullopt);
  EXPECT_EQ(m[1].offset, 10u);
  EXPECT_FALSE(m.has(44));
}

TEST(Message, SplitsAtTheFirstEqualSignOnly) {
  EXPECT_EQ(fields(message("58=a=b=c|44=|")), "58:a=b=c 44: ");
}

TEST(Message, KeepsMalformedPartsWhole) {
  EXPECT_EQ(fields(message("x=1|=2||55|0=3|35=0")), "0:x=1 0:=2 0: 0:55 0:0=3 35:0 ");
  EXPECT_TRUE(Message().empty());
  EXPECT_TRUE(Message("").empty());
}

TEST(Message, TagsHaveUpToNineDigits) {
  EXPECT_EQ(fields(message("12345678=a|123456789=b|1234567890=c|")),
            "12345678:a 123456789:b 0:1234567890=c ");
}

TEST(Message, ADataFieldIsAsLongAsItsLengthFieldSays) {
  EXPECT_EQ(fields(message("95=7|96=a|b=c|d|58=x|")), "95:7 96:a|b=c|d 58:x ");
  EXPECT_EQ(fields(message("93=3|89=a|b|10=000|")), "93:3 89:a|b 10:000 ");
  EXPECT_EQ(fields(message("354=3|355=a|b")), "354:3 355:a|b ");
}

TEST(Message, ALengthThatCannotBeIsIgnored) {
  EXPECT_EQ(fields(message("95=2|96=a|b=c|")), "95:2 96:a 0:b=c ");
  EXPECT_EQ(fields(message("95=99|96=a|55=c|")), "95:99 96:a 55:c ");
  EXPECT_EQ(fields(message("95=0|96=|55=c|")), "95:0 96: 55:c ");
  EXPECT_EQ(fields(message("95=-1|96=a|55=c|")), "95:-1 96:a 55:c ");
}

TEST(Message, FindsSohAtEveryPlaceInAWord) {
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string value(length, 'v');
    const Message m = message("58=" + value + "|55=" + value + "|");
    ASSERT_EQ(m.size(), 2u);
    EXPECT_EQ(m.value(58), value);
    EXPECT_EQ(m.value(55), value);
  }
}

TEST(Message, HighBytesAreNoSeparators) {
  EXPECT_EQ(Message("58=\x81\x80\xFF\x02\x01").value(58), "\x81\x80\xFF\x02");
}

TEST(Message, ReadsTheNumberOfTheMessage) {
  EXPECT_EQ(message("34=42|").seq_num(), 42);
  EXPECT_EQ(message("34=999999999999999999|").seq_num(), 999999999999999999);
  EXPECT_EQ(message("34=1000000000000000000|").seq_num(), std::nullopt);
  EXPECT_EQ(message("34=-1|").seq_num(), std::nullopt);
  EXPECT_EQ(message("34=|").seq_num(), std::nullopt);
  EXPECT_EQ(message("35=0|").seq_num(), std::nullopt);
}

TEST(Message, KnowsSessionMessages) {
  for (const char* type : {"A", "0", "1", "2", "3", "4", "5"}) EXPECT_TRUE(is_admin_type(type));
  for (const char* type : {"D", "8", "6", "", "AA", "a"}) EXPECT_FALSE(is_admin_type(type)) << type;
  EXPECT_TRUE(message("35=A|43=Y|").is_admin());
  EXPECT_TRUE(message("35=A|43=Y|").poss_dup());
}

TEST(Message, StaysBoundedBeyondTheLimitOfFields) {
  const auto with_fields = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "58=x|";
    return message(text);
  };
  EXPECT_EQ(with_fields(limits::kFieldsPerMessage - 1).size(), limits::kFieldsPerMessage - 1);
  const Message full = with_fields(limits::kFieldsPerMessage);
  EXPECT_EQ(full.size(), limits::kFieldsPerMessage);
  EXPECT_EQ(full[full.size() - 1].tag, 58);
  const Message over = with_fields(limits::kFieldsPerMessage + 2);
  EXPECT_EQ(over.size(), limits::kFieldsPerMessage + 1);
  EXPECT_EQ(over[over.size() - 1].tag, 0);
  EXPECT_EQ(over[over.size() - 1].value, pipe_to_soh("58=x|58=x|"));
}

TEST(Message, CopiesAreIndependent) {
  Message a = message("55=MSFT|");
  const Message b = a;
  a = message("55=IBM|");
  EXPECT_EQ(b.value(55), "MSFT");
}

}  // namespace
}  // namespace fixdrill::fix
