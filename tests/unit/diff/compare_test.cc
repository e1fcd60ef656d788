#include <gtest/gtest.h>

#include "conversation.h"

namespace fixdrill::test {
namespace {

Day day(const std::string& run) {
  Day made(run);
  const int first = made.order(100);
  const int second = made.order(200);
  made.fill(second, 200);
  made.fill(first, 100);
  return made;
}

TEST(Compare, IdsOfAnotherRunAreNoDifference) {
  const auto made = comparison(day("A"), day("RUN2"));
  EXPECT_EQ(text_of(made.findings), "");
  EXPECT_EQ(made.pairs, 2U);
  EXPECT_EQ(made.equal_pairs, 2U);
}

TEST(Compare, AChangedStateIsBreaking) {
  Day a("A");
  a.fill(a.order());
  Day b("B");
  const int order = b.order();
  b.in(b.report(order, "150=4|39=4|38=100|32=100|31=10.05|14=100|151=0|6=10.05|"));
  EXPECT_EQ(findings(a, b),
            "BREAKING value changed ExecutionReport OrdStatus(39): 2 Filled -> 4 Canceled x1\n"
            "BREAKING value changed ExecutionReport ExecType(150): F Trade -> 4 Canceled x1\n");
}

TEST(Compare, AMissingAnswerIsBreakingAndShiftsNothing) {
  Day a("A");
  Day b("B");
  for (Day* made : {&a, &b}) {
    const int order = made->order(300);
    if (made == &a) made->fill(order, 100);
    made->fill(order, 200);
  }
  EXPECT_EQ(
      findings(a, b),
      "BREAKING message missing ExecutionReport: ExecType=F Trade OrdStatus=2 Filled ->  x1\n");
}

TEST(Compare, ARejectInPlaceOfAFillIsBreaking) {
  Day a("A");
  Day b("B");
  a.order();
  b.out("35=D|11=B-C1|55=MSFT|54=1|38=100|40=2|44=10.05|59=0|");
  b.reject(1, "Unknown symbol MSFT");
  const std::string text = findings(a, b);
  EXPECT_NE(
      text.find("BREAKING value changed ExecutionReport OrdStatus(39): 0 New -> 8 Rejected x1"),
      std::string::npos)
      << text;
}

TEST(Compare, AnExtraRejectIsBreakingAnExtraReportSuspect) {
  Day a("A");
  Day b("B");
  a.order();
  b.order();
  b.in("35=3|45=1|372=D|371=44|373=5|58=bad price|");
  EXPECT_EQ(findings(a, b),
            "BREAKING message extra Reject:  -> SessionRejectReason=5 ValueIsIncorrect "
            "RefTagID=44 RefMsgType=D x1\n");
  Day c("C");
  const int order = c.order();
  c.in(c.report(order, "150=I|39=0|14=0|151=100|6=0|"));
  EXPECT_EQ(
      findings(a, c),
      "SUSPECT message extra ExecutionReport:  -> ExecType=I OrderStatus OrdStatus=0 New x1\n");
}

TEST(Compare, AnOrderThatOneSideLacksIsNamedWithItsCourse) {
  Day a("A");
  Day b("B");
  for (Day* made : {&a, &b}) made->order();
  a.out("35=D|11=A-Z|55=OTHER|54=2|38=5|40=1|59=0|");
  a.in("35=8|37=A-Q|11=A-Z|17=A-EZ|150=0|39=0|55=OTHER|54=2|14=0|151=5|6=0|");
  EXPECT_EQ(findings(a, b),
            "BREAKING flow missing NewOrderSingle: MsgType=D NewOrderSingle "
            "MsgType=8 ExecutionReport ExecType=0 New ->  x1\n");
}

TEST(Compare, TwoAnswersThatCrossAreOneThatMoved) {
  Day a("A");
  Day b("B");
  const int first = a.order();
  a.in(a.report(first, "150=I|39=0|14=0|151=100|6=0|"));
  a.fill(first);
  const int second = b.order();
  b.fill(second);
  b.in(b.report(second, "150=I|39=0|14=0|151=100|6=0|"));
  EXPECT_EQ(findings(a, b),
            "SUSPECT message elsewhere ExecutionReport: ExecType=F Trade OrdStatus=2 Filled ->  "
            "x1\n");
}

TEST(Compare, OrderOfTwoOrdersAndOfDirectionsIsNobodysRule) {
  Day a("A");
  Day b("B");
  a.out("35=D|11=A1|55=X|54=1|38=5|40=1|59=0|");
  a.in("35=8|37=OA|11=A1|17=EA|150=0|39=0|55=X|54=1|14=0|151=5|6=0|");
  a.out("35=F|11=A2|41=A1|55=X|54=1|38=5|");
  b.out("35=D|11=B1|55=X|54=1|38=5|40=1|59=0|");
  b.out("35=F|11=B2|41=B1|55=X|54=1|38=5|");
  b.in("35=8|37=OB|11=B1|17=EB|150=0|39=0|55=X|54=1|14=0|151=5|6=0|");
  EXPECT_EQ(findings(a, b), "");
}

TEST(Compare, HowIdsAndClocksAreWrittenIsOneFinding) {
  Day a("A");
  Day b("A");
  for (int i = 0; i < 6; ++i) {
    a.in(fmt::format("35=8|37=1000{}|11=C{}|17=E{}|150=0|39=0|60=20251124-16:00:00.000|", i, i, i));
    b.in(fmt::format("35=8|37=XY1000{}|11=C{}|17=E{}|150=0|39=0|60=20251124-16:00:00.000000|", i, i,
                     i));
  }
  EXPECT_EQ(
      findings(a, b),
      "SUSPECT identifier format changed  OrderID(37): 5 characters of digits -> 7 characters "
      "of digits, A-Z x1\n"
      "SUSPECT precision changed  TransactTime(60): 3 digits behind the point -> 6 digits "
      "behind the point x1\n");
}

TEST(Compare, WhetherTransactTimeIsBehindSendingTimeIsOneFinding) {
  Day a("A");
  Day b("A");
  for (int i = 0; i < 6; ++i) {
    const std::string order = fmt::format("35=8|37=1000{}|11=C{}|17=E{}|150=0|39=0|", i, i, i);
    a.in(order + "60=20251124-16:00:00.001|");
    b.in(order + "60=20251124-16:00:00.000|");
  }
  EXPECT_EQ(findings(a, b),
            "SUSPECT time order changed  TransactTime(60): often behind SendingTime(52) -> not "
            "behind SendingTime(52) x1\n");
}

TEST(Compare, LogonsAndSessionTraffic) {
  Day a("A");
  Day b("B");
  for (Day* made : {&a, &b}) {
    made->out(fmt::format("35=A|98=0|108={}|", made == &a ? 30 : 20));
    made->in("35=A|98=0|108=30|");
  }
  b.in("35=2|7=1|16=0|");
  EXPECT_EQ(findings(a, b),
            "SUSPECT value changed Logon HeartBtInt(108): 30 -> 20 x1\n"
            "SUSPECT session traffic changed : 0 ResendRequest in on OE -> 1 x1\n");
}

TEST(Compare, NewsHasNoIdAndIsComparedAsAStream) {
  Day a("A");
  Day b("B");
  for (const char* text : {"one", "two", "three"}) {
    a.in(fmt::format("35=B|148={}|33=1|58=x|", text));
    if (std::string(text) != "two") b.in(fmt::format("35=B|148={}|33=1|58=x|", text));
  }
  EXPECT_EQ(findings(a, b), "BREAKING message missing News:  ->  x1\n");
}

TEST(Compare, ASideWithoutMessagesIsAnError) {
  FakeSource empty;
  FakeSource full = Day("A").source();
  const auto made = diff::compare({full, {}, {}}, {empty, {}, {}}, diff::Rules());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().text, "fake.log holds no FIX message: there is nothing to compare");
}

TEST(Compare, ThePlaceInTheScriptDecides) {
  FakeSource a = day("A").source();
  FakeSource b = day("B").source();
  // The second order of a is the first of b.
  const diff::Origins left = {{1, "one"}, {3, "two"}};
  const diff::Origins right = {{1, "two"}, {3, "one"}};
  const auto dictionary = [](const record::SessionRow&) { return fix44(); };
  const auto made = diff::compare({a, dictionary, left}, {b, dictionary, right}, diff::Rules());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->by_origin, 2U);
  EXPECT_NE(text_of(made->findings).find("OrderQty(38): 100 -> 200"), std::string::npos);
}

}  // namespace
}  // namespace fixdrill::test
