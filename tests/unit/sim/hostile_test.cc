// Clients of the simulator that mean harm, where time matters or numbers are large. What they can
// do with bytes alone is in tests/e2e/hostile_client_test.py.
#include <fmt/format.h>

#include "base/limits.h"
#include "venue_rig.h"

namespace fixdrill::test {
namespace {

using namespace std::chrono_literals;

std::string order(const std::string& id, const std::string& more) {
  return "35=D|11=" + id + "|55=MSFT|40=2|60=20270115-08:00:00|" + more;
}

void wait(VenueRig& rig, Duration time) {
  rig.loop->run_until([] { return false; }, rig.loop->now() + time);
}

TEST(HostileClient, OneThatIsSilentIsCutAfterTwoIntervals) {
  VenueRig rig;
  rig.client("GONE").disappears();
  wait(rig, 59s);
  EXPECT_FALSE(rig.noted("GONE (FIX.4.4) is gone")) << rig.all_notes();
  wait(rig, 2s);
  EXPECT_TRUE(rig.noted("GONE (FIX.4.4) is gone: the peer has been silent for 60 s"))
      << rig.all_notes();
}

TEST(HostileClient, TheLongestIntervalIsNoShortOne) {
  VenueRig rig;
  RawPeer& client = rig.caller("LONG");
  client.sends("35=A|98=0|108=2147483647|");
  client.expects("35=A|108=2147483647");
  wait(rig, 24h);
  client.sends("35=1|112=X|");
  client.expects("35=0|112=X");
}

TEST(HostileClient, AnIntervalThatIsNoNumberOfSecondsIsRefused) {
  for (const char* interval : {"x", "-5", "1.5", "99999999999", "0x10"}) {
    VenueRig rig;
    RawPeer& client = rig.caller("BAD");
    client.sends(fmt::format("35=A|98=0|108={}|", interval));
    EXPECT_TRUE(client.sees_close()) << interval;
    EXPECT_EQ(client.received(), "") << interval;
    wait(rig, 5s);
    rig.client("GOOD");
  }
}

TEST(HostileClient, AnIntervalThatIsNoNumberIsBlockedInASessionToo) {
  VenueRig rig;
  RawPeer& client = rig.client("BAD");
  client.sends("35=A|34=1|98=0|108=x|141=Y|");
  client.expects_nothing();
  EXPECT_TRUE(rig.noted("HeartBtInt(108) is no number of seconds: x")) << rig.all_notes();
  client.sends("35=1|112=X|");
  client.expects("35=0|112=X");
}

/// An order of BUYER rests and its client is away while others trade with it.
struct Away {
  Away(int quantity, const std::string& more, std::size_t most = limits::kSimHeldReports)
      : rig(config(most)) {
    buyer.sends(order("B", fmt::format("54=1|44=10.15|38={}|{}", quantity, more)));
    buyer.expects("35=8|11=B|150=0");
    buyer.closes();
    EXPECT_TRUE(buyer.sees_close());
  }
  void trades(int times) {
    RawPeer& seller = rig.client("SELLER");
    for (int i = 0; i < times; ++i) {
      seller.sends(order(fmt::format("S{}", i), "54=2|44=10.15|38=1|"));
      seller.expects("35=8|150=0");
      seller.expects("35=8|150=F");
    }
  }
  void comes_back() {
    buyer.connects(rig.simulator->port());
    EXPECT_TRUE(buyer.accepted());
    buyer.sends("35=A|98=0|108=30|");
    buyer.expects("35=A");
  }
  static sim::Config config(std::size_t most_held_reports = limits::kSimHeldReports) {
    sim::Config config;
    config.most_held_reports = most_held_reports;
    config.cancel_on_disconnect = false;
    return config;
  }

  VenueRig rig;
  RawPeer& buyer = rig.client("BUYER");
};

TEST(HostileClient, ReportsForOneThatIsAwayAreBoundedInNumber) {
  constexpr int kMost = 100;
  Away away(kMost + 50, "", kMost);
  away.trades(kMost + 20);
  away.comes_back();
  away.buyer.expects("35=8|150=F|14=21");
  wait(away.rig, 1s);
  EXPECT_EQ(away.buyer.waiting(), kMost - 1);
}

TEST(HostileClient, ReportsForOneThatIsAwayAreBoundedInSize) {
  constexpr std::size_t kAccount = 100'000;
  Away away(100, "1=" + std::string(kAccount, 'x') + "|");
  away.trades(60);
  away.comes_back();
  wait(away.rig, 1s);
  EXPECT_EQ(away.buyer.waiting(), limits::kSimHeldBytes / (kAccount + 100));
}

/// Has had 8 MB of reports and reads no more. Others are served all the time.
struct NoReader {
  static constexpr std::size_t kReports = 4;
  static constexpr std::size_t kAccount = 2'000'000;

