// Flows that need each other, and what is said where that is not certain.
#include "unit/draft/drafts.h"

namespace fixdrill::draft {
namespace {

class TogetherTest : public Drafts {
 protected:
  void acknowledged(const std::string& id) {
    order(id);
    report(id, "150=0|39=0|151=100|14=0|");
  }
  void canceled(const std::string& id) { report(id, "150=4|39=4|151=0|14=0|"); }
  void mass_cancel(const std::string& told) {
    ours("q", "11=M-1|530=7|60=20251124-16:00:00.000|");
    theirs("r", fmt::format("37=NONE|11=M-1|530=7|531=7|{}", told));
  }
  void fill(const std::string& id, const std::string& side, const std::string& more = "") {
    theirs("8", fmt::format("37=O-{0}|11={0}|17=F-{0}|55=MSFT|54={1}|150=F|39=2|31=10.25|32=100|"
                            "151=0|{2}",
                            id, side, more));
  }
  void sale(const std::string& id) { order(id, "55=MSFT|54=2|38=100|40=2|44=10.25|"); }
};

TEST_F(TogetherTest, AMassCancelWithWhatItCanceled) {
  acknowledged("A-1");
  mass_cancel("533=1|");
  canceled("A-1");
  EXPECT_EQ(drafted(), R"(@id DRAFT-001
scenario "Limit buy MSFT: New, OrderMassCancelRequest, OrderMassCancelReport, Canceled" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit
    Price = 10.25 | TransactTime = ${now()}
  }
  expect ExecutionReport as ack {
    OrderID = * | ClOrdID = ${nos.ClOrdID} | ExecType = New | OrdStatus = New | LeavesQty = 100
    CumQty = 0
  }
  send OrderMassCancelRequest as msg {
    ClOrdID = ${uid()} | MassCancelRequestType = CancelAllOrders | TransactTime = ${now()}
  }
  expect OrderMassCancelReport {
    OrderID = NONE | ClOrdID = ${msg.ClOrdID} | MassCancelResponse = CancelAllOrders
  }
  expect ExecutionReport {
    OrderID = ${ack.OrderID} | ClOrdID = ${nos.ClOrdID} | ExecType = Canceled
    OrdStatus = Canceled | LeavesQty = 0 | CumQty = 0
  }
}
)");
}

TEST_F(TogetherTest, AMassCancelThatCountsOtherwiseIsTakenByTime) {
  acknowledged("A-1");
  mass_cancel("533=2|");
  canceled("A-1");
  expect_line("# taken to have canceled 1 order, by time; the report says 2");
}

TEST_F(TogetherTest, AMassCancelOfAnotherSymbolIsNotTheCause) {
  acknowledged("A-1");
  ours("q", "11=M-1|530=1|55=IBM|60=20251124-16:00:00.000|");
  canceled("A-1");
  EXPECT_EQ(scenarios(), 2u);
  expect_line("# nobody asked for this cancel: what made it is not in the recording");
}

TEST_F(TogetherTest, AMassCancelOfManyIsDraftedWithEach) {
  for (int i = 0; i < 11; ++i) acknowledged(fmt::format("A-{}", i));
  mass_cancel("533=11|");
  for (int i = 0; i < 11; ++i) canceled(fmt::format("A-{}", i));
  EXPECT_EQ(scenarios(), 2u);  // the orders, and the mass cancel alone
  expect_line("# 11 order flows went like this one");
  expect_line("# canceled 11 orders; each is drafted alone");
}

TEST_F(TogetherTest, WhatEndsByItselfNeedsNoCause) {
  order("A-1", "55=MSFT|54=1|38=100|40=2|44=10.25|59=3|");
  report("A-1", "150=0|39=0|151=100|59=3|");
  mass_cancel("533=0|");
  report("A-1", "150=4|39=4|151=0|59=3|");
  EXPECT_EQ(scenarios(), 2u);
  expect_none("# nobody");
}

