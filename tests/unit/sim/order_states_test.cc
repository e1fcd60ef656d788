// Execution reports by the order state tables of the FIX specifications (appendix D), in the
// versions where they differ.
#include "venue_rig.h"

namespace fixdrill::test {
namespace {

constexpr const char* kBuy =
    "35=D|11=A|21=1|55=MSFT|54=1|38=10000|40=2|44=10.00|60=20270115-08:00:00|";

std::string request(const std::string& type, const std::string& id, const std::string& original,
                    const std::string& more) {
  return "35=" + type + "|11=" + id + "|41=" + original + "|55=MSFT|54=1|60=20270115-08:00:00|" +
         more;
}

TEST(OrderStates44, AcknowledgedThenFilled) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=MSFT|54=1|38=100|40=2|44=10.25|1=ACC|60=20270115-08:00:00|");
  client.expects(
      "35=8|37=O-1|11=A|17=E-1|150=0|39=0|55=MSFT|54=1|38=100|40=2|44=10.25|1=ACC|"
      "151=100|14=0|6=0|60=20270115-08:00:00.000");
  const std::string fill =
      client.expects("35=8|37=O-1|11=A|17=E-2|150=F|39=2|32=100|31=10.20|151=0|14=100|6=10.20");
  EXPECT_EQ(RawPeer::value(fill, "20"), "") << fill;
  client.expects_nothing();
}

TEST(OrderStates42, AcknowledgedThenFilled) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIX.4.2");
  client.sends("35=D|11=A|21=1|55=MSFT|54=1|38=100|40=2|44=10.25|60=20270115-08:00:00|");
  client.expects("35=8|37=O-1|11=A|20=0|150=0|39=0|151=100|14=0|6=0");
  client.expects("35=8|37=O-1|11=A|20=0|150=2|39=2|32=100|31=10.20|151=0|14=100|6=10.20");
}

TEST(OrderStates42, PartialFillsAreExecType1) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIX.4.2");
  client.sends("35=D|11=A|21=1|55=IBM|54=1|38=120|40=2|44=100.10|60=20270115-08:00:00|");
  client.expects("35=8|150=0|39=0|151=120");
  client.expects("35=8|20=0|150=1|39=1|32=50|31=100.10|151=70|14=50|6=100.10");
  client.expects_nothing();
}

// FIX 4.0 has neither ExecType(150) nor LeavesQty(151), wants LastShares(32) and LastPx(31) in
// every report, and times without milliseconds.
TEST(OrderStates40, ReportsOfTheFirstVersion) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIX.4.0");
  client.sends("35=D|11=A|21=1|55=MSFT|54=1|38=100|40=2|44=10.25|");
  const std::string ack = client.expects("35=8|37=O-1|11=A|20=0|39=0|32=0|31=0|14=0|6=0");
  EXPECT_EQ(RawPeer::value(ack, "150"), "");
  EXPECT_EQ(RawPeer::value(ack, "151"), "");
  EXPECT_EQ(RawPeer::value(ack, "60"), "20270115-08:00:00");
  client.expects("35=8|20=0|39=2|32=100|31=10.20|14=100");
}

TEST(OrderStatesFixt, FiveZeroSp2SpeaksLike44) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIXT.1.1", "1137=9|");
  client.sends("35=D|11=A|55=MSFT|54=1|38=100|40=2|44=10.25|60=20270115-08:00:00|");
  client.expects("35=8|150=0|39=0|151=100");
  client.expects("35=8|150=F|39=2|32=100|31=10.20");
}

TEST(OrderStates44, CancelOfAnOpenOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends(request("F", "B", "A", "38=10000|"));
  client.expects("35=8|37=O-1|11=B|41=A|150=4|39=4|151=0|14=0");
}

TEST(OrderStates44, CancelOfAFilledOrderIsTooLate) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=MSFT|54=1|38=100|40=1|60=20270115-08:00:00|");
  client.expects("35=8|150=0");
  client.expects("35=8|150=F|39=2");
  client.sends(request("F", "B", "A", ""));
  client.expects("35=9|37=O-1|11=B|41=A|39=2|434=1|102=0|58=Too late: the order is no longer open");
}

