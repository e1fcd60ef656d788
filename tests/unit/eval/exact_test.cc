// `exact`, `ignoring` and `like` of expectations; types taken from messages.
#include "pattern_lab.h"

namespace fixdrill::eval {
namespace {

class ExactTest : public PatternLab {
 protected:
  ExactTest() {
    named("nos",
          "8=FIX.4.4|35=D|34=2|49=A|56=B|11=C1|55=MSFT|54=1|38=100|40=2|44=10.25|"
          "453=2|448=F|452=1|448=T|452=12|60=20260102-03:04:05|10=000|");
  }
};

TEST_F(ExactTest, EveryUnlistedFieldIsARow) {
  EXPECT_TRUE(match("8 exact { 37 = O1 | ExecType = New }", "8=FIX.4.4|35=8|34=2|37=O1|150=0|10=1|")
                  .matches);
  EXPECT_EQ(
      table("8 exact { 37 = O1 | !Text }", "35=8|37=O1|150=0|58=x|9001=y|453=1|448=A|452=1|37=O2|"),
      "  OrderID(37): O1 / O1\n"
      "! Text(58): absent / x\n"
      "! ExecType(150): not listed / 0 New\n"
      "! tag 9001: not listed / y\n"
      "! NoPartyIDs(453): not listed / 1 entry\n"
      "! OrderID(37): not listed / O2\n");
}

TEST_F(ExactTest, MarksTheWord) {
  const Match m = match("8 exact { 37 = O1 }", "35=8|37=O1|150=0|");
  ASSERT_EQ(m.wrong.size(), 1u);
  EXPECT_EQ(m.wrong[0].text(), "exact");
}

TEST_F(ExactTest, GoesIntoListedGroups) {
  const char* text = "35=8|37=O1|453=2|448=A|452=1|448=B|447=D|452=12|";
  EXPECT_EQ(table("8 exact { 37 = O1 | 453 [ {448 = A | 452 = 1} {448 = B | 452 = 12} ] }", text),
            "  OrderID(37): O1 / O1\n"
            "  NoPartyIDs(453): 2 entries / 2 entries\n"
            "  NoPartyIDs(453)[1].PartyID(448): A / A\n"
            "  NoPartyIDs(453)[1].PartyRole(452): 1 ExecutingFirm / 1 ExecutingFirm\n"
            "  NoPartyIDs(453)[2].PartyID(448): B / B\n"
            "  NoPartyIDs(453)[2].PartyRole(452): 12 ExecutingTrader / 12 ExecutingTrader\n"
            "! NoPartyIDs(453)[2].PartyIDSource(447): not listed / D Proprietary\n");
  EXPECT_EQ(table("8 exact { 37 = O1 | 453[2].448 = B | 453[2].447 = D | 453[2].452 = * }", text),
            "  OrderID(37): O1 / O1\n"
            "  NoPartyIDs(453)[2].PartyID(448): B / B\n"
            "  NoPartyIDs(453)[2].PartyIDSource(447): D Proprietary / D Proprietary\n"
            "  NoPartyIDs(453)[2].PartyRole(452): present / 12 ExecutingTrader\n"
            "! NoPartyIDs(453)[1].PartyID(448): not listed / A\n"
            "! NoPartyIDs(453)[1].PartyRole(452): not listed / 1 ExecutingFirm\n");
  EXPECT_FALSE(match("8 exact { 37 = O1 | NoPartyIDs = 2 }", text).matches);
}

TEST_F(ExactTest, JudgesEntriesThatAreTakenInAnyOrder) {
  const char* text = "35=8|37=O1|453=2|448=B|447=D|452=12|448=A|452=1|";
  EXPECT_TRUE(match("8 exact { 37 = * | 453 unordered [ {448 = A | 452 = *} "
                    "{448 = B | 447 = * | 452 = *} ] }",
                    text)
                  .matches);
  // Both fit the second entry by what they list; only one of them lists all of the first.
  EXPECT_TRUE(match("8 exact { 37 = * | 453 unordered [ {448 = * | 447 ~ /./ | 452 = *} "
                    "{448 = * | 452 = *} ] }",
                    text)
                  .matches);
  EXPECT_TRUE(match("8 exact { 37 = * | 453 contains [ {448 = A | 452 = *} ] }", text).matches);
  EXPECT_FALSE(match("8 exact { 37 = * | 453 contains [ {448 = B | 452 = *} ] }", text).matches);
  EXPECT_EQ(table("8 exact { 37 = * | 453 each { 448 = * | 452 = * } }", text),
            "  OrderID(37): present / O1\n"
            "  NoPartyIDs(453): every entry fits / 2 entries\n"
            "  NoPartyIDs(453)[1].PartyID(448): present / B\n"
            "  NoPartyIDs(453)[1].PartyRole(452): present / 12 ExecutingTrader\n"
            "! NoPartyIDs(453)[1].PartyIDSource(447): not listed / D Proprietary\n"
            "  NoPartyIDs(453)[2].PartyID(448): present / A\n"
            "  NoPartyIDs(453)[2].PartyRole(452): present / 1 ExecutingFirm\n");
}

TEST_F(ExactTest, IgnoringDropsTags) {
  EXPECT_EQ(table("35=8|37=O1|17=E9|150=0| ignoring (17, ExecID, 9001)", "35=8|37=O1|17=E1|150=0|"),
            "  OrderID(37): O1 / O1\n"
            "  ExecType(150): 0 New / 0 New\n");
  EXPECT_EQ(table("35=8|37=O1|453=1|448=A|452=1|58=x| ignoring (NoPartyIDs)", "35=8|37=O1|58=x|"),
            "  OrderID(37): O1 / O1\n"
            "  Text(58): x / x\n");
  EXPECT_TRUE(match("8 exact ignoring (17, 453, 60) { 37 = O1 }",
                    "35=8|37=O1|17=E1|453=1|448=A|452=1|60=x|")
                  .matches);
  EXPECT_TRUE(
      match("8 exact ignoring (452) { 453 [ {448 = A} ] }", "35=8|453=1|448=A|452=1|").matches);
  EXPECT_EQ(sentence(pattern_error("8 ignoring (ExecIDD)")),
            "no field 'ExecIDD' in FIX 4.4; did you mean ExecID?");
}

TEST_F(ExactTest, LikeComparesTheBodyFieldsThatTheTypeKnows) {
  EXPECT_EQ(table("NewOrderSingle like nos { ClOrdID = C2 | Price >= 10 | !60 }",
                  "35=D|11=C2|55=MSFT|54=2|38=100.0|40=2|44=10.5|453=2|448=F|452=1|448=T|452=13|"),
            "  Symbol(55): MSFT / MSFT\n"
            "! Side(54): 1 Buy / 2 Sell\n"
            "  OrderQty(38): 100 / 100.0\n"
            "  OrdType(40): 2 Limit / 2 Limit\n"
            "  NoPartyIDs(453): 2 entries / 2 entries\n"
            "  NoPartyIDs(453)[1].PartyID(448): F / F\n"
            "  NoPartyIDs(453)[1].PartyRole(452): 1 ExecutingFirm / 1 ExecutingFirm\n"
            "  NoPartyIDs(453)[2].PartyID(448): T / T\n"
            "! NoPartyIDs(453)[2].PartyRole(452): 12 ExecutingTrader / 13 OrderOriginationFirm\n"
            "  ClOrdID(11): C2 / C2\n"
            "  Price(44): >= 10 / 10.5\n"
            "  TransactTime(60): absent / (absent)\n");
}

TEST_F(ExactTest, LikeWithIgnoringAndExact) {
  const char* copy = "35=D|11=C1|55=MSFT|54=1|38=100|40=2|44=10.25|60=20260102-03:04:09|";
  EXPECT_TRUE(match("D like nos exact ignoring (60, NoPartyIDs)", copy).matches);
  EXPECT_FALSE(match("D like nos exact ignoring (60)", copy).matches);
  EXPECT_TRUE(match("nos like nos { 60 = * | !NoPartyIDs }", copy).matches);
  EXPECT_TRUE(match("D like nos ignoring (60) { NoPartyIDs [ { PartyID = F } { 452 = 13 } ] }",
                    std::string(copy) + "453=2|448=F|448=X|452=13|")
                  .matches);
}

TEST_F(ExactTest, TheTypeOfAMessageByItsName) {
  names_.set("o", record_of({{"nos", *names_.find("nos")}, {"px", std::string("1")}}));
  EXPECT_EQ(pattern("o.nos { 11 = C1 }").msg_type(), "D");
  EXPECT_EQ(sent("nos { 11 = C2 }"), "D: 11=C2|");
  EXPECT_EQ(sent("o.nos like o.nos { !NoPartyIDs | 11 = C2 }"),
            "D: 11=C2|55=MSFT|54=1|38=100|40=2|44=10.25|60=20260102-03:04:05|");
  EXPECT_EQ(sentence(sent("o.px { 11 = C2 }")), "'o.px' is not a message");
}

TEST_F(ExactTest, LikeAcrossTypesKeepsGroupsAndCodes) {
  EXPECT_EQ(sent("OrderCancelRequest like nos { ClOrdID = C2 | OrigClOrdID = ${nos.ClOrdID} }"),
            "F: 11=C2|55=MSFT|54=1|38=100|453=2|448=F|452=1|448=T|452=12|"
            "60=20260102-03:04:05|41=C1|");
}

TEST_F(ExactTest, LeavesOutWhatIsEmpty) {
  names_.set("px", std::string());
  EXPECT_TRUE(match("D { Price ?= ${px} | OrdType = 1 }", "35=D|40=1|44=7|").matches);
  EXPECT_FALSE(match("D exact { Price ?= ${px} | OrdType = 1 }", "35=D|40=1|44=7|").matches);
  EXPECT_EQ(sent("D like nos { Price ?= ${px} | !NoPartyIDs }"),
            "D: 11=C1|55=MSFT|54=1|38=100|40=2|60=20260102-03:04:05|");
  names_.set("side", std::string("Sell"));
  EXPECT_EQ(sent("D { Side ?= ${side} | Price ?= ${px} }"), "D: 54=2|");
  EXPECT_EQ(table("D { Side ?= ${side} }", "35=D|54=2|"), "  Side(54): 2 Sell / 2 Sell\n");
}

}  // namespace
}  // namespace fixdrill::eval
