// The order state change matrices of FIX 4.4, volume 4, appendix D: none of them breaks a rule.
// Names are theirs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/flow/order_talk.h"

namespace fixdrill::flow {
namespace {

using testing::ElementsAre;

const char* const kNewX = "35=D|11=X|55=A|54=1|38=10000|40=2|44=10|";
const char* const kNewAckX = "35=8|11=X|37=1|17=e1|150=0|39=0|38=10000|14=0|151=10000|6=0|";

TEST(OrderMatrix, A1aFilledOrder) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told("35=8|11=X|37=1|17=e0|150=A|39=A|38=10000|14=0|151=10000|6=0|")
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=1|38=10000|14=3000|151=7000|32=1000|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e4|150=F|39=2|38=10000|14=10000|151=0|32=7000|31=10|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, A1bPartFilledDayOrderDoneForDay) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=3|39=3|38=10000|14=2000|151=0|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: DoneForDay"));
}

TEST(OrderMatrix, B1aCancelOfAZeroFilledOrder) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .asks("35=F|11=Y|41=X|")
      .told("35=8|11=Y|41=X|37=1|17=e2|150=6|39=6|38=10000|14=0|151=10000|6=0|")
      .told("35=8|11=Y|41=X|37=1|17=e3|150=4|39=4|38=10000|14=0|151=0|6=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Canceled"));
}

TEST(OrderMatrix, B1bExecutionsWhilstTheCancelIsActive) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=10|6=10|")
      .asks("35=F|11=Y|41=X|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=1|38=10000|14=5000|151=5000|32=3000|31=10|6=10|")
      .told("35=8|11=Y|41=X|37=1|17=e4|150=6|39=6|38=10000|14=5000|151=5000|6=10|")
      .told("35=8|11=X|37=1|17=e5|150=F|39=6|38=10000|14=6000|151=4000|32=1000|31=10|6=10|")
      .told("35=8|11=Y|41=X|37=1|17=e6|150=4|39=4|38=10000|14=6000|151=0|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Canceled"));
}

TEST(OrderMatrix, B1cFilledBeforeTheCancelCouldBeAccepted) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .asks("35=F|11=Y|41=X|")
      .told("35=8|11=Y|41=X|37=1|17=e4|150=6|39=6|38=10000|14=0|151=10000|6=0|")
      .told("35=8|11=X|37=1|17=e5|150=F|39=6|38=10000|14=10000|151=0|32=10000|31=10|6=10|")
      .told("35=9|11=Y|41=X|37=1|39=2|434=1|102=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, B1fCancelOfAnUnknownOrder) {
  OrderTalk talk;
  talk.asks("35=F|11=Y|41=X|38=100|").told("35=9|11=Y|41=X|37=NONE|39=8|434=1|102=1|");
  EXPECT_THAT(talk.found(), ElementsAre("X: "));
}

TEST(OrderMatrix, C1aReplaceOfAZeroFilledOrderThatIncreasesItsQuantity) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .asks("35=G|11=Y|41=X|38=11000|44=10|")
      .told("35=8|11=Y|41=X|37=1|17=e2|150=E|39=E|38=10000|14=0|151=10000|6=0|")
      .told("35=8|11=Y|41=X|37=1|17=e3|150=5|39=0|38=11000|14=0|151=11000|6=0|")
      .told("35=8|11=Y|37=1|17=e4|150=F|39=1|38=11000|14=1000|151=10000|32=1000|31=10|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: PartiallyFilled"));
}

TEST(OrderMatrix, C1cFilledOrderThatARequestIncreases) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=2|38=10000|14=10000|151=0|32=10000|31=10|6=10|")
      .asks("35=G|11=Y|41=X|38=12000|44=10|")
      .told("35=8|11=Y|41=X|37=1|17=e3|150=E|39=E|38=10000|14=10000|151=0|6=10|")
      .told("35=8|11=Y|41=X|37=1|17=e4|150=5|39=1|38=12000|14=10000|151=2000|6=10|")
      .told("35=8|11=Y|37=1|17=e5|150=F|39=2|38=12000|14=12000|151=0|32=2000|31=10|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, C2aReplaceRejectedAsAFillHasOccurred) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .asks("35=G|11=Y|41=X|38=10000|44=11|")
      .told("35=8|11=X|37=1|17=e2|150=F|39=2|38=10000|14=10000|151=0|32=10000|31=10|6=10|")
      .told("35=9|11=Y|41=X|37=1|39=2|434=2|102=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, C3cQuantityBelowCumIsAmendedToCum) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .asks("35=G|11=Y|41=X|38=7000|44=10|")
      .told("35=8|11=Y|41=X|37=1|17=e2|150=E|39=E|38=10000|14=0|151=10000|6=0|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=E|38=10000|14=8000|151=2000|32=8000|31=10|6=10|")
      .told("35=8|11=Y|41=X|37=1|17=e4|150=5|39=2|38=8000|14=8000|151=0|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, D2aTwoReplacesInFlightWhichAreChained) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .asks("35=G|11=Y|41=X|38=8000|44=10|")
      .asks("35=G|11=Z|41=Y|38=6000|44=10|")
      .told("35=8|11=Y|41=X|37=1|17=e2|150=E|39=E|38=10000|14=0|151=10000|6=0|")
      .told("35=8|11=Y|41=X|37=1|17=e3|150=5|39=0|38=8000|14=0|151=8000|6=0|")
      .told("35=8|11=Z|41=Y|37=1|17=e4|150=E|39=E|38=8000|14=0|151=8000|6=0|")
      .told("35=8|11=Z|41=Y|37=1|17=e5|150=5|39=0|38=6000|14=0|151=6000|6=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: New"));
}

TEST(OrderMatrix, E1aPossResendOfAnOrderThatArrived) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .asks("35=D|97=Y|11=X|55=A|54=1|38=10000|40=2|44=10|")
      .told("35=8|11=X|37=1|17=e2|150=I|39=0|38=10000|14=0|151=10000|6=0|");
  EXPECT_THAT(talk.found(), ElementsAre("X: New"));
}

