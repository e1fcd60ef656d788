#include "flow/orders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/flow/order_talk.h"

namespace fixdrill::flow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const char* const kNew = "35=D|34=2|11=X|55=A|54=1|38=100|40=2|44=10|";
const char* const kAck = "35=8|34=2|11=X|37=1|17=e1|150=0|39=0|55=A|54=1|38=100|14=0|151=100|6=0|";
const char* const kFill =
    "35=8|34=3|11=X|37=1|17=e2|150=F|39=2|38=100|14=100|151=0|32=100|31=10|6=10|";

OrderTalk working() {
  OrderTalk talk;
  talk.asks(kNew).told(kAck);
  return talk;
}

TEST(Orders, QuantitiesThatDoNotAddUp) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=F|39=1|38=100|14=40|151=50|32=40|31=10|6=10|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: PartiallyFilled",
                          "3 cum-leaves: CumQty(14) 40 + LeavesQty(151) 50 is not OrderQty(38) "
                          "100"));
}

TEST(Orders, LeavesAreJudgedWithTheQuantityOfTheReplace) {
  OrderTalk talk = working();
  talk.asks("35=G|11=Y|41=X|38=150|44=10|")
      .told("35=8|11=Y|41=X|37=1|17=e2|150=5|39=0|14=0|151=100|6=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: New",
                                        "4 cum-leaves: CumQty(14) 0 + LeavesQty(151) 100 is not "
                                        "OrderQty(38) 150"));
}

TEST(Orders, Overfill) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=F|39=2|38=100|14=120|151=0|32=120|31=10|6=10|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: Filled", "3 overfill: CumQty(14) 120 is more than OrderQty(38) 100"));
}

TEST(Orders, CumQtyMovesOnlyByTrades) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=F|39=1|38=100|14=40|151=60|32=30|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=I|39=1|38=100|14=50|151=50|6=10|")
      .told("35=8|11=X|37=1|17=e4|150=4|39=4|38=100|14=20|151=0|6=10|");
  EXPECT_THAT(
      talk.found(),
      ElementsAre("X: Canceled", "3 cum-trade: CumQty(14) 40 is not the 0 before + LastQty(32) 30",
                  "4 cum-trade: CumQty(14) rose from 40 to 50 without a trade",
                  "5 cum-falls: CumQty(14) fell from 50 to 20 without a bust or correction"));
}

TEST(Orders, ABustTakesWhatItsExecutionTraded) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=F|39=1|38=100|14=40|151=60|32=40|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|19=e2|150=H|39=1|38=100|14=10|151=90|6=10|")
      .told("35=8|11=X|37=1|17=e4|19=e9|150=H|39=0|38=100|14=0|151=100|6=0|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: New",
                          "4 cum-trade: CumQty(14) 10 after the TradeCancel of 40 (ExecID e2); it "
                          "was 40, so 0 is due",
                          "5 exec-id: TradeCancel with ExecRefID(19) 'e9', which no execution of "
                          "the order had"));
}

TEST(Orders, AvgPxIsTheSumOfTheTrades) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=F|39=1|38=100|14=30|151=70|32=30|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=1|38=100|14=60|151=40|32=30|31=10.01|6=10.005|")
      .told("35=8|11=X|37=1|17=e4|150=F|39=1|38=100|14=90|151=10|32=30|31=10.01|6=10.01|")
      .told("35=8|11=X|37=1|17=e5|150=F|39=2|38=100|14=100|151=0|32=10|31=10.01|6=10|")
      .told("35=8|11=X|37=1|17=e6|150=I|39=2|38=100|14=100|151=0|6=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));

  OrderTalk wrong = working();
  wrong.told("35=8|11=X|37=1|17=e2|150=F|39=1|38=100|14=30|151=70|32=30|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=2|38=100|14=100|151=0|32=70|31=10.5|6=10.25|");
  EXPECT_THAT(wrong.found(),
              ElementsAre("X: Filled", "4 avg-px: AvgPx(6) 10.25; the trades so far make 10.35"));
}

