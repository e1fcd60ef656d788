// Messages found in logs: framing, delimiters, junk, lines.
#include "import/log_source.h"

#include <gmock/gmock.h>

#include "log_text.h"

namespace fixdrill::test {
namespace {

using testing::ElementsAre;

const std::string kLogon = message("35=A|49=BRK1|56=EXCH|34=1|52=20261128-10:00:00.000|98=0|");
const std::string kAnswer = message("35=A|49=EXCH|56=BRK1|34=1|52=20261128-10:00:00.010|98=0|");

std::string fix_line(const std::string& number_and_place, const std::string& bytes) {
  return number_and_place + " " + soh_to_pipe(bytes);
}

TEST(LogSource, QuickFixFileLog) {
  const LogFolder folder;
  const std::string path = folder.write("20261128-10:00:00.000000001 : " + kLogon + "\n" +
                                        "20261128-10:00:00.010000000 : " + kAnswer + "\n");
  EXPECT_THAT(read_log(path), ElementsAre(fix_line("1 fix out BRK1-EXCH 1", kLogon),
                                          fix_line("2 fix in BRK1-EXCH 1", kAnswer)));
  auto source = imports::open_log(path);
  const auto view = (*source)->next();
  EXPECT_EQ((*view)->time.wall_ns, 1'795'860'000'000'000'001);
  EXPECT_EQ((*view)->line, "20261128-10:00:00.000000001 : " + kLogon);
}

TEST(LogSource, AnyDelimiterIsSoh) {
  const LogFolder folder;
  for (const char* delimiter : {"|", "^A", "\\x01", "\\u0001", "<SOH>", ";", "^", "\xe2\x90\x81"}) {
    const std::string path = folder.write(replaced(kLogon, "\x01", delimiter) + "\n" +
                                          replaced(kAnswer, "\x01", delimiter) + "\r\n");
    EXPECT_THAT(read_log(path), ElementsAre(fix_line("1 fix out BRK1-EXCH 1", kLogon),
                                            fix_line("2 fix in BRK1-EXCH 1", kAnswer)))
        << delimiter;
  }
}

TEST(LogSource, ADelimiterInAValueStaysThere) {
  const LogFolder folder;
  const std::string order = message("35=D|49=BRK1|56=EXCH|34=2|58=a^b|");
  const std::string path = folder.write(replaced(replaced(order, "^", "|"), "\x01", "|"));
  const auto read = read_log(path);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_NE(read[0].find("58=a|b|10="), std::string::npos) << read[0];
}

TEST(LogSource, DataMayHoldLineEnds) {
  const LogFolder folder;
  const std::string news = message("35=B|49=BRK1|56=EXCH|34=2|95=3|96=a\nb|");
  const std::string path = folder.write("x " + news + "\n" + kAnswer + "\n");
  EXPECT_THAT(read_log(path), ElementsAre(fix_line("1 fix out BRK1-EXCH 1", news),
                                          fix_line("3 fix in BRK1-EXCH 1", kAnswer)));
}

TEST(LogSource, WhatIsNoMessageIsKeptByLine) {
  const LogFolder folder;
  const std::string path = folder.write("started\n\n8=FIXED income\n" + kLogon + "\nend 8=FIX.4");
  EXPECT_THAT(read_log(path),
              ElementsAre("1 junk in - 0 started", "3 junk in - 0 8=FIXED income",
                          fix_line("4 fix out BRK1-EXCH 1", kLogon), "5 junk in - 0 end 8=FIX.4"));
}

TEST(LogSource, ACutLineIsPartialAndTheNextIsRead) {
  const LogFolder folder;
  const std::string path = folder.write(kLogon.substr(0, 50) + "\n" + kAnswer + "\n");
  const auto read = read_log(path);
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].substr(0, 10), "1 partial!");
  EXPECT_EQ(read[1].substr(0, 8), "2 fix in");
}

TEST(LogSource, MessagesWithoutLineEnds) {
  const LogFolder folder;
  EXPECT_THAT(read_log(folder.write(kLogon + kAnswer)),
              ElementsAre(fix_line("1 fix out BRK1-EXCH 1", kLogon),
                          fix_line("1 fix in BRK1-EXCH 1", kAnswer)));
}

TEST(LogSource, ASideThatLogsOnAgainConnectsAnew) {
  const LogFolder folder;
  const std::string path = folder.write(kLogon + "\n" + kAnswer + "\n" + kLogon + "\n" + kAnswer);
  EXPECT_THAT(read_log(path), ElementsAre(fix_line("1 fix out BRK1-EXCH 1", kLogon),
                                          fix_line("2 fix in BRK1-EXCH 1", kAnswer),
                                          fix_line("3 fix out BRK1-EXCH 2", kLogon),
                                          fix_line("4 fix in BRK1-EXCH 2", kAnswer)));
}

TEST(LogSource, WhoWeAreCanBeSaid) {
  const LogFolder folder;
  const std::string path = folder.write(kLogon + "\n");
  EXPECT_THAT(read_log(path, {.us = {"EXCH"}}),
              ElementsAre(fix_line("1 fix in EXCH-BRK1 1", kLogon)));
}

TEST(LogSource, AMessageThatWasMaskedIsStillOne) {
  const LogFolder folder;
  const std::string path = folder.write(replaced(kLogon, "BRK1", "****") + "\n");
  const auto read = read_log(path);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].substr(0, 6), "1 fix!");
}

TEST(LogSource, TheLogonNamesTheApplicationVersion) {
  const LogFolder folder;
  const auto version = [&](std::string_view body) {
    auto source = imports::open_log(folder.write(message(body, "FIXT.1.1") + "\n"));
    return (*source)->session((*(*source)->next())->session_id)->appl_ver;
  };
  EXPECT_EQ(version("35=A|49=BRK1|56=EXCH|34=1|98=0|108=30|1137=7|"), "7");
  EXPECT_EQ(version("35=0|49=BRK1|56=EXCH|34=9|"), "9");
}

TEST(LogSource, NoSuchFile) {
  const LogFolder folder;
  EXPECT_EQ(imports::open_log(folder.path("none.log")).error().text,
            "cannot read " + folder.path("none.log") + ": No such file or directory");
}

}  // namespace
}  // namespace fixdrill::test
