#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "fix/text.h"

namespace fixdrill::fix {
namespace {

/// `35:D 55:MSFT  # tail`; what follows `#` is what stands behind the message.
std::string pasted(std::string_view text) {
  const auto read = read_pasted(text);
  if (!read) return read.error().text;
  std::string out;
  for (std::size_t i = 0; i < read->fields.size(); ++i) {
    const Field& field = read->fields[i];
    out += fmt::format("{}:{} ", field.tag, soh_to_pipe(field.value));
    const auto [begin, end] = read->spans[i];
    EXPECT_TRUE(text.substr(begin, end - begin).starts_with(std::to_string(field.tag) + "="));
    EXPECT_TRUE(text.substr(begin, end - begin).ends_with(field.value));
  }
  if (read->closed) out += "closed";
  if (read->end < text.size()) out += "#" + std::string(text.substr(read->end));
  return out;
}

TEST(Pasted, ReadsEveryDelimiter) {
  for (const char* text : {"35=D|55=MSFT|54=1|",
                           "35=D\x01"
                           "55=MSFT\x01"
                           "54=1\x01",
                           "35=D^A55=MSFT^A54=1^A", "35=D\\x0155=MSFT\\x0154=1\\x01",
                           "35=D<SOH>55=MSFT<SOH>54=1<SOH>", "35=D;55=MSFT;54=1;"})
    EXPECT_EQ(pasted(text), "35:D 55:MSFT 54:1 closed") << text;
  EXPECT_EQ(pasted("35=D|55=MSFT|54=1"), "35:D 55:MSFT 54:1 ");
}

TEST(Pasted, DropsALogPrefix) {
  EXPECT_EQ(pasted("<20261122-06:00:00, FIX.4.4:A->B, outgoing>  8=FIX.4.4|9=5|35=0|10=161|"),
            "8:FIX.4.4 9:5 35:0 10:161 closed");
  EXPECT_EQ(pasted("2026-11-22 id=18=7 IN 8=FIXT.1.1|35=0|"), "8:FIXT.1.1 35:0 closed");
  EXPECT_EQ(pasted("out: 8=${begin}|35=0|"), "8:${begin} 35:0 closed");
  EXPECT_EQ(pasted("35=D|58=8=FIX.4.4|55=X|"), "35:D 58:8=FIX.4.4 55:X closed");
}

TEST(Pasted, TrimsBlanksRoundDelimiters) {
  EXPECT_EQ(pasted("  35=D | 55=MS FT |  54=1 | "), "35:D 55:MS FT 54:1 closed# ");
}

TEST(Pasted, LeavesATailBehindAClosingDelimiter) {
  EXPECT_EQ(pasted("35=D|55=MSFT| as nos   # ticket 12"),
            "35:D 55:MSFT closed# as nos   # ticket 12");
  EXPECT_EQ(pasted("35=8|39=2| }"), "35:8 39:2 closed# }");
  EXPECT_EQ(pasted("35=0| within 2s"), "35:0 closed# within 2s");
  EXPECT_EQ(pasted("35=0|54=1\nnext line"), "35:0 54:1 #\nnext line");
  EXPECT_EQ(pasted("35=D|55=MSFT as nos"), "35:D 55:MSFT as nos ");
}

TEST(Pasted, LeavesValuesAlone) {
  EXPECT_EQ(pasted("35=D|58=a=b;c ^A $x \"q\"|55=|37=*|"),
            "35:D 58:a=b;c ^A $x \"q\" 55: 37:* closed");
  EXPECT_EQ(pasted("58=a;1=b|35=D|55=X|"), "58:a;1=b 35:D 55:X closed");
  EXPECT_EQ(pasted("58=one; two"), "58:one closed# two");
  EXPECT_EQ(pasted("58=one;two"), "58:one;two ");
}

TEST(Pasted, ADelimiterInAnExpressionIsNone) {
  EXPECT_EQ(pasted("35=D|58=${join(\"|\", a)}|55=${x}|"),
            "35:D 58:${join(\"|\", a)} 55:${x} closed");
  EXPECT_EQ(pasted("35=D|58=${\"}|55=\"}|54=1|"), "35:D 58:${\"}|55=\"} 54:1 closed");
  EXPECT_EQ(pasted("35=D|58=$${a|55=X|"), "35:D 58:$${a 55:X closed");
  EXPECT_EQ(pasted("35=D|58=${a|55=X|"), "35:D 58:${a|55=X| ");
}

TEST(Pasted, ADataFieldIsAsLongAsItsLengthFieldSays) {
  EXPECT_EQ(pasted("35=B|95=6|96=a|b=c |58=x|"), "35:B 95:6 96:a|b=c  58:x closed");
  EXPECT_EQ(pasted("35=B|95=3|96=a|b=c|58=x|"), "35:B 95:3 96:a closed#b=c|58=x|");
  EXPECT_EQ(pasted("35=B|95=${n}|96=ab|58=x|"), "35:B 95:${n} 96:ab 58:x closed");
}

TEST(Pasted, KnowsAWholeMessage) {
  EXPECT_TRUE(read_pasted("8=FIX.4.4|9=5|35=0|10=161|")->whole);
  EXPECT_FALSE(read_pasted("8=FIX.4.4|35=0|")->whole);
  EXPECT_FALSE(read_pasted("35=0|10=161|")->whole);
}

TEST(Pasted, SaysWhenThereIsNoMessage) {
  EXPECT_EQ(pasted(""), "this is no FIX message: it has no TAG=value");
  EXPECT_EQ(pasted("NewOrderSingle as x"), "this is no FIX message: it has no TAG=value");
  EXPECT_EQ(pasted("0=D|"), "'0' is no tag");
  EXPECT_EQ(pasted("35=D|1234567890=x|"), "'1234567890' is no tag");
}

TEST(PipeText, IsOneLineForPeople) {
  EXPECT_EQ(pipe_text("8=FIX.4.4\x01"
                      "58=a\nb\x1b[1m\x01"),
            "8=FIX.4.4|58=a\\x0ab\\x1b[1m|");
}

}  // namespace
}  // namespace fixdrill::fix