TEST(Orders, NothingHappensAfterTheEnd) {
  OrderTalk talk = working();
  talk.told(kFill)
      .told("35=8|11=X|37=1|17=e3|150=4|39=4|38=100|14=100|151=0|6=10|")
      .told("35=8|11=X|37=1|17=e4|150=0|39=0|38=100|14=100|151=0|6=10|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: New", "4 after-end: Canceled after the order was Filled (message 3)",
                          "5 after-end: New after the order was Canceled (message 4)",
                          "5 status: OrdStatus(39) New with CumQty(14) 100"));
}

TEST(Orders, AcknowledgedTwice) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=A|39=A|38=100|14=0|151=100|6=0|")
      .told("35=8|11=X|37=1|17=e3|150=0|39=0|38=100|14=0|151=100|6=0|")
      .told("35=8|11=X|37=1|17=e4|150=0|39=0|38=100|14=0|151=100|6=0|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: New", "3 new-again: PendingNew, but the order is New since message 2",
                          "5 new-again: New, but the order is New since message 4"));
}

TEST(Orders, StatusAgreesWithQuantitiesAndExecType) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=F|39=2|38=100|14=40|151=60|32=40|31=10|6=10|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: Filled", "3 status: OrdStatus(39) Filled with LeavesQty(151) 60"));

  OrderTalk other = working();
  other.told("35=8|11=X|37=1|17=e2|150=4|39=1|38=100|14=0|151=100|6=0|");
  EXPECT_THAT(
      other.found(),
      ElementsAre("X: PartiallyFilled", "3 status: OrdStatus(39) PartiallyFilled with CumQty(14) 0",
                  "3 status: ExecType(150) Canceled with OrdStatus(39) PartiallyFilled"));
}

TEST(Orders, AnswersWithoutARequest) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=1|17=e2|150=5|39=0|38=100|14=0|151=100|6=0|")
      .told("35=8|11=X|37=1|17=e3|150=6|39=6|38=100|14=0|151=100|6=0|")
      .told("35=9|11=Z|41=X|37=1|39=0|");
  EXPECT_THAT(
      talk.found(),
      ElementsAre("X: New", "3 no-request: Replaced, but no OrderCancelReplaceRequest(G) is open",
                  "4 no-request: PendingCancel, but no OrderCancelRequest(F) is open",
                  "5 no-request: OrderCancelReject of ClOrdID(11) Z, which is not that of an open "
                  "request"));
}

TEST(Orders, AMassCancelAsksForEveryOrder) {
  OrderTalk talk = working();
  talk.asks("35=q|11=M|530=7|").told("35=8|11=X|37=1|17=e3|150=6|39=6|38=100|14=0|151=100|6=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: PendingCancel"));
}

TEST(Orders, OrigClOrdIDNamesTheOrderAsItIsKnown) {
  OrderTalk talk = working();
  talk.asks("35=G|11=Y|41=X|38=200|44=10|")
      .told("35=8|11=Y|41=Q|37=1|17=e2|150=5|39=0|38=200|14=0|151=200|6=0|")
      .asks("35=F|11=Z|41=X|")
      .told("35=8|11=Z|37=1|17=e3|150=4|39=4|38=200|14=0|151=0|6=0|");
  EXPECT_THAT(
      talk.found(),
      ElementsAre(
          "X: Canceled", "4 orig-clordid: Replaced with OrigClOrdID(41) Q; the request named X",
          "5 orig-clordid: OrigClOrdID(41) X is not current: the order is Y since message 4",
          "6 orig-clordid: Canceled without OrigClOrdID(41); the request named X"));
}

TEST(Orders, ReplacedUnderTheOldId) {
  OrderTalk talk = working();
  talk.asks("35=G|11=Y|41=X|38=200|44=10|")
      .told("35=8|11=X|37=1|17=e2|150=5|39=0|38=200|14=0|151=200|6=0|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: New", "3 unanswered",
                          "4 orig-clordid: Replaced with ClOrdID(11) X, which is not that of an "
                          "open OrderCancelReplaceRequest(G)"));
}

