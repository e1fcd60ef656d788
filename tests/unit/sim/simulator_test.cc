// The simulator as its clients meet it: sessions, rejects, callers that are turned away.
#include "sim/simulator.h"

#include "base/limits.h"
#include "venue_rig.h"

namespace fixdrill::test {
namespace {

using namespace std::chrono_literals;

std::string order(const std::string& id, const std::string& more = "") {
  return "35=D|11=" + id + "|55=MSFT|54=1|38=100|40=2|44=10.00|60=20270115-08:00:00|" + more;
}

TEST(Simulator, ServesAnyCompIdsInEveryVersion) {
  VenueRig rig;
  int clients = 0;
  for (const char* version : {"FIX.4.0", "FIX.4.1", "FIX.4.2", "FIX.4.3", "FIX.4.4"}) {
    RawPeer& client = rig.client("C" + std::to_string(++clients), version);
    const bool timed = std::string(version) > "FIX.4.1";  // TransactTime(60) came with 4.2
    client.sends("35=D|11=A|21=1|55=MSFT|54=1|38=100|40=2|44=10.25|" +
                 std::string(timed ? "60=20270115-08:00:00|" : ""));
    client.expects("35=8|11=A|39=0");
    client.expects("35=8|11=A|39=2|32=100|31=10.20");
  }
  for (const char* version : {"7", "8", "9"}) {
    RawPeer& client = rig.client("C" + std::to_string(++clients), "FIXT.1.1",
                                 "1137=" + std::string(version) + "|");
    client.sends("35=D|11=A|55=MSFT|54=1|38=100|40=2|44=10.25|60=20270115-08:00:00|");
    client.expects("35=8|11=A|39=0");
    client.expects("35=8|11=A|39=2|32=100|31=10.20");
  }
}

TEST(Simulator, ClientsOfDifferentVersionsTradeWithEachOther) {
  VenueRig rig;
  RawPeer& seller = rig.client("SELL", "FIX.4.2");
  RawPeer& buyer = rig.client("BUY", "FIX.4.4");
  seller.sends("35=D|11=S|21=1|55=MSFT|54=2|38=100|40=2|44=10.15|60=20270115-08:00:00|");
  seller.expects("35=8|150=0|20=0");
  buyer.sends(order("B", "").replace(order("B").find("44=10.00"), 8, "44=10.15"));
  buyer.expects("35=8|150=0");
  buyer.expects("35=8|11=B|150=F|31=10.15");
  seller.expects("35=8|11=S|20=0|150=2|39=2|31=10.15");
}

TEST(Simulator, SubIdsAreTurnedRoundInTheAnswer) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(order("A", "").insert(5, "50=DESK|57=HALL|115=FUND|"));
  client.expects("35=8|57=DESK|50=HALL|128=FUND");
}

TEST(Simulator, WhatIsWrongByTheDictionaryIsRejectedAndTheSessionGoesOn) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=MSFT|38=100|40=2|44=10.00|60=20270115-08:00:00|");
  client.expects("35=3|45=2|371=54|372=D|373=1|58=Required tag missing: Side(54)");
  client.sends(order("A").replace(order("A").find("54=1"), 4, "54=Z"));
  client.expects("35=3|45=3|371=54|372=D|373=5");
  client.sends("35=ZZ|11=A|");
  client.expects("35=3|45=4|372=ZZ|373=11");
  client.sends("35=1|112=HELLO|");
  client.expects("35=0|112=HELLO");
}

// Before FIX 4.2 a Reject says no more than which message it means, and why in words.
TEST(Simulator, ARejectInTheFirstVersionHasTheFieldsOfThatVersion) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK", "FIX.4.0");
  client.sends("35=D|11=A|21=1|54=1|38=100|40=2|44=10.00|");
  const std::string reject = client.expects("35=3|45=2");
  for (const char* tag : {"371", "372", "373"}) EXPECT_EQ(RawPeer::value(reject, tag), "") << tag;
  EXPECT_NE(RawPeer::value(reject, "58"), "");
}

TEST(Simulator, WithoutValidationOnlyTheOrderIsLookedAt) {
  sim::Config config;
  config.checks = sim::Checks::none;
  VenueRig rig(config);
  RawPeer& client = rig.client("BRK");
  client.sends(order("A", "9999=x|1300=|"));
  client.expects("35=8|150=0");
  client.sends("35=D|11=B|55=MSFT|54=1|38=x|40=2|44=10.00|");
  client.expects(
      "35=8|11=B|150=8|39=8|103=13|"
      "58=OrderQty must be a number with up to 8 decimals, at most 90000000000");
  client.sends("35=D|11=C|55=MSFT|54=7|38=1|40=2|44=10.00|");
  client.expects("35=8|11=C|150=8|103=11|58=Side must be 1 Buy, 2 Sell, 5 or 6 Sell short");
}

