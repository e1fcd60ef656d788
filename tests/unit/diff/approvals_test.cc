#include "diff/approvals.h"

#include <gtest/gtest.h>

#include "conversation.h"

namespace fixdrill::test {
namespace {

using diff::Approval;

Result<std::vector<Approval>> read(const std::string& text) {
  const SourceFile file("diff-approvals.txt", text);
  return diff::read_approvals(file);
}

Approval approval(const std::string& fingerprint) {
  Approval made;
  made.fingerprint = fingerprint;
  made.reason = "announced";
  return made;
}

std::vector<diff::Finding> cancelled() {
  Day a("A");
  a.fill(a.order());
  Day b("B");
  b.in(b.report(b.order(), "150=F|39=4|38=100|32=100|31=10.05|14=100|151=0|6=10.05|"));
  return comparison(a, b).findings;
}

TEST(Approvals, TheFileIsReadAsItWasWritten) {
  Approval one = approval("00000000ff");
  one.until = "2027-01-31";
  one.release = "7.2";
  one.ticket = "CR-12";
  one.who = "ann";
  one.when = "2026-11-28";
  one.what = "ExecutionReport OrdStatus(39) value changed: 2 Filled -> 4 Canceled";
  one.reason = "a | in a reason\nparts nothing";
  const std::string text = diff::approvals_text({one, approval("0000000001")});
  const auto again = read(text);
  ASSERT_TRUE(again) << again.error().text;
  ASSERT_EQ(again->size(), 2U);
  EXPECT_EQ((*again)[0].fingerprint, "0000000001");
  EXPECT_EQ((*again)[1].until, "2027-01-31");
  EXPECT_EQ((*again)[1].reason, "a   in a reason parts nothing");
  EXPECT_EQ(diff::approvals_text(*again), text);
}

TEST(Approvals, ABadLineNamesItsPlace) {
  const auto none = read("# head\n3f9a accept | what | why\n");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().text,
            "diff-approvals.txt:2:1: error: a fingerprint has ten digits of 0-9 and a-f, as "
            "'fixdrill diff' prints them\n"
            "2 | 3f9a accept | what | why\n"
            "  | ^^^^");
  EXPECT_NE(read("0123456789 accept\n").error().text.find("with two bars"), std::string::npos);
  EXPECT_NE(read("0123456789 accept | x |\n").error().text.find("needs a reason"),
            std::string::npos);
  EXPECT_NE(read("0123456789 accept until soon | x | y\n").error().text.find("YYYY-MM-DD"),
            std::string::npos);
}

TEST(Approvals, CoverOneValueOrTheWholeFinding) {
  auto findings = cancelled();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(diff::judge(findings, {}, {}).open, 1U);
  const std::string value = findings[0].variants[0].fingerprint;
  EXPECT_EQ(diff::judge(findings, {approval(value)}, {}).approved, 1U);
  EXPECT_TRUE(findings[0].approved);
  EXPECT_EQ(diff::judge(findings, {approval(findings[0].fingerprint)}, {}).open, 0U);
}

TEST(Approvals, ExpiredAndUnusedOnesAreTold) {
  auto findings = cancelled();
  Approval late = approval(findings[0].fingerprint);
  late.until = "2026-11-27";
  auto judged = diff::judge(findings, {late, approval("0000000001")}, {"2026-11-28", "7.2"});
  EXPECT_EQ(judged.open, 1U);
  EXPECT_EQ(judged.expired.size(), 1U);
  EXPECT_EQ(judged.unused.size(), 1U);
  late.until = "2026-11-28";
  EXPECT_EQ(diff::judge(findings, {late}, {"2026-11-28", ""}).open, 0U);
  late.release = "7.1";
  EXPECT_EQ(diff::judge(findings, {late}, {"2026-11-28", "7.2"}).open, 1U);
}

TEST(Approvals, TheFingerprintHoldsNoRunData) {
  EXPECT_EQ(cancelled()[0].variants[0].fingerprint, cancelled()[0].variants[0].fingerprint);
  Day a("Other");
  const int early = a.order(500);
  a.fill(early, 500);
  a.fill(a.order());
  Day b("Run");
  b.fill(b.order(500), 500);
  b.in(b.report(b.order(), "150=F|39=4|38=100|32=100|31=10.05|14=100|151=0|6=10.05|"));
  const auto findings = comparison(a, b).findings;
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].variants[0].fingerprint, cancelled()[0].variants[0].fingerprint);
}

}  // namespace
}  // namespace fixdrill::test
