#include <gtest/gtest.h>

#include "base/text.h"
#include "fix/text.h"

namespace fixdrill::fix {
namespace {

std::string printed(std::string_view piped, std::size_t indent = 0, PrettyOptions options = {}) {
  static const auto dictionary =
      Dictionary::load({std::string(FIXDRILL_SOURCE_DIR) + "/fixspecs/FIX44.xml"});
  EXPECT_TRUE(dictionary) << dictionary.error().text;
  return pretty(Message(pipe_to_soh(piped)), **dictionary, indent, options);
}

TEST(Pretty, ShowsNamesAndMeaningsAndGroups) {
  EXPECT_EQ(
      printed(
          "8=FIX.4.4|9=1|35=D|34=7|49=BRK|56=EXCH|52=20261122-06:00:00|11=O-1|453=2|448=A|452=1|"
          "802=1|523=x|448=B|54=1|40=2|44=10.25|9001=y|10=000|"),
      "NewOrderSingle(D)  FIX.4.4  MsgSeqNum(34) = 7  BRK -> EXCH  20261122-06:00:00\n"
      "  ClOrdID(11) = O-1\n"
      "  NoPartyIDs(453) = 2\n"
      "    [1] PartyID(448) = A\n"
      "        PartyRole(452) = 1 ExecutingFirm\n"
      "        NoPartySubIDs(802) = 1\n"
      "          [1] PartySubID(523) = x\n"
      "    [2] PartyID(448) = B\n"
      "  Side(54) = 1 Buy\n"
      "  OrdType(40) = 2 Limit\n"
      "  Price(44) = 10.25\n"
      "  tag 9001 = y\n");
}

TEST(Pretty, ShowsTheHeaderWhenAsked) {
  EXPECT_EQ(printed("8=FIX.4.4|35=0|43=Y|10=000|", 2, {true}),
            "  Heartbeat(0)\n"
            "    BeginString(8) = FIX.4.4\n"
            "    MsgType(35) = 0 Heartbeat\n"
            "    PossDupFlag(43) = Y Yes\n"
            "    CheckSum(10) = 000\n");
}

TEST(Pretty, ShowsWhatIsWrong) {
  EXPECT_EQ(printed("8=FIX.4.4|35=D|34=1|43=Y|453=3|448=A|junk|58=\x1b[1m|10=0|", 0),
            "NewOrderSingle(D)  FIX.4.4  MsgSeqNum(34) = 1   ->     PossDupFlag(43) = Y\n"
            "  NoPartyIDs(453) = 3  (1 present)\n"
            "    [1] PartyID(448) = A\n"
            "  malformed: junk\n"
            "  Text(58) = \\x1b[1m\n");
}

TEST(Pretty, CutsLongValuesBeforeACharacter) {
  const std::string value(1'000'000, 'x');
  EXPECT_EQ(printed("35=U9|34=1|58=" + value + "|"),
            "35=U9(U9)    MsgSeqNum(34) = 1   ->   \n  Text(58) = " + std::string(400, 'x') +
                "… (1000000 bytes)\n");
  std::string accents = "x";
  for (int i = 0; i < 300; ++i) accents += "\xC3\xB6";
  EXPECT_NE(printed("35=D|58=" + accents + "|").find("\xC3\xB6… (601 bytes)"), std::string::npos);
}

}  // namespace
}  // namespace fixdrill::fix