TEST(Simulator, AMissingPriceIsABusinessMatter) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=MSFT|54=1|38=100|40=2|60=20270115-08:00:00|");
  client.expects("35=j|45=2|372=D|379=A|380=5|58=Conditionally required field missing: Price(44)");
}

TEST(Simulator, MessagesThatItDoesNotServeAreToldSo) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends("35=x|320=1|559=4|");
  client.expects("35=j|45=2|372=x|380=3|58=Unsupported message type SecurityListRequest");
  RawPeer& old = rig.client("OLD", "FIX.4.1");
  old.sends("35=B|148=News|33=1|58=x|");
  old.expects("35=3|45=2|58=Unsupported message type News");
}

TEST(Simulator, AnOrderThatItDoesNotTakeIsRejectedWithTheReason) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(order("A").replace(order("A").find("40=2"), 4, "40=3").append("99=9|"));
  client.expects("35=8|11=A|150=8|39=8|103=11|58=OrdType must be 1 Market or 2 Limit");
  client.sends(order("E", "110=50|"));
  client.expects("35=8|11=E|150=8|103=11|58=MinQty(110) is not served");
  client.sends(order("B", "59=6|432=20270116|"));
  client.expects(
      "35=8|11=B|150=8|103=11|"
      "58=TimeInForce must be 0 Day, 1 GTC, 3 IOC or 4 FOK");
  client.sends(order("C").replace(order("C").find("MSFT"), 4, "NOPE"));
  client.expects("35=8|11=C|150=8|39=8|103=1|151=0|58=Unknown symbol NOPE");
  client.sends(order("D"));
  client.expects("35=8|11=D|150=0");
  client.sends(order("D"));
  client.expects("35=8|11=D|150=8|103=6|58=ClOrdID D was used before");
}

TEST(Simulator, APossibleResendOfAKnownOrderIsNoSecondOrder) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(order("A"));
  client.expects("35=8|11=A|150=0");
  client.sends(order("A").insert(5, "97=Y|"));
  client.expects_nothing();
  client.sends(order("B").insert(5, "97=Y|"));
  client.expects("35=8|11=B|150=0");
}

TEST(Simulator, OpenOrdersGoWithTheConnection) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  client.sends(order("A"));
  client.expects("35=8|150=0");
  client.closes();
  EXPECT_TRUE(client.sees_close());
  client.next_out = 1;
  client.connects(rig.simulator->port());
  ASSERT_TRUE(client.accepted());
  client.sends("35=A|98=0|108=30|141=Y|");
  client.expects("35=A|34=1");
  client.sends("35=H|11=A|55=MSFT|54=1|");
  client.expects("35=8|37=O-1|39=4|150=I");
}

// Reports made while the client was away come after its next Logon.
TEST(Simulator, OrdersMayOutliveTheConnection) {
  sim::Config config;
  config.cancel_on_disconnect = false;
  VenueRig rig(config);
  RawPeer& client = rig.client("BRK");
  client.sends("35=D|11=A|55=MSFT|54=1|38=100|40=2|44=10.15|60=20270115-08:00:00|");
  client.expects("35=8|11=A|150=0");
  client.closes();
  EXPECT_TRUE(client.sees_close());
  RawPeer& other = rig.client("SELLER");
  other.sends("35=D|11=S|55=MSFT|54=2|38=100|40=2|44=10.15|60=20270115-08:00:00|");
  other.expects("35=8|150=0");
  other.expects("35=8|150=F");
  client.connects(rig.simulator->port());
  ASSERT_TRUE(client.accepted());
  client.sends("35=A|98=0|108=30|");
  client.expects("35=A|34=3");
  client.expects("35=8|34=4|11=A|150=F|39=2|31=10.15");
}

TEST(Simulator, ASecondConnectionOfOneIdentityIsClosedSilently) {
  VenueRig rig;
  RawPeer& first = rig.client("BRK");
  RawPeer& second = rig.caller("BRK");
  second.sends("35=A|98=0|108=30|");
  EXPECT_TRUE(second.sees_close());
  EXPECT_EQ(second.received(), "");
  EXPECT_TRUE(rig.noted("the session is in use by another connection")) << rig.all_notes();
  first.sends("35=1|112=X|");
  first.expects("35=0|112=X");
}

