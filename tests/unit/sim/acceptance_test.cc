// The acceptance application behind engine sessions that pass messages through whole.
#include <fmt/format.h>

#include "venue_rig.h"

namespace fixdrill::test {
namespace {

sim::Config acceptor() {
  sim::Config config;
  config.application = sim::ApplicationKind::acceptance;
  config.checks = sim::Checks::engine;
  config.reset_on_logon = true;
  config.sessions = {{.comp_id = "TW40", .begin_string = "FIX.4.0", .appl_ver_id = ""},
                     {.comp_id = "TW44", .begin_string = "FIX.4.4", .appl_ver_id = ""},
                     {.comp_id = "LOOSE",
                      .begin_string = "FIX.4.4",
                      .appl_ver_id = "",
                      .fields_have_values = false},
                     {.comp_id = "TW50", .begin_string = "FIXT.1.1", .appl_ver_id = "7"}};
  return config;
}

std::string order(const std::string& id, const std::string& header = "") {
  return fmt::format("35=D|{}55=MSFT|11={}|21=3|54=1|40=1|60=20270115-08:00:00|", header, id);
}

TEST(Acceptance, AnOrderComesBackInTheOrderOfTheEngine) {
  VenueRig rig(acceptor());
  RawPeer& client = rig.client("TW44");
  client.sends(order("A", "115=FUND|"));
  const std::string echo = client.expects("35=D");
  EXPECT_NE(
      echo.find("|35=D|34=2|49=EXCH|52=20270115-08:00:00.000|56=TW44|115=FUND|11=A|21=3|40=1|54=1|"
                "55=MSFT|60=20270115-08:00:00|10="),
      std::string::npos)
      << echo;
}

TEST(Acceptance, WhatMarksACopyIsTakenOff) {
  VenueRig rig(acceptor());
  RawPeer& client = rig.client("TW44");
  client.sends(order("A", "43=Y|122=20270115-08:00:00|97=Y|"));
  const std::string echo = client.expects("35=D|97=Y|11=A");
  EXPECT_EQ(RawPeer::value(echo, "43"), "");
  EXPECT_EQ(RawPeer::value(echo, "122"), "");
}

TEST(Acceptance, APossibleResendIsIgnoredAsLongAsTheLineLasts) {
  VenueRig rig(acceptor());
  RawPeer& client = rig.client("TW44");
  client.sends(order("A"));
  client.expects("35=D|11=A");
  client.sends(order("A", "97=Y|"));
  client.expects_nothing();
  client.sends(order("A"));
  client.expects("35=D|11=A");
  RawPeer& other = rig.client("TW40", "FIX.4.0");
  other.sends("35=D|97=Y|11=A|21=3|38=1|54=1|40=1|55=MSFT|");
  other.expects("35=D|97=Y|11=A");
  client.sends("35=5|");
  client.expects("35=5");
  ASSERT_TRUE(client.sees_close());
  client.next_out = 1;
  client.connects(rig.simulator->port());
  ASSERT_TRUE(client.accepted());
  client.sends("35=A|98=0|108=30|");
  client.expects("35=A|34=1");
  client.sends(order("A", "97=Y|"));
  client.expects("35=D|97=Y|11=A");
}

TEST(Acceptance, OtherTypesAreUnsupported) {
  VenueRig rig(acceptor());
  RawPeer& client = rig.client("TW44");
  client.sends("35=H|11=A|55=MSFT|54=1|");
  client.expects("35=j|45=2|58=Unsupported Message Type|372=H|380=3");
  RawPeer& old = rig.client("TW40", "FIX.4.0");
  old.sends("35=H|11=A|55=MSFT|54=1|");
  old.expects("35=3|45=2|58=Unsupported message type");
}

TEST(Acceptance, TheEngineChecksWholeMessages) {
  VenueRig rig(acceptor());
  RawPeer& client = rig.client("TW44");
  client.sends("35=D|11=A|21=3|40=1|55=MSFT|60=20270115-08:00:00|");
  client.expects("35=3|45=2|58=Required tag missing|371=54|372=D|373=1");
  client.sends("35=1|112=|");
  client.expects("35=3|45=3|58=Tag specified without a value|371=112|372=1|373=4");
  RawPeer& loose = rig.client("LOOSE");
  loose.sends("35=1|112=|");
  loose.expects("35=0|112=");
}

TEST(Acceptance, ALengthThatIsTooLongTakesTheNextMessageAlong) {
  VenueRig rig(acceptor());
  RawPeer& client = rig.client("TW44");
  std::string bad = client.message("35=1|34=2|112=LOST|");
  const std::size_t at = bad.find("9=") + 2;
  bad.replace(at, 2, std::to_string(std::stoi(bad.substr(at, 2)) + 14));
  client.writes(bad);
  client.sends("35=1|34=2|112=LOST|");
  client.expects_nothing();
  client.sends("35=1|34=2|112=HERE|");
  client.expects("35=0|34=2|112=HERE");
}

TEST(Acceptance, OnlyTheClientsOfItsFileAreServed) {
  VenueRig rig(acceptor());
  RawPeer& stranger = rig.caller("TW45");
  stranger.sends("35=A|98=0|108=30|");
  EXPECT_TRUE(stranger.sees_close());
  EXPECT_EQ(stranger.received(), "");
  EXPECT_TRUE(rig.noted("SenderCompID(49) TW45 with FIX.4.4 is no session of its file"))
      << rig.all_notes();
  RawPeer& other_version = rig.caller("TW44", "FIX.4.2");
  other_version.sends("35=A|98=0|108=30|");
  EXPECT_TRUE(other_version.sees_close());
}

TEST(Acceptance, TheVersionOfAListedClientIsItsFiles) {
  VenueRig rig(acceptor());
  RawPeer& without = rig.caller("TW50", "FIXT.1.1");
  without.sends("35=A|98=0|108=30|");
  EXPECT_TRUE(without.sees_close());
  RawPeer& client = rig.client("TW50", "FIXT.1.1", "1137=7|");
  client.sends(order("A"));
  client.expects("35=D|11=A");
}

}  // namespace
}  // namespace fixdrill::test
