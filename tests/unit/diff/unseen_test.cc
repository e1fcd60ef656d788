#include <gtest/gtest.h>

#include "conversation.h"

namespace fixdrill::test {
namespace {

/// Orders, the n-th with TimeInForce(59) `force(n)` in its answer.
template <class Force>
Day day(const std::string& run, Force force, int orders = 8) {
  Day made(run);
  for (int n = 0; n < orders; ++n) {
    const std::string order = fmt::format("11={}-{}|55=S{}|54=1|38=100|40=2|44=1|", run, n, n);
    made.out(fmt::format("35=D|{}59=0|", order));
    made.in(fmt::format("35=8|37={}-O{}|17={}-E{}|150=0|39=0|{}59={}|14=0|", run, n, run, n, order,
                        force(n)));
  }
  return made;
}

std::string remarks(const Day& a, const Day& b) {
  std::string text;
  for (const auto& finding : comparison(a, b).findings) {
    for (const auto& variant : finding.variants)
      text +=
          fmt::format("{} {} {} x{}: {}\n", diff::severity_name(finding.severity), finding.place,
                      diff::kind_name(finding.kind), variant.count, variant.remark);
  }
  return text;
}

TEST(Unseen, AValueThatWasOftenAndIsGoneIsBreakingAndStaysOneFinding) {
  const Day a = day("A", [](int n) { return n < 5 ? 3 : 0; });
  const Day b = day("B", [](int) { return 0; });
  EXPECT_EQ(
      remarks(a, b),
      "BREAKING TimeInForce(59) value changed x5: 3 ImmediateOrCancel is not seen on side B at "
      "all\n");
  EXPECT_EQ(
      remarks(b, a),
      "SUSPECT TimeInForce(59) value changed x5: 3 ImmediateOrCancel is not seen on side A at "
      "all\n");
}

TEST(Unseen, AValueThatWasThereOnceMayBeAbsentByChance) {
  const Day a = day("A", [](int n) { return n == 1 ? 3 : 0; });
  const Day b = day("B", [](int) { return 0; });
  EXPECT_EQ(
      remarks(a, b),
      "SUSPECT TimeInForce(59) value changed x1: 3 ImmediateOrCancel is not seen on side B at "
      "all\n");
}

TEST(Unseen, AValueThatIsStillThereHasNoRemark) {
  const Day a = day("A", [](int n) { return n < 6 ? 3 : 0; });
  const Day b = day("B", [](int n) { return n < 5 ? 3 : 0; });
  EXPECT_EQ(remarks(a, b), "SUSPECT TimeInForce(59) value changed x1: \n");
}

TEST(Unseen, AStateWhoseMessageIsMissingIsSaidAtTheMessage) {
  Day a("A");
  Day b("B");
  a.fill(a.order());
  b.order();
  EXPECT_EQ(
      remarks(a, b),
      "BREAKING  message missing x1: ExecType F Trade is not seen on side B at all; OrdStatus "
      "2 Filled is not seen on side B at all\n");
}

TEST(Unseen, OnlyEnumeratedFieldsHaveValuesToMiss) {
  const Day a = day("A", [](int) { return 0; });
  Day b = day("B", [](int) { return 0; });
  for (auto& [out, body] : b.lines) {
    if (!out) body.replace(body.find("38=100"), 6, "38=200");
  }
  EXPECT_EQ(remarks(a, b), "SUSPECT OrderQty(38) value changed x8: \n");
}

}  // namespace
}  // namespace fixdrill::test
