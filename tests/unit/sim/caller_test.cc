// The simulator that calls, as the acceptor meets that it calls.
#include "sim/caller.h"

#include <algorithm>

#include "venue_rig.h"

namespace fixdrill::test {
namespace {

using namespace std::chrono_literals;

struct CallerRig {
  explicit CallerRig(const std::string& begin_string = "FIX.4.4") {
    config.session.name = "BRK1";
    config.session.port = peer.listens();
    config.session.begin_string = peer.begin_string = begin_string;
    config.session.sender = "BRK1";
    config.session.target = "EXCH";
    config.session.store = profile::StoreKind::memory;
    config.session.reset_on_logon = true;
  }

  void calls() {
    auto started =
        sim::Caller::start(config, {*loop, recorder, VenueRig::dictionary_of,
                                    [this](const std::string& text) { notes.push_back(text); }});
    EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.error().text);
    if (started) caller = std::move(*started);
  }
  /// Takes its Logon, which must have these fields, and answers it.
  void takes_logon(const std::string& fields, const std::string& answer) {
    peer.expects("35=A|49=BRK1|56=EXCH|" + fields);
    peer.next_out = 1;
    peer.sends("35=A|98=0|108=30|" + answer);
  }
  void logs_on() {
    calls();
    takes_logon("34=1|108=30|141=Y", "141=Y|");
  }
  bool passes(Duration time) {
    return !loop->run_until([] { return false; }, loop->now() + time);
  }

  sim::CallerConfig config;
  std::unique_ptr<net::Loop> loop = net::make_memory_loop(kSimStart);
  record::NullRecorder recorder;
  std::vector<std::string> notes;
  RawPeer peer{*loop, "EXCH", "BRK1"};
  std::unique_ptr<sim::Caller> caller;
};

std::string order(const std::string& id) {
  return "35=D|11=" + id + "|55=MSFT|54=1|38=100|40=2|44=10.00|60=20270115-08:00:00|";
}

TEST(Caller, LogsOnAndEchoesOrders) {
  CallerRig rig;
  rig.logs_on();
  rig.peer.sends(order("A"));
  rig.peer.expects("35=D|34=2|11=A|55=MSFT|54=1|38=100|40=2|44=10.00|60=20270115-08:00:00");
}

TEST(Caller, AnOrderThatMayHaveComeBeforeIsEchoedOnce) {
  CallerRig rig;
  rig.logs_on();
  rig.peer.sends(order("A").insert(5, "97=Y|"));
  rig.peer.expects("35=D|11=A");
  rig.peer.sends(order("A").insert(5, "97=Y|"));
  rig.peer.expects_nothing();
}

TEST(Caller, RefusesWhatItDoesNotServe) {
  CallerRig rig;
  rig.logs_on();
  rig.peer.sends("35=F|11=B|41=A|55=MSFT|54=1|38=100|60=20270115-08:00:00|");
  rig.peer.expects("35=j|45=2|372=F|380=3");
  rig.peer.sends("35=D|11=C|55=MSFT|54=1|38=100|40=2|60=20270115-08:00:00|");
  rig.peer.expects("35=j|45=3|372=D|380=5");
  rig.peer.sends("35=D|11=D|55=MSFT|38=100|40=2|44=10.00|60=20270115-08:00:00|");
  rig.peer.expects("35=3|45=4|371=54|373=1");
}

TEST(Caller, EndsTheLineWhenTheAnswerToItsLogonLacksAField) {
  CallerRig rig;
  rig.calls();
  rig.peer.expects("35=A|34=1");
  rig.peer.sends("35=A|98=0|141=Y|");
  EXPECT_TRUE(rig.peer.sees_close());
  EXPECT_TRUE(std::any_of(rig.notes.begin(), rig.notes.end(), [](const std::string& note) {
    return note == "BRK1: its Logon is wrong: Required tag missing: HeartBtInt(108)";
  }));
}

TEST(Caller, BeforeFix42ItRefusesWithAReject) {
  CallerRig rig("FIX.4.1");
  rig.logs_on();
  rig.peer.sends("35=F|11=B|41=A|125=F|55=MSFT|54=1|38=100|");
  rig.peer.expects("35=3|45=2");
}

TEST(Caller, ComesBackASecondAfterALossWithNumbersThatBeginAnew) {
  CallerRig rig;
  rig.logs_on();
  rig.peer.sends(order("A"));
  rig.peer.expects("35=D");
  rig.peer.closes();
  ASSERT_TRUE(rig.peer.sees_close());
  EXPECT_TRUE(rig.passes(900ms));
  EXPECT_FALSE(rig.peer.connected());
  rig.takes_logon("34=1|141=Y", "141=Y|");
  rig.peer.sends("35=1|112=X|");
  rig.peer.expects("35=0|34=2|112=X");
}

TEST(Caller, NumbersRunOnWhenTheyAreKept) {
  CallerRig rig;
  rig.config.session.reset_on_logon = false;
  rig.calls();
  rig.takes_logon("34=1", "");
  rig.peer.closes();
  ASSERT_TRUE(rig.peer.sees_close());
  const std::string logon = rig.peer.expects("35=A|34=2");
  EXPECT_EQ(RawPeer::value(logon, "141"), "");
}

// There is no ResetSeqNumFlag(141) to say so.
TEST(Caller, InFix40NumbersBeginAnewWithoutAWord) {
  CallerRig rig("FIX.4.0");
  rig.calls();
  rig.takes_logon("34=1", "");
  rig.peer.closes();
  ASSERT_TRUE(rig.peer.sees_close());
  const std::string logon = rig.peer.expects("35=A|34=1");
  EXPECT_EQ(RawPeer::value(logon, "141"), "");
}

TEST(Caller, CallsUntilSomebodyListensAndSaysSoOnce) {
  CallerRig rig;
  const std::uint16_t port = rig.config.session.port;
  rig.peer.stops_listening();
  rig.calls();
  EXPECT_TRUE(rig.passes(5s));
  ASSERT_EQ(rig.notes.size(), 1U);
  EXPECT_NE(rig.notes[0].find("cannot connect"), std::string::npos) << rig.notes[0];
  rig.peer.listens(port);
  rig.peer.expects("35=A|34=1");
}

TEST(Caller, LogsOutAtTheEndAndDoesNotComeBack) {
  CallerRig rig;
  rig.logs_on();
  rig.peer.sends(order("A"));
  rig.peer.expects("35=D");
  rig.caller->stop();
  rig.peer.expects("35=5");
  EXPECT_TRUE(rig.passes(5s));
  EXPECT_EQ(rig.peer.waiting(), 0U);
}

TEST(Caller, AVersionWithoutADictionaryIsRefused) {
  CallerRig rig;
  const auto nothing = [](const std::string&, const std::string&) {
    return Result<fix::DictionaryPtr>(fix::DictionaryPtr());
  };
  const auto started =
      sim::Caller::start(rig.config, {*rig.loop, rig.recorder, nothing, [](const std::string&) {}});
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().text, "there is no dictionary for FIX.4.4");
}

}  // namespace
}  // namespace fixdrill::test
