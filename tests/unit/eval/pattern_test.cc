#include "eval/pattern.h"

#include "pattern_lab.h"

namespace fixdrill::eval {
namespace {

class PatternTest : public PatternLab {};

TEST_F(PatternTest, ListedFieldsDecideAndOthersAreCounted) {
  const Match m = match("ExecutionReport { ExecType = New | OrderQty = 100 }",
                        "8=FIX.4.4|9=1|35=8|34=2|49=A|56=B|150=0|38=100.0|55=MSFT|58=x|10=000|");
  EXPECT_TRUE(m.matches);
  EXPECT_EQ(m.equal, 2u);
  EXPECT_EQ(m.not_checked, 2u);
}

TEST_F(PatternTest, TheTypeMustFit) {
  const Match m = match("ExecutionReport { Text = x }", "35=9|58=x|");
  EXPECT_FALSE(m.type_fits);
  EXPECT_FALSE(m.matches);
  EXPECT_EQ(m.equal, 1u);
}

TEST_F(PatternTest, ShowsEveryFieldAtOnceInWrittenOrder) {
  named("ack", "35=8|14=0|");
  EXPECT_EQ(table("ExecutionReport { ExecType = Replaced | OrderQty = 150 | "
                  "LeavesQty = ${150 - ack.CumQty} | OrderID = * | !Text | Price = 10 }",
                  "35=8|150=5|38=100|151=100|37=O1|58=late|"),
            "  ExecType(150): 5 Replaced / 5 Replaced\n"
            "! OrderQty(38): 150 / 100\n"
            "! LeavesQty(151): 150  (150 - 0) / 100\n"
            "  OrderID(37): present / O1\n"
            "! Text(58): absent / late\n"
            "! Price(44): 10 / (absent)\n");
}

TEST_F(PatternTest, MarksThePlacesThatDoNotHold) {
  const Match m = match("ExecutionReport { ExecType = New | OrderQty = 150 }", "35=8|150=0|38=1|");
  ASSERT_EQ(m.wrong.size(), 1u);
  EXPECT_EQ(m.wrong[0].text(), "OrderQty = 150");
}

TEST_F(PatternTest, CountsKeyFieldsForTheNearestCandidate) {
  const Match m =
      match("ExecutionReport { ClOrdID = A | OrderID = B | Text = x }", "35=8|11=A|37=B|58=y|");
  EXPECT_EQ(m.key_equal, 2u);
}

TEST_F(PatternTest, EveryTestButAbsentNeedsTheFieldToBeThere) {
  EXPECT_FALSE(match("ExecutionReport { Text != x }", "35=8|37=1|").matches);
  EXPECT_FALSE(match("ExecutionReport { Text !~ /x/ }", "35=8|37=1|").matches);
  EXPECT_FALSE(match("ExecutionReport { Text not in (x) }", "35=8|37=1|").matches);
  EXPECT_FALSE(match("ExecutionReport { Text -> note }", "35=8|37=1|").matches);
  EXPECT_TRUE(match("ExecutionReport { !Text }", "35=8|37=1|").matches);
}

TEST_F(PatternTest, CapturesOnlyWhenTheMessageMatches) {
  const std::string text = "ExecutionReport { OrderID -> id | LastPx <= 11 -> px }";
  const Match good = match(text, "35=8|37=O1|31=10.5|");
  ASSERT_EQ(good.captures.size(), 2u);
  EXPECT_EQ(good.captures[0], std::make_pair(std::string("id"), std::string("O1")));
  EXPECT_EQ(good.captures[1], std::make_pair(std::string("px"), std::string("10.5")));
  EXPECT_TRUE(match(text, "35=8|37=O1|31=12|").captures.empty());
}

constexpr const char* kParties =
    "35=8|37=O1|453=2|448=FIRM|447=D|452=1|448=TRADER|447=D|452=12|58=x|";

TEST_F(PatternTest, GroupsMatchByPositionAndCount) {
  EXPECT_TRUE(
      match("ExecutionReport { NoPartyIDs [ { PartyID = FIRM } { PartyRole = 12 } ] }", kParties)
          .matches);
  EXPECT_EQ(table("ExecutionReport { NoPartyIDs [ { PartyID = TRADER } ] }", kParties),
            "! NoPartyIDs(453): 1 entry / 2 entries\n"
            "! NoPartyIDs(453)[1].PartyID(448): TRADER / FIRM\n");
  EXPECT_EQ(
      table("ExecutionReport { NoPartyIDs [ { PartyID = FIRM } { !PartyRole } ] }", "35=8|37=O1|"),
      "! NoPartyIDs(453): 2 entries / (absent)\n"
      "! NoPartyIDs(453)[1].PartyID(448): FIRM / (no such entry)\n"
      "! NoPartyIDs(453)[2].PartyRole(452): absent / (no such entry)\n");
}

TEST_F(PatternTest, PlacesInGroupsByNumberAndByKey) {
  EXPECT_TRUE(match("ExecutionReport { NoPartyIDs = 2 | NoPartyIDs[2].PartyID = TRADER }", kParties)
                  .matches);
  EXPECT_TRUE(
      match("ExecutionReport { NoPartyIDs[PartyID = TRADER].PartyRole = 12 }", kParties).matches);
  EXPECT_EQ(
      table("ExecutionReport { NoPartyIDs[PartyRole = ExecutingFirm].PartyID = X }", kParties),
      "! NoPartyIDs(453)[PartyRole=1].PartyID(448): X / FIRM\n");
  EXPECT_EQ(match("ExecutionReport { NoPartyIDs[1].PartyID = FIRM }", kParties).not_checked, 8u);
}

TEST_F(PatternTest, ACountThatLiesIsShown) {
  EXPECT_EQ(table("ExecutionReport { NoPartyIDs [ { PartyID = A } ] }", "35=8|453=3|448=A|447=D|"),
            "! NoPartyIDs(453): 1 entry / 1 entry, but it says 3\n"
            "  NoPartyIDs(453)[1].PartyID(448): A / A\n");
}

TEST_F(PatternTest, PastedFieldsAreHeldAgainstTheirCounterparts) {
  EXPECT_TRUE(match("35=8|150=0|39=0|37=*|", "35=8|37=O1|150=0|39=0|").matches);
  EXPECT_EQ(table("35=8|150=F|31=10.0|", "35=8|150=0|31=10|"),
            "! ExecType(150): F Trade / 0 New\n"
            "  LastPx(31): 10.0 / 10\n");
}

TEST_F(PatternTest, APastedWholeMessageLosesWhatTheSessionOwns) {
  const Pattern made =
      pattern("8=FIX.4.4|9=100|35=8|34=7|49=A|56=B|52=20200101-00:00:00|150=0|10=123|");
  EXPECT_EQ(made.describe(), "ExecType(150)=0");
  EXPECT_EQ(pattern("35=8|34=7|150=0|").describe(), "MsgSeqNum(34)=7 ExecType(150)=0");
}

TEST_F(PatternTest, FlatPastedGroupsAreCutByTheDictionary) {
  EXPECT_EQ(table("35=8|453=2|448=FIRM|447=D|452=1|448=X|447=D|452=12|", kParties),
            "  NoPartyIDs(453): 2 / 2\n"
            "  NoPartyIDs(453)[1].PartyID(448): FIRM / FIRM\n"
            "  NoPartyIDs(453)[1].PartyIDSource(447): D Proprietary / D Proprietary\n"
            "  NoPartyIDs(453)[1].PartyRole(452): 1 ExecutingFirm / 1 ExecutingFirm\n"
            "! NoPartyIDs(453)[2].PartyID(448): X / TRADER\n"
            "  NoPartyIDs(453)[2].PartyIDSource(447): D Proprietary / D Proprietary\n"
            "  NoPartyIDs(453)[2].PartyRole(452): 12 ExecutingTrader / 12 ExecutingTrader\n");
}

TEST_F(PatternTest, DescribesItselfInTheNotationOfTheScript) {
  named("nos", "35=D|11=A1|");
  const Pattern made = pattern(
      "ExecutionReport { ClOrdID = ${nos.ClOrdID} | ExecType = Trade | LastPx <= 10.25 | "
      "OrderID = * | !Text | 9001 = \"a b\" | Side in (Buy, Sell) | Symbol ~ /^M/ | "
      "TransactTime = ${now()} +- 5s | NoPartyIDs [ { PartyID = A } ] }");
  EXPECT_EQ(made.msg_type(), "8");
  EXPECT_EQ(made.type_label(), "ExecutionReport");
  EXPECT_EQ(made.describe(),
            "ClOrdID(11)=A1 ExecType(150)=F LastPx(31)<=10.25 OrderID(37)=* !Text(58) "
            "tag 9001=\"a b\" Side(54) in (1, 2) Symbol(55) ~ /^M/ "
            "TransactTime(60)=now() +- 5s NoPartyIDs(453) [1 entry] "
            "NoPartyIDs(453)[1].PartyID(448)=A");
}

TEST_F(PatternTest, TypesByNameAndByCode) {
  EXPECT_EQ(pattern("8 { Text = x }").msg_type(), "8");
  EXPECT_EQ(pattern("executionreport").msg_type(), "8");
  EXPECT_EQ(pattern("U7").type_label(), "35=U7");
}

TEST_F(PatternTest, UnknownNamesAreErrorsWithTheirPlace) {
  EXPECT_EQ(pattern_error("ExecutionRepot"),
            "a.drill:2:10: error: no message 'ExecutionRepot' in FIX 4.4; did you mean "
            "ExecutionReport?\n"
            "2 |   expect ExecutionRepot\n"
            "  |          ^^^^^^^^^^^^^^");
  EXPECT_EQ(pattern_error("ExecutionReport { Symbl = x }"),
            "a.drill:2:28: error: no field 'Symbl' in FIX 4.4; did you mean Symbol?\n"
            "2 |   expect ExecutionReport { Symbl = x }\n"
            "  |                            ^^^^^");
  EXPECT_EQ(sentence(pattern_error("ExecutionReport { NoPartyIDs.PartyID = x }")),
            "say which entry of NoPartyIDs(453): [1] or [Field = value]");
}

}  // namespace
}  // namespace fixdrill::eval
