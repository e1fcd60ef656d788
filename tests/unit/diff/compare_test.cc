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

}  // namespace
}  // namespace fixdrill::test
