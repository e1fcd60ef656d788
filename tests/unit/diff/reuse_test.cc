#include <gtest/gtest.h>

#include "conversation.h"

namespace fixdrill::test {
namespace {

/// Orders with a report each; `exec` and `order_id` name the ExecID and OrderID of the n-th.
template <class Exec, class OrderId>
Day orders(const std::string& run, Exec exec, OrderId order_id) {
  Day day(run);
  for (int n = 1; n <= 4; ++n) {
    day.out(fmt::format("35=D|11={}-C{}|55=S{}|54=1|38=100|40=2|44=1|", run, n, n));
    day.in(fmt::format("35=8|37={}|11={}-C{}|17={}|150=0|39=0|55=S{}|54=1|14=0|", order_id(n), run,
                       n, exec(n), n));
  }
  return day;
}

std::string each(const char* kind, int n) { return fmt::format("{}-{:04}", kind, n); }
Day usual(const std::string& run) {
  return orders(
      run, [](int n) { return each("E", n); }, [](int n) { return each("O", n); });
}

TEST(Reuse, AnExecIdOfTwoOrdersIsOneFinding) {
  const Day b = orders(
      "B", [](int n) { return each("E", n == 4 ? 2 : n); }, [](int n) { return each("O", n); });
  const auto made = comparison(usual("A"), b);
  EXPECT_EQ(text_of(made.findings),
            "SUSPECT identifier uniqueness changed  ExecID(17): each names one thing -> some name "
            "two things x1\n");
  ASSERT_EQ(made.findings.size(), 1U);
  const diff::Sighting& seen = made.findings[0].variants[0].examples[0];
  EXPECT_EQ(seen.a, 0);
  EXPECT_EQ(seen.b, 8);
  EXPECT_EQ(seen.about_b,
            "16:00:00.008 ClOrdID=B-C4 OrderID=O-0004 Symbol=S4: its ExecID E-0002 is that of #4 "
            "too");
}

TEST(Reuse, WhereBothSidesDoItNothingChanged) {
  const auto twice = [](int n) { return each("E", n == 4 ? 2 : n); };
  const auto order = [](int n) { return each("O", n); };
  EXPECT_EQ(findings(orders("A", twice, order), orders("B", twice, order)), "");
}

TEST(Reuse, TheOtherWayRoundItIsTheSame) {
  const Day a = orders(
      "A", [](int) { return "E-0001"; }, [](int n) { return each("O", n); });
  EXPECT_EQ(findings(a, usual("B")),
            "SUSPECT identifier uniqueness changed  ExecID(17): some name two things -> each names "
            "one thing x1\n");
}

TEST(Reuse, AnotherDayMayCountAnew) {
  Day a = usual("A");
  Day b = orders(
      "B", [](int n) { return each("E", n == 4 ? 2 : n); }, [](int n) { return each("O", n); });
  FakeSource left = a.source();
  FakeSource right = b.source();
  std::string bytes(right.messages.back().raw);
  const std::string today = "52=20251124";
  bytes.replace(bytes.find(today), today.size(), "52=20251125");
  right.messages.back().raw = bytes;
  const auto dictionary = [](const record::SessionRow&) { return fix44(); };
  const auto made = diff::compare({left, dictionary, {}}, {right, dictionary, {}}, diff::Rules());
  ASSERT_TRUE(made);
  EXPECT_EQ(text_of(made->findings), "");
}

// They join two orders to one flow, so an order is missing too; this says why.
TEST(Reuse, AnOrderIdOfTwoOrdersIsNamed) {
  const Day b = orders(
      "B", [](int n) { return each("E", n); }, [](int n) { return each("O", n == 4 ? 2 : n); });
  const std::string text = findings(usual("A"), b);
  EXPECT_NE(text.find("SUSPECT identifier uniqueness changed  OrderID(37): each names one thing -> "
                      "some name two things x1\n"),
            std::string::npos)
      << text;
}

TEST(Reuse, AClOrdIdOfTwoOrdersIsNamedUnlessItIsSentAgain) {
  Day a = usual("A");
  Day b = usual("B");
  Day c = usual("C");
  const std::string order = "55=S9|54=1|38=100|40=2|44=1|";
  a.out("35=D|11=A-C9|" + order);
  b.out("35=D|11=B-C1|" + order);
  c.out("35=D|97=Y|11=C-C1|" + order);
  const std::string name = "identifier uniqueness changed  ClOrdID(11)";
  EXPECT_NE(findings(a, b).find(name), std::string::npos);
  EXPECT_EQ(findings(a, c).find(name), std::string::npos);
}

// The id of a thing that gets another one on the way.
TEST(Reuse, AnIdThatDoesNotStayIsFoundInItsFlow) {
  Day a("A");
  Day b("B");
  for (Day* day : {&a, &b}) {
    const int order = day->order();
    std::string fill =
        day->report(order, "150=F|39=2|38=100|32=100|31=10.05|14=100|151=0|6=10.05|");
    if (day == &b) fill.replace(fill.find("37=B-O1"), 7, "37=B-X9");
    day->in(fill);
  }
  EXPECT_EQ(findings(a, b),
            "SUSPECT refers to another ExecutionReport OrderID(37): an id met before -> a new id "
            "x1\n");
}

}  // namespace
}  // namespace fixdrill::test
