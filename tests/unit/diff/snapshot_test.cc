#include "diff/snapshot.h"

#include <gtest/gtest.h>
#include <sstream>

#include "conversation.h"

namespace fixdrill::test {
namespace {

std::string snapshot(FakeSource source, const diff::Rules& rules = {}, diff::Origins origins = {}) {
  std::ostringstream out;
  const auto dictionary = [](const record::SessionRow&) { return fix44(); };
  const Status put = diff::put_snapshot({source, dictionary, std::move(origins)}, rules, out);
  return put ? out.str() : put.error().text;
}

Day day(const std::string& run) {
  Day made(run);
  made.out("35=A|98=0|108=30|");
  made.out(
      fmt::format("35=D|11={}-C1|55=MSFT|54=1|38=100|40=2|44=10.05|64=20251126|"
                  "453=1|448=FIRM|452=1|",
                  run));
  made.in(made.report(1, fmt::format("150=0|39=0|58=order {} taken|", run.size() * 7)));
  return made;
}

constexpr const char* kText = R"(# fixdrill export --canonical, version 1
# ids by their first use in the flow; without times, counters and who talks from where

session OE FIX.4.4
  1 Logon out

flow OE
  sent NewOrderSingle(D)
    BeginString(8) = FIX.4.4
    SendingTime(52) = time, 3 digits
    ClOrdID(11) = ClOrdID 1
    Symbol(55) = MSFT
    Side(54) = 1 Buy
    OrderQty(38) = 100
    OrdType(40) = 2 Limit
    Price(44) = 10.05
    SettlDate(64) = +2d
    NoPartyIDs(453) = 1
      - PartyID(448) = FIRM
        PartyRole(452) = 1 ExecutingFirm
    there: BodyLength(9), MsgSeqNum(34), SenderCompID(49), TargetCompID(56), CheckSum(10)
  received ExecutionReport(8)
    BeginString(8) = FIX.4.4
    SendingTime(52) = time, 3 digits
    OrderID(37) = OrderID 1
    ClOrdID(11) = ClOrdID 1
    ExecID(17) = ExecID 1
    Symbol(55) = MSFT
    Side(54) = 1 Buy
    ExecType(150) = 0 New
    OrdStatus(39) = 0 New
    Text(58) = order # taken
    TransactTime(60) = time, 3 digits
    there: BodyLength(9), MsgSeqNum(34), SenderCompID(49), TargetCompID(56), CheckSum(10)
)";

TEST(Snapshot, AConversationWithoutWhatIsOfItsRun) {
  EXPECT_EQ(snapshot(day("A").source()), kText);
  EXPECT_EQ(snapshot(day("OTHER").source()), kText);
}

TEST(Snapshot, InterleavingPlaysNoPart) {
  Day a("A");
  Day b("B");
  const int first = a.order(300);
  a.fill(a.order(200), 200);
  a.fill(first, 300);
  const int second = b.order(200);
  b.fill(b.order(300), 300);
  b.fill(second, 200);
  EXPECT_EQ(snapshot(a.source()), snapshot(b.source()));
}

// A report and a cancel that cross.
TEST(Snapshot, WhatCrossesMayCrossOtherwise) {
  Day a("A");
  Day b("B");
  const std::string report = "35=8|37=O1|11=C1|17=E1|150=0|39=0|";
  const std::string order = "35=D|11=C1|55=MSFT|54=1|38=1|";
  const std::string cancel = "35=F|11=C2|41=C1|55=MSFT|54=1|38=1|";
  a.out(order), a.out(cancel), a.in(report);
  b.out(order), b.in(report), b.out(cancel);
  EXPECT_EQ(snapshot(a.source()), snapshot(b.source()));
}

TEST(Snapshot, ADifferenceIsALine) {
  Day a = day("A");
  a.lines.back().second += "1=ACC|";
  std::string text = snapshot(a.source());
  const std::string line = "    Account(1) = ACC\n";
  ASSERT_NE(text.find(line), std::string::npos) << text;
  text.erase(text.find(line), line.size());
  EXPECT_EQ(text, kText);
}

TEST(Snapshot, RulesHold) {
  diff::Rules rules;
  const SourceFile file(
      "venue.rules",
      "ignore Symbol, NoPartyIDs\ntolerance 1 Price\nsecret OrderQty\nmap SettlDate "
      "20251126 = 20251127\n");
  ASSERT_TRUE(rules.read(file, *fix44()));
  const std::string text = snapshot(day("A").source(), rules);
  EXPECT_EQ(text.find("Symbol"), std::string::npos) << text;
  EXPECT_EQ(text.find("FIRM"), std::string::npos) << text;
  EXPECT_NE(text.find("Price(44) = (tolerance)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("OrderQty(38) = (secret)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("SettlDate(64) = +3d\n"), std::string::npos) << text;
}

TEST(Snapshot, FlowsStandByTheirPlaceInTheScript) {
  Day a("A");
  a.order(100);
  a.order(900);
  const std::string text = snapshot(a.source(), {}, {{1, "z.drill"}, {3, "a.drill"}});
  const auto first = text.find("flow OE: a.drill\n");
  ASSERT_NE(first, std::string::npos) << text;
  EXPECT_LT(first, text.find("flow OE: z.drill\n"));
  EXPECT_LT(first, text.find("= 900"));
  EXPECT_LT(text.find("= 900"), text.find("= 100"));
}

TEST(Snapshot, BytesOfOthersDoNoHarm) {
  Day a("A");
  a.out("35=D|11=C1|55=\x1b[31m\n|54=\xff|");
  const std::string text = snapshot(a.source());
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("    Symbol(55) = \\x1b[31m\\x0a\n"), std::string::npos) << text;
}

TEST(Snapshot, NoMessageIsAnError) {
  EXPECT_EQ(snapshot(FakeSource()), "fake.log holds no FIX message");
}

}  // namespace
}  // namespace fixdrill::test
