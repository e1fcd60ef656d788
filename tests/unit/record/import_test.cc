// What the recorder does for imports.
#include <SQLiteCpp/SQLiteCpp.h>

#include "record/head.h"
#include "record/message_reader.h"
#include "record/verify.h"
#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

RunRow an_import() {
  RunRow run;
  run.suite = "a.log b.log";
  run.target_release = "3.1";
  run.kind = "import";
  return run;
}

/// One message seen in two logs.
class Imported {
 public:
  explicit Imported(const std::string& path) {
    auto created = create_import(path, an_import(), {1'790'000'000'000'000'000, 0});
    EXPECT_TRUE(created.ok()) << (created.ok() ? "" : created.error().text);
    if (!created) return;
    recorder_ = std::move(*created);
    session_ = recorder_->session(
        {"OE", "initiator", "FIX.4.4", "BRK1", "EXCH", "", "import", "50=DESK", {}});
    connection_ = recorder_->connection({session_, {}, "", ""});
    first_ = recorder_->next_id();
    second_ = recorder_->next_id();
  }

  Recorder& recorder() { return *recorder_; }

  std::int64_t message(std::uint64_t offset, const std::string& piped) {
    MessageRow row;
    row.id = recorder_->next_message_id();
    row.session_id = session_;
    row.connection_id = connection_;
    row.stream_offset = offset;
    row.time = {1'790'000'000'000'000'000, 0};
    row.time_source = TimeSource::log;
    row.source_id = first_;
    row.line = 7;
    row.prefix = "20260921-13:33:20.001 : ";
    row.raw = pipe_to_soh(piped);
    const std::int64_t id = row.id;
    recorder_->message(std::move(row));
    return id;
  }

  void seen_again(std::int64_t id) {
    recorder_->sighting({id, second_, 9, 1'790'000'000'000'250'000, "x "});
  }

  Status seal() {
    SourceRow row;
    row.id = first_;
    row.path = "a.log";
    row.kind = "log";
    row.format = "quickfix";
    row.bytes = 1000;
    row.explained = 990;
    row.messages = 1;
    row.sha256 = "00";
    recorder_->source(row);
    row.id = second_;
    row.path = "b.log";
    row.clock_offset_ns = 250'000;
    row.clock_spread_ns = 1'000;
    recorder_->source(row);
    return recorder_->seal({});
  }

 private:
  std::unique_ptr<Recorder> recorder_;
  std::int64_t session_ = 0;
  std::int64_t connection_ = 0;
  std::int64_t first_ = 0;
  std::int64_t second_ = 0;
};

std::size_t files_in(const TempFolder& folder) {
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.file("")))
    ++files;
  return files;
}

TEST(Import, SourcesSightingsAndWhereAMessageStood) {
  const TempFolder folder;
  Imported import(folder.file("a.db"));
  import.seen_again(import.message(0, "35=D|"));
  ASSERT_TRUE(import.seal().ok());
  const auto read = read_recording(folder.file("a.db"));
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(read->kind, "import");
  EXPECT_EQ(read->outcome, "") << "an import is no run";
  EXPECT_EQ(read->sessions.at(0).row.sub_ids, "50=DESK");
  ASSERT_EQ(read->sources.size(), 2U);
  EXPECT_EQ(read->sources[0].clock_offset_ns, std::nullopt);
  EXPECT_EQ(read->sources[1].clock_offset_ns, 250'000);
  EXPECT_EQ(read->sources[1].explained, 990U);
  ASSERT_EQ(read->messages.size(), 1U);
  EXPECT_EQ(read->messages[0].time_source, TimeSource::log);
  EXPECT_EQ(read->messages[0].source_id, read->sources[0].id);
  EXPECT_EQ(read->messages[0].line, 7);
  EXPECT_EQ(read->messages[0].prefix, "20260921-13:33:20.001 : ");
  const auto source = open_messages(folder.file("a.db"));
  ASSERT_TRUE(source.ok());
  const auto message = (*source)->next();
  ASSERT_TRUE(message.ok() && *message);
  EXPECT_EQ((*message)->number, 7);
  SQLite::Database database(folder.file("a.db"), SQLite::OPEN_READONLY);
  EXPECT_EQ(database.execAndGet("SELECT line || prefix || wall_ns FROM sighting").getString(),
            "9x 1790000000000250000");
  const auto head = read_head(folder.file("a.db"));
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->kind, "import");
  EXPECT_EQ(head->messages, 1);
}

TEST(Import, TheFileStandsThereOnlyWhenItIsWhole) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  {
    Imported import(path);
    import.message(0, "35=D|");
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(import.recorder().path(), path);
  }
  EXPECT_EQ(files_in(folder), 0U) << "an import that was given up leaves nothing";
  Imported import(path);
  import.message(0, "35=D|");
  ASSERT_TRUE(import.seal().ok());
  EXPECT_EQ(files_in(folder), 1U);
  const auto verified = verify_recording(path);
  ASSERT_TRUE(verified.ok()) << verified.error().text;
  EXPECT_EQ(verified->faults, std::vector<std::string>{});
  EXPECT_EQ(verified->hash, verified->sealed_hash);
}

TEST(Import, NeverOverAnotherFile) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  const std::string refused =
      "cannot create the recording " + path + ": it exists already; choose another place with -o";
  Imported import(path);
  std::ofstream(path) << "mine";
  const Status sealed = import.seal();
  ASSERT_FALSE(sealed.ok());
  EXPECT_EQ(sealed.error().text, refused);
  EXPECT_EQ(bytes_of(path), "mine");
  const auto again = create_import(path, an_import(), {});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().text, refused);
}

TEST(Import, WhatACaptureLacksIsNotedAndNoFault) {
  const TempFolder folder;
  Imported import(folder.file("a.db"));
  import.message(0, "35=D|");
  import.message(25, "35=F|");
  ASSERT_TRUE(import.seal().ok());
  const auto verified = verify_recording(folder.file("a.db"));
  ASSERT_TRUE(verified.ok()) << verified.error().text;
  EXPECT_EQ(verified->faults, std::vector<std::string>{});
  EXPECT_EQ(verified->notes,
            std::vector<std::string>{"connection 2, in: 20 bytes after byte 5 are missing"});
}

}  // namespace
}  // namespace fixdrill::record
