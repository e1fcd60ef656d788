#include "record/reader.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

std::string refusal(const std::string& path) {
  const Result<Recording> read = read_recording(path);
  EXPECT_FALSE(read.ok());
  if (read) return "";
  EXPECT_EQ(read.error().kind, ErrorKind::input);
  return read.error().text;
}

std::string sealed_recording(const TempFolder& folder) {
  RecordedTalk talk(folder.file("a.db"));
  for (int i = 0; i < 200; ++i) talk.sends("35=D|58=" + std::string(200, 'x'));
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  return folder.file("a.db");
}

void change(const std::string& path, const char* sql) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(sql);
}

TEST(Reader, NoSuchFile) {
  const TempFolder folder;
  const std::string path = folder.file("x.db");
  EXPECT_EQ(refusal(path), "cannot read " + path + ": No such file or directory");
}

TEST(Reader, OtherFilesAreNoRecordings) {
  const TempFolder folder;
  const std::string text = folder.file("text.db");
  std::ofstream(text) << std::string(5000, 'a');
  EXPECT_EQ(refusal(text), text + " is not a fixdrill recording");
  const std::string empty = folder.file("empty.db");
  std::ofstream(empty).flush();
  EXPECT_EQ(refusal(empty), empty + " is not a fixdrill recording");
  const std::string other = folder.file("other.db");
  change(other, "CREATE TABLE message(a)");
  EXPECT_EQ(refusal(other), other + " is not a fixdrill recording");
}

TEST(Reader, ANewerRecordingAsksForAnUpdate) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path, "PRAGMA user_version = 4");
  EXPECT_EQ(refusal(path), path +
                               " was made by a newer fixdrill (schema 4); this one reads up to 3;"
                               " update fixdrill");
}

TEST(Reader, DamageIsSaid) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  for (int page = 3; page < 8; ++page) {
    file.seekp(page * 8192);
    file << std::string(4000, '\xEE');
  }
  file.close();
  const std::string text = refusal(path);
  EXPECT_TRUE(text.starts_with(path + " is damaged: ") || text.starts_with("cannot read " + path))
      << text;
}

TEST(Reader, AResultOfAFileThatWasCutIsNone) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  const auto whole = std::filesystem::file_size(path);
  std::filesystem::resize_file(path, whole - 8192);
  EXPECT_EQ(refusal(path),
            fmt::format(
                "{} is damaged: it ends after {} of {} bytes, as a copy does that was not finished",
                path, whole - 8192, whole));
}

TEST(Reader, RowsThatNoRecorderWritesAreDamage) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path, "PRAGMA ignore_check_constraints = ON; UPDATE scenario_exec SET outcome = 'OK\x1b'");
  EXPECT_EQ(refusal(path), path + " is damaged: no outcome is called OK\\x1b");
}

TEST(Reader, TheLabelsAndWhetherTheRunEnded) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  const Result<Recording> growing = read_recording(folder.file("a.db"));
  ASSERT_TRUE(growing.ok()) << growing.error().text;
  EXPECT_FALSE(growing->result.ended);
  EXPECT_EQ(growing->outcome, "");
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  const Result<Recording> sealed = read_recording(folder.file("a.db"));
  ASSERT_TRUE(sealed.ok()) << sealed.error().text;
  EXPECT_TRUE(sealed->result.ended);
  EXPECT_EQ(sealed->release, "3.1");
  EXPECT_EQ(sealed->change, "CHG-7");
}

TEST(Reader, AStepWithoutItsScenarioIsDamage) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path, "INSERT INTO step_exec VALUES(9,77,NULL,0,'OE',NULL,'f',1,0,0,'t',0,0,NULL,'PASS')");
  EXPECT_EQ(refusal(path), path + " is damaged: row 77 is missing");
}

TEST(Reader, AViewInPlaceOfATableRunsNothing) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path,
         "DROP TABLE event; CREATE VIEW event AS SELECT 1 AS id, 0 AS wall_ns, 0 AS mono_ns,"
         " 'k' AS kind, 0 AS session_id, 0 AS step_exec_id, load_extension('x') AS text");
  EXPECT_EQ(refusal(path), "cannot read " + path + ": unsafe use of load_extension()");
}

TEST(Reader, NamesThatMeanSomethingToSqliteArePlainPaths) {
  const TempFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.file(""));
  {
    RecordedTalk talk("file:a?mode=memory");
    EXPECT_TRUE(talk.recorder().seal({}).ok());
  }
  EXPECT_TRUE(read_recording("file:a?mode=memory").ok());
  EXPECT_TRUE(std::filesystem::exists(folder.file("file:a?mode=memory")));
  std::filesystem::current_path(before);
}

}  // namespace
}  // namespace fixdrill::record