TEST(Simulator, ServesOneTargetWhereItsFileSaysSo) {
  sim::Config config;
  config.comp_id = "VENUE";
  VenueRig rig(config);
  RawPeer& client = rig.caller("BRK");
  client.sends("35=A|98=0|108=30|");
  EXPECT_TRUE(client.sees_close());
  EXPECT_EQ(client.received(), "");
  EXPECT_TRUE(rig.noted("TargetCompID(56) is EXCH, not VENUE")) << rig.all_notes();
}

TEST(Simulator, ServesTheClientsThatItsFileNames) {
  sim::Config config;
  config.clients = {"BRK", "OTHER"};
  VenueRig rig(config);
  rig.client("BRK");
  RawPeer& stranger = rig.caller("NOBODY");
  stranger.sends("35=A|98=0|108=30|");
  EXPECT_TRUE(stranger.sees_close());
  EXPECT_EQ(stranger.received(), "");
  EXPECT_TRUE(rig.noted("SenderCompID(49) NOBODY is no client of it")) << rig.all_notes();
}

TEST(Simulator, CallersWithoutAProperLogonAreClosedWithoutAWord) {
  const auto turned_away = [](const std::string& bytes, const std::string& why) {
    VenueRig rig;
    RawPeer& peer = rig.caller("BRK");
    peer.writes(bytes);
    EXPECT_TRUE(peer.sees_close()) << why;
    EXPECT_EQ(peer.received(), "") << why;
    EXPECT_TRUE(rig.noted(why)) << why << "\nbut: " << rig.all_notes();
  };
  const std::string body =
      "49=BRK\x01"
      "56=EXCH\x01"
      "34=1\x01"
      "52=20270115-08:00:00\x01";
  turned_away(RawPeer::wrap("FIX.4.4", "35=D\x01" + body), "not a Logon but 35=D");
  turned_away(RawPeer::wrap("FIX.4.5", "35=A\x01" + body),
              "BeginString(8) FIX.4.5 is no FIX version");
  turned_away(RawPeer::wrap("FIXT.1.1", "35=A\x01" + body),
              "DefaultApplVerID(1137) must be 7, 8 or 9");
  turned_away(RawPeer::wrap("FIX.4.4",
                            "35=A\x01"
                            "34=1\x01"),
              "the Logon lacks a CompID");
  turned_away(
      "8=FIX.4.4\x01"
      "9=5\x01"
      "35=A\x01"
      "10=000\x01",
      "its first bytes are no message");
  turned_away(std::string(limits::kJunkBytes + 10, 'x'), "its first bytes are no message");
  turned_away(
      "8=FIX.4.4\x01"
      "9=999999\x01" +
          std::string(limits::kPreLogonBytes, 'x'),
      "more than 8 KiB before the Logon");
}

TEST(Simulator, ACallerThatSaysNothingIsClosedAfterTenSeconds) {
  VenueRig rig;
  RawPeer& peer = rig.caller("BRK");
  rig.loop->run_until([] { return false; }, rig.loop->now() + 9s);
  EXPECT_TRUE(peer.connected());
  EXPECT_TRUE(peer.sees_close());
  EXPECT_TRUE(rig.noted("no Logon within 10 s")) << rig.all_notes();
}

TEST(Simulator, CallersWithoutALogonAreBounded) {
  VenueRig rig;
  for (std::size_t i = 0; i < limits::kPreLogonConnections; ++i) rig.caller("C");
  EXPECT_TRUE(rig.peers.front()->connected());
  RawPeer& next = rig.client("NEXT");
  EXPECT_TRUE(next.connected());
  EXPECT_FALSE(rig.peers.front()->connected());
  EXPECT_TRUE(rig.peers[1]->connected());
  EXPECT_TRUE(rig.noted("no Logon yet, and 64 connections wait for theirs")) << rig.all_notes();
}

TEST(Simulator, LogonAndOrderInOneWriteAreBothServed) {
  VenueRig rig;
  RawPeer& peer = rig.caller("BRK");
  const std::string logon = peer.message("35=A|98=0|108=30|");
  peer.writes(logon + peer.message(order("A")));
  peer.expects("35=A");
  peer.expects("35=8|11=A|150=0");
}

TEST(Simulator, StoppingLogsClientsOut) {
  VenueRig rig;
  RawPeer& client = rig.client("BRK");
  rig.simulator->stop();
  client.expects("35=5");
  EXPECT_TRUE(client.sees_close());
}

}  // namespace
}  // namespace fixdrill::test
