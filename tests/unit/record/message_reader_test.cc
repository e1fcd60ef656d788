#include "record/message_reader.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <fmt/format.h>
#include <vector>

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

using Texts = std::vector<std::string>;

std::unique_ptr<MessageSource> opened(const std::string& path) {
  auto source = open_messages(path);
  EXPECT_TRUE(source.ok()) << (source.ok() ? "" : source.error().text);
  return source.ok() ? std::move(*source) : nullptr;
}

/// What next() gives until the end: "1 out 35=D|".
Texts rest(MessageSource& source) {
  Texts texts;
  for (;;) {
    const auto message = source.next();
    if (!message) return texts.push_back(message.error().text), texts;
    const MessageView* view = message.value();
    if (!view) return texts;
    texts.push_back(std::to_string(view->id) +
                    (view->direction == Direction::out ? " out " : " in ") +
                    soh_to_pipe(view->raw));
  }
}

void change(const std::string& path, const char* sql) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE);
  database.exec(sql);
}

TEST(MessageReader, MessagesAsTheyWereRecorded) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  talk.sends("35=D|55=MSFT|");
  talk.passes(Direction::in, "noise", MessageKind::junk);
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  const auto source = opened(folder.file("a.db"));
  EXPECT_EQ(source->name(), folder.file("a.db"));
  const auto first = source->next();
  ASSERT_TRUE(first.ok() && *first);
  EXPECT_EQ((*first)->session_id, talk.session());
  EXPECT_EQ((*first)->connection_id, talk.connection());
  EXPECT_EQ((*first)->time.wall_ns, 1'790'000'000'001'000'000);
  EXPECT_EQ((*first)->time.mono_ns, 5'001'000'000);
  EXPECT_EQ((*first)->kind, MessageKind::fix);
  EXPECT_TRUE((*first)->sum_ok);
  EXPECT_FALSE((*first)->masked);
  EXPECT_EQ((*first)->number, 0);
  const SessionRow* session = source->session(talk.session());
  ASSERT_TRUE(session);
  EXPECT_EQ(session->alias, "OE");
  EXPECT_EQ(session->sender, "BRK1");
  EXPECT_EQ(source->session(77), nullptr);
  const auto second = source->next();
  ASSERT_TRUE(second.ok() && *second);
  EXPECT_EQ((*second)->kind, MessageKind::junk);
  EXPECT_EQ((*second)->raw, "noise");
  EXPECT_EQ(rest(*source), Texts{});
}

TEST(MessageReader, FollowsARecordingThatGrows) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  talk.sends("35=D|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  const auto source = opened(folder.file("a.db"));
  EXPECT_EQ(rest(*source), Texts{"1 out 35=D|"});
  EXPECT_EQ(rest(*source), Texts{});
  talk.gets("35=8|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-002")).ok());
  EXPECT_EQ(rest(*source), Texts{"2 in 35=8|"});
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  EXPECT_EQ(rest(*source), Texts{});
}

TEST(MessageReader, WhatAnotherLaneCommitsLaterIsNotMissed) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  const std::int64_t slow = talk.recorder().next_message_id();
  talk.sends("35=D|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  const auto source = opened(folder.file("a.db"));
  EXPECT_EQ(rest(*source), Texts{"2 out 35=D|"});
  MessageRow row;
  row.id = slow;
  row.raw = pipe_to_soh("35=0|");
  talk.recorder().message(row);
  talk.gets("35=8|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-002")).ok());
  EXPECT_EQ(rest(*source), (Texts{"1 in 35=0|", "3 in 35=8|"}));
  EXPECT_EQ(rest(*source), Texts{});
}

TEST(MessageReader, DamageEndsTheStreamAfterWhatCameBefore) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  talk.sends("35=D|");
  talk.sends("35=F|");
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  change(path,
         "PRAGMA ignore_check_constraints = ON; UPDATE message SET kind = 'odd' WHERE id = 2");
  const auto source = opened(path);
  EXPECT_EQ(rest(*source),
            (Texts{"1 out 35=D|", path + " is damaged: message 2 is of no known kind"}));
  EXPECT_EQ(rest(*source), Texts{});
}

TEST(MessageReader, OfACopyThatWasNotFinishedWhatIsThere) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  for (int i = 0; i < 400; ++i) talk.sends("35=D|58=" + std::string(200, 'x'));
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  const auto whole = std::filesystem::file_size(path);
  const auto sentence = [&](std::uintmax_t size) {
    return fmt::format(
        "{} is damaged: it ends after {} of {} bytes, as a copy does that was not finished", path,
        size, whole);
  };
  std::filesystem::resize_file(path, whole - 1);
  Texts texts = rest(*opened(path));
  ASSERT_EQ(texts.size(), 401U);
  EXPECT_EQ(texts.back(), sentence(whole - 1));
  std::filesystem::resize_file(path, whole * 3 / 4);
  texts = rest(*opened(path));
  EXPECT_GT(texts.size(), 10U);
  EXPECT_LT(texts.size(), 400U);
  EXPECT_EQ(texts.front(), "1 out 35=D|58=" + std::string(200, 'x'));
  EXPECT_EQ(texts.back(), sentence(whole * 3 / 4));
  std::filesystem::resize_file(path, 9000);
  const auto hopeless = open_messages(path);
  ASSERT_FALSE(hopeless.ok());
  EXPECT_EQ(hopeless.error().text, sentence(9000));
}

TEST(MessageReader, WhatIsARecording) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  EXPECT_TRUE(is_recording(path));
  EXPECT_FALSE(is_recording(folder.file("none.db")));
  EXPECT_FALSE(is_recording(folder.file("")));
  std::ofstream(folder.file("a.log")) << "8=FIX.4.4 in a log of more than sixteen bytes";
  EXPECT_FALSE(is_recording(folder.file("a.log")));
  const auto refused = open_messages(folder.file("a.log"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().text, folder.file("a.log") + " is not a fixdrill recording");
}

TEST(Reader, WithoutMessagesTheRestIsThere) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  talk.sends("35=D|");
  EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  EXPECT_TRUE(talk.recorder().seal({}).ok());
  const auto read = read_recording(folder.file("a.db"), {.messages = false});
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_TRUE(read->messages.empty());
  EXPECT_EQ(read->result.scenarios.size(), 1U);
  EXPECT_EQ(read->sessions.size(), 1U);
}

}  // namespace
}  // namespace fixdrill::record
