// `logon` with fields of its own, and one that the peer must refuse.
#include "support/raw_peer.h"
#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

using test::RawPeer;

class LogonStep : public DrillRun {
 protected:
  LogonStep() {
    profile_text = R"(
environment = "simulator"
[session.OE]
port = 9000
begin_string = "FIX.4.4"
sender = "BRK1"
target = "EXCH"
store = "memory"
reset_on_logon = true
username = "desk"
[session.OE.logon]
"9001" = "N"
"9003" = "stays"
)";
  }
  /// A peer that does this with every Logon that it gets.
  void peer_answers(std::function<void(RawPeer&)> answer) {
    with_loop = [this, answer = std::move(answer)](net::Loop& loop) {
      peer = std::make_unique<RawPeer>(loop, "EXCH", "BRK1");
      peer->listens(9000);
      look(loop, answer);
    };
  }
  void look(net::Loop& loop, const std::function<void(RawPeer&)>& answer) {
    timer = loop.at(loop.now() + 10ms, [this, &loop, answer] {
      while (peer->waiting() > 0) {
        const std::string message = peer->expects("");
        const std::string type = RawPeer::value(message, "35");
        if (type == "A") {
          logons.push_back(message);
          peer->next_out = 1;
          answer(*peer);
        }
        if (type == "1") peer->sends("35=0|112=" + RawPeer::value(message, "112") + "|");
        if (type == "5" && polite) peer->sends("35=5|");
      }
      look(loop, answer);
    });
  }
  void TearDown() override {
    timer.reset();
    peer.reset();
  }
  static void accepts(RawPeer& peer) { peer.sends("35=A|98=0|108=30|141=Y|58=welcome|"); }
  static void refuses(RawPeer& peer) {
    peer.sends("35=5|58=wrong password|");
    peer.closes();
  }
  static std::string engine(const std::string& steps) {
    return "session OE initiator\nscenario \"s\" {\n" + steps + "\n}\n";
  }

  std::unique_ptr<RawPeer> peer;
  std::unique_ptr<net::Timer> timer;
  std::vector<std::string> logons;
  bool polite = true;
};

TEST_F(LogonStep, FieldsAreOfThisLogonOnly) {
  peer_answers(accepts);
  EXPECT_EQ(says(engine("  logon { 9001 = ${upper(\"y\")} | 9002 = x | HeartBtInt = 17 | !Username "
                        "} as la within 5s\n"
                        "  check la.Text = \"welcome\"\n  logout\n  logon\n  sync")),
            "PASS s");
  ASSERT_EQ(logons.size(), 2u);
  for (const char* field : {"|9001=Y|", "|9002=x|", "|9003=stays|", "|108=17|"})
    EXPECT_NE(logons[0].find(field), std::string::npos) << field << " in " << logons[0];
  EXPECT_EQ(logons[0].find("|553="), std::string::npos);
  for (const char* field : {"|9001=N|", "|9003=stays|", "|108=30|", "|553=desk|"})
    EXPECT_NE(logons[1].find(field), std::string::npos) << field << " in " << logons[1];
  EXPECT_EQ(logons[1].find("|9002="), std::string::npos);
}

TEST_F(LogonStep, ALogoutRefusesAndNothingIsLeftOver) {
  peer_answers(refuses);
  EXPECT_EQ(
      says(engine("  logon { 554 = ${wrong(\"x\")} } refused { Text ~ /password/i } within 5s\n"
                  "  expect nothing for 1s\n"
                  "  logon refused within 5s")),
      "PASS s");
  EXPECT_EQ(logons.size(), 2u);
}

TEST_F(LogonStep, ACloseOrARejectRefusesWhenNoFieldsAreGiven) {
  peer_answers([](RawPeer& peer) { peer.closes(); });
  EXPECT_EQ(says(engine("  logon refused within 5s")), "PASS s");
  EXPECT_EQ(says(engine("  logon refused { Text = x } within 5s")),
            "FAIL s: 3:9 logon: the logon of OE was refused by closing the connection, not with "
            "the Logout whose fields are given");
  peer_answers([](RawPeer& peer) { peer.sends("35=3|45=1|58=no|"); });
  EXPECT_EQ(says(engine("  logon refused within 5s\n  expect nothing for 1s")), "PASS s");
  EXPECT_EQ(says(engine("  logon refused { Text = no } within 5s")),
            "FAIL s: 3:9 logon: the logon of OE was refused with a Reject, not with the Logout "
            "whose fields are given");
}

TEST_F(LogonStep, ARefusalForAnotherReasonFails) {
  peer_answers(refuses);
  EXPECT_EQ(says(engine("  logon refused { Text ~ /expired/ | !Username } within 5s")),
            "FAIL s: 3:19 expect: Logout on OE differs in 1 of 2 fields");
}

TEST_F(LogonStep, ALogonThatSucceedsWasNotRefused) {
  peer_answers(accepts);
  EXPECT_EQ(says(engine("  logon refused within 5s")),
            "FAIL s: 3:3 logon: the logon of OE succeeded; it should have been refused");
  peer_answers([](RawPeer& peer) {
    accepts(peer);
    refuses(peer);
  });
  EXPECT_EQ(says(engine("  logon refused within 5s")),
            "FAIL s: 3:3 logon: the logon of OE succeeded; it should have been refused");
}

TEST_F(LogonStep, SilenceIsNoRefusal) {
  peer_answers([](RawPeer&) {});
  EXPECT_EQ(says(engine("  logon refused within 2s")),
            "FAIL s: 3:3 logon: the logon of OE was neither answered nor refused within 2 s");
  // Our engine gives up by itself after a while: that is not the peer's refusal either.
  const std::string late = says(engine("  logon refused within 60s"));
  EXPECT_TRUE(
      late.starts_with("FAIL s: 3:3 logon: the logon of OE was neither answered nor "
                       "refused within 60 s: "))
      << late;
}

TEST_F(LogonStep, ASessionThatIsUpTakesNoSecondLogon) {
  peer_answers(accepts);
  EXPECT_EQ(says(engine("  sync\n  logon { 9001 = Y }\n  expect nothing for 1s")),
            "FAIL s: 4:3 logon: OE is logged on already; 'logout' comes before another logon");
}

}  // namespace
}  // namespace fixdrill::run