  NoReader() {
    const std::string account = "1=" + std::string(kAccount, 'x') + "|";
    for (std::size_t i = 0; i < kReports; ++i) {
      client.sends(order(fmt::format("A{}", i), "54=1|44=10.00|38=1|" + account));
      client.expects("35=8|150=0");
    }
    client.disappears();
  }
  /// Never the same request twice in a row: that is a resend loop, and cut as one.
  void asks_for_all(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      client.sends(fmt::format("35=2|7={}|16=0|", 1 + i % 2));
      other.sends("35=1|112=X|");
      other.expects("35=0|112=X");
    }
  }

  VenueRig rig;
  RawPeer& client = rig.client("SLOW");
  RawPeer& other = rig.client("OTHER");
};

// The engine serves a ResendRequest of any size in one call.
TEST(HostileClient, ResendsForOneThatDoesNotReadAreBoundedInSize) {
  NoReader slow;
  constexpr std::size_t kWhole = limits::kSendQueue / (NoReader::kReports * NoReader::kAccount);
  slow.asks_for_all(kWhole);
  EXPECT_FALSE(slow.rig.noted("SLOW (FIX.4.4) is gone")) << slow.rig.all_notes();
  slow.asks_for_all(1);
  EXPECT_TRUE(
      slow.rig.noted("SLOW (FIX.4.4) is gone: the peer reads too slowly: more than "
                     "67108864 bytes wait to be sent"))
      << slow.rig.all_notes();
}

TEST(HostileClient, ResendsForOneThatDoesNotReadAreBoundedInTime) {
  NoReader slow;
  slow.asks_for_all(1);
  wait(slow.rig, 29s);
  EXPECT_FALSE(slow.rig.noted("SLOW (FIX.4.4) is gone")) << slow.rig.all_notes();
  wait(slow.rig, 2s);
  EXPECT_TRUE(slow.rig.noted("SLOW (FIX.4.4) is gone: the peer does not read: "))
      << slow.rig.all_notes();
  EXPECT_TRUE(slow.rig.noted(" bytes made no progress for 30 s")) << slow.rig.all_notes();
}

// Its orders are known by a number of its seat, which another version must not lose.
TEST(HostileClient, OneThatChangesItsVersionKeepsItsOrders) {
  VenueRig rig(Away::config());
  for (const char* version : {"9", "7", "8", "9"}) {
    const std::string logon = fmt::format("1137={}|141=Y|", version);
    RawPeer& client = rig.client("BUYER", "FIXT.1.1", logon);
    client.sends(order(fmt::format("B{}{}", version, rig.peers.size()), "54=1|44=10.15|38=10|"));
    client.expects("35=8|150=0");
    client.closes();
    EXPECT_TRUE(client.sees_close());
  }
  RawPeer& seller = rig.client("SELLER");
  seller.sends(order("S", "54=2|44=10.15|38=40|"));
  seller.expects("35=8|150=0");
  for (int i = 0; i < 4; ++i) seller.expects("35=8|150=F|32=10");
}

TEST(HostileClient, ThereIsAnEndOfIdentities) {
  sim::Config config;
  config.most_sessions = 100;
  VenueRig rig(config);
  for (std::size_t i = 0; i < config.most_sessions; ++i) {
    RawPeer peer(*rig.loop, fmt::format("C{}", i), "EXCH");
    peer.connects(rig.simulator->port());
    ASSERT_TRUE(peer.accepted());
    peer.sends("35=A|98=0|108=30|");
    peer.expects("35=A");
  }
  RawPeer& late = rig.caller("LATE");
  late.sends("35=A|98=0|108=30|");
  EXPECT_TRUE(late.sees_close());
  EXPECT_TRUE(rig.noted("100 sessions are known already"));
  RawPeer& known = rig.caller("C77");
  known.sends("35=A|98=0|108=30|141=Y|");
  known.expects("35=A|34=1");
}

}  // namespace
}  // namespace fixdrill::test
