#include "eval/build.h"

#include "drill_lab.h"

namespace fixdrill::eval {
namespace {

class BuildTest : public DrillLab {};

TEST_F(BuildTest, FieldsInWrittenOrderNamesAsCodes) {
  EXPECT_EQ(sent("NewOrderSingle { ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | 38 = 100 | "
                 "OrdType(40) = Limit | Price = 002000.00 | TransactTime = ${now()} }"),
            "D: 11=ORDER1|55=MSFT|54=1|38=100|40=2|44=002000.00|60=20261122-10:00:00.123|");
}

TEST_F(BuildTest, QuotesSendTheLetters) {
  EXPECT_EQ(sent("NewOrderSingle { Side = \"Buy\" | TimeInForce = \"Z\" }"), "D: 54=Buy|59=Z|");
  EXPECT_EQ(sent("NewOrderSingle { Side = Byu }"),
            "a.drill:2:32: error: Side(54) has no value 'Byu' in FIX 4.4; did you mean Buy (1)?\n"
            "2 |   send NewOrderSingle { Side = Byu }\n"
            "  |                                ^^^");
}

TEST_F(BuildTest, SeveralValuesInOneFieldMayBeNames) {
  EXPECT_EQ(sent("NewOrderSingle { ExecInst = Held 6 }"), "D: 18=5 6|");
}

TEST_F(BuildTest, UidKnowsItsField) {
  EXPECT_EQ(sent("NewOrderSingle { ClOrdID = ${uid()} | Account = ${uid()} }"),
            "D: 11=ORDER1|1=UID1|");
}

TEST_F(BuildTest, MomentsAreWrittenAsTheirFieldWantsThem) {
  EXPECT_EQ(sent("NewOrderSingle { TransactTime = ${now() + 5s} | TradeDate = ${now()} | 9001 = "
                 "${now(6)} }"),
            "D: 60=20261122-10:00:05.123|75=20261122|9001=20261122-10:00:00.123456|");
}

TEST_F(BuildTest, HeaderFieldsAreFieldsLikeOthers) {
  EXPECT_EQ(sent("Heartbeat { PossDupFlag = Y | MsgSeqNum = 5 }"), "0: 43=Y|34=5|");
}

TEST_F(BuildTest, ADataFieldGetsItsLengthInFront) {
  EXPECT_EQ(
      sent("News { RawData = ${\"a|b\"} | 355 = abc | Signature = xy | 1402 = ${upper(\"q\")} }"),
      "B: 95=3|96=a|b|354=3|355=abc|93=2|89=xy|1401=1|1402=Q|");
  EXPECT_EQ(sent("Heartbeat { 91 = s | 213 = <a/> }"), "0: 90=1|91=s|212=4|213=<a/>|");
  EXPECT_EQ(sent("35=B|96=x\xC3\xA4|58=t|"), "B: 95=3|96=x\xC3\xA4|58=t|");
}

TEST_F(BuildTest, ALengthThatIsGivenStays) {
  EXPECT_EQ(sent("News { RawDataLength = 9 | RawData = abc }"), "B: 95=9|96=abc|");
  EXPECT_EQ(sent("News { RawData = abc | 95 = 9 }"), "B: 96=abc|95=9|");
  EXPECT_EQ(sent("News { !RawDataLength | RawData = abc }"), "B: 96=abc|");
}

TEST_F(BuildTest, ALengthThatLikeCopiedIsMadeRight) {
  named("news", "8=FIX.4.4|9=1|35=B|34=2|148=A|95=3|96=abc|10=000|");
  EXPECT_EQ(sent("News like news { RawData = longer }"), "B: 148=A|95=6|96=longer|");
  EXPECT_EQ(sent("News like news { !RawData | !RawDataLength }"), "B: 148=A|");
}

TEST_F(BuildTest, DataFieldsOfGroupsGetTheirLengthsToo) {
  EXPECT_EQ(sent("News { NoLinesOfText [ { Text = a | EncodedText = bcd } { Text = e | "
                 "EncodedText = f } ] }"),
            "B: 33=2|58=a|354=3|355=bcd|58=e|354=1|355=f|");
}

TEST_F(BuildTest, LikeCopiesTheBodyThatTheNewTypeKnows) {
  named("nos", "8=FIX.4.4|9=1|35=D|34=2|11=A|55=MSFT|54=1|38=100|40=2|44=10|60=T|10=000|");
  EXPECT_EQ(sent("OrderCancelRequest like nos { ClOrdID = B | OrigClOrdID = ${nos.ClOrdID} }"),
            "F: 11=B|55=MSFT|54=1|38=100|60=T|41=A|");
  EXPECT_EQ(sent("OrderCancelReplaceRequest like nos { !Price | OrdType = Market }"),
            "G: 11=A|55=MSFT|54=1|38=100|40=1|60=T|");
}

TEST_F(BuildTest, LikeKeepsGroupsAndLetsThemBeChanged) {
  named("nos", "35=D|11=A|453=2|448=F|447=D|452=1|448=T|447=D|452=12|55=MSFT|");
  EXPECT_EQ(sent("NewOrderSingle like nos { NoPartyIDs[2].PartyID = X | "
                 "NoPartyIDs[PartyRole = 1].PartyID = Y }"),
            "D: 11=A|453=2|448=Y|447=D|452=1|448=X|447=D|452=12|55=MSFT|");
  EXPECT_EQ(sent("NewOrderSingle like nos { NoPartyIDs [ { PartyID = Z } ] }"),
            "D: 11=A|453=1|448=Z|55=MSFT|");
  EXPECT_EQ(sentence(sent("NewOrderSingle like nos { NoPartyIDs[3].PartyID = X }")),
            "the message has no NoPartyIDs(453)[3] yet; write the group as Name [ { … } ]");
}

TEST_F(BuildTest, GroupsGetTheirCounts) {
  EXPECT_EQ(sent("NewOrderSingle { NoPartyIDs [ { PartyID = A | PartyRole = ExecutingFirm | "
                 "NoPartySubIDs [ { PartySubID = S } ] } { PartyID = B } ] | Symbol = M }"),
            "D: 453=2|448=A|452=1|802=1|523=S|448=B|55=M|");
}

TEST_F(BuildTest, ACountThatIsWrittenStays) {
  EXPECT_EQ(sent("NewOrderSingle { NoPartyIDs = 3 | NoPartyIDs [ { PartyID = A } ] | 55 = X }"),
            "D: 453=3|448=A|55=X|");
  EXPECT_EQ(sent("NewOrderSingle { NoPartyIDs [ { PartyID = A } ] | 55 = X | NoPartyIDs = 0 }"),
            "D: 453=0|448=A|55=X|");
}

TEST_F(BuildTest, FieldsOfTheHeaderAreLeftOut) {
  const auto built = build(std::get<syntax::Send>(step("send Heartbeat { !SendingTime | !TestReqID "
                                                       "| !10 }")
                                                      .action)
                               .message,
                           environment(), {});
  ASSERT_TRUE(built.ok());
  EXPECT_EQ(built->left_out, (std::vector<int>{52, 112, 10}));
}

TEST_F(BuildTest, LeavesOutWhatIsEmpty) {
  names_.set("px", std::string(""));
  EXPECT_EQ(sent("NewOrderSingle { Symbol = M | Price ?= ${px} }"), "D: 55=M|");
  names_.set("px", std::string("10"));
  EXPECT_EQ(sent("NewOrderSingle { Symbol = M | Price ?= ${px} }"), "D: 55=M|44=10|");
}

TEST_F(BuildTest, DefaultsOfTheProfileFillWhatIsNotGiven) {
  BuildOptions options;
  options.defaults = {{"Account", "A1"},
                      {"TransactTime", "${now()}"},
                      {"Side", "Buy"},
                      {"9001", "x${1 + 1}-$${y}"}};
  EXPECT_EQ(sent("NewOrderSingle { Symbol = M | Side = Sell | !Account }", options),
            "D: 55=M|54=2|60=20261122-10:00:00.123|9001=x2-${y}|");
  options.defaults = {{"Account", "${nothing}"}};
  EXPECT_EQ(sent("NewOrderSingle { Symbol = M }", options),
            "${nothing} in the profile: no variable or message 'nothing'");
}

TEST_F(BuildTest, PastedMessagesGoAsTheyStand) {
  EXPECT_EQ(sent("35=D|11=${uid()}|55=MSFT|54=1|55=IBM|58=a=b|60=${now()}|"),
            "D: 11=ORDER1|55=MSFT|54=1|55=IBM|58=a=b|60=20261122-10:00:00.123|");
}

TEST_F(BuildTest, AnEngineSessionTakesItsTagsOutOfAPastedMessage) {
  const std::string pasted = "8=FIX.4.4|9=5|35=D|34=7|49=A|56=B|52=T|11=X|10=000|";
  BuildOptions engine;
  engine.drop_session_tags = true;
  EXPECT_EQ(sent(pasted, engine), "D: 11=X|");
  EXPECT_EQ(sent(pasted), "D: 8=FIX.4.4|9=5|34=7|49=A|56=B|52=T|11=X|10=000|");
  EXPECT_EQ(sent("NewOrderSingle { MsgSeqNum = 7 }", engine), "D: 34=7|");
}

TEST_F(BuildTest, TestsOfExpectationsAreRefused) {
  EXPECT_EQ(sent("NewOrderSingle { Price > 10 }"),
            "a.drill:2:25: error: a message to send takes values; '<' or '!=' is a test of "
            "what arrives\n"
            "2 |   send NewOrderSingle { Price > 10 }\n"
            "  |                         ^^^^^^^^^^");
}

class OldVersionTest : public DrillLab {
 protected:
  OldVersionTest() : DrillLab("FIX41") {}
};

TEST_F(OldVersionTest, TimesHaveNoMillisecondsBeforeFix42) {
  EXPECT_EQ(sent("NewOrderSingle { TransactTime = ${now()} }"), "D: 60=20261122-10:00:00|");
}

}  // namespace
}  // namespace fixdrill::eval
