// Captures: TCP put together, messages cut, gaps and what is no FIX told.
#include <gmock/gmock.h>

#include "capture_bytes.h"
#include "fix/value.h"
#include "import/log_source.h"
#include "import/tcp_stream.h"
#include "log_text.h"

namespace fixdrill::test {
namespace {

using testing::ElementsAre;

const std::string kLogon = message("35=A|49=BRK1|56=EXCH|34=1|52=20261128-10:00:00.000|98=0|");
const std::string kAnswer = message("35=A|49=EXCH|56=BRK1|34=1|52=20261128-10:00:00.010|98=0|");

std::string told_fix(const std::string& place, const std::string& bytes) {
  return place + " " + soh_to_pipe(bytes);
}

imports::SourceReport report_of(const std::string& path) {
  auto source = imports::open_foreign(path);
  while (true) {
    const auto view = (*source)->next();
    if (!view || *view == nullptr) return (*source)->report();
  }
}

TEST(Capture, AConversation) {
  const LogFolder folder;
  Capture capture;
  capture.client("", Capture::kSyn).server("", Capture::kSyn);
  capture.client(kLogon).server(kAnswer);
  const std::string path = folder.write(capture.bytes(), "a.pcap");
  EXPECT_THAT(read_log(path), ElementsAre(told_fix("3 fix out BRK1-EXCH 1", kLogon),
                                          told_fix("4 fix in BRK1-EXCH 1", kAnswer)));
  auto source = imports::open_foreign(path);
  const auto view = (*source)->next();
  EXPECT_EQ(fix::iso_time((*view)->time.wall_ns, 9), "2026-11-28T10:00:00.000003000Z");
  EXPECT_EQ((*source)->endpoints(1).local, "10.0.0.2:40000");
  EXPECT_EQ((*source)->endpoints(1).remote, "10.0.0.1:5001");
}

TEST(Capture, MessagesInPiecesTwiceAndOutOfOrder) {
  const LogFolder folder;
  Capture capture;
  const std::string both = kLogon + kAnswer;
  const std::string first = both.substr(0, 30);
  const std::string second = both.substr(30, 100);
  capture.client_at(0, first).client_at(130, both.substr(130)).client_at(10, both.substr(10, 20));
  capture.client_at(30, second).client_at(0, first);
  EXPECT_THAT(read_log(folder.write(capture.bytes())),
              ElementsAre(told_fix("4 fix out BRK1-EXCH 1", kLogon),
                          told_fix("4 fix in BRK1-EXCH 1", kAnswer)));
}

TEST(Capture, AGapIsSaidAndWhatItToreIsKept) {
  const LogFolder folder;
  Capture capture;
  capture.client_at(0, kLogon + kLogon.substr(0, 20));
  capture.client_at(1000, kLogon.substr(50) + kLogon);
  const std::string path = folder.write(capture.bytes());
  EXPECT_THAT(read_log(path),
              ElementsAre(told_fix("1 fix out BRK1-EXCH 1", kLogon),
                          told_fix("1 partial out BRK1-EXCH 1", kLogon.substr(0, 20)),
                          told_fix("2 junk out BRK1-EXCH 1", kLogon.substr(50)),
                          told_fix("2 fix out BRK1-EXCH 1", kLogon)));
  EXPECT_THAT(
      report_of(path).warnings,
      ElementsAre(fmt::format("{} bytes from 10.0.0.2:40000 to 10.0.0.1:5001 are not in the "
                              "capture, at packet 2 (2026-11-28T10:00:00.000Z)",
                              1000 - kLogon.size() - 20)));
}

TEST(Capture, WhatIsNoFixIsLeftOutAndTlsIsSaid) {
  const LogFolder folder;
  Capture capture;
  capture.client(std::string("\x16\x03\x01\x02\x00", 5)).server("HTTP/1.1 200 OK");
  const std::string path = folder.write(capture.bytes());
  EXPECT_THAT(read_log(path), ElementsAre());
  EXPECT_THAT(report_of(path).warnings,
              ElementsAre("10.0.0.2:40000 -> 10.0.0.1:5001 is TLS: its messages cannot be read"));
}

TEST(Capture, ANewSynIsANewConnectionOfTheSameSession) {
  const LogFolder folder;
  Capture capture;
  capture.client("", Capture::kSyn).client(kLogon);
  capture.restart(77'000).client("", Capture::kSyn).client(kLogon);
  EXPECT_THAT(read_log(folder.write(capture.bytes())),
              ElementsAre(told_fix("2 fix out BRK1-EXCH 1", kLogon),
                          told_fix("4 fix out BRK1-EXCH 2", kLogon)));
}

TEST(Capture, ACutFileGivesWhatIsThereAndSaysSo) {
  const LogFolder folder;
  Capture capture;
  capture.client(kLogon).server(kAnswer);
  const std::string path = folder.write(capture.bytes().substr(0, capture.bytes().size() - 10));
  const auto read = read_log(path);
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0], told_fix("1 fix out BRK1-EXCH 1", kLogon));
  EXPECT_EQ(read[1].substr(0, path.size() + 20), path + " is damaged or cut: ");
}

TEST(TcpStream, SequenceNumbersWrap) {
  imports::TcpStream stream;
  stream.begin(0xffff'fffd);
  stream.add(0xffff'fffe, "abcd");
  EXPECT_EQ(stream.next(), "abcd");
  stream.add(4, "gh");
  EXPECT_EQ(stream.next(), "");
  stream.add(2, "ef");
  EXPECT_EQ(stream.next(), "ef");
  EXPECT_EQ(stream.next(), "gh");
}

}  // namespace
}  // namespace fixdrill::test
