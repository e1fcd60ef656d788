// Guards 1 and 3: what is refused, with which words, and that no byte of it leaves.
#include "session/guard.h"

#include <gtest/gtest.h>

#include "support/raw_peer.h"
#include "support/session_rig.h"

namespace fixdrill::session {
namespace {

using namespace std::chrono_literals;

class GuardTest : public ::testing::Test {
 protected:
  Status admit(const std::string& text, Origin origin = Origin::scenario) {
    if (!guard) guard = make_guard(profile);
    const fix::Message message(pipe_to_soh(text));
    return guard->admit({message, unfinished, origin, now});
  }
  /// The words of the refusal; "" = it may leave.
  std::string refusal(const std::string& text) {
    const Status status = admit(text);
    if (status) return "";
    EXPECT_EQ(status.error().kind, ErrorKind::guard);
    return status.error().text;
  }

  profile::Profile profile;
  std::shared_ptr<Guard> guard;
  std::string unfinished;
  Time now = test::kStart;
};

TEST_F(GuardTest, ProductionLetsOnlySessionMessagesOut) {
  profile.environment = profile::Environment::production;
  for (const char* allowed : {"35=A|108=30|", "35=0|", "35=1|112=x|", "35=5|"})
    EXPECT_EQ(refusal(allowed), "") << allowed;
  EXPECT_EQ(refusal("35=D|11=a|"),
            "35=D was not sent: environment is production, where only Logon without "
            "ResetSeqNumFlag(141), Heartbeat, TestRequest and Logout leave");
  for (const char* refused :
       {"35=A|141=Y|", "35=A|141=N|", "35=2|7=1|16=0|", "35=4|36=9|", "35=3|", "35=F|",
        "35=0|35=D|", "8=FIX.4.4|9=5|", "hello", "8=FIX.4.4|35=0|10=000|8=FIX.4.4|35=D|10=000|"})
    EXPECT_NE(refusal(refused), "") << refused;
  EXPECT_FALSE(admit("35=4|36=9|", Origin::driver).ok());
}

TEST_F(GuardTest, QuantityOfEveryOrderType) {
  for (const char* order :
       {"35=D|38=10001|", "35=G|38=10001|", "35=E|73=2|11=a|38=1|11=b|38=10001|",
        "35=s|552=1|54=1|38=10001|", "35=t|38=10001|", "35=AB|38=10001|", "35=AC|687=10001|",
        "35=S|134=10001|", "35=i|299=q|135=10001|", "35=AJ|38=10001|", "35=U1|38=10001|",
        "38=10001|35=D|", "35=0|35=D|38=10001|", "35=D|38=1|38=10001|", "35=D|38=-10001|",
        "35=D|38=10000.01|"}) {
    EXPECT_NE(refusal(order).find("max_order_qty"), std::string::npos) << order;
  }
  EXPECT_EQ(refusal("35=D|38=10001|"),
            "35=D was not sent: quantity (tag 38) is 10001, the profile allows 10000 "
            "(max_order_qty)");
  EXPECT_EQ(refusal("35=D|38=10000|"), "");
  EXPECT_EQ(refusal("35=8|38=10001|"), "") << "a report places no order";
}

TEST_F(GuardTest, NumbersThatCannotBeCheckedAreRefused) {
  EXPECT_NE(refusal("35=D|38=1e9|"), "");
  EXPECT_NE(refusal("35=D|38=99999999999999999999|"), "");
  EXPECT_EQ(refusal("35=D|38=many|"), "") << "no digit, no quantity";
}

TEST_F(GuardTest, NotionalPerOrder) {
  EXPECT_EQ(refusal("35=D|38=1000|44=10000|"), "");
  EXPECT_EQ(refusal("35=D|38=1000|44=10000.01|"),
            "35=D was not sent: its notional is 1000 x 10000.01, the profile allows 10000000 "
            "(max_notional)");
  EXPECT_NE(refusal("35=D|152=10000001|"), "");
  EXPECT_EQ(refusal("35=E|11=a|38=10000|44=1|11=b|38=1|44=9999999|"), "");
}

TEST_F(GuardTest, SymbolsWhenTheProfileNamesThem) {
  EXPECT_EQ(refusal("35=D|55=ANY|"), "");
  guard.reset();
  profile.limits.symbols = {"TEST1", "TEST2"};
  EXPECT_EQ(refusal("35=D|55=TEST2|"), "");
  EXPECT_EQ(refusal("35=D|55=MSFT|"),
            "35=D was not sent: Symbol(55) is MSFT, the profile allows TEST1, TEST2 (symbols)");
  EXPECT_EQ(refusal("35=D|48=US5949181045|"),
            "35=D was not sent: it has no Symbol(55), and the profile allows only TEST1, TEST2 "
            "(symbols)");
  EXPECT_NE(refusal("35=E|11=a|55=TEST1|11=b|55=MSFT|"), "");
}

TEST_F(GuardTest, OrdersARun) {
  profile.limits.orders_per_run = 3;
  EXPECT_EQ(refusal("35=D|11=a|"), "");
  EXPECT_NE(refusal("35=E|11=b|11=c|11=d|"), "");
  EXPECT_EQ(refusal("35=E|11=b|11=c|"), "");
  EXPECT_EQ(refusal("35=D|11=e|"),
            "the order was not sent: it would be number 4 of this run, the profile allows 3 "
            "(orders_per_run)");
  EXPECT_EQ(refusal("35=F|11=f|"), "");
  EXPECT_TRUE(admit("35=D|11=a|43=Y|", Origin::driver).ok()) << "a resend is no new order";
}

TEST_F(GuardTest, MessagesASecond) {
  profile.limits.messages_per_second = 2;
  EXPECT_EQ(refusal("35=0|"), "");
  now = now + 500ms;
  EXPECT_EQ(refusal("35=0|"), "");
  EXPECT_EQ(refusal("35=0|"),
            "the message was not sent: 2 left within the last second, the profile allows 2 "
            "(messages_per_second)");
  now = now + 500ms;
  EXPECT_EQ(refusal("35=0|"), "");
  EXPECT_NE(refusal("35=0|"), "");
}

TEST_F(GuardTest, CapsOfZeroLetNothingOut) {
  profile.limits.orders_per_run = 0;
  profile.limits.max_order_qty = 0;
  EXPECT_NE(refusal("35=D|11=a|"), "");
  EXPECT_NE(refusal("35=G|38=1|"), "");
  EXPECT_EQ(refusal("35=F|11=a|"), "");
}

TEST_F(GuardTest, NothingHidesBetweenTwoRawWrites) {
  unfinished = pipe_to_soh("8=FIX.4.4|9=50|35=D|38=99");
  EXPECT_NE(refusal("999|10=000|").find("max_order_qty"), std::string::npos);
}

TEST_F(GuardTest, RefusedMessagesAreNotCounted) {
  profile.limits.messages_per_second = 1;
  EXPECT_NE(refusal("35=D|38=10001|"), "");
  EXPECT_EQ(refusal("35=D|38=1|"), "");
}

/// Every name leads to this machine, as a tunnel does.
class TunnelLoop final : public net::Loop {
 public:
  explicit TunnelLoop(std::unique_ptr<net::Loop> inner) : inner_(std::move(inner)) {}
  Time now() const override { return inner_->now(); }
  std::unique_ptr<net::Timer> at(Time when, std::function<void()> action) override {
    return inner_->at(when, std::move(action));
  }
  Result<std::unique_ptr<net::Listener>> listen(const net::Endpoint& at,
                                                net::AcceptSink& sink) override {
    return inner_->listen(at, sink);
  }
  net::ConnectionPtr connect(const net::Endpoint& to, net::ByteSink& sink) override {
    return inner_->connect({"127.0.0.1", to.port}, sink);
  }
  bool run_until(const std::function<bool()>& done, Time deadline) override {
    return inner_->run_until(done, deadline);
  }
  void interrupt() override { inner_->interrupt(); }

