// One session against messages written by hand: what becomes of each.
#include <ctime>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/engine/peers.h"

namespace fixdrill::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class RulesTest : public testing::Test {
 protected:
  VirtualClock clock;
  Peer us{our_config(), clock};
};

TEST_F(RulesTest, AGapIsAskedForAndFilledInOrder) {
  us.logs_on();
  const std::string fourth = us.receives("35=8|34=4|37=4|");
  EXPECT_EQ(Peer::field(us.sent.at(0), 7), "2");
  EXPECT_EQ(Peer::field(us.sent.at(0), 16), "0");
  EXPECT_EQ(us.sent_types(), "2");
  EXPECT_THAT(us.took, IsEmpty());
  const std::string second = us.receives("35=8|34=2|43=Y|122=" + clock.text() + "|37=2|");
  const std::string fill = us.receives("35=4|34=3|43=Y|123=Y|36=4|");
  EXPECT_THAT(us.took, ElementsAre(second, fill, fourth));
  EXPECT_EQ(us.session->next_target(), 5);
}

TEST_F(RulesTest, ALogonWithTooHighANumberLogsOnAndAsksForTheGap) {
  us.session->connected();
  us.session->logon();
  us.sent.clear();
  const std::string logon = us.receives("35=A|34=3|98=0|108=30|");
  EXPECT_EQ(us.story, "on ");
  EXPECT_EQ(Peer::field(us.sent.at(0), 7), "1");
  const std::string fill = us.receives("35=4|34=1|43=Y|123=Y|36=3|");
  const std::string next = us.receives("35=8|34=4|37=4|");
  EXPECT_THAT(us.took, ElementsAre(logon, fill, next));
  EXPECT_THAT(us.refusals, IsEmpty());
  EXPECT_EQ(us.sent_types(), "2");
}

TEST_F(RulesTest, TooLowANumberLogsOut) {
  us.logs_on();
  const std::string low = us.receives("35=8|34=1|37=1|");
  EXPECT_EQ(Peer::field(us.sent.at(0), 58), "MsgSeqNum too low, expecting 2 but received 1");
  EXPECT_EQ(us.sent_types(), "5");
  EXPECT_THAT(us.refusals, ElementsAre(Pair(low, "MsgSeqNum too low, expecting 2 but received 1")));
  EXPECT_EQ(us.story, "on out drop(MsgSeqNum too low, expecting 2 but received 1) ");
}

TEST_F(RulesTest, ACopyOfAKnownMessageIsDiscarded) {
  us.logs_on();
  us.receives("35=8|34=2|37=2|");
  const std::string copy = us.receives("35=8|34=2|43=Y|122=" + clock.text() + "|37=2|");
  EXPECT_THAT(us.copies, ElementsAre(copy));
  EXPECT_THAT(us.refusals, IsEmpty());
  EXPECT_EQ(us.took.size(), 1U);
}

TEST_F(RulesTest, ACopyWithoutOrigSendingTimeIsRejected) {
  us.logs_on();
  us.receives("35=8|34=2|37=2|");
  const std::string copy = us.receives("35=8|34=2|43=Y|37=2|");
  EXPECT_EQ(Peer::field(us.sent.at(0), 371), "122");
  EXPECT_EQ(Peer::field(us.sent.at(0), 373), "1");
  EXPECT_THAT(us.refusals, ElementsAre(Pair(copy, HasSubstr("Required tag missing"))));
  EXPECT_THAT(us.copies, IsEmpty());
}

TEST_F(RulesTest, AStaleSendingTimeIsRejectedAndReachesTheListener) {
  us.logs_on();
  const std::string stale = us.receives("35=8|34=2|37=2|", clock.text(-121));
  EXPECT_EQ(us.sent_types(), "35");
  EXPECT_THAT(us.refusals, ElementsAre(Pair(stale, HasSubstr("SendingTime accuracy problem"))));
  EXPECT_THAT(us.took, IsEmpty());
  EXPECT_EQ(us.story, "on ") << "the connection stays until the Logout is answered";
}

TEST_F(RulesTest, AnUncheckedSendingTimeMayBeAnything) {
  Config config = our_config();
  config.check_latency = false;
  Peer lenient(std::move(config), clock);
  lenient.logs_on();
  lenient.receives("35=8|34=2|37=2|", "19991231-00:00:00");
  EXPECT_EQ(lenient.took.size(), 1U);
}

