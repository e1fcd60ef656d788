// Formats of known programs: whose side a log is of, when its messages were seen.
#include <gmock/gmock.h>

#include "fix/value.h"
#include "import/log_source.h"
#include "log_text.h"

namespace fixdrill::test {
namespace {

using testing::ElementsAre;

const std::string kLogon = message("35=A|49=BRK1|56=EXCH|34=1|52=20261128-10:00:00.000|98=0|");
const std::string kAnswer = message("35=A|49=EXCH|56=BRK1|34=1|52=20261128-10:00:00.010|98=0|");

/// A message told in short: direction, session, time.
std::vector<std::string> seen(const std::string& path, const imports::LogOptions& options = {}) {
  auto source = imports::open_log(path, options);
  std::vector<std::string> lines;
  for (;;) {
    const auto view = (*source)->next();
    if (!view || *view == nullptr) return lines;
    const auto* session = (*source)->session((*view)->session_id);
    lines.push_back(
        fmt::format("{} {} {}", (*view)->direction == record::Direction::in ? "in" : "out",
                    session ? session->alias : "-", fix::iso_time((*view)->time.wall_ns)));
  }
}

imports::SourceReport report_of(const std::string& path) {
  auto source = imports::open_foreign(path);
  while (true) {
    const auto view = (*source)->next();
    if (!view || *view == nullptr) return (*source)->report();
  }
}

TEST(LogFormats, QuickFixScreenLog) {
  const LogFolder folder;
  const std::string path = folder.write(
      "<20261128-10:00:00.011, FIX.4.4:BRK1->EXCH, event>\n  (Created session)\n"
      "<20261128-10:00:00.012, FIX.4.4:BRK1->EXCH, incoming>\n  (" +
      replaced(kAnswer, "\x01", "|") + ")\n" +
      "<20261128-10:00:00.013, FIX.4.4:BRK1->EXCH, outgoing>\n  (" + replaced(kLogon, "\x01", "|") +
      ")\n");
  EXPECT_THAT(seen(path),
              ElementsAre("in - 2026-11-28T10:00:00.011Z", "in - 1970-01-01T00:00:00.000Z",
                          "in BRK1-EXCH 2026-11-28T10:00:00.012Z",
                          "out BRK1-EXCH 2026-11-28T10:00:00.013Z"));
  const imports::SourceReport report = report_of(path);
  EXPECT_EQ(report.kind, "QuickFIX screen log");
  EXPECT_EQ(report.messages, 2u);
  EXPECT_EQ(report.junk, 2u);
  EXPECT_EQ(report.wrong_sums, 0u);
}

TEST(LogFormats, TheFileNameTellsOurSide) {
  const LogFolder folder;
  const std::string text = "20261128-10:00:00.011000000 : " + kAnswer + "\n";
  EXPECT_THAT(seen(folder.write(text, "FIX.4.4-BRK1-EXCH.messages.current.log")),
              ElementsAre("in BRK1-EXCH 2026-11-28T10:00:00.011Z"));
  EXPECT_THAT(seen(folder.write(text, "FIX.4.4-EXCH-BRK1.messages.current.log")),
              ElementsAre("out EXCH-BRK1 2026-11-28T10:00:00.011Z"));
  EXPECT_THAT(seen(folder.write(text, "brk.in")),
              ElementsAre("in BRK1-EXCH 2026-11-28T10:00:00.011Z"));
}

TEST(LogFormats, WordsTellOurSideWhenTheyAgreeWithTheSenders) {
  const LogFolder folder;
  EXPECT_THAT(seen(folder.write("10:00 RECV " + kAnswer + "\n10:00 SENT " + kLogon + "\n")),
              ElementsAre("in BRK1-EXCH 2026-11-28T10:00:00.010Z",
                          "out BRK1-EXCH 2026-11-28T10:00:00.000Z"));
  // The same word on both ways says nothing: the first sender is us.
  EXPECT_THAT(seen(folder.write("in queue " + kLogon + "\nin queue " + kAnswer + "\n")),
              ElementsAre("out BRK1-EXCH 2026-11-28T10:00:00.000Z",
                          "in BRK1-EXCH 2026-11-28T10:00:00.010Z"));
  EXPECT_THAT(
      seen(folder.write("C>S " + kAnswer + "\nS>C " + kLogon + "\n"), {.words = {"C>S", "S>C"}}),
      ElementsAre("in BRK1-EXCH 2026-11-28T10:00:00.010Z",
                  "out BRK1-EXCH 2026-11-28T10:00:00.000Z"));
}

TEST(LogFormats, ASessionIdOnTheLineTellsOurSide) {
  const LogFolder folder;
  EXPECT_THAT(seen(folder.write("2026-11-28 10:00:00,020 FIX.4.4:BRK1->EXCH: " + kAnswer + "\n")),
              ElementsAre("in BRK1-EXCH 2026-11-28T10:00:00.020Z"));
}

TEST(LogFormats, ALocalClockIsPutRightBySendingTime) {
  const LogFolder folder;
  const std::string path = folder.write("2026-11-28 15:30:00,020 " + kLogon +
                                        "\n2026-11-28 15:30:00,015 " + kAnswer + "\n");
  EXPECT_THAT(seen(path), ElementsAre("out BRK1-EXCH 2026-11-28T10:00:00.020Z",
                                      "in BRK1-EXCH 2026-11-28T10:00:00.015Z"));
  EXPECT_EQ(report_of(path).format, "time=1 zone=+05:30 us=BRK1");
  EXPECT_THAT(seen(path, {.zone_ns = 0}), ElementsAre("out BRK1-EXCH 2026-11-28T15:30:00.020Z",
                                                      "in BRK1-EXCH 2026-11-28T15:30:00.015Z"));
}

TEST(LogFormats, AZoneOnTheLineIsTheZone) {
  const LogFolder folder;
  EXPECT_THAT(seen(folder.write("2026-11-28T12:00:00.020+02:00 " + kLogon +
                                "\n2026-11-28T10:00:00.030Z " + kAnswer + "\n")),
              ElementsAre("out BRK1-EXCH 2026-11-28T10:00:00.020Z",
                          "in BRK1-EXCH 2026-11-28T10:00:00.030Z"));
}

TEST(LogFormats, SummerTimeIsFollowedAndSaid) {
  const LogFolder folder;
  const std::string before = message("35=0|49=BRK1|56=EXCH|34=2|52=20261025-00:59:59.000|");
  const std::string after = message("35=0|49=BRK1|56=EXCH|34=3|52=20261025-01:00:01.000|");
  const std::string path =
      folder.write("2026-10-25 02:59:59,000 " + before + "\n2026-10-25 02:59:59,500 " + before +
                   "\n" + "2026-10-25 02:00:01,000 " + after + "\n");
  EXPECT_THAT(seen(path), ElementsAre("out BRK1-EXCH 2026-10-25T00:59:59.000Z",
                                      "out BRK1-EXCH 2026-10-25T00:59:59.500Z",
                                      "out BRK1-EXCH 2026-10-25T01:00:01.000Z"));
  EXPECT_THAT(
      report_of(path).warnings,
      ElementsAre("the clock of the log jumps by -01:00 at SendingTime(52) 20261025-01:00:01.000: "
                  "summer time? Lines from there on are read as UTC+01:00"));
}

TEST(LogFormats, WhichTimeOfTheLineCanBeSaid) {
  const LogFolder folder;
  const std::string path =
      folder.write("2026-11-28T09:00:00Z 2026-11-28T10:00:00.500Z " + kLogon + "\n");
  EXPECT_THAT(seen(path, {.time = 2}), ElementsAre("out BRK1-EXCH 2026-11-28T10:00:00.500Z"));
  EXPECT_THAT(seen(path, {.time = 0}), ElementsAre("out BRK1-EXCH 2026-11-28T10:00:00.000Z"));
}

TEST(LogFormats, KindsAreTold) {
  const LogFolder folder;
  const auto kind = [&](const std::string& prefix) {
    return report_of(folder.write(prefix + kLogon + "\n")).kind;
  };
  EXPECT_EQ(kind("20261128-10:00:00.000000000 : "), "QuickFIX C++ file log");
  EXPECT_EQ(kind("20261128-10:00:00.000 : "), "QuickFIX C++ or QuickFIX/n file log");
  EXPECT_EQ(kind("20261128-10:00:00: "), "QuickFIX/J file log");
  EXPECT_EQ(kind("2026/11/28 10:00:00.000000 "), "quickfixgo file log");
  EXPECT_EQ(kind("INFO "), "lines without a time");
  EXPECT_EQ(kind(""), "FIX text without anything before the messages");
}

TEST(LogFormats, CoverageIsBytesThatAreExplained) {
  const LogFolder folder;
  const std::string text = "20261128-10:00:00 : " + kLogon + "\nsomething else\n\n";
  const imports::SourceReport report = report_of(folder.write(text));
  EXPECT_EQ(report.bytes, text.size());
  EXPECT_EQ(report.explained, text.size() - std::string("something else\n").size());
}

TEST(LogFormats, FormatLine) {
  imports::LogOptions options;
  ASSERT_TRUE(
      imports::apply_format("time=2 zone=-05:30 in=RCV out=SND us=BRK1 us=BRK2", options).ok());
  EXPECT_EQ(options.time, 2u);
  EXPECT_EQ(*options.zone_ns, -19'800'000'000'000);
  EXPECT_EQ(options.words.in, "RCV");
  EXPECT_THAT(options.us, ElementsAre("BRK1", "BRK2"));
  EXPECT_EQ(imports::apply_format("delim=x", options).error().text,
            "--format: 'delim=x' is none of time=N, zone=+HH:MM, in=WORD, out=WORD, us=COMPID; "
            "blanks stand between them");
  EXPECT_EQ(imports::apply_format("zone=Europe/Berlin", options).error().text,
            "zone 'Europe/Berlin' is not known: write what the log's clock is ahead of UTC, as "
            "+01:00");
}

TEST(LogFormats, Utf16IsRefused) {
  const LogFolder folder;
  std::string text = "\xff\xfe";
  for (const char c : kLogon) text.append(1, c).append(1, '\0');
  const std::string path = folder.write(text);
  EXPECT_EQ(imports::open_log(path).error().text,
            path + " is UTF-16 text; turn it into plain text first: iconv -f UTF-16 -t UTF-8");
}

}  // namespace
}  // namespace fixdrill::test