TEST(OrderMatrix, G1aGoodTillCanceledOrderRestatedNextMorning) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=3|39=3|38=10000|14=2000|151=8000|6=10|")
      .told("35=8|11=X|37=1|17=e4|150=D|39=1|378=1|38=10000|14=2000|151=8000|6=10|")
      .told("35=8|11=X|37=1|17=e5|150=F|39=2|38=10000|14=10000|151=0|32=8000|31=11|6=10.8|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, G1cStockSplit) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=1|38=10000|14=5000|151=5000|32=5000|31=50|6=50|")
      .told("35=8|11=X|37=1|17=e3|150=D|39=1|378=0|38=20000|14=10000|151=10000|6=25|")
      .told("35=8|11=X|37=1|17=e4|150=F|39=2|38=20000|14=20000|151=0|32=10000|31=25|6=25|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, H1cFillIsCorrectedThenBusted) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=F|39=1|38=10000|14=3000|151=7000|32=1000|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e4|19=e2|150=G|39=1|38=10000|14=2500|151=7500|32=1500|31=9|6=9.4|")
      .told("35=8|11=X|37=1|17=e5|19=e3|150=H|39=1|38=10000|14=1500|151=8500|32=1000|6=9|")
      .told("35=8|11=X|37=1|17=e6|150=F|39=1|38=10000|14=2500|151=7500|32=1000|31=12|6=10.2|");
  EXPECT_THAT(talk.found(), ElementsAre("X: PartiallyFilled"));
}

TEST(OrderMatrix, I1aImmediateOrCancel) {
  OrderTalk talk;
  talk.asks(kNewX)
      .told(kNewAckX)
      .told("35=8|11=X|37=1|17=e2|150=F|39=1|38=10000|14=2000|151=8000|32=2000|31=10|6=10|")
      .told("35=8|11=X|37=1|17=e3|150=4|39=4|38=10000|14=2000|151=0|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Canceled"));
}

TEST(OrderMatrix, Fix42SaysBustsAndCorrectionsByExecTransType) {
  OrderTalk talk;
  talk.asks("8=FIX.4.2|35=D|11=X|55=A|54=1|38=100|40=2|44=10|")
      .told("8=FIX.4.2|35=8|11=X|37=1|17=e1|20=0|150=0|39=0|38=100|14=0|151=100|6=0|")
      .told("8=FIX.4.2|35=8|11=X|37=1|17=e2|20=0|150=1|39=1|38=100|14=20|151=80|32=20|31=10|6=10|")
      .told("8=FIX.4.2|35=8|11=X|37=1|17=0|20=3|150=1|39=1|38=100|14=20|151=80|32=0|31=0|6=10|")
      .told("8=FIX.4.2|35=8|11=X|37=1|17=0|20=3|150=1|39=1|38=100|14=20|151=80|32=0|31=0|6=10|")
      .told("8=FIX.4.2|35=8|11=X|37=1|17=e3|19=e2|20=1|150=0|39=0|38=100|14=0|151=100|32=0|6=0|")
      .asks("8=FIX.4.2|35=G|11=Y|41=X|38=200|44=10|")
      .told("8=FIX.4.2|35=8|11=Y|41=X|37=1|17=e4|20=0|150=5|39=5|38=200|14=0|151=200|6=0|")
      .told(
          "8=FIX.4.2|35=8|11=Y|37=1|17=e5|20=0|150=2|39=2|38=200|14=200|151=0|32=200|31=10|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Filled"));
}

TEST(OrderMatrix, Fix40HasNeitherExecTypeNorLeaves) {
  OrderTalk talk;
  talk.asks("8=FIX.4.0|35=D|11=X|55=A|54=1|38=100|40=2|44=10|")
      .told("8=FIX.4.0|35=8|11=X|37=1|17=e1|20=0|39=0|38=100|14=0|32=0|31=0|6=0|")
      .told("8=FIX.4.0|35=8|11=X|37=1|17=e2|20=0|39=1|38=100|14=20|32=20|31=10|6=10|")
      .asks("8=FIX.4.0|35=F|11=Y|41=X|38=100|")
      .told("8=FIX.4.0|35=8|11=Y|37=1|17=e3|20=0|39=4|38=100|14=20|32=0|31=0|6=10|");
  EXPECT_THAT(talk.found(), ElementsAre("X: Canceled"));
}

}  // namespace
}  // namespace fixdrill::flow
