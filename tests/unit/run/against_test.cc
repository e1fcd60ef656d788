// Recorded conversations judged by scenarios: nothing is sent.
#include "support/fake_source.h"
#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

std::string from(const std::string& sender, const std::string& type, const std::string& body) {
  return fmt::format("8=FIX.4.4|9=1|35={}|49={}|56={}|34=0|52=20251124-16:00:00|{}10=0|", type,
                     sender, sender == "BRK1" ? "EXCH" : "BRK1", body);
}

constexpr const char* kLimitOrder = R"(
send NewOrderSingle as nos {
  ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.00
  TransactTime = ${now()}
}
expect ExecutionReport as ack within 2s { ClOrdID = ${nos.ClOrdID} | ExecType = New }
)";

class AgainstLog : public DrillRun {
 protected:
  void logon() {
    ours("A", "98=0|108=30|");
    theirs("A", "98=0|108=30|");
  }
  void order(const std::string& id, const std::string& price = "10") {
    ours("D", fmt::format("11={}|55=MSFT|54=1|38=100|40=2|44={}|60=20251124-16:00:00|", id, price));
  }
  void report(const std::string& id, const std::string& more = "150=0|39=0|151=100|") {
    theirs("8", fmt::format("37=O-{0}|11={0}|17=E1|{1}", id, more));
  }
  void ours(const std::string& type, const std::string& body) {
    source.out(from("BRK1", type, body));
  }
  void theirs(const std::string& type, const std::string& body) {
    source.in(from("EXCH", type, body));
  }

  std::string judged(const std::string& steps) {
    auto read = session::Playback::read(source, nullptr);
    EXPECT_TRUE(read.ok());
    playback_ = std::move(*read);
    playback = playback_.get();
    return says("session OE initiator\nscenario \"s\" {\n" + steps + "\n}\n");
  }

  test::FakeSource source;

 private:
  std::unique_ptr<session::Playback> playback_;
};

TEST_F(AgainstLog, WhatWasSentAndReceivedFits) {
  logon();
  order("A-17");
  report("A-17");
  EXPECT_EQ(judged(kLimitOrder), "PASS s");
  EXPECT_EQ(recorder.messages.size(), 2u);  // the Logons are no part of it
}

TEST_F(AgainstLog, AReportThatDiffersIsToldAsUsual) {
  logon();
  order("A-17");
  report("A-17", "150=8|39=8|151=0|");
  EXPECT_EQ(judged(kLimitOrder),
            "FAIL s: 8:70 expect: ExecutionReport on OE differs in 1 of 2 fields");
}

TEST_F(AgainstLog, AnOrderThatDiffersIsNotFound) {
  logon();
  order("A-17", "11");
  report("A-17");
  EXPECT_EQ(judged(kLimitOrder),
            "FAIL s: 4:1 send: the recording shows no NewOrderSingle sent on OE that fits; nearest "
            "is #3 of 2025-11-24T16:00:00.003Z: Price(44) is 11, not 10.00");
}

TEST_F(AgainstLog, WhatIsNotThereIsSaid) {
  logon();
  EXPECT_EQ(judged(kLimitOrder),
            "FAIL s: 4:1 send: the recording shows no NewOrderSingle sent on OE here");
}

TEST_F(AgainstLog, TheConversationBeginsWithTheFirstMessageThatFits) {
  logon();
  order("A-1", "9");
  report("A-1");
  theirs("B", "148=Halt|");
  order("A-17");
  report("A-17");
  EXPECT_EQ(judged(kLimitOrder), "PASS s");
}

TEST_F(AgainstLog, WhatCameUntilTheNextOrderIsTheScenarios) {
  logon();
  order("A-17");
  report("A-17");
  theirs("B", "148=Halt|");
  order("A-18", "9");
  EXPECT_EQ(judged(kLimitOrder),
            "FAIL s: 2:1 unconsumed: expected nothing more on OE, but News came");
}

TEST_F(AgainstLog, LimitsCountTheTimeOfTheRecording) {
  logon();
  order("A-17");
  report("A-17");
  source.messages.back().time.wall_ns += 3'000'000'000;
  EXPECT_EQ(judged(kLimitOrder), "FAIL s: 8:8 limit: no ExecutionReport ('ack') on OE within 2 s");
}

TEST_F(AgainstLog, AnIdIsKnownWhereverItWasNamed) {
  logon();
  order("A-17");
  report("A-17");
  EXPECT_EQ(judged("let id = uid()\n"
                   "send NewOrderSingle { ClOrdID = ${id} | Price = 10 }\n"
                   "expect ExecutionReport { ClOrdID = ${id} }\n"
                   "check id = \"A-17\""),
            "PASS s");
}

TEST_F(AgainstLog, SilenceEndsWithWhatWasSentNext) {
  logon();
  order("A-17");
  report("A-17");
  order("A-18");
  report("A-18");
  EXPECT_EQ(
      judged(std::string(kLimitOrder) + "expect nothing for 1s\n"
                                        "send NewOrderSingle as next { ClOrdID = ${uid()} }\n"
                                        "expect ExecutionReport { ClOrdID = "
                                        "${next.ClOrdID} }"),
      "PASS s; a.drill:9:1: of this silence of 1 s the recording shows 1.00 ms, then the next "
      "message was sent");
}

TEST_F(AgainstLog, ALogoutMustHaveBeenSent) {
  logon();
  order("A-17");
  report("A-17");
  EXPECT_EQ(judged(std::string(kLimitOrder) + "logout"),
            "FAIL s: 9:1 logout: the recording shows no Logout sent on OE here");
}

TEST_F(AgainstLog, LogonAndLogoutOfTheScenario) {
  ours("A", "98=0|108=30|9001=Y|");
  theirs("A", "98=0|108=30|");
  ours("5", "");
  theirs("5", "58=bye|");
  EXPECT_EQ(judged("logon { 9001 = Y } as la\ncheck la.HeartBtInt = 30\nlogout"), "PASS s");
}

TEST_F(AgainstLog, ALogonOfOtherFieldsIsNoneOfThese) {
  ours("A", "98=0|108=30|9001=N|");
  theirs("A", "98=0|108=30|");
  EXPECT_EQ(
      judged("logon { 9001 = Y } as la\ncheck la.HeartBtInt = 30"),
      "FAIL s: 3:1 logon: the recording shows no Logon sent on OE that fits; nearest is #1 of "
      "2025-11-24T16:00:00.001Z: tag 9001 is N, not Y");
}

TEST_F(AgainstLog, PeopleHaveDoneWhatTheyWereTold) {
  logon();
  order("A-17");
  report("A-17");
  EXPECT_EQ(judged("instruct \"Send a limit order\"\n" + std::string(kLimitOrder)), "PASS s");
}

TEST_F(AgainstLog, WhatPeopleSawNobodyKnows) {
  logon();
  EXPECT_EQ(judged("confirm \"Is it on the screen?\""),
            "UNRESOLVED s: 3:1 confirm: no answer to this 'confirm': there is nobody to ask; "
            "--answers FILE gives answers beforehand");
}

TEST_F(AgainstLog, NothingRecordedOfASession) {
  logon();
  source.sessions.front().alias = "XX";
  source.sessions.front().sender = "ELSE";
  EXPECT_EQ(judged(kLimitOrder), "ERROR s: 2:1 connect: nothing was recorded of session OE");
}

TEST(Playback, AnEmptySourceIsRefused) {
  test::FakeSource empty;
  const auto read = session::Playback::read(empty, nullptr);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().text, "fake.log holds no message, so there is nothing to judge");
}

}  // namespace
}  // namespace fixdrill::run
