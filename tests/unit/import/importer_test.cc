// Logs into a recording: one message for what several sources show, clocks, secrets, streams.
#include "import/importer.h"

#include <gmock/gmock.h>

#include "fix/value.h"
#include "import/import_text.h"
#include "log_text.h"
#include "support/fake_recorder.h"

namespace fixdrill::test {
namespace {

using testing::ElementsAre;

const std::string kLogon =
    message("35=A|49=BRK1|56=EXCH|34=1|52=20261128-10:00:00.000|554=secret|");
const std::string kAnswer = message("35=A|49=EXCH|56=BRK1|34=1|52=20261128-10:00:00.010|98=0|");
const std::string kOrder = message("35=D|49=BRK1|56=EXCH|34=2|52=20261128-10:00:01.000|11=A1|");

std::string line(const std::string& clock, const std::string& bytes) {
  return "20261128-" + clock + " : " + bytes + "\n";
}

/// Direction, session, time, kind, type, number.
std::vector<std::string> told(const FakeRecorder& recorder) {
  std::vector<std::string> lines;
  for (const auto& row : recorder.messages)
    lines.push_back(fmt::format(
        "{} {} {} {} {} {}", row.id, row.direction == record::Direction::in ? "in" : "out",
        row.session_id, fix::iso_time(row.time.wall_ns), row.msg_type, row.seq));
  return lines;
}

TEST(Importer, OneLog) {
  const LogFolder folder;
  FakeRecorder recorder;
  const std::string path =
      folder.write(line("10:00:00.001", kLogon) + "event\n" + line("10:00:00.011", kAnswer));
  const auto result = imports::import_files({{path}, {}, {}}, recorder);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->messages, 2u);
  EXPECT_EQ(result->sessions, 1u);
  EXPECT_THAT(told(recorder), ElementsAre("1 out 2 2026-11-28T10:00:00.001Z A 1",
                                          "2 in 0 1970-01-01T00:00:00.000Z  0",
                                          "3 in 2 2026-11-28T10:00:00.011Z A 1"));
  const record::MessageRow& logon = recorder.messages[0];
  EXPECT_EQ(logon.time_source, record::TimeSource::log);
  EXPECT_EQ(logon.prefix, "20261128-10:00:00.001 : ");
  EXPECT_EQ(logon.line, 1);
  EXPECT_TRUE(logon.masked);
  EXPECT_EQ(logon.raw.find("secret"), std::string::npos);
  EXPECT_EQ(recorder.messages[1].kind, record::MessageKind::junk);
  EXPECT_EQ(recorder.messages[1].line, 2);
  ASSERT_EQ(recorder.sources.size(), 1u);
  EXPECT_EQ(recorder.sources[0].id, logon.source_id);
  EXPECT_EQ(recorder.sources[0].sha256.size(), 64u);
  EXPECT_EQ(recorder.sessions[0].alias, "BRK1-EXCH");
  EXPECT_EQ(recorder.sessions[0].capture_level, "import");
}

TEST(Importer, SessionsThatAnExportTellsApartStayApart) {
  const LogFolder folder;
  FakeRecorder recorder;
  const std::string masked = replaced(kLogon, "secret", "******");
  const auto exported = [](const std::string& head, const std::string& bytes) {
    return "20261128-10:00:00.000000000 " + head + " " + bytes + "\n";
  };
  const std::string path = folder.write(
      exported("OE out masked", masked) + exported("EX in", kLogon) + exported("EX out", kAnswer) +
          exported("OE in", kAnswer) + exported("OE#2 out", kLogon),
      "export.log");
  const std::string venue = folder.write(line("10:00:00.000", kLogon), "venue.log");
  const auto result = imports::import_files({{path, venue}, {}, {}}, recorder);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->sessions, 3u);
  ASSERT_EQ(recorder.sessions.size(), 3u);
  EXPECT_EQ(recorder.sessions[0].alias, "OE");
  EXPECT_EQ(recorder.sessions[0].sender, "BRK1");
  EXPECT_EQ(recorder.sessions[1].alias, "EX");
  EXPECT_EQ(recorder.sessions[1].sender, "EXCH");
  EXPECT_EQ(recorder.sessions[2].alias, "OE");
  EXPECT_NE(recorder.messages[0].session_id, recorder.messages[4].session_id);
  EXPECT_EQ(recorder.messages[0].direction, record::Direction::out);
  EXPECT_EQ(recorder.messages[1].direction, record::Direction::in);
  EXPECT_TRUE(recorder.messages[0].masked);
  EXPECT_TRUE(recorder.messages[0].sum_ok);
}