TEST_F(RulesTest, ANumberBeyond32BitsNeverReachesTheEngine) {
  us.logs_on();
  const std::string big = us.receives("35=8|34=4294967298|37=2|");
  EXPECT_THAT(us.refusals,
              ElementsAre(Pair(big,
                               "MsgSeqNum(34) 4294967298 is beyond 2147483647, the largest "
                               "number the engine can count")));
  us.receives("35=2|34=2|7=1|16=99999999999999999999|");
  us.receives("35=4|34=2|36=2147483648|");
  EXPECT_EQ(us.refusals.size(), 3U);
  EXPECT_EQ(us.session->next_target(), 2);
  EXPECT_THAT(us.sent, IsEmpty());
  EXPECT_FALSE(us.session->set_next_target(kMaxSeqNum + 1));
  EXPECT_TRUE(us.session->set_next_target(kMaxSeqNum));
}

TEST_F(RulesTest, AnAcceptorDropsAConnectionThatStartsWithoutALogon) {
  Config config = our_config();
  config.initiator = false;
  Peer acceptor(std::move(config), clock);
  acceptor.session->connected();
  const std::string order = acceptor.receives("35=D|34=1|11=A1|");
  EXPECT_THAT(acceptor.refusals, ElementsAre(Pair(order, "Logon state is not valid for message")));
  EXPECT_EQ(acceptor.story, "drop(Logon state is not valid for message) ");
  EXPECT_THAT(acceptor.sent, IsEmpty());
  acceptor.receives("35=A|34=1|98=0|108=30|");
  EXPECT_EQ(acceptor.refusals.back().second, "the session is disconnected");
}

TEST_F(RulesTest, ARejectedLogonOfTheWrongCompanyIsRefused) {
  Config config = our_config();
  config.initiator = false;
  config.target_comp_id = "OTHERS";
  Peer acceptor(std::move(config), clock);
  acceptor.session->connected();
  acceptor.receives("35=A|34=1|98=0|108=30|");
  EXPECT_THAT(acceptor.refusals, ElementsAre(Pair(testing::_, HasSubstr("CompID problem"))));
  EXPECT_THAT(acceptor.story, HasSubstr("drop("));
}

TEST_F(RulesTest, MessagesWaitingForAGapAreRefusedWhenTheSessionEnds) {
  us.logs_on();
  const std::string third = us.receives("35=8|34=3|37=3|");
  us.session->closed();
  EXPECT_THAT(us.refusals,
              ElementsAre(Pair(third, "the connection was closed while a gap was open")));
}

TEST_F(RulesTest, MessagesSkippedByASequenceResetAreRefused) {
  us.logs_on();
  const std::string third = us.receives("35=8|34=3|37=3|");
  us.receives("35=4|34=2|36=9|");
  EXPECT_THAT(us.refusals, ElementsAre(Pair(third, "skipped by a SequenceReset(4)")));
  EXPECT_EQ(us.session->next_target(), 9);
}

TEST_F(RulesTest, OnlySoManyMessagesWaitForAGap) {
  Config config = our_config();
  config.max_held = 2;
  Peer small(std::move(config), clock);
  small.logs_on();
  for (const char* text : {"35=8|34=3|", "35=8|34=4|", "35=8|34=5|"}) small.receives(text);
  EXPECT_EQ(small.waiting.size(), 2U);
  ASSERT_EQ(small.refusals.size(), 1U);
  EXPECT_EQ(small.refusals[0].second, "more than 2 messages wait for a gap");
}

TEST_F(RulesTest, OnlySoManyBytesWaitForAGap) {
  Config config = our_config();
  config.max_held_bytes = 1000;
  Peer small(std::move(config), clock);
  small.logs_on();
  const std::string text = "|58=" + std::string(1000, 'x') + "|";
  for (const char* start : {"35=8|34=3", "35=8|34=4", "35=4|34=5|123=Y|36=9", "35=0|34=6"})
    small.receives(start + text);
  EXPECT_EQ(small.waiting.size(), 1U);
  ASSERT_EQ(small.refusals.size(), 3U);
  for (const auto& [bytes, reason] : small.refusals)
    EXPECT_EQ(reason, "more than 1000 bytes wait for a gap");
  small.receives("35=4|34=2|123=Y|36=3|");
  small.receives("35=8|34=5|37=1|");
  EXPECT_EQ(small.waiting.size(), 2U) << "there is room again";
}

