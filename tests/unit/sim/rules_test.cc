// Rules of the simulator as its clients meet them.
#include "sim/rules.h"

#include "base/limits.h"
#include "eval/check.h"
#include "syntax/parser.h"
#include "venue_rig.h"

namespace fixdrill::test {
namespace {

using namespace std::chrono_literals;

sim::RuleBookPtr book_of(const std::string& text) {
  syntax::Parsed parsed =
      syntax::parse(std::make_shared<const SourceFile>("rules.drill", text + "\n"));
  EXPECT_EQ(render(parsed.diagnostics), "");
  eval::CheckContext context;
  context.simulator_dictionary = [](std::size_t index) {
    return index == 0 ? standard_dictionary({"FIX44"}) : nullptr;
  };
  const auto found = eval::check(parsed.file, context);
  EXPECT_FALSE(has_errors(found)) << render(found);
  auto book = sim::make_rule_book(std::move(parsed.file), {});
  EXPECT_TRUE(book.ok()) << (book.ok() ? "" : book.error().text);
  return book ? *book : nullptr;
}

sim::Config with_rules(const std::string& rules) {
  sim::Config config;
  config.rules = book_of("simulator EXCH acceptor {\n" + rules + "\n}");
  return config;
}

std::string order(const std::string& id, const std::string& more = "") {
  return "35=D|11=" + id + "|55=MSFT|54=1|38=100|40=2|44=10.00|60=20270115-08:00:00|" + more;
}

std::string number_of(const std::string& message) { return RawPeer::value(message, "34"); }

TEST(Rules, TheFirstThatFitsAnswersAndTheBookDoesNot) {
  VenueRig rig(
      with_rules("rule when NewOrderSingle { Account = A } then { reply 35=B|148=first| }\n"
                 "rule when NewOrderSingle { Account in (A, B) } then { send 35=B|148=second| }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1", "1=A|"));
  client.expects("35=B|148=first");
  client.expects_nothing();
  client.sends(order("2", "1=B|"));
  client.expects("35=B|148=second");
  client.sends(order("3"));
  client.expects("35=8|11=3|39=0");
}

TEST(Rules, LikeCopiesTheMessageAndCapturesAreSeenInTheBody) {
  VenueRig rig(with_rules(
      "rule when NewOrderSingle { OrderQty > 50 -> qty } then {\n"
      "  reply ExecutionReport like msg { OrderID = X | ExecType = New | LeavesQty = ${qty} }\n}"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1"));
  client.expects("35=8|11=1|55=MSFT|54=1|37=X|150=0|151=100");
}

TEST(Rules, WhereDecidesToo) {
  VenueRig rig(
      with_rules("rule when NewOrderSingle where msg.OrderQty * msg.Price > 1000 then {\n"
                 "  reply 35=B|148=large|\n}"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1"));
  client.expects("35=8|11=1|39=0");
  client.sends("35=D|11=2|55=MSFT|54=1|38=101|40=2|44=10.00|60=20270115-08:00:00|");
  client.expects("35=B|148=large");
}

TEST(Rules, AReplyMayComeLater) {
  VenueRig rig(with_rules("rule when NewOrderSingle then { reply after 250ms 35=B|148=late| }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1"));
  client.expects_nothing(240ms);
  const Time before = rig.loop->now();
  client.expects("35=B|148=late");
  EXPECT_LE(rig.loop->now() - before, 15ms);
}

TEST(Rules, ALateReplyToAClientThatIsAwayWaitsForItsNextLogon) {
  VenueRig rig(with_rules("rule when NewOrderSingle then { reply after 1s 35=B|148=late| }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1"));
  rig.loop->run_until([] { return false; }, rig.loop->now() + 100ms);
  client.closes();
  rig.loop->run_until([] { return false; }, rig.loop->now() + 2s);
  RawPeer& again = rig.caller("BRK");
  again.next_out = client.next_out;
  again.sends("35=A|98=0|108=30|");
  again.expects("35=A");
  again.expects("35=B|148=late");
}

TEST(Rules, WhatOnlyLooksGoesOnToTheNextRuleAndTheBook) {
  VenueRig rig(
      with_rules("rule when NewOrderSingle then { log \"saw ${msg.ClOrdID}\" }\n"
                 "rule when NewOrderSingle { Account = A } then { reply 35=B|148=a| }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1", "1=A|"));
  client.expects("35=B|148=a");
  client.sends(order("2"));
  client.expects("35=8|11=2|39=0");
  EXPECT_TRUE(rig.noted("saw 1") && rig.noted("saw 2")) << rig.all_notes();
}

TEST(Rules, StoresAreSeenByAllClients) {
  VenueRig rig(
      with_rules("store orders\n"
                 "rule when NewOrderSingle then { put orders[msg.ClOrdID] = msg }\n"
                 "rule when OrderCancelRequest where has(orders[msg.OrigClOrdID]) then {\n"
                 "  reply 35=B|148=${orders[msg.OrigClOrdID].Symbol} of ${count(orders)}|\n}"));
  RawPeer& first = rig.client("A");
  RawPeer& second = rig.client("B");
  first.sends(order("1"));
  first.expects("35=8|11=1|39=0");
  second.sends("35=F|11=2|41=1|55=X|54=1|60=20270115-08:00:00|");
  second.expects("35=B|148=MSFT of 1");
  second.sends("35=F|11=2|41=7|55=X|54=1|60=20270115-08:00:00|");
  second.expects("35=9|41=7");
}

TEST(Rules, DropSwallowsAnApplicationMessage) {
  VenueRig rig(with_rules("rule when NewOrderSingle { Account = GONE } then { drop }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1", "1=GONE|"));
  client.expects_nothing(1s);
  client.sends(order("2"));
  client.expects("35=8|11=2|39=0");
}

TEST(Rules, DropOfATestRequestTakesTheAnswerAwayAndLeavesNoGap) {
  VenueRig rig(with_rules(
      "rule when TestRequest { TestReqID = SILENT } then { drop }\n"
      "rule when TestRequest { TestReqID = WRONG } then { reply 35=0|112=OTHER|\n drop }"));
  RawPeer& client = rig.client("BRK");
  client.sends("35=1|112=SILENT|");
  client.expects_nothing(1s);
  client.sends("35=1|112=A|");
  EXPECT_EQ(number_of(client.expects("35=0|112=A")), "2");
  client.sends("35=1|112=WRONG|");
  EXPECT_EQ(number_of(client.expects("35=0|112=OTHER")), "3");
  client.expects_nothing(1s);
  client.sends("35=1|112=B|");
  EXPECT_EQ(number_of(client.expects("35=0|112=B")), "4");
}

TEST(Rules, DropOfAResendRequestServesNothing) {
  VenueRig rig(with_rules("rule when ResendRequest once then { drop }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1"));
  client.expects("35=8|11=1|34=2");
  client.sends("35=2|7=1|16=0|");
  client.expects_nothing(1s);
  client.sends("35=2|7=1|16=0|");
  client.expects("35=4|34=1|36=2|43=Y");
  client.expects("35=8|34=2|43=Y");
  client.sends("35=1|112=A|");
  EXPECT_EQ(number_of(client.expects("35=0|112=A")), "3");
}

TEST(Rules, OnceIsOnce) {
  VenueRig rig(with_rules("rule when TestRequest once then { disconnect }"));
  RawPeer& client = rig.client("BRK");
  client.sends("35=1|112=A|");
  EXPECT_TRUE(client.sees_close());
  EXPECT_EQ(client.waiting(), 0u);
  RawPeer& again = rig.caller("BRK");
  again.next_out = client.next_out;
  again.sends("35=A|98=0|108=30|");
  again.expects("35=A");
  again.sends("35=1|112=B|");
  again.expects("35=0|112=B");
}

TEST(Rules, ALogonMayGoUnanswered) {
  VenueRig rig(
      with_rules("rule when Logon { Username = silent } then { drop }\n"
                 "rule when Logon { Username = out } then { disconnect }"));
  RawPeer& silent = rig.caller("S");
  silent.sends("35=A|98=0|108=30|553=silent|");
  silent.expects_nothing(2s);
  RawPeer& out = rig.caller("O");
  out.sends("35=A|98=0|108=30|553=out|");
  EXPECT_TRUE(out.sees_close());
  EXPECT_EQ(out.waiting(), 0u);
  rig.client("C");
}

TEST(Rules, OtherwiseTakesWhatIsLeftButNoSessionMessages) {
  VenueRig rig(
      with_rules("rule when NewOrderSingle then { reply 35=B|148=order| }\n"
                 "rule otherwise { reply 35=B|148=other| }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1"));
  client.expects("35=B|148=order");
  client.sends("35=F|11=2|41=1|55=X|54=1|60=20270115-08:00:00|");
  client.expects("35=B|148=other");
  client.sends("35=1|112=A|");
  client.expects("35=0|112=A");
}

TEST(Rules, OneThatFailsIsToldToTheClientAndTheSessionGoesOn) {
  VenueRig rig(
      with_rules("rule \"text\" when NewOrderSingle then { reply 35=B|148=${msg.Text}| }"));
  RawPeer& client = rig.client("BRK");
  client.sends(order("1"));
  client.expects(
      "35=j|45=2|372=D|380=0|58=a rule of the simulator failed: rules.drill:2:57: error: "
      "'msg' has no Text(58)");
  EXPECT_TRUE(rig.noted("rules.drill:2:57: error: 'msg' has no Text(58)")) << rig.all_notes();
  client.sends("35=1|112=A|");
  client.expects("35=0|112=A");
}

TEST(Rules, RepliesFeedNoRule) {
  VenueRig rig(with_rules("rule when News then { reply 35=B|148=again| }"));
  RawPeer& client = rig.client("BRK");
  client.sends("35=B|148=first|");
  client.expects("35=B|148=again");
  client.expects_nothing(2s);
}

TEST(Rules, ABodyWithoutEndIsCutShort) {
  VenueRig rig(with_rules("rule when News then { repeat 5000 { repeat 5000 { let x = 1 } } }"));
  RawPeer& client = rig.client("BRK");
  client.sends("35=B|148=first|");
  client.expects("35=j|372=B|380=0");
  EXPECT_TRUE(rig.noted("more than 10000 steps for one message")) << rig.all_notes();
}

TEST(Rules, SimulatorsOfOneFileAreForTheCompIdOfTheirName) {
  sim::Config config;
  config.rules = book_of(
      "simulator EXCH acceptor {\n  rule when News then { reply 35=B|148=exch| }\n}\n"
      "simulator OTHER acceptor {\n  rule when News then { reply 35=B|148=other| }\n}");
  VenueRig rig(config);
  RawPeer& client = rig.client("BRK");
  client.sends("35=B|148=x|");
  client.expects("35=B|148=exch");
}

TEST(Rules, OfAClientWinWhileTheyAreInTheTable) {
  const auto table = std::make_shared<sim::RuleTable>();
  sim::Config config = with_rules("rule when News then { reply 35=B|148=all| }");
  config.table = table;
  VenueRig rig(config);
  RawPeer& one = rig.client("ONE");
  RawPeer& two = rig.client("TWO");
  table->set({"ONE", "EXCH"}, std::make_shared<sim::Rules>(
                                  book_of("simulator X acceptor {\n  rule when News then { reply "
                                          "35=B|148=own| }\n}"),
                                  [](const std::string&) { return std::optional<std::string>(); }));
  one.sends("35=B|148=x|");
  one.expects("35=B|148=own");
  two.sends("35=B|148=x|");
  two.expects("35=B|148=all");
  table->remove({"ONE", "EXCH"});
  one.sends("35=B|148=x|");
  one.expects("35=B|148=all");
}

TEST(RuleStore, ForgetsTheOldest) {
  sim::RuleStore store;
  const eval::Store view = store.view();
  const std::string text(1u << 20, 'x');
  for (int i = 0; i < 70; ++i) store.put("k" + std::to_string(i), text);
  EXPECT_EQ(view.entries->values.size(), 63u);
  EXPECT_FALSE(view.entries->values.contains("k0"));
  EXPECT_TRUE(view.entries->values.contains("k69"));
  EXPECT_TRUE(store.put("k69", std::string("short")));
}

TEST(RuleStore, HoldsSoManyEntries) {
  sim::RuleStore store;
  for (std::size_t i = 0; i < limits::kSimStoreEntries + 10; ++i)
    store.put(std::to_string(i), std::string("x"));
  EXPECT_EQ(store.view().entries->values.size(), limits::kSimStoreEntries);
}

}  // namespace
}  // namespace fixdrill::test
