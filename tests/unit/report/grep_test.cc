#include "report/grep.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sstream>

#include "base/text.h"
#include "fix/encoder.h"
#include "support/fake_source.h"

namespace fixdrill::report {
namespace {

/// A log of lines; those with an X match, those with a # hold no message.
struct Log {
  explicit Log(const std::string& lines) {
    for (const char c : lines) source.in(std::string(1, c));
    for (record::MessageView& view : source.messages) {
      view.line = view.raw;
      view.number = view.id * 10;
      if (view.raw == "#") view.kind = record::MessageKind::junk;
    }
  }
  test::FakeSource source;
};

std::string found(const std::string& lines, const GrepOptions& options) {
  Log log(lines);
  std::ostringstream out;
  const auto matches = [](const record::MessageView& view) { return view.raw == "X"; };
  const auto count = grep(log.source, matches, options, out);
  EXPECT_TRUE(count.ok());
  std::string text = out.str();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text + "= " + std::to_string(*count);
}

TEST(Grep, MessagesThatMatchAndThoseThatDoNot) {
  EXPECT_EQ(found("aXbX", {}), "X X = 2");
  EXPECT_EQ(found("ab", {}), "= 0");
  EXPECT_EQ(found("aX#b", {.invert = true}), "a b = 2") << "# is no message";
}

TEST(Grep, ContextIsOfMessagesAndSaysWhereItIsNotWhole) {
  EXPECT_EQ(found("abcXdef", {.before = 1, .after = 2}), "c X d e = 1");
  EXPECT_EQ(found("Xabc#X", {.before = 1, .after = 1}), "X a -- c X = 2");
  EXPECT_EQ(found("XabX", {.before = 1, .after = 1}), "X a b X = 2");
  EXPECT_EQ(found("aXbXc", {.before = 1}), "a X b X = 2");
  EXPECT_EQ(found("Xabc", {.after = 1, .most = 1}), "X a = 1");
}

TEST(Grep, StopsWhenItHasEnough) {
  EXPECT_EQ(found("XXX", {.most = 2}), "X X = 2");
  EXPECT_EQ(found("XXX", {.quiet = true}), "= 1");
  EXPECT_EQ(found("XXX", {.list = true}), "fake.log = 1");
}

TEST(Grep, CountsAndNames) {
  EXPECT_EQ(found("aXX", {.count = true}), "2 = 2");
  EXPECT_EQ(found("a", {.name = "a.log", .count = true}), "a.log:0 = 0");
  EXPECT_EQ(found("a", {.list = true}), "= 0");
  EXPECT_EQ(found("aX", {.before = 1, .name = "a.log", .number = true}),
            "a.log-10-a a.log:20:X = 1");
}

TEST(Grep, OfARecordingALineIsMadeThatImportReads) {
  const std::string order = fix::seal("FIX.4.4", pipe_to_soh("35=D|49=A|56=B|11=1|"));
  test::FakeSource source;
  source.out(order).in(order);
  source.messages[1].session_id = 0;
  const auto all = [](const record::MessageView&) { return true; };
  std::ostringstream out;
  ASSERT_TRUE(grep(source, all, {}, out).ok());
  EXPECT_EQ(out.str(), fmt::format("20251124-16:00:00.001000000 OE out {0}\n"
                                   "20251124-16:00:00.002000000 - in {0}\n",
                                   order));
}

TEST(Grep, NothingActsOnATerminal) {
  test::FakeSource source;
  source.in("8=FIX.4.4|58=\x1b[2J|10=0|");
  source.messages[0].line = source.messages[0].raw;
  std::ostringstream out;
  const auto all = [](const record::MessageView&) { return true; };
  ASSERT_TRUE(grep(source, all, {.terminal = true}, out).ok());
  EXPECT_EQ(out.str(), "8=FIX.4.4|58=\\x1b[2J|10=0|\n");
}

}  // namespace
}  // namespace fixdrill::report
