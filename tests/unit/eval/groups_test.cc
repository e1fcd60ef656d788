// Repeating groups: in any order, among others, each; loops of members; paths into entries.
#include "pattern_lab.h"

namespace fixdrill::eval {
namespace {

class GroupsTest : public PatternLab {
 protected:
  static constexpr const char* kParties =
      "35=8|37=O1|453=3|448=FIRM|447=D|452=1|448=TRADER|447=D|452=12|448=DESK|447=D|452=24|58=x|";

  bool fits(const std::string& group, const std::string& received = kParties) {
    return match("ExecutionReport { NoPartyIDs " + group + " }", received).matches;
  }
  std::string rows(const std::string& group, const std::string& received = kParties) {
    return table("ExecutionReport { NoPartyIDs " + group + " }", received);
  }
};

TEST_F(GroupsTest, UnorderedTakesTheEntriesInAnyOrder) {
  EXPECT_TRUE(fits("unordered [ {448 = DESK} {448 = FIRM | 452 = 1} {448 = TRADER} ]"));
  EXPECT_FALSE(fits("unordered [ {448 = DESK} {448 = FIRM} ]"));
  EXPECT_FALSE(fits("unordered [ {448 = DESK} {448 = FIRM} {448 = FIRM} ]"));
  EXPECT_TRUE(fits("unordered [ ]", "35=8|37=O1|"));
  EXPECT_FALSE(fits("unordered [ ]"));
}

TEST_F(GroupsTest, AssignmentIsAMaximumMatching) {
  // The first member fits all, the second two, the third only the first entry.
  EXPECT_TRUE(fits("unordered [ {447 = D} {452 in (1, 12)} {448 = FIRM} ]"));
  EXPECT_TRUE(fits("contains [ {447 = D} {448 = FIRM} ]"));
  EXPECT_FALSE(fits("unordered [ {447 = D} {448 = FIRM} {452 = 1} ]"));
}

TEST_F(GroupsTest, AFailureNamesMembersWithoutEntryAndEntriesThatNobodyWants) {
  EXPECT_EQ(rows("unordered [ {448 = TRADER | 452 = 12} {448 = FIRM | 452 = 2} {448 = DESK} ]"),
            "  NoPartyIDs(453): 3 entries, any order / 3 entries\n"
            "  NoPartyIDs(453)[2].PartyID(448): TRADER / TRADER\n"
            "  NoPartyIDs(453)[2].PartyRole(452): 12 ExecutingTrader / 12 ExecutingTrader\n"
            "! NoPartyIDs(453) member 2: PartyID(448)=FIRM PartyRole(452)=2 / no entry fits; "
            "nearest: NoPartyIDs(453)[1]\n"
            "! NoPartyIDs(453)[1].PartyRole(452): 2 BrokerOfCredit / 1 ExecutingFirm\n"
            "  NoPartyIDs(453)[3].PartyID(448): DESK / DESK\n"
            "! NoPartyIDs(453)[1]: no member / PartyID(448)=FIRM PartyIDSource(447)=D "
            "PartyRole(452)=1\n");
  EXPECT_EQ(rows("unordered [ {448 = DESK} {448 = FIRM} ]"),
            "! NoPartyIDs(453): 2 entries, any order / 3 entries\n"
            "  NoPartyIDs(453)[3].PartyID(448): DESK / DESK\n"
            "  NoPartyIDs(453)[1].PartyID(448): FIRM / FIRM\n"
            "! NoPartyIDs(453)[2]: no member / PartyID(448)=TRADER PartyIDSource(447)=D "
            "PartyRole(452)=12\n");
  EXPECT_EQ(rows("unordered [ {448 = DESK} ]", "35=8|37=O1|"),
            "! NoPartyIDs(453): 1 entry, any order / (absent)\n"
            "! NoPartyIDs(453) member 1: PartyID(448)=DESK / no entry left\n");
}

TEST_F(GroupsTest, ContainsLeavesOtherEntriesAlone) {
  EXPECT_TRUE(fits("contains [ {448 = TRADER | 452 = 12} ]"));
  EXPECT_TRUE(fits("contains [ {448 = DESK} {448 = FIRM} ]"));
  EXPECT_FALSE(fits("contains [ {448 = DESK} {448 = DESK} ]"));
  EXPECT_FALSE(fits("contains [ {448 = DESK} ]", "35=8|37=O1|"));
  EXPECT_EQ(rows("contains [ {448 = DESK | 452 = 1} ]"),
            "  NoPartyIDs(453): 1 among its entries / 3 entries\n"
            "! NoPartyIDs(453) member 1: PartyID(448)=DESK PartyRole(452)=1 / no entry fits; "
            "nearest: NoPartyIDs(453)[1]\n"
            "! NoPartyIDs(453)[1].PartyID(448): DESK / FIRM\n");
}

TEST_F(GroupsTest, EachHoldsForEveryEntryOfWhichThereIsOne) {
  EXPECT_TRUE(fits("each { 447 = D | 448 = * }"));
  EXPECT_EQ(rows("each { 452 != 24 }"),
            "  NoPartyIDs(453): every entry fits / 3 entries\n"
            "  NoPartyIDs(453)[1].PartyRole(452): != 24 CustomerAccount / 1 ExecutingFirm\n"
            "  NoPartyIDs(453)[2].PartyRole(452): != 24 CustomerAccount / 12 ExecutingTrader\n"
            "! NoPartyIDs(453)[3].PartyRole(452): != 24 CustomerAccount / 24 CustomerAccount\n");
  EXPECT_EQ(rows("each { 447 = D }", "35=8|37=O1|"),
            "! NoPartyIDs(453): every entry fits / (absent)\n");
  EXPECT_FALSE(fits("each { 447 = D }", "35=8|37=O1|453=0|"));
}

TEST_F(GroupsTest, ACountThatLiesIsNoFit) {
  const char* lies = "35=8|37=O1|453=2|448=FIRM|447=D|452=1|58=x|";
  EXPECT_FALSE(fits("contains [ {448 = FIRM} ]", lies));
  EXPECT_FALSE(fits("each { 447 = D }", lies));
  EXPECT_EQ(rows("unordered [ {448 = FIRM} ]", lies),
            "! NoPartyIDs(453): 1 entry, any order / 1 entry, but it says 2\n"
            "  NoPartyIDs(453)[1].PartyID(448): FIRM / FIRM\n");
}

TEST_F(GroupsTest, InnerGroupsAndCapturesInMembers) {
  const char* nested =
      "35=8|37=O1|453=2|448=A|447=D|452=1|448=B|447=D|452=12|802=2|523=X|803=1|523=Y|803=2|";
  const std::string inner =
      "unordered [ { 448 = B | NoPartySubIDs unordered [ {523 = Y | 803 -> type} {523 = X} ] } "
      "{ 448 = A | 452 -> role } ]";
  EXPECT_TRUE(fits(inner, nested));
  const Match m = match("ExecutionReport { NoPartyIDs " + inner + " }", nested);
  ASSERT_EQ(m.captures.size(), 2u);
  EXPECT_EQ(m.captures[0], std::make_pair(std::string("type"), std::string("2")));
  EXPECT_EQ(m.captures[1], std::make_pair(std::string("role"), std::string("1")));
  EXPECT_EQ(rows("contains [ { 448 = B | NoPartySubIDs [ {523 = X} {523 = Z} ] } ]", nested),
            "  NoPartyIDs(453): 1 among its entries / 2 entries\n"
            "! NoPartyIDs(453) member 1: PartyID(448)=B NoPartySubIDs(802) [2 entries] "
            "NoPartySubIDs(802)[1].PartySubID(523)=X NoPartySubIDs(802)[2].PartySubID(523)=Z / no "
            "entry fits; nearest: NoPartyIDs(453)[2]\n"
            "! NoPartyIDs(453)[2].NoPartySubIDs(802)[2].PartySubID(523): Z / Y\n");
}

TEST_F(GroupsTest, LoopsMakeMembers) {
  names_.set("last", std::string("DESK"));
  EXPECT_TRUE(fits("[ for each p in (FIRM, TRADER, ${last}) { PartyID = ${p} | 447 = D } ]"));
  EXPECT_TRUE(fits("unordered [ { 448 = DESK } for each p in (TRADER, FIRM) { 448 = ${p} } ]"));
  EXPECT_FALSE(fits("contains [ for each p in (TRADER, OTHER) { 448 = ${p} } ]"));
  EXPECT_EQ(sent("8 { NoPartyIDs [ for each p in (A, ${last}) { 448 = ${p} | 452 = 1 } {448 = Z} ] "
                 "}"),
            "8: 453=3|448=A|452=1|448=DESK|452=1|448=Z|");
}

TEST_F(GroupsTest, PathsByNumberAndByMember) {
  named("m", kParties);
  EXPECT_EQ(eval("m.NoPartyIDs[2].PartyID"), "TRADER");
  EXPECT_EQ(eval("m.NoPartyIDs[PartyRole = ExecutingTrader].PartyID"), "TRADER");
  EXPECT_EQ(error_of("m.NoPartyIDs[4].PartyID"), "'m' has no NoPartyIDs(453)[4].PartyID(448)");
  EXPECT_EQ(error_of("m.NoPartyIDs[PartyRole = ExecutingTradr].PartyID"),
            "PartyRole(452) has no value 'ExecutingTradr' in FIX 4.4; did you mean "
            "ExecutingTrader (12)?");
  EXPECT_EQ(error_of("m.NoPartyIDs[PartyRol = 1].PartyID"),
            "no field 'PartyRol' in FIX 4.4; did you mean PartyRole?");
  EXPECT_EQ(table("8 { NoPartyIDs[4].PartyID = X | !NoPartyIDs[1].PartyRole | "
                  "!NoPartyIDs[4].PartyRole | !NoPartyIDs[1].NoPartySubIDs | "
                  "NoPartyIDs[PartyRole = 1].PartyID = FIRM }",
                  kParties),
            "! NoPartyIDs(453)[4].PartyID(448): X / (no such entry)\n"
            "! NoPartyIDs(453)[1].PartyRole(452): absent / 1 ExecutingFirm\n"
            "! NoPartyIDs(453)[4].PartyRole(452): absent / (no such entry)\n"
            "  NoPartyIDs(453)[1].NoPartySubIDs(802): absent / (absent)\n"
            "  NoPartyIDs(453)[PartyRole=1].PartyID(448): FIRM / FIRM\n");
}

TEST_F(GroupsTest, PathsIntoCopiedGroupsOfASend) {
  named("m", kParties);
  EXPECT_EQ(sent("8 like m { NoPartyIDs[2].PartyID = NEW | !NoPartyIDs[PartyRole = 1].447 }"),
            "8: 37=O1|453=3|448=FIRM|452=1|448=NEW|447=D|452=12|448=DESK|447=D|452=24|58=x|");
  EXPECT_EQ(sent("8 like m { !NoPartyIDs }"), "8: 37=O1|58=x|");
  EXPECT_EQ(sentence(sent("8 like m { NoPartyIDs[4].PartyID = NEW }")),
            "the message has no NoPartyIDs(453)[4] yet; write the group as Name [ { … } ]");
}

TEST_F(GroupsTest, DescribeSaysThemInOneLine) {
  EXPECT_EQ(pattern("8 { 453 unordered [ {448 = A} {448 = B | !452} ] | 454 each { 455 = * } }")
                .describe(),
            "NoPartyIDs(453) unordered [{PartyID(448)=A} {PartyID(448)=B !PartyRole(452)}] "
            "NoSecurityAltID(454) each {SecurityAltID(455)=*}");
}

TEST_F(GroupsTest, ASendGivesItsMembersInOrder) {
  EXPECT_EQ(sentence(sent("8 { NoPartyIDs unordered [ {448 = A} ] }")),
            "a message to send takes values; 'unordered' is a test of what arrives");
}

}  // namespace
}  // namespace fixdrill::eval
