// Scenarios drafted from conversations.
#include "unit/draft/drafts.h"

namespace fixdrill::draft {
namespace {

class DraftTest : public Drafts {};

TEST_F(DraftTest, IdsAndTimesAreExpressionsAndEchoesAreLeftOut) {
  ours("A", "98=0|108=30|");
  theirs("A", "98=0|108=30|");
  order("A-1");
  report("A-1", "150=0|39=0|151=100|14=0|6=0|");
  theirs("0", "");
  ours("F", "11=A-2|41=A-1|37=O-A-1|55=MSFT|54=1|60=20251124-16:00:00.000|");
  theirs("8", "37=O-A-1|11=A-2|41=A-1|17=E9|150=4|39=4|151=0|14=0|6=0|58=by user|");
  EXPECT_EQ(drafted(), R"(@id DRAFT-001
scenario "Limit buy MSFT: New, OrderCancelRequest, Canceled" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit
    Price = 10.25 | TransactTime = ${now()}
  }
  expect ExecutionReport as ack {
    OrderID = * | ClOrdID = ${nos.ClOrdID} | ExecType = New | OrdStatus = New | LeavesQty = 100
    CumQty = 0 | AvgPx = 0
  }
  send OrderCancelRequest as cancel {
    ClOrdID = ${uid()} | OrigClOrdID = ${nos.ClOrdID} | OrderID = ${ack.OrderID} | Symbol = MSFT
    Side = Buy | TransactTime = ${now()}
  }
  expect ExecutionReport {
    OrderID = ${ack.OrderID} | ClOrdID = ${cancel.ClOrdID} | OrigClOrdID = ${nos.ClOrdID}
    ExecType = Canceled | OrdStatus = Canceled | LeavesQty = 0 | CumQty = 0 | AvgPx = 0
    Text = "by user"
  }
}
)");
}

TEST_F(DraftTest, OneScenarioForEachKindOfFlow) {
  for (const char* id : {"A-1", "A-2", "A-3"}) {
    order(id);
    report(id, "150=0|39=0|151=100|");
  }
  order("A-4");
  report("A-4", "150=8|39=8|103=1|151=0|");
  const auto draft = made();
  ASSERT_TRUE(draft.ok());
  EXPECT_EQ(draft->scenarios, 2u);
  EXPECT_EQ(draft->flows, 4u);
  EXPECT_NE(draft->text.find("\n# 3 order flows went like this one\n@id DRAFT-001\n"),
            std::string::npos)
      << draft->text;
  EXPECT_NE(draft->text.find("OrdRejReason = UnknownSymbol"), std::string::npos) << draft->text;
}

TEST_F(DraftTest, OneOrderIsNotOfTheKindOfTwo) {
  order("A-1");
  report("A-1", "150=F|39=2|31=10.25|32=100|");
  report("A-1", "150=F|39=2|31=10.25|32=100|");
  order("A-2");
  report("A-2", "150=F|39=2|31=10.25|32=100|");  // told once: the same kind
  order("B-1");
  order("S-1", "55=MSFT|54=2|38=100|40=2|44=10.25|");
  theirs("8", "37=O-B|11=B-1|17=1|55=MSFT|54=1|150=F|39=2|31=10.25|32=100|60=20251124-16:00:00|");
  theirs("8", "37=O-S|11=S-1|17=2|55=MSFT|54=2|150=F|39=2|31=10.25|32=100|60=20251124-16:00:00|");
  EXPECT_EQ(scenarios(), 2u) << text();
  EXPECT_EQ(flows(), 3u);
}

TEST_F(DraftTest, OneOrderByAnyOfItsIds) {
  order("A-1");
  report("A-1", "150=0|39=0|151=100|");
  order("A-2", "55=IBM|54=2|38=5|40=1|");
  theirs("8", "37=O-A-2|11=A-2|17=E-A-2|55=IBM|54=2|150=8|39=8|151=0|60=20251124-16:00:00.000|");
  const std::string one = drafted({"O-A-2"});
  EXPECT_NE(one.find("Symbol = IBM"), std::string::npos) << one;
  EXPECT_EQ(one.find("Symbol = MSFT"), std::string::npos) << one;
}

TEST_F(DraftTest, AnIdThatIsNotThere) {
  order("A-1");
  EXPECT_EQ(drafted({"A-9"}), "no message of fake.log has the id A-9");
}

TEST_F(DraftTest, WhatBeganBeforeIsLeftOut) {
  report("A-0", "150=F|39=2|32=100|31=10|151=0|");
  EXPECT_EQ(
      drafted(),
      "nothing in fake.log can be drafted: 1 order flow was left out, because nothing was sent in "
      "it or it began before; --us COMPID says whose side is drafted");
}

TEST_F(DraftTest, OnlySessionTrafficIsNothingToDraftFrom) {
  ours("A", "98=0|108=30|");
  EXPECT_EQ(drafted(),
            "fake.log holds session messages only, 1 of them, so there is nothing to draft from");
}

TEST_F(DraftTest, WhatWasNotAnsweredIsExpectedToStaySo) {
  order("A-1");
  expect_line("  expect nothing for 500ms # no answer was recorded\n");
}

TEST_F(DraftTest, AMessageThatNoStepCanNameIsLeftOutAndCounted) {
  order("A-1");
  ours("", "11=A-2|");
  EXPECT_NE(text().find("# Left out too: 1 piece without a MsgType that a step could name.\n"),
            std::string::npos)
      << text();
}

TEST_F(DraftTest, NothingAtAll) {
  EXPECT_EQ(drafted(), "fake.log holds no FIX message, so there is nothing to draft from");
}

TEST_F(DraftTest, OrdersThatTradeWithEachOtherAreOneScenario) {
  order("B-1");
  report("B-1", "150=0|39=0|151=100|");
  order("S-1", "55=MSFT|54=2|38=100|40=2|44=10.25|");
  report("B-1", "150=F|39=2|31=10.25|32=100|151=0|");
  theirs("8", "37=O-S|11=S-1|17=E7|55=MSFT|54=2|150=F|39=2|31=10.25|32=100|151=0|");
  const auto draft = made();
  ASSERT_TRUE(draft.ok()) << draft.error().text;
  EXPECT_EQ(draft->scenarios, 1u);
}

TEST_F(DraftTest, GroupsKeepTheirEntries) {
  order("A-1", "453=2|448=FIRM|447=D|452=1|448=DESK|447=D|452=24|55=MSFT|54=1|38=100|40=1|");
  const std::string text = drafted();
  EXPECT_NE(text.find("NoPartyIDs [ { PartyID = FIRM | PartyIDSource = "), std::string::npos)
      << text;
}

}  // namespace
}  // namespace fixdrill::draft