TEST(Orders, IdsAndInstrumentStay) {
  OrderTalk talk = working();
  talk.told("35=8|11=X|37=2|17=e1|150=F|39=1|55=B|54=2|38=100|14=40|151=60|32=40|31=10|6=10|");
  EXPECT_THAT(talk.found(),
              ElementsAre("X: PartiallyFilled", "3 order-id: OrderID(37) 2; the order was 1 so far",
                          "3 instrument: Side(54) 2; the order has 1",
                          "3 instrument: Symbol(55) B; the order has A",
                          "3 exec-id: ExecID(17) e1 was that of message 2"));
}

TEST(Orders, ACancelRejectTellsTheStatusOfTheOrder) {
  OrderTalk talk = working();
  talk.told(kFill).asks("35=F|11=Y|41=X|").told("35=9|11=Y|41=X|37=1|39=0|");
  EXPECT_THAT(
      talk.found(),
      ElementsAre("X: Filled", "5 status: OrdStatus(39) New; the order is Filled since message 3"));
}

TEST(Orders, ADuplicateIsRefusedAndTheOrderLivesOn) {
  OrderTalk talk = working();
  talk.asks("35=D|11=X|55=A|54=1|38=500|40=1|")
      .told("35=8|11=X|37=2|17=e9|150=8|39=8|103=6|38=500|14=0|151=0|6=0|")
      .told(kFill);
  EXPECT_THAT(talk.found(),
              ElementsAre("X: Filled", "3 clordid-again: ClOrdID(11) X was that of message 1"));
}

TEST(Orders, TheSameClOrdIDTheNextDayIsAnotherOrder) {
  OrderTalk talk = working();
  talk.told(kFill).asks(kNew);
  talk.source().messages.back().time.wall_ns += 86'400'000'000'000;
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled", "X: ", "4 unanswered"));
}

TEST(Orders, AReportOfAnOrderThatNobodySent) {
  OrderTalk talk;
  talk.asks("35=A|34=1|98=0|108=30|")
      .asks(kNew)
      .told("35=8|11=Q|37=9|17=e1|150=0|39=0|38=100|14=0|151=100|6=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: ", "2 unanswered", "Q: New",
                                        "3 no-request: no order with ClOrdID(11) Q was sent"));

  OrderTalk middle;  // the log begins somewhere: its order may have been sent before
  middle.asks("35=D|34=7|11=X|").told("35=8|11=Q|37=9|17=e1|150=0|39=0|38=100|14=0|151=100|");
  EXPECT_THAT(middle.found(), ElementsAre("X: ", "1 unanswered", "Q: New"));
}

TEST(Orders, RejectsBelongToTheRequestTheyName) {
  OrderTalk talk = working();
  talk.asks("35=F|34=3|11=Y|41=X|")
      .told("35=3|34=3|45=3|372=F|58=Required tag missing|")
      .asks("35=D|34=4|11=Z|55=A|54=1|38=1|")
      .told("35=j|34=4|379=Z|372=D|380=3|58=Unsupported|");
  const Orders& orders = talk.orders();
  ASSERT_EQ(orders.size(), 2u);
  EXPECT_EQ(orders[0].status, '0');
  EXPECT_EQ(orders[0].steps.back().text, "Required tag missing");
  EXPECT_EQ(orders[0].steps.back().cl_ord_id, "Y");
  EXPECT_FALSE(is_unanswered(orders[0]));
  EXPECT_EQ(orders[1].status, '8');
  EXPECT_EQ(orders[1].steps.back().latency_ns, 1'000'000);
}

