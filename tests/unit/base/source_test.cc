#include "base/source.h"

#include <gtest/gtest.h>

namespace fixdrill {
namespace {

TEST(SourceFile, CountsLinesAndCharactersFromOne) {
  const SourceFile file("a.drill", "one\n  tw\xC3\xB6 x\r\n");
  EXPECT_EQ(file.position(0).line, 1u);
  EXPECT_EQ(file.position(file.text().find('x')).line, 2u);
  EXPECT_EQ(file.position(file.text().find('x')).column, 7u);
  EXPECT_EQ(file.line(2), "  tw\xC3\xB6 x");
  EXPECT_EQ(file.line(4), "");
  EXPECT_EQ(file.position(10'000).line, 3u);
}

TEST(Render, ShowsTheLineAndACaretBelowTheSpan) {
  const SourceFile file("a.drill", "first\n  expect Logn\n");
  const std::size_t at = file.text().find("Logn");
  EXPECT_EQ(render(Diagnostic{Severity::error, {&file, at, at + 4}, "no message 'Logn'"}),
            "a.drill:2:10: error: no message 'Logn'\n"
            "2 |   expect Logn\n"
            "  |          ^^^^");
}

TEST(Render, MarksEveryPlaceOnTheLineAndNoneOfAnother) {
  const SourceFile file("a.drill", "ab cd ef\ngh\n");
  const Diagnostic d{Severity::warning, {&file, 0, 2}, "two"};
  EXPECT_EQ(render(d, {{&file, 0, 2}, {&file, 6, 8}, {&file, 9, 11}}),
            "a.drill:1:1: warning: two\n1 | ab cd ef\n  | ^^    ^^");
}

TEST(Render, MarksTheEndOfALineWithOneCaret) {
  const SourceFile file("a.drill", "ab");
  EXPECT_EQ(render(Diagnostic{Severity::error, {&file, 2, 2}, "ends"}),
            "a.drill:1:3: error: ends\n1 | ab\n  |   ^");
}

TEST(SourceFile, LinesMayHaveNumbersOfTheTextTheyWereMadeFrom) {
  const SourceFile file("a.def", "head\nfirst\nlet\nstep x\nend\n", {1, 1, 4, 4, 7});
  EXPECT_EQ(file.position(0).line, 1U);
  EXPECT_EQ(file.position(6).line, 1U);
  EXPECT_EQ(file.position(20).line, 4U);
  EXPECT_EQ(file.line(1), "first");
  EXPECT_EQ(file.line(4), "step x");
  EXPECT_EQ(file.line(7), "end");
  EXPECT_EQ(render(Diagnostic{Severity::error, {&file, 20, 21}, "no"}),
            "a.def:4:6: error: no\n4 | step x\n  |      ^");
}

}  // namespace
}  // namespace fixdrill
