// The same run row and the same calls give the same file, however the writer thread cuts them into
// transactions.
#include <SQLiteCpp/SQLiteCpp.h>
#include <thread>

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

RunRow reproducible_run(std::uint64_t seed = 42) {
  RunRow run = RecordedTalk::a_run();
  run.seed = seed;
  run.reproducible = true;
  return run;
}

/// Every row in a transaction of its own: waits until the file shows the message.
void until_written(const std::string& path, std::int64_t message) {
  SQLite::Database reader(path, SQLite::OPEN_READONLY);
  SQLite::Statement newest(reader, "SELECT max(id) FROM message");
  for (std::int64_t last = 0; last < message; newest.reset()) {
    ASSERT_TRUE(newest.executeStep());
    last = newest.getColumn(0).getInt64();
  }
}

enum class Pace { at_once, row_by_row, many_threads };

/// The file of three scenarios of 100 messages; rows of every table.
std::string recorded(const RunRow& run, Pace pace) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path, run);
  talk.recorder().artifact({"scenario", "a.drill", std::string(20'000, 's')});
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 100; ++j) {
      std::int64_t id = 0;
      const auto call = [&] { id = talk.sends("35=D|58=" + std::string(2'000, 'x') + "|"); };
      pace == Pace::many_threads ? std::thread(call).join() : call();
      if (pace == Pace::row_by_row && j % 5 == 0) until_written(path, id);
    }
    talk.recorder().event({{1, 1}, "note", talk.session(), 0, "all sent"});
    EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  }
  talk.recorder().connection_closed(talk.connection(), {99, 1}, "peer closed");
  RunResult result;
  result.ended_ns = 1'790'000'009'000'000'000;
  EXPECT_TRUE(talk.recorder().seal(result).ok());
  return bytes_of(path);
}

// Files are compared as truth values: a failure must not print megabytes.
TEST(Reproducible, TheFileDoesNotDependOnRealTime) {
  const std::string first = recorded(reproducible_run(), Pace::at_once);
  EXPECT_GT(first.size(), 500'000u);
  EXPECT_TRUE(recorded(reproducible_run(), Pace::at_once) == first);
  EXPECT_TRUE(recorded(reproducible_run(), Pace::row_by_row) == first);
  EXPECT_TRUE(recorded(reproducible_run(), Pace::many_threads) == first);
}

TEST(Reproducible, AnotherSeedIsAnotherFileAndSoIsEveryRunThatDoesNotAskForIt) {
  const std::string first = recorded(reproducible_run(), Pace::at_once);
  EXPECT_FALSE(recorded(reproducible_run(43), Pace::at_once) == first);
  const std::string ordinary = recorded(RecordedTalk::a_run(), Pace::at_once);
  EXPECT_FALSE(recorded(RecordedTalk::a_run(), Pace::at_once) == ordinary);
}

std::string uuid_with(const RunRow& run) {
  const TempFolder folder;
  return RecordedTalk(folder.file("a.db"), run).recorder().uuid();
}

TEST(Reproducible, TheUuidIsMadeOfTheRunAndItsSeed) {
  const std::string uuid = uuid_with(reproducible_run());
  EXPECT_EQ(uuid, "201ed7d4-c7f8-8987-98a3-f2a4d5b913fc");
  EXPECT_EQ(uuid_with(reproducible_run()), uuid);
  EXPECT_NE(uuid_with(reproducible_run(43)), uuid);
  RunRow other = reproducible_run();
  other.suite = "scenarios/basics";
  EXPECT_NE(uuid_with(other), uuid) << "another run with the same seed";
}

TEST(Reproducible, OtherwiseTheUuidIsRandom) {
  const std::string uuid = uuid_with(RecordedTalk::a_run());
  EXPECT_EQ(uuid.size(), 36u);
  EXPECT_EQ(uuid[14], '4');
  EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
  EXPECT_NE(uuid_with(RecordedTalk::a_run()), uuid);
}

}  // namespace
}  // namespace fixdrill::record