 private:
  std::unique_ptr<net::Loop> inner_;
};

/// On the wire: a refused message leaves no byte and consumes no number.
class GuardedWire : public ::testing::Test {
 protected:
  void connect() {
    rig.config.port = peer.listens();
    if (rig.profile.environment != profile::Environment::simulator)
      rig.profile.allow = {"127.0.0.1:" + std::to_string(rig.config.port)};
    rig.wire();
    ASSERT_TRUE(rig.session->open(rig.inbox).ok());
    ASSERT_TRUE(rig.reaches(State::connected));
    ASSERT_TRUE(peer.accepted());
  }
  void expect_no_byte() {
    peer.expects_nothing();
    EXPECT_EQ(peer.received(), "");
    EXPECT_TRUE(rig.recorder.ios.empty());
    EXPECT_EQ(rig.session->next_out(), 1);
  }

  test::SessionRig rig{std::make_unique<TunnelLoop>(net::make_memory_loop(test::kStart))};
  test::RawPeer peer{*rig.loop, "PEER", "US"};
};

TEST_F(GuardedWire, RawBytesMeetTheSameCaps) {
  connect();
  EXPECT_FALSE(rig.session->send(test::out("35=D|38=10001|")).ok());
  EXPECT_FALSE(rig.session->send_bytes(pipe_to_soh("8=FIX.4.4|35=D|38=10001|10=000|")).ok());
  EXPECT_FALSE(rig.session->send_bytes(peer.wrap("FIX.4.4", pipe_to_soh("35=D|38=1e5|"))).ok());
  expect_no_byte();
}

TEST_F(GuardedWire, ACapCutIntoTwoRawWrites) {
  connect();
  const std::string order = peer.wrap("FIX.4.4", pipe_to_soh("35=D|34=1|38=99999|"));
  const std::size_t middle = order.find("38=99") + 5;
  ASSERT_TRUE(rig.session->send_bytes(order.substr(0, middle)).ok());
  EXPECT_FALSE(rig.session->send_bytes(order.substr(middle)).ok());
}

TEST_F(GuardedWire, ProductionSendsNoOrder) {
  rig.profile.environment = profile::Environment::production;
  connect();
  EXPECT_FALSE(rig.session->send(test::out("35=D|11=a|38=1|")).ok());
  EXPECT_FALSE(rig.session->send(test::out("35=A|98=0|108=30|141=Y|")).ok());
  EXPECT_FALSE(rig.session->send_bytes("x").ok());
  expect_no_byte();
  EXPECT_TRUE(rig.session->send(test::out("35=A|98=0|108=30|")).ok());
}

TEST_F(GuardedWire, AnAddressThatIsNotThisMachineIsLeftBeforeAByte) {
  rig.profile.environment = profile::Environment::certification;
  rig.config.host = "venue.example.com";
  rig.config.port = peer.listens();
  rig.profile.allow = {"venue.example.com:" + std::to_string(rig.config.port)};
  rig.wire();
  ASSERT_TRUE(rig.session->open(rig.inbox).ok());
  const Event closed = rig.inbox.closed();
  EXPECT_TRUE(closed.guard);
  EXPECT_NE(closed.reason.find("perhaps a tunnel"), std::string::npos) << closed.reason;
  EXPECT_EQ(peer.received(), "");
  EXPECT_TRUE(rig.recorder.ios.empty());
}

}  // namespace
}  // namespace fixdrill::session
