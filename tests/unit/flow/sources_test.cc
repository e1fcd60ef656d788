// The sources that stand before other sources: one of several, and some messages of one.

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "flow/chosen_source.h"
#include "flow/merged_source.h"
#include "support/fake_source.h"

namespace fixdrill::flow {
namespace {

using record::MessageSource;
using record::MessageView;
using test::FakeSource;

constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kSecond = 1000 * kMs;
constexpr std::int64_t kFour = 1'764'000'000 * kSecond;  // 2025-11-24T16:00:00Z

/// The texts of a source, one after another; an error's at last.
std::string texts(MessageSource& source) {
  std::string out;
  for (;;) {
    const auto next = source.next();
    if (!next) return out + next.error().text;
    if (*next == nullptr) return out;
    std::string text((*next)->raw);
    std::replace(text.begin(), text.end(), '\x01', ' ');
    out += text;
  }
}

std::unique_ptr<FakeSource> three(const std::vector<std::int64_t>& wall) {
  auto source = std::make_unique<FakeSource>();
  source->out("11=a|").in("11=b|").in("11=c|");
  for (std::size_t i = 0; i < wall.size(); ++i) source->messages[i].time.wall_ns = wall[i];
  return source;
}

std::string in_window(const char* from, const char* to, const std::vector<std::int64_t>& wall) {
  const auto moment = [](const char* text) {
    return text == nullptr ? std::optional<Moment>() : parse_moment(text);
  };
  TimeWindow window(moment(from), moment(to), {});
  ChosenSource source(three(wall), [&](const MessageView& view) { return window.holds(view); });
  return texts(source);
}

TEST(TimeWindow, BothEndsAreInsideAsPreciselyAsTheyAreWritten) {
  const std::vector<std::int64_t> wall = {kFour, kFour + 59 * kSecond, kFour + 60 * kSecond};
  EXPECT_EQ(in_window(nullptr, nullptr, wall), "11=a 11=b 11=c ");
  EXPECT_EQ(in_window("16:00:01", nullptr, wall), "11=b 11=c ");
  EXPECT_EQ(in_window(nullptr, "16:00", wall), "11=a 11=b ");
  EXPECT_EQ(in_window("16:00:59", "16:00:59", wall), "11=b ");
  EXPECT_EQ(in_window("2025-11-25", nullptr, wall), "");
}

TEST(TimeWindow, AnEndBeforeTheStartIsOfTheNextDay) {
  const std::vector<std::int64_t> wall = {kFour, kFour + 8 * 3600 * kSecond,
                                          kFour + 9 * 3600 * kSecond};
  EXPECT_EQ(in_window("16:00", "00:30", wall), "11=a 11=b ");
}

TEST(TimeWindow, WhatHasNoTimeBelongsToTheMessageBeforeIt) {
  EXPECT_EQ(in_window("16:00:01", nullptr, {0, kFour + kSecond, 0}), "11=b 11=c ");
  EXPECT_EQ(in_window("16:00:01", nullptr, {kFour, 0, kFour + kSecond}), "11=c ");
}

TEST(SessionSource, ByAliasOrParty) {
  const auto chosen = [](const std::string& wanted) {
    auto source = three({});
    source->sessions.push_back({"DC", "initiator", "FIX.4.4", "BRK1", "CLEAR", "", "wire"});
    source->messages[1].session_id = 2;
    SessionSource session(std::move(source), wanted);
    return texts(session);
  };
  EXPECT_EQ(chosen("DC"), "11=b ");
  EXPECT_EQ(chosen("CLEAR"), "11=b ");
  EXPECT_EQ(chosen("BRK1->EXCH"), "11=a 11=c ");
  EXPECT_EQ(chosen("DD"), "fake.log has no session DD, did you mean DC?; it has DC, OE");
}

TEST(MergedSource, InTheOrderOfTimeWithIdsOfItsOwn) {
  auto first = three({kFour + 1, kFour + 4, kFour + 5});
  auto second = std::make_unique<FakeSource>();
  second->in("11=x|").in("11=y|");
  second->messages[0].time.wall_ns = kFour + 2;
  second->messages[1].time.wall_ns = 0;
  MergedSource::Sources sources;
  sources.push_back(std::move(first));
  sources.push_back(std::move(second));
  MergedSource merged(std::move(sources));
  EXPECT_EQ(merged.name(), "fake.log, fake.log");
  EXPECT_EQ(merged.next().value()->id, 1);
  EXPECT_EQ(merged.next().value()->id, 2);
  EXPECT_EQ(texts(merged), "11=y 11=b 11=c ");
}

TEST(MergedSource, ASessionThatSeveralSourcesHaveIsOne) {
  auto first = three({kFour + 1, kFour + 3, kFour + 5});
  auto second = three({kFour + 2, kFour + 4, kFour + 6});
  second->sessions.push_back({"DC", "initiator", "FIX.4.4", "BRK1", "CLEAR", "", "wire"});
  second->messages[1].session_id = 2;
  second->messages[2].session_id = 0;
  MergedSource::Sources sources;
  sources.push_back(std::move(first));
  sources.push_back(std::move(second));
  MergedSource merged(std::move(sources));
  std::string aliases;
  std::string connections;
  while (const MessageView* view = merged.next().value()) {
    const record::SessionRow* row = merged.session(view->session_id);
    aliases += row ? row->alias + " " : "none ";
    connections += std::to_string(view->connection_id);
  }
  EXPECT_EQ(aliases, "OE OE OE DC OE none ");
  EXPECT_EQ(connections, "121212");
  EXPECT_EQ(merged.session(3), nullptr);
}

TEST(MergedSource, ASourceThatGrewIsAskedAgain) {
  auto grows = std::make_unique<FakeSource>();
  FakeSource& growing = *grows;
  MergedSource::Sources sources;
  sources.push_back(std::move(grows));
  MergedSource merged(std::move(sources));
  EXPECT_EQ(merged.next().value(), nullptr);
  growing.in("11=z|");
  EXPECT_EQ(texts(merged), "11=z ");
}

}  // namespace
}  // namespace fixdrill::flow