TEST(OrderStates44, CancelOfAnUnknownOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(request("F", "B", "NOT-THERE", ""));
  client.expects("35=9|37=NONE|11=B|41=NOT-THERE|39=8|434=1|102=1|58=Unknown order NOT-THERE");
}

// "Partially filled" stands above "replaced", and from 4.3 on nothing is "replaced".
TEST(OrderStates44, ReplacedAndUnfilledIsNew) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends(request("G", "B", "A", "38=11000|40=2|44=10.01|"));
  client.expects("35=8|37=O-1|11=B|41=A|150=5|39=0|38=11000|44=10.01|151=11000|14=0");
}

TEST(OrderStates42, ReplacedAndUnfilledIsReplaced) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIX.4.2");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends(request("G", "B", "A", "21=1|38=11000|40=2|44=10.01|"));
  client.expects("35=8|37=O-1|11=B|41=A|20=0|150=5|39=5|38=11000|151=11000|14=0");
  client.sends(request("F", "C", "B", ""));
  client.expects("35=8|11=C|41=B|20=0|150=4|39=4");
}

TEST(OrderStates42, ReplacedAndPartlyFilledIsPartiallyFilled) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIX.4.2");
  client.sends("35=D|11=A|21=1|55=IBM|54=1|38=120|40=2|44=100.10|60=20270115-08:00:00|");
  client.expects("35=8|150=0");
  client.expects("35=8|150=1|14=50");
  client.sends("35=G|11=B|41=A|21=1|55=IBM|54=1|38=80|40=2|44=100.00|60=20270115-08:00:00|");
  client.expects("35=8|11=B|41=A|150=5|39=1|38=80|151=30|14=50");
}

// The quantity is amended to CumQty: filled.
TEST(OrderStates44, ReplaceBelowWhatIsFilledEndsTheOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=IBM|54=1|38=120|40=2|44=100.10|60=20270115-08:00:00|");
  client.expects("35=8|150=0");
  client.expects("35=8|150=F|14=50");
  client.sends("35=G|11=B|41=A|55=IBM|54=1|38=20|40=2|44=100.10|60=20270115-08:00:00|");
  client.expects("35=8|11=B|41=A|150=5|39=2|38=50|151=0|14=50");
}

TEST(OrderStates44, ReplaceNamesTheLastAcceptedOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends(request("G", "B", "A", "38=11000|40=2|44=10.01|"));
  client.expects("35=8|150=5");
  client.sends(request("G", "C", "A", "38=12000|40=2|44=10.01|"));
  client.expects(
      "35=9|11=C|41=A|37=O-1|39=0|434=2|102=1|"
      "58=Order A was replaced: OrigClOrdID must be B");
}

TEST(OrderStates44, ReplaceThatCrossesTrades) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends(request("G", "B", "A", "38=10000|40=2|44=10.20|"));
  client.expects("35=8|150=5|39=0|151=10000");
  client.expects("35=8|11=B|150=F|39=2|32=10000|31=10.20|151=0");
}

TEST(OrderStates44, ReplaceIsHeldToTheTermsOfAnOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends(request("G", "B", "A", "38=10000|40=4|44=10.00|99=10.5|"));
  client.expects("35=9|11=B|39=0|434=2|102=99|58=OrdType must be 1 Market or 2 Limit");
  client.sends(request("G", "C", "A", "38=10000|40=2|44=10.00|59=3|"));
  client.expects("35=9|11=C|102=99|58=A resting order must stay Day or GTC");
  client.sends(request("G", "D", "A", "38=10000|40=1|"));
  client.expects("35=9|11=D|102=99|58=A resting order cannot become a market order");
  client.sends(request("G", "E", "A", "38=10000|40=2|44=10.00|111=10|"));
  client.expects("35=9|11=E|102=99|58=MaxFloor(111) is not served");
}

