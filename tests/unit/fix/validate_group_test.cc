#include "unit/fix/validating.h"

namespace fixdrill::fix {
namespace {

constexpr std::string_view kGroupVersions[] = {"FIX42", "FIX44", "FIXT11+FIX50SP2"};

TEST(ValidateGroups, Case14iCountOfAGroup) {
  for (const std::string_view version : kGroupVersions) {
    SCOPED_TRACE(version);
    const auto sessions = [version](std::string_view group) {
      return found_in(version, order(group));
    };
    EXPECT_EQ(sessions("386=2|336=1|336=2|"), "");
    EXPECT_EQ(sessions("386=02|336=1|336=2|"), "");
    EXPECT_EQ(sessions("386=0|"), "");
    EXPECT_EQ(
        sessions("386=3|336=1|336=2|"),
        "16 386 Incorrect NumInGroup count for repeating group: NoTradingSessions(386)=3, but "
        "2 entries follow\n");
    EXPECT_EQ(
        sessions("386=2|336=1|"),
        "16 386 Incorrect NumInGroup count for repeating group: NoTradingSessions(386)=2, but "
        "1 entry follows\n");
    EXPECT_EQ(
        sessions("386=1|336=1|336=2|58=x|"),
        "16 386 Incorrect NumInGroup count for repeating group: NoTradingSessions(386)=1, but "
        "2 entries follow\n");
    EXPECT_EQ(
        sessions("386=0|336=1|"),
        "16 386 Incorrect NumInGroup count for repeating group: NoTradingSessions(386)=0, but "
        "1 entry follows\n");
    EXPECT_EQ(
        sessions("386=1|58=x|"),
        "16 386 Incorrect NumInGroup count for repeating group: NoTradingSessions(386)=1, but "
        "0 entries follow\n");
    EXPECT_EQ(sessions("386=x|336=1|"),
              "6 386 Incorrect data format for value: NoTradingSessions(386)=x\n");
    EXPECT_EQ(sessions("386=|336=1|"),
              "4 386 Tag specified without a value: NoTradingSessions(386)\n");
    EXPECT_EQ(sessions("386=1|336=1|386=1|336=1|"),
              "13 386 Tag appears more than once: NoTradingSessions(386)\n");
  }
}

TEST(ValidateGroups, CountsNestedGroups) {
  EXPECT_EQ(parties("453=2|448=A|447=D|452=1|802=2|523=x|803=1|523=y|803=2|448=B|58=x|"), "");
  EXPECT_EQ(parties("453=2|448=A|447=D|452=1|802=3|523=x|523=y|448=B|58=x|"),
            "16 802 Incorrect NumInGroup count for repeating group: NoPartySubIDs(802)=3, but 2 "
            "entries follow\n");
}

TEST(ValidateGroups, FindingsOfAGroupComeInTheOrderOfItsFields) {
  EXPECT_EQ(parties("453=3|448=|447=DD|448=B|58=|"),
            "16 453 Incorrect NumInGroup count for repeating group: NoPartyIDs(453)=3, but 2 "
            "entries follow\n"
            "4 448 Tag specified without a value: PartyID(448)\n"
            "6 447 Incorrect data format for value: PartyIDSource(447)=DD\n"
            "4 58 Tag specified without a value: Text(58)\n");
}

TEST(ValidateGroups, Case14jOrderInAGroup) {
  const std::string begins =
      "15 447 Repeating group fields out of order: PartyIDSource(447) begins an entry, not "
      "PartyID(448)\n";
  EXPECT_EQ(parties("453=2|448=A|447=D|452=1|448=B|447=D|452=1|"), "");
  EXPECT_EQ(parties("453=1|447=D|448=A|452=1|"), begins);
  EXPECT_EQ(parties("453=2|447=D|448=A|452=1|448=B|447=D|452=1|"), begins);
  EXPECT_EQ(parties("453=2|448=A|447=D|452=1|447=D|448=B|452=1|"), begins);
  EXPECT_EQ(parties("453=2|447=D|448=A|452=1|447=D|448=B|452=1|"), begins);
  EXPECT_EQ(parties("453=2|447=D|448=A|447=D|448=B|"), begins);
  EXPECT_EQ(parties("453=2|448=A|447=D|452=1|447=D|452=1|"), begins);
  EXPECT_EQ(parties("453=1|447=D|452=1|"), begins);
  EXPECT_EQ(parties("453=2|448=A|452=1|447=D|448=B|447=D|452=1|"),
            "15 447 Repeating group fields out of order: PartyIDSource(447)\n");
  EXPECT_EQ(parties("453=1|448=A|802=1|523=x|803=1|447=D|452=1|"),
            "15 447 Repeating group fields out of order: PartyIDSource(447)\n");
}

TEST(ValidateGroups, TagsRepeatedInAnEntry) {
  EXPECT_EQ(parties("453=2|448=A|447=D|447=D|452=1|448=B|447=D|452=1|"),
            "13 447 Tag appears more than once: PartyIDSource(447)\n");
  EXPECT_EQ(parties("453=1|448=A|447=D|452=1|447=D|"),
            "13 447 Tag appears more than once: PartyIDSource(447)\n");
}

TEST(ValidateGroups, AForeignFieldDoesNotEndAGroup) {
  EXPECT_EQ(parties("453=2|448=A|9001=x|447=D|448=B|9001=y|447=D|"), "");
  EXPECT_EQ(parties("453=2|448=A|999=x|447=D|448=B|"), "0 999 Invalid tag number: 999\n");
  EXPECT_EQ(parties("453=2|448=A|0=x|447=D|448=B|"), "0 0 Invalid tag number: 0=x\n");
  EXPECT_EQ(parties("453=2|448=A|7=1|447=D|448=B|"),
            "2 7 Tag not defined for this message type: BeginSeqNo(7) among NoPartyIDs(453)\n");
  EXPECT_EQ(parties("453=2|448=A|58=x|447=D|448=B|"),
            "15 58 Repeating group fields out of order: Text(58) among NoPartyIDs(453)\n");
  EXPECT_EQ(parties("453=2|448=A|43=N|447=D|448=B|"),
            "14 43 Tag specified out of required order: PossDupFlag(43) among NoPartyIDs(453)\n");
  EXPECT_EQ(parties("453=2|448=A|40=1|447=D|448=B|"),
            "13 40 Tag appears more than once: OrdType(40) among NoPartyIDs(453)\n");
  EXPECT_EQ(parties("453=2|448=A|10=000|447=D|448=B|"),
            "14 10 Tag specified out of required order: CheckSum(10)\n");
}

TEST(ValidateGroups, EntriesWithoutTheirCountAreOneFault) {
  EXPECT_EQ(parties("448=A|447=D|452=1|448=B|447=D|452=1|58=x|"),
            "2 448 Tag not defined for this message type: PartyID(448) outside its group "
            "NoPartyIDs(453)\n");
  EXPECT_EQ(parties("452=1|58=x|"),
            "2 452 Tag not defined for this message type: PartyRole(452) outside its group "
            "NoPartyIDs(453)\n");
  EXPECT_EQ(parties("523=x|803=1|"),
            "2 523 Tag not defined for this message type: PartySubID(523) outside its group "
            "NoPartySubIDs(802)\n");
}

TEST(ValidateGroups, HopsAreAGroupOfTheHeader) {
  const std::string hops = "35=0|34=2|49=BRK|52=20261122-06:00:00|56=EXCH|627=";
  EXPECT_EQ(found_in("FIX44", hops + "1|628=A|629=20261122-06:00:00|112=x|"), "");
  EXPECT_EQ(found_in("FIX44", hops + "2|628=A|112=x|"),
            "16 627 Incorrect NumInGroup count for repeating group: NoHops(627)=2, but 1 entry "
            "follows\n");
}

TEST(ValidateGroups, AFieldOfAGroupAndOfTheBodyStandsWhereItFits) {
  const auto dictionary = *Dictionary::parse(
      "T.xml",
      "<fix major='4' minor='4'><header><field name='MsgType' required='Y'/></header><trailer/>"
      "<messages><message name='Test' msgtype='T' msgcat='app'>"
      "<group name='NoSides'><field name='Side' required='Y'/><field name='Text'/>"
      "<field name='Price'/></group>"
      "<field name='Side' required='N'/><field name='Text' required='Y'/></message></messages>"
      "<fields><field number='35' name='MsgType' type='STRING'/>"
      "<field number='54' name='Side' type='CHAR'/><field number='58' name='Text' type='STRING'/>"
      "<field number='44' name='Price' type='PRICE'/>"
      "<field number='552' name='NoSides' type='NUMINGROUP'/></fields></fix>");
  const auto found = [&dictionary](std::string_view piped) {
    return told(validate(Message(pipe_to_soh(piped)), *dictionary));
  };
  EXPECT_EQ(found("35=T|552=1|54=1|58=in|58=out|"), "");
  EXPECT_EQ(found("35=T|552=1|54=1|44=1|58=out|"), "");
  EXPECT_EQ(found("35=T|552=1|54=1|58=in|54=2|58=out|"), "");
  EXPECT_EQ(found("35=T|552=0|54=1|58=out|"), "");
  EXPECT_EQ(found("35=T|552=0|58=out|54=1|"), "");
  EXPECT_EQ(found("35=T|552=1|54=1|58=in|58=out|58=more|"),
            "13 58 Tag appears more than once: Text(58)\n");
}

}  // namespace
}  // namespace fixdrill::fix