TEST(Importer, BothEndsOfAConversationAreOneWithTheClocksPutRight) {
  const LogFolder folder;
  // The venue's clock is 5 s ahead, the way takes 2 ms.
  const std::string ours = folder.write(
      line("10:00:00.000", kLogon) + line("10:00:00.014", kAnswer) + line("10:00:01.000", kOrder),
      "ours.log");
  const std::string theirs =
      folder.write(line("10:00:05.002", kLogon) + line("10:00:05.012", kAnswer),
                   "FIX.4.4-EXCH-BRK1.messages.log");
  FakeRecorder recorder;
  const auto result = imports::import_files({{ours, theirs}, {}, {}}, recorder);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->messages, 3u);
  EXPECT_EQ(result->seen_by_more, 2u);
  EXPECT_EQ(result->sessions, 1u);
  ASSERT_TRUE(result->sources[1].clock.has_value());
  EXPECT_EQ(result->sources[1].clock->offset_ns, 5'000'000'000);
  EXPECT_EQ(result->sources[1].clock->messages, 2u);
  EXPECT_FALSE(result->sources[0].clock.has_value());
  // The answer is on their side first.
  EXPECT_THAT(told(recorder), ElementsAre("1 out 3 2026-11-28T10:00:00.000Z A 1",
                                          "2 in 3 2026-11-28T10:00:00.012Z A 1",
                                          "3 out 3 2026-11-28T10:00:01.000Z D 2"));
  ASSERT_EQ(recorder.sightings.size(), 2u);
  EXPECT_EQ(recorder.sightings[0].message_id, 1);
  EXPECT_EQ(recorder.sightings[0].source_id, recorder.sources[1].id);
  EXPECT_EQ(fix::iso_time(recorder.sightings[0].wall_ns), "2026-11-28T10:00:05.002Z");
  EXPECT_EQ(recorder.sightings[1].message_id, 2);
  EXPECT_EQ(recorder.sightings[1].source_id, recorder.sources[0].id);
  EXPECT_EQ(recorder.stream(recorder.connections[0].id, record::Direction::in), kAnswer);
}

TEST(Importer, TheSameBytesTwiceInOneLogAreTwo) {
  const LogFolder folder;
  const std::string path =
      folder.write(line("10:00:01.000", kOrder) + line("10:00:01.000", kOrder));
  const std::string once = folder.write(line("10:00:01.000", kOrder), "once.log");
  FakeRecorder recorder;
  const auto result = imports::import_files({{path, once}, {}, {}}, recorder);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->messages, 2u);
  EXPECT_EQ(recorder.sightings.size(), 1u);
}

TEST(Importer, AConnectionBeginsWithALogonWhicheverLogHasIt) {
  const LogFolder folder;
  const std::string before =
      folder.write(line("10:00:00.000", kLogon) + line("10:00:00.011", kAnswer));
  const std::string again = message("35=A|49=BRK1|56=EXCH|34=1|52=20261128-11:00:00.000|141=Y|");
  const std::string after = folder.write(line("11:00:00.000", again), "after.log");
  FakeRecorder recorder;
  ASSERT_TRUE(imports::import_files({{after, before}, {}, {}}, recorder).ok());
  ASSERT_EQ(recorder.connections.size(), 2u);
  EXPECT_EQ(recorder.messages[0].connection_id, recorder.messages[1].connection_id);
  EXPECT_EQ(recorder.messages[2].connection_id, recorder.connections[1].id);
}

TEST(Importer, StandardInputIsAlone) {
  FakeRecorder recorder;
  EXPECT_EQ(imports::import_files({{"a.log", "-"}, {}, {}}, recorder).error().text.substr(0, 14),
            "cannot read a.");
  const LogFolder folder;
  const std::string path = folder.write(kOrder);
  EXPECT_EQ(imports::import_files({{path, "-"}, {}, {}}, recorder).error().text,
            "standard input can be imported only alone: several sources are read twice, to compare "
            "their clocks");
}

TEST(Importer, WhatIsTold) {
  const LogFolder folder;
  FakeRecorder recorder;
  const std::string cut = kAnswer.substr(0, 40);
  const std::string a =
      folder.write(line("10:00:00.001", kLogon) + "event\n" + cut + "\n", "a.log");
  const std::string b = folder.write(line("10:00:00.002", kLogon), "b.log");
  const auto result = imports::import_files({{a, b}, {}, {}}, recorder);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(
      replaced(imports::import_text(*result), folder.path(""), ""),
      "a.log: QuickFIX C++ or QuickFIX/n file log, 2 messages, 96.1 % of 156 bytes explained\n"
      "  delimiter SOH; BodyLength and CheckSum hold in every whole message\n"
      "  1 message without an end, kept as partial\n"
      "  1 line without a message, kept as junk\n"
      "  read so again: --format 'time=1 zone=+00:00 us=BRK1'\n"
      "b.log: QuickFIX C++ or QuickFIX/n file log, 1 message, 100.0 % of 109 bytes explained\n"
      "  delimiter SOH; BodyLength and CheckSum hold in every whole message\n"
      "  clock +1.000 ms against a.log, within 0.000 ms, by 1 message that both show\n"
      "  read so again: --format 'time=1 zone=+00:00 us=BRK1'\n");
}

TEST(Importer, AFileWithoutFix) {
  const LogFolder folder;
  FakeRecorder recorder;
  const auto result =
      imports::import_files({{folder.write("nothing\n", "a.txt")}, {}, {}}, recorder);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(replaced(imports::nothing_text(*result), folder.path(""), ""),
            "no FIX message in a.txt (8 bytes): a message begins with 8=FIX and a version, on one "
            "line");
}

}  // namespace
}  // namespace fixdrill::test