TEST_F(TogetherTest, ATradeIsFoundByItsIdAmongThoseThatFit) {
  order("B-1");
  order("B-2");
  sale("S-1");
  fill("B-1", "1", "880=T-1|");
  fill("B-2", "1", "880=T-2|");
  fill("S-1", "2", "880=T-2|");
  EXPECT_EQ(scenarios(), 2u);
  expect_none("# taken");
  EXPECT_NE(drafted({"B-2"}).find("Side = Sell"), std::string::npos);
  EXPECT_EQ(drafted({"B-1"}).find("Side = Sell"), std::string::npos);
}

TEST_F(TogetherTest, ATradeThatSeveralFitSaysSo) {
  order("B-1");
  sale("S-1");
  sale("S-2");
  fill("B-1", "1");
  fill("S-1", "2");
  fill("S-2", "2");
  expect_line("# taken to be one trade with the first of 2 orders that fit");
}

TEST_F(TogetherTest, TheClockOfALogCounts) {
  order("B-1");
  fill("B-1", "1");
  after(std::chrono::seconds(10));
  sale("S-1");
  fill("S-1", "2");
  for (auto& message : source.messages) message.time.mono_ns = 0;  // as of a log
  EXPECT_EQ(flows(), 2u);
}

TEST_F(TogetherTest, AFillOfAnOrderThatRestedSaysThatItsCauseIsNotThere) {
  acknowledged("A-1");
  after(std::chrono::seconds(12));
  fill("A-1", "1");
  expect_line("# after 12s: who traded with it is not in the recording");
  expect_line("expect ExecutionReport within 30s {");
}

TEST_F(TogetherTest, ADropCopyIsHeardWithItsOrder) {
  order("A-1");
  source.sessions.push_back({"DC", "initiator", "FIX.4.4", "DROP", "EXCH", "", "wire"});
  const std::string told = "37=O-1|11=A-1|17=E-1|55=MSFT|54=1|150=0|39=0|";
  theirs("8", told);
  theirs("8", told + "797=Y|");
  source.messages.back().session_id = 2;
  EXPECT_EQ(drafted(), R"(@id DRAFT-001
scenario "Limit buy MSFT: New" {
  DC: sync # there before anything is sent
  OE: send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit
    Price = 10.25 | TransactTime = ${now()}
  }
  OE: expect ExecutionReport as ack {
    OrderID = * | ClOrdID = ${nos.ClOrdID} | ExecType = New | OrdStatus = New
  }
  DC: await ExecutionReport {
    OrderID = ${ack.OrderID} | ClOrdID = ${nos.ClOrdID} | ExecID = ${ack.ExecID}
    ExecType = New | OrdStatus = New | CopyMsgIndicator = Y
  }
  DC: ignore ExecutionReport # of other orders
}
)");
}

TEST_F(TogetherTest, BothEndsOfAConnectionAreOneScenario) {
  source.sessions.push_back({"EX", "acceptor", "FIX.4.4", "EXCH", "BRK1", "", "wire"});
  order("A-1");
  std::string bytes(source.messages.back().raw);
  source.in(bytes);
  source.messages.back().session_id = 2;
  EXPECT_EQ(drafted(), R"(@id DRAFT-001
scenario "Limit buy MSFT: NewOrderSingle" {
  OE: send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit
    Price = 10.25 | TransactTime = ${now()}
  }
  EX: expect NewOrderSingle {
    ClOrdID = ${nos.ClOrdID}
  }
}
)");
}

TEST_F(TogetherTest, ASessionThatKeepsAnOpenOrderIsFresh) {
  acknowledged("A-1");
  EXPECT_NE(text().find("\nsession OE initiator fresh   # FIX.4.4 BRK1 -> EXCH\n"),
            std::string::npos)
      << text();
  ours("F", "11=A-2|41=A-1|55=MSFT|54=1|60=20251124-16:00:00.000|");
  theirs("8", "37=O-A-1|11=A-2|41=A-1|17=E-9|55=MSFT|54=1|150=4|39=4|151=0|14=0|");
  EXPECT_NE(text().find("\nsession OE initiator   # FIX.4.4 BRK1 -> EXCH\n"), std::string::npos)
      << text();
}

}  // namespace
}  // namespace fixdrill::draft