TEST(Orders, ARejectedListRejectsItsOrders) {
  OrderTalk talk;
  talk.asks("35=E|34=5|66=L|73=2|11=A|55=M|54=1|38=10|11=B|55=N|54=2|38=20|10=1|")
      .told("35=3|34=5|45=5|372=E|");
  const Orders& orders = talk.orders();
  ASSERT_EQ(orders.size(), 2u);
  EXPECT_EQ(orders[1].symbol, "N");
  EXPECT_EQ(orders[1].qty, fix::Decimal(20));
  EXPECT_THAT(orders[1].ids, ElementsAre("B"));
  EXPECT_EQ(orders[0].status, '8');
  EXPECT_EQ(orders[1].status, '8');
}

TEST(Orders, WhatCameAgainCountsOnce) {
  OrderTalk talk = working();
  talk.told(kFill).told(
      "35=8|34=3|43=Y|11=X|37=1|17=e2|150=F|39=2|38=100|14=100|151=0|32=100|31=10|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));

  OrderTalk copied = working();  // a drop copy on the same session
  copied.told(kFill).told(
      "35=8|34=4|797=Y|11=X|37=1|17=e2|150=F|39=2|38=100|14=100|151=0|32=100|31=10|6=10|");
  EXPECT_THAT(copied.found(), ElementsAre("X: Filled"));

  OrderTalk lost = working();  // the original is not there: the copy counts
  lost.told("35=8|34=3|43=Y|11=X|37=1|17=e2|150=F|39=2|38=100|14=100|151=0|32=100|31=10|6=10|");
  EXPECT_THAT(lost.found(), ElementsAre("X: Filled"));
}

TEST(Orders, FirstAndLastWordHaveALatency) {
  OrderTalk talk = working();
  talk.asks("35=F|11=Y|41=X|")
      .told("35=8|11=Y|41=X|37=1|17=e2|150=6|39=6|38=100|14=0|151=100|6=0|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=6|38=100|14=40|151=60|32=40|31=10|6=10|")
      .told("35=8|11=Y|41=X|37=1|17=e4|150=4|39=4|38=100|14=40|151=0|6=10|");
  std::vector<std::int64_t> latencies;
  for (const OrderStep& step : talk.orders()[0].steps)
    latencies.push_back(step.latency_ns.value_or(0) / 1'000'000);
  EXPECT_THAT(latencies, ElementsAre(0, 1, 0, 1, 0, 3));
}

TEST(Orders, SessionsKeepTheirOrdersApart) {
  OrderTalk talk = working();
  talk.source().sessions.push_back(talk.source().sessions.front());
  talk.told("35=8|11=X|37=1|17=e1|150=0|39=0|38=100|14=0|151=100|6=0|");
  talk.source().messages.back().session_id = 2;
  EXPECT_THAT(talk.found(), ElementsAre("X: New", "X: New"));
}

TEST(Orders, AnOrderOfBeforeIsKnownByItsOlderIdToo) {
  OrderTalk talk;
  talk.asks("35=F|34=7|11=Y|41=X|")
      .told("35=8|11=X|37=1|17=e1|150=F|39=1|38=100|14=40|151=60|32=40|31=10|6=10|")
      .told("35=8|11=Y|41=X|37=1|17=e2|150=4|39=4|38=100|14=40|151=0|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Canceled"));
}

TEST(Orders, LegsOfAMultilegOrderHaveQuantitiesOfTheirOwn) {
  OrderTalk talk;
  talk.asks("35=AB|11=X|54=1|38=10|40=2|44=1|")
      .told("35=8|11=X|37=1|17=e1|150=0|39=0|38=10|14=0|151=10|6=0|442=3|")
      .told("35=8|11=X|37=1|17=e2|150=F|39=2|54=2|38=20|14=20|151=0|32=20|31=5|6=5|442=2|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=2|38=10|14=10|151=0|32=10|31=1|6=1|442=3|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(Orders, WhatIsNoOrderIsLeftOut) {
  OrderTalk talk;
  talk.asks("35=A|34=1|").told("35=3|45=1|").told("35=W|262=1|").told("35=H|11=Q|").told("|||");
  EXPECT_THAT(talk.found(), IsEmpty());
}

}  // namespace
}  // namespace fixdrill::flow
