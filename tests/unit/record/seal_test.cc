#include "record/seal.h"

#include <array>
#include <cstdio>

#include "record/schema.h"
#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

std::string meta(const std::string& path, const std::string& key) {
  SQLite::Database database(path, SQLite::OPEN_READONLY);
  SQLite::Statement query(database, "SELECT value FROM meta WHERE key = ?");
  query.bind(1, key);
  return query.executeStep() ? query.getColumn(0).getString() : "";
}

std::string sealed_recording(const TempFolder& folder, const std::string& name) {
  RecordedTalk talk(folder.file(name));
  talk.sends("8=FIX.4.4|9=5|35=D|10=000|");
  talk.gets("8=FIX.4.4|9=5|35=8|10=000|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  RunResult run;
  run.ended_ns = 1'790'000'001'000'000'000;
  EXPECT_TRUE(talk.recorder().seal(run).ok());
  return folder.file(name);
}

std::string hash_of(const std::string& path) {
  SQLite::Database database(path, SQLite::OPEN_READONLY);
  return content_hash(database, kSchemaVersion);
}

void change(const std::string& path, const char* sql) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE);
  database.exec(sql);
}

struct Ran {
  int status = 0;
  std::string output;
};

Ran run_program(const std::string& line) {
  Ran ran;
  std::FILE* pipe = ::popen(line.c_str(), "r");
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    ran.output.append(buffer.data(), n);
  ran.status = ::pclose(pipe);
  return ran;
}

TEST(Seal, LeavesOnePlainFile) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder, "a.db");
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(path + "-shm"));
  const std::string bytes = bytes_of(path);
  EXPECT_EQ(bytes[18], 1) << "not a rollback-journal file";
  EXPECT_EQ(bytes.substr(68, 4), "FIXR");
  EXPECT_EQ(bytes.substr(60, 4), std::string("\0\0\0\x03", 4));
  EXPECT_EQ(bytes.substr(16, 2), std::string("\x20\0", 2)) << "pages of 8 kB";
}

TEST(Seal, AStockShellReadsTheFile) {
  ASSERT_EQ(run_program("sqlite3 --version 2>&1").status, 0) << "tools/setup.sh installs sqlite3";
  const TempFolder folder;
  const std::string path = sealed_recording(folder, "a.db");
  const Ran ran = run_program("sqlite3 -readonly " + path +
                              " 'PRAGMA integrity_check; SELECT count(*) FROM message;"
                              " SELECT outcome FROM run'");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.output, "ok\n2\nPASS\n");
}

TEST(Seal, StoresTheHashOfWhatTheRecordingHolds) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder, "a.db");
  EXPECT_EQ(meta(path, "content_sha256").size(), 64u);
  EXPECT_EQ(meta(path, "content_sha256"), hash_of(path));
  EXPECT_EQ(meta(path, "sealed_at_ns"), "1790000001000000000");
  EXPECT_NE(meta(path, "queue_high_water_bytes"), "0");
}

TEST(Seal, TheHashOutlivesVacuumAndSeesEveryChange) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder, "a.db");
  const std::string before = hash_of(path);
  change(path, "DROP INDEX message_by_stream; VACUUM");
  EXPECT_EQ(hash_of(path), before);
  change(path, "UPDATE message SET raw = x'00' WHERE id = 2");
  const std::string other_bytes = hash_of(path);
  EXPECT_NE(other_bytes, before);
  change(path, "UPDATE scenario_exec SET outcome = 'FAIL'");
  EXPECT_NE(hash_of(path), other_bytes);
}

TEST(Seal, AReaderDuringTheRunDoesNoHarm) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  ASSERT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  SQLite::Database reader(path, SQLite::OPEN_READONLY);
  EXPECT_EQ(reader.execAndGet("SELECT count(*) FROM scenario_exec").getInt(), 1);
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  const Result<Recording> read = read_recording(path);
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_TRUE(read->sealed);
}

}  // namespace
}  // namespace fixdrill::record