TEST_F(RulesTest, AForeignHeaderFieldBeforeSendingTimeDoesNotHideIt) {
  us.logs_on();
  const std::string bytes =
      seal("FIX.4.4", pipe_to_soh("35=8|9000=x|49=THEM|56=US|34=2|52=" + clock.text() + "|37=1|"));
  us.session->received(bytes);
  EXPECT_THAT(us.took, ElementsAre(soh_to_pipe(bytes)));
}

// Whatever is in a field, the message ends in exactly one place and nothing escapes.
TEST_F(RulesTest, EveryMessageIsAcceptedRefusedDiscardedOrHeld) {
  for (const std::string text :
       {"35=8|34=2|37=2|", "35=2|34=2|7=1|16=0|", "35=4|34=2|123=Y|36=5|", "35=0|34=2|112=x|",
        "35=5|34=2|58=bye|", "35=A|34=2|98=0|108=30|141=Y|", "35=3|34=2|45=1|"}) {
    const std::string content =
        pipe_to_soh(text + "43=Y|49=THEM|56=US|52=" + clock.text() + "|122=" + clock.text() + "|");
    for (std::size_t at = 0; at < content.size(); ++at) {
      for (const char byte : {'\x01', '=', '9', '\xff'}) {
        Peer peer(our_config(), clock);
        peer.logs_on();
        std::string spoilt = content;
        spoilt[at] = byte;
        peer.session->received(seal("FIX.4.4", spoilt));
        const std::size_t fates =
            peer.took.size() + peer.refusals.size() + peer.copies.size() + peer.waiting.size();
        ASSERT_EQ(fates, 1U) << printable(spoilt);
      }
    }
  }
}

TEST_F(RulesTest, AFailingStoreEndsTheSessionNotTheProgram) {
  us.logs_on();
  us.store.broken = true;
  us.receives("35=1|34=2|112=x|");
  EXPECT_EQ(us.story, "on out drop(IO Error: the store could not be written) ");
}

TEST_F(RulesTest, WholeMessagesAreValidatedWhenADictionaryIsGiven) {
  const std::string path = testing::TempDir() + "fixdrill_rules_test.xml";
  std::ofstream(path) << R"(<fix major="4" minor="4"><header>
    <field name="BeginString" required="Y"/><field name="BodyLength" required="Y"/>
    <field name="MsgType" required="Y"/><field name="SenderCompID" required="Y"/>
    <field name="TargetCompID" required="Y"/><field name="MsgSeqNum" required="Y"/>
    <field name="SendingTime" required="Y"/></header>
    <trailer><field name="CheckSum" required="Y"/></trailer>
    <messages><message name="Logon" msgtype="A" msgcat="admin">
      <field name="EncryptMethod" required="Y"/><field name="HeartBtInt" required="Y"/></message>
    <message name="Reject" msgtype="3" msgcat="admin"><field name="Text" required="N"/></message>
    <message name="News" msgtype="B" msgcat="app"><field name="Text" required="Y"/></message>
    </messages><components/><fields>
    <field number="8" name="BeginString" type="STRING"/><field number="9" name="BodyLength" type="INT"/>
    <field number="10" name="CheckSum" type="STRING"/><field number="34" name="MsgSeqNum" type="INT"/>
    <field number="35" name="MsgType" type="STRING"/><field number="49" name="SenderCompID" type="STRING"/>
    <field number="52" name="SendingTime" type="UTCTIMESTAMP"/><field number="56" name="TargetCompID" type="STRING"/>
    <field number="58" name="Text" type="STRING"/><field number="98" name="EncryptMethod" type="INT"/>
    <field number="108" name="HeartBtInt" type="INT"/></fields></fix>)";
  Config config = our_config();
  config.validation = std::make_unique<Validation>();
  config.validation->dictionary = path;
  Peer strict(std::move(config), clock);
  ASSERT_NE(strict.session, nullptr);
  strict.logs_on();
  strict.receives("35=B|34=2|58=hello|");
  EXPECT_EQ(strict.took.size(), 1U);
  const std::string empty = strict.receives("35=B|34=3|");
  EXPECT_THAT(strict.refusals, ElementsAre(Pair(empty, HasSubstr("Required tag missing:58"))));
  EXPECT_EQ(strict.sent_types(), "3");
}

}  // namespace
}  // namespace fixdrill::engine
