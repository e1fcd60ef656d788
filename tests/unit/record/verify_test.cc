#include "record/verify.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

using Texts = std::vector<std::string>;

std::string sealed_recording(const TempFolder& folder, int messages = 3) {
  RecordedTalk talk(folder.file("a.db"));
  for (int i = 0; i < messages; ++i) talk.sends("35=D|58=" + std::string(200, 'x'));
  talk.gets("35=8|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  return folder.file("a.db");
}

void change(const std::string& path, const char* sql) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE);
  database.exec(sql);
}

Verification verified(const std::string& path) {
  auto result = verify_recording(path);
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().text);
  return result.ok() ? *result : Verification{};
}

TEST(Verify, ASealedRecordingIsWhole) {
  const TempFolder folder;
  const Verification found = verified(sealed_recording(folder));
  EXPECT_TRUE(found.whole());
  EXPECT_TRUE(found.sealed);
  EXPECT_EQ(found.version, 3);
  EXPECT_EQ(found.hash, found.sealed_hash);
  EXPECT_EQ(found.sessions, 1);
  EXPECT_EQ(found.connections, 1);
  EXPECT_EQ(found.scenarios, 1);
  EXPECT_EQ(found.messages, 4);
  EXPECT_EQ(found.streams, 2);
  EXPECT_EQ(found.bytes, 3 * 208 + 5);
}

TEST(Verify, VacuumChangesNothing) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path, "VACUUM");
  EXPECT_EQ(verified(path).faults, Texts{});
}

TEST(Verify, ARecordingThatStillGrowsIsWholeAndNotSealed) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  talk.sends("35=D|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  const Verification found = verified(folder.file("a.db"));
  EXPECT_TRUE(found.whole());
  EXPECT_FALSE(found.sealed);
  EXPECT_EQ(found.messages, 1);
}

TEST(Verify, AChangedValueIsFound) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  const std::string before = verified(path).hash;
  change(path, "UPDATE message SET raw = CAST(replace(CAST(raw AS TEXT), 'x', 'y') AS BLOB)");
  const Verification found = verified(path);
  EXPECT_EQ(found.faults, Texts{"it was changed after it was sealed: its content hash is " +
                                found.hash + ", it was sealed with " + before});
}

TEST(Verify, AMissingMessageLeavesAHole) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path, "DELETE FROM message WHERE id = 2");
  const Verification found = verified(path);
  ASSERT_EQ(found.faults.size(), 2U);
  EXPECT_EQ(found.faults[0], "connection 2, out: 208 bytes after byte 208 are missing");
  EXPECT_TRUE(found.faults[1].starts_with("it was changed after it was sealed: "));
}

TEST(Verify, AMessageThatIsThereTwiceIsFound) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path, "UPDATE message SET stream_off = 108 WHERE id = 2");
  EXPECT_EQ(verified(path).faults.at(0),
            "connection 2, out: 100 bytes before byte 208 are there twice");
}

TEST(Verify, ARowThatPointsNowhereIsFound) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder);
  change(path, "UPDATE message SET session_id = 77 WHERE id = 2");
  EXPECT_EQ(verified(path).faults.at(0),
            "row 2 of message points to a row of session that is not there");
}

TEST(Verify, OfADamagedFileItTellsHowMuchCanBeRead) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder, 400);
  const auto pages = std::filesystem::file_size(path) / 8192;
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(pages - 12) * 8192);
  file << std::string(8192, '\xEE');
  file.close();
  const Verification found = verified(path);
  EXPECT_FALSE(found.whole());
  EXPECT_LE(found.messages, 401);
}

TEST(Verify, AFileThatWasCutSaysSo) {
  const TempFolder folder;
  const std::string path = sealed_recording(folder, 400);
  const auto whole = std::filesystem::file_size(path);
  std::filesystem::resize_file(path, whole * 3 / 4);
  const Verification found = verified(path);
  EXPECT_EQ(found.faults.at(0),
            fmt::format("it ends after {} of {} bytes, as a copy does that was not finished",
                        whole * 3 / 4, whole));
  EXPECT_GT(found.messages, 10);
}

TEST(Verify, WhatCannotBeReadIsAnError) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  std::ofstream(path) << std::string(5000, 'a');
  const auto refused = verify_recording(path);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().text, path + " is not a fixdrill recording");
}

}  // namespace
}  // namespace fixdrill::record