TEST(OrderStates44, AShortSaleStaysOne) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=MSFT|54=5|38=100|40=2|44=10.00|60=20270115-08:00:00|");
  client.expects("35=8|150=0|54=5");
  client.expects("35=8|150=F|54=5|31=10.10");
}

TEST(OrderStates44, AMarketOrderHasNoPrice) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=MSFT|54=1|38=100|40=1|44=5|60=20270115-08:00:00|");
  EXPECT_EQ(RawPeer::value(client.expects("35=8|150=0"), "44"), "");
}

TEST(OrderStates44, StatusGoesWhereTheRequestCameFrom) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(std::string(kBuy).insert(5, "50=DESK1|"));
  client.expects("35=8|150=0|57=DESK1");
  client.sends("35=H|50=DESK2|11=A|55=MSFT|54=1|790=Q7|");
  client.expects("35=8|57=DESK2|150=I|790=Q7|44=10.00");
}

TEST(OrderStates44, StatusOfAnOpenOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends("35=H|11=A|55=MSFT|54=1|");
  client.expects("35=8|37=O-1|11=A|17=0|150=I|39=0|151=10000|44=10.00");
}

TEST(OrderStates42, StatusIsATransactionType) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIX.4.2");
  client.sends(kBuy);
  client.expects("35=8|150=0");
  client.sends("35=H|11=A|55=MSFT|54=1|");
  client.expects("35=8|37=O-1|11=A|17=0|20=3|150=0|39=0");
}

TEST(OrderStates44, StatusOfAnUnknownOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=H|11=Z|55=MSFT|54=2|");
  client.expects("35=8|37=NONE|11=Z|17=0|150=I|39=8|103=5|55=MSFT|54=2|58=Unknown order Z");
}

TEST(OrderStates44, ImmediateOrCancelEndsCanceled) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=IBM|54=1|38=120|40=2|44=100.10|59=3|60=20270115-08:00:00|");
  client.expects("35=8|150=0|39=0");
  client.expects("35=8|150=F|39=1|32=50|151=70");
  client.expects("35=8|11=A|150=4|39=4|14=50|151=0|6=100.10");
}

TEST(OrderStates44, FillOrKillTradesWholeOrNotAtAll) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=IBM|54=1|38=51|40=2|44=100.10|59=4|60=20270115-08:00:00|");
  client.expects("35=8|150=0");
  client.expects("35=8|150=4|39=4|14=0");
  client.sends("35=D|11=B|55=IBM|54=1|38=50|40=2|44=100.10|59=4|60=20270115-08:00:00|");
  client.expects("35=8|150=0");
  client.expects("35=8|150=F|39=2|14=50");
}

TEST(OrderStates44, AveragePriceOverSeveralFills) {
  sim::Config config;
  VenueRig rig(config);
  RawPeer& seller = rig.client("SELL");
  RawPeer& buyer = rig.client("BUY");
  seller.sends("35=D|11=S1|55=MSFT|54=2|38=100|40=2|44=10.12|60=20270115-08:00:00|");
  seller.expects("35=8|150=0");
  seller.sends("35=D|11=S2|55=MSFT|54=2|38=200|40=2|44=10.15|60=20270115-08:00:00|");
  seller.expects("35=8|150=0");
  buyer.sends("35=D|11=B|55=MSFT|54=1|38=300|40=2|44=10.15|60=20270115-08:00:00|");
  buyer.expects("35=8|150=0");
  buyer.expects("35=8|150=F|39=1|32=100|31=10.12|6=10.12|14=100");
  buyer.expects("35=8|150=F|39=2|32=200|31=10.15|6=10.14|14=300");
  seller.expects("35=8|11=S1|150=F|39=2|32=100|31=10.12");
  seller.expects("35=8|11=S2|150=F|39=2|32=200|31=10.15");
}

}  // namespace
}  // namespace fixdrill::test
