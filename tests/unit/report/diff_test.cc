#include "report/diff.h"

#include <gtest/gtest.h>

namespace fixdrill::report {
namespace {

TEST(UnifiedDiff, OfEqualTextsIsEmpty) { EXPECT_EQ(unified_diff({"a", "x\n"}, {"b", "x\n"}), ""); }

TEST(UnifiedDiff, ShowsThreeLinesRoundAChange) {
  EXPECT_EQ(
      unified_diff({"a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"}, {"b", "1\n2\n3\n4\nV\n6\n7\n8\n9\n"}),
      "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, JoinsWhatIsNearAndSplitsWhatIsFar) {
  EXPECT_EQ(unified_diff({"a", "1\n-\n-\n-\n-\n-\n-\n2\n"}, {"b", "x\n-\n-\n-\n-\n-\n-\ny\n"}),
            "--- a\n+++ b\n@@ -1,8 +1,8 @@\n-1\n+x\n -\n -\n -\n -\n -\n -\n-2\n+y\n");
  EXPECT_EQ(
      unified_diff({"a", "1\n-\n-\n-\n-\n-\n-\n-\n2\n"}, {"b", "x\n-\n-\n-\n-\n-\n-\n-\ny\n"}),
      "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-1\n+x\n -\n -\n -\n@@ -6,4 +6,4 @@\n -\n -\n -\n-2\n+y\n");
}

TEST(UnifiedDiff, TellsOfALastLineWithoutItsEnd) {
  EXPECT_EQ(unified_diff({"a", "1\r\n2"}, {"b", "1\r\n3"}),
            "--- a\n+++ b\n@@ -1,2 +1,2 @@\n 1\r\n-2\n\\ No newline at end of file\n+3\n"
            "\\ No newline at end of file\n");
}

TEST(UnifiedDiff, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(unified_diff({"a", "1\x1b[2J\n"}, {"b", "2\x1b[2J\n"}),
            "--- a\n+++ b\n@@ -1,1 +1,1 @@\n-1\\x1b[2J\n+2\\x1b[2J\n");
}

}  // namespace
}  // namespace fixdrill::report
