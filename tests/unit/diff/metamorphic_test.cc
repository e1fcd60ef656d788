// What must hold for any conversation: recording.md, part F.
#include <gtest/gtest.h>
#include <random>
#include <set>

#include "conversation.h"

namespace fixdrill::test {
namespace {

constexpr int kOrders = 200;

/// Orders with their lifes, cut into lines that keep their order within one order and direction.
class Market {
 public:
  explicit Market(unsigned seed) : random_(seed) {
    for (int i = 0; i < kOrders; ++i) add_order();
  }

  /// The lines under the ids of `run`, interleaved by chance of their own.
  Day play(const std::string& run, unsigned interleaving) const {
    std::mt19937 random(interleaving);
    std::vector<std::pair<double, std::pair<bool, std::string>>> due;
    for (std::size_t o = 0; o < lives.size(); ++o) {
      double at = std::uniform_real_distribution<>(0, kOrders)(random);
      int execution = 0;
      for (const auto& [out, body] : lives[o]) {
        at += std::uniform_real_distribution<>(0.1, 20)(random);
        if (body.empty()) continue;
        std::string text = body;
        replace(text, "{c}", fmt::format("{}-C{}", run, o));
        replace(text, "{r}", fmt::format("{}-R{}", run, o));
        replace(text, "{o}", fmt::format("{}-O{}", run, o * 3 + 1));
        replace(text, "{e}", fmt::format("{}-E{}-{}", run, o, ++execution));
        due.push_back({at, {out, text}});
      }
    }
    std::stable_sort(due.begin(), due.end(),
                     [](const auto& x, const auto& y) { return x.first < y.first; });
    Day day(run);
    for (auto& [at, line] : due) day.lines.push_back(std::move(line));
    return day;
  }

  using Life = std::vector<std::pair<bool, std::string>>;
  std::vector<Life> lives;

 private:
  static void replace(std::string& text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at))
      text.replace(at, what.size(), with);
  }
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  void add_order() {
    const int quantity = 100 * (1 + below(5));
    const std::string who = fmt::format("55=S{}|54={}|", below(5), 1 + below(2));
    const std::string order = fmt::format("{}38={}|", who, quantity);
    Life life;
    life.push_back(
        {true, fmt::format("35=D|11={{c}}|{}40=2|44=10.{}|59=0|", order, 10 + below(9))});
    life.push_back(
        {false, fmt::format("35=8|37={{o}}|11={{c}}|17={{e}}|150=0|39=0|{}14=0|151={}|6=0|", order,
                            quantity)});
    if (below(3) == 0) {
      life.push_back({true, fmt::format("35=G|11={{r}}|41={{c}}|{}40=2|44=11|", order)});
      life.push_back(
          {false, fmt::format("35=8|37={{o}}|11={{r}}|41={{c}}|17={{e}}|150=5|39=0|{}14=0|"
                              "151={}|6=0|44=11|",
                              order, quantity)});
    }
    life.push_back(
        {false, fmt::format("35=8|37={{o}}|11={{c}}|17={{e}}|150=F|39=2|{}32={}|31=10|14={}|"
                            "151=0|6=10|58=Filled {}|",
                            order, quantity, quantity, below(1000))});
    lives.push_back(std::move(life));
  }

  std::mt19937 random_;
};

TEST(Metamorphic, TheSameRunUnderOtherIdsAndInterleavingHasNoFinding) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const Market market(seed);
    const auto made = comparison(market.play("A", 10 + seed), market.play("BEE", 20 + seed));
    EXPECT_EQ(text_of(made.findings), "");
    EXPECT_EQ(made.equal_pairs, static_cast<std::uint64_t>(kOrders));
  }
}

/// Changes `count` values and drops as many messages, each of an order of its own.
void edit(Market& market, int count, unsigned seed) {
  std::mt19937 random(seed);
  std::set<std::size_t> used;
  while (static_cast<int>(used.size()) < 2 * count) {
    const std::size_t order = random() % market.lives.size();
    if (!used.insert(order).second) continue;
    Market::Life& life = market.lives[order];
    std::string& body = life[random() % life.size()].second;
    if (static_cast<int>(used.size()) > count) {
      body.clear();
    } else {
      body += "207=XNEW|";
    }
  }
}

TEST(Metamorphic, AsManyFindingsAsEditsWereMade) {
  for (const unsigned seed : {4U, 5U, 6U}) {
    const Market market(seed);
    Market edited(seed);
    edit(edited, 12, seed);
    std::map<diff::Kind, std::uint64_t> kinds;
    for (const auto& finding : comparison(market.play("A", 1), edited.play("B", 2)).findings)
      kinds[finding.kind] += finding.count;
    const std::map<diff::Kind, std::uint64_t> expected = {{diff::Kind::field_added, 12},
                                                          {diff::Kind::message_missing, 12}};
    EXPECT_EQ(kinds, expected) << "seed " << seed;
  }
}

diff::Kind mirrored(diff::Kind kind) {
  using diff::Kind;
  switch (kind) {
    case Kind::message_missing:
      return Kind::message_extra;
    case Kind::message_extra:
      return Kind::message_missing;
    case Kind::field_added:
      return Kind::field_removed;
    case Kind::field_removed:
      return Kind::field_added;
    case Kind::flow_missing:
      return Kind::flow_extra;
    case Kind::flow_extra:
      return Kind::flow_missing;
    default:
      return kind;
  }
}

using Row =
    std::tuple<diff::Kind, std::string, std::string, std::string, std::string, std::uint64_t>;

std::multiset<Row> rows(const diff::Comparison& comparison, bool mirror) {
  std::multiset<Row> made;
  for (const auto& finding : comparison.findings) {
    for (const auto& one : finding.variants)
      made.emplace(mirror ? mirrored(finding.kind) : finding.kind, finding.subject.msg_type,
                   finding.place, mirror ? one.after : one.before, mirror ? one.before : one.after,
                   one.count);
  }
  return made;
}

TEST(Metamorphic, TheOtherWayRoundEverythingIsMirrored) {
  const Market market(7);
  Market edited(7);
  edit(edited, 10, 70);
  edited.lives[3][0].second += "18=G|";
  edited.lives[5].back().second += "9999=1|";
  const Day a = market.play("A", 1);
  const Day b = edited.play("B", 2);
  EXPECT_EQ(rows(comparison(a, b), false), rows(comparison(b, a), true));
}

}  // namespace
}  // namespace fixdrill::test
