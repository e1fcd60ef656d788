// Flows that are too long for a table of all against all.
#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

#include "conversation.h"
#include "diff/shortest_edit.h"

namespace fixdrill::test {
namespace {

constexpr int kLong = 3'000;

/// Market data of one subscription; `distinct` prices come again and again.
std::vector<std::string> updates(int distinct) {
  std::vector<std::string> bodies;
  for (int n = 0; n < kLong; ++n)
    bodies.push_back(
        fmt::format("35=X|262={{id}}|268=1|279=1|269=0|55=MSFT|270={}.5|", n % distinct));
  return bodies;
}

Day stream(const std::string& run, const std::vector<std::string>& bodies) {
  Day day(run);
  day.out(fmt::format("35=V|262={}|263=1|264=1|146=1|55=MSFT|", run));
  for (std::string body : bodies) {
    if (body.empty()) continue;
    body.replace(body.find("{id}"), 4, run);
    day.in(body);
  }
  return day;
}

std::map<diff::Kind, std::uint64_t> kinds(const Day& a, const Day& b) {
  std::map<diff::Kind, std::uint64_t> made;
  for (const auto& finding : comparison(a, b).findings) made[finding.kind] += finding.count;
  return made;
}

/// Drops `count` messages and gives as many a field more, far enough apart to be told apart.
std::vector<std::string> edited(std::vector<std::string> bodies, std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  const std::size_t stretch = bodies.size() / (2 * count);
  for (std::size_t i = 0; i < 2 * count; ++i) {
    std::string& body = bodies[i * stretch + random() % (stretch / 2)];
    if (i % 2 == 0) {
      body.clear();
    } else {
      body += "5001=NEW|";
    }
  }
  return bodies;
}

TEST(Align, ALongFlowHasAsManyFindingsAsEdits) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const auto bodies = updates(kLong);
    const std::map<diff::Kind, std::uint64_t> expected = {{diff::Kind::field_added, 20},
                                                          {diff::Kind::message_missing, 20}};
    EXPECT_EQ(kinds(stream("A", bodies), stream("B", edited(bodies, 20, seed))), expected) << seed;
  }
}

TEST(Align, ALongFlowOfFewValuesToo) {
  for (const unsigned seed : {4U, 5U, 6U}) {
    const auto bodies = updates(7);
    const std::map<diff::Kind, std::uint64_t> expected = {{diff::Kind::field_added, 20},
                                                          {diff::Kind::message_missing, 20}};
    EXPECT_EQ(kinds(stream("A", bodies), stream("B", edited(bodies, 20, seed))), expected) << seed;
  }
}

TEST(Align, TheShortestEditOfTwoRows) {
  using Row = std::vector<std::uint64_t>;
  const auto common = [](const Row& a, const Row& b, std::size_t most = 100) {
    std::string text;
    const auto places = diff::common_row(a, b, most);
    if (!places) return std::string("too many");
    for (const auto& [i, j] : *places)
      text += fmt::format("{}{}-{}", text.empty() ? "" : " ", i, j);
    return text;
  };
  EXPECT_EQ(common({1, 2, 3}, {1, 2, 3}, 0), "0-0 1-1 2-2");
  EXPECT_EQ(common({1, 2, 1, 2}, {2, 1, 2}), "1-0 2-1 3-2");
  EXPECT_EQ(common({1, 2, 3}, {1, 9, 3}), "0-0 2-2");
  EXPECT_EQ(common({1, 2, 3}, {1, 9, 3}, 1), "too many");
  EXPECT_EQ(common({1, 1}, {2}), "");
  EXPECT_EQ(common({}, {2}), "");
  EXPECT_EQ(common({}, {}), "");
}

/// The length of the longest common row, by the table.
std::size_t longest(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (const std::uint64_t x : a) {
    std::size_t corner = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = x == b[j] ? corner + 1 : std::max(above, row[j]);
      corner = above;
    }
  }
  return row.back();
}

TEST(Align, TheShortestEditIsTheShortest) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::uint64_t> a(random() % 20);
    std::vector<std::uint64_t> b(random() % 20);
    for (auto* row : {&a, &b})
      std::generate(row->begin(), row->end(), [&] { return random() % 4; });
    const auto places = diff::common_row(a, b, 40);
    ASSERT_TRUE(places);
    EXPECT_EQ(places->size(), longest(a, b));
    for (std::size_t i = 0; i < places->size(); ++i) {
      const auto [x, y] = (*places)[i];
      EXPECT_EQ(a[x], b[y]);
      if (i == 0) continue;
      EXPECT_LT((*places)[i - 1].first, x);
      EXPECT_LT((*places)[i - 1].second, y);
    }
  }
}

TEST(Align, AMessageThatMovedFarIsOneFinding) {
  const auto bodies = updates(kLong);
  auto moved = bodies;
  moved.erase(moved.begin() + 100);
  moved.insert(moved.begin() + 2'900, bodies[100]);
  const std::map<diff::Kind, std::uint64_t> expected = {{diff::Kind::message_moved, 1}};
  EXPECT_EQ(kinds(stream("A", bodies), stream("B", moved)), expected);
}

TEST(Align, NothingAlikeInTwoLongFlowsIsPairedByType) {
  const auto bodies = updates(kLong);
  auto others = bodies;
  for (std::string& body : others) body.replace(body.find(".5|"), 3, ".75|");
  const std::map<diff::Kind, std::uint64_t> expected = {{diff::Kind::value_changed, kLong}};
  EXPECT_EQ(kinds(stream("A", bodies), stream("B", others)), expected);
}

}  // namespace
}  // namespace fixdrill::test
