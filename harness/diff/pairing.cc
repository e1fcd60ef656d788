#include "diff/pairing.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>

#include "diff/similarity.h"

namespace fixdrill::diff {

namespace {

using Flows = std::vector<std::uint32_t>;

/// Takes pairs out of two lists of flows, one likeness after another.
class Pairer {
 public:
  Pairer(Two sides, const SessionPairs& sessions) : sides_(sides), sessions_(sessions) {
    left_a_ = comparable(sides.a, sessions.a, made_.unpaired_sessions_a);
    left_b_ = comparable(sides.b, sessions.b, made_.unpaired_sessions_b);
  }

  Pairing pair() {
    by_origin();
    for (std::size_t level = 0; level < std::tuple_size_v<decltype(Flow::likeness)>; ++level)
      by_likeness(level);
    std::sort(made_.pairs.begin(), made_.pairs.end(),
              [](const FlowPair& x, const FlowPair& y) { return x.a < y.a; });
    made_.only_a = std::move(left_a_);
    made_.only_b = std::move(left_b_);
    return std::move(made_);
  }

 private:
  using Buckets = std::unordered_map<std::uint64_t, std::pair<Flows, Flows>>;

  static Flows comparable(const Side& side, const std::vector<std::uint32_t>& sessions,
                          Flows& unpaired) {
    Flows flows;
    for (std::uint32_t n = 0; n < side.flows.size(); ++n)
      (sessions[side.flows[n].session] == kNone ? unpaired : flows).push_back(n);
    return flows;
  }

  void add(std::uint32_t a, std::uint32_t b) {
    const bool equal = sides_.a.flows[a].likeness[0] == sides_.b.flows[b].likeness[0];
    made_.pairs.push_back({a, b, equal});
    paired_a_[a] = true;
    paired_b_[b] = true;
  }

  void drop_paired() {
    std::erase_if(left_a_, [this](std::uint32_t n) { return paired_a_[n]; });
    std::erase_if(left_b_, [this](std::uint32_t n) { return paired_b_[n]; });
  }

  template <class Key>
  void fill(Buckets& buckets, Key key) {
    for (const std::uint32_t n : left_a_) {
      const auto k = key(sides_.a, sessions_.a, n);
      if (k) buckets[*k].first.push_back(n);
    }
    for (const std::uint32_t n : left_b_) {
      const auto k = key(sides_.b, sessions_.b, n);
      if (!k) continue;
      const auto at = buckets.find(*k);
      if (at != buckets.end()) at->second.second.push_back(n);
    }
  }

  void by_origin() {
    Buckets buckets;
    fill(buckets,
         [](const Side& side, const std::vector<std::uint32_t>& sessions,
            std::uint32_t n) -> std::optional<std::uint64_t> {
           const Flow& flow = side.flows[n];
           if (flow.origin == kNone) return std::nullopt;
           return mix(hash_text(side.origins[flow.origin]), sessions[flow.session]);
         });
    for (auto& [key, bucket] : buckets) in_order(bucket.first, bucket.second);
    made_.by_origin = made_.pairs.size();
    drop_paired();
  }

  void by_likeness(std::size_t level) {
    if (left_a_.empty() || left_b_.empty()) return;
    Buckets buckets;
    fill(buckets,
         [level](const Side& side, const std::vector<std::uint32_t>& sessions,
                 std::uint32_t n) -> std::optional<std::uint64_t> {
           const Flow& flow = side.flows[n];
           return mix(flow.likeness[level], sessions[flow.session]);
         });
    for (auto& [key, bucket] : buckets) {
      auto& [a, b] = bucket;
      if (level == 0 || (a.size() == b.size() && a.size() == 1 && level < kWeak)) {
        in_order(a, b);
      } else if (!b.empty()) {
        most_similar(a, b, level < kWeak ? 0 : kEnough);
      }
    }
    drop_paired();
  }

  void in_order(const Flows& a, const Flows& b) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) add(a[i], b[i]);
  }

  // Every flow of a with those of b that stand near the same place; all, when there are few.
  void most_similar(const Flows& a, const Flows& b, double enough) {
    struct Match {
      double score = 0;
      std::size_t apart = 0;
      std::uint32_t a = 0;
      std::uint32_t b = 0;
    };
    std::vector<Match> matches;
    Similarity similarity(sides_);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::size_t centre = i * b.size() / a.size();
      const std::size_t begin = centre > kWindow ? centre - kWindow : 0;
      const std::size_t end = std::min(b.size(), centre + kWindow + 1);
      for (std::size_t j = begin; j < end; ++j) {
        const double score = similarity.of(a[i], b[j]);
        if (score < enough) continue;
        matches.push_back({score, i > j ? i - j : j - i, a[i], b[j]});
      }
    }
    std::sort(matches.begin(), matches.end(), [](const Match& x, const Match& y) {
      return std::tuple(-x.score, x.apart, x.a, x.b) < std::tuple(-y.score, y.apart, y.a, y.b);
    });
    for (const Match& match : matches) {
      if (!paired_a_[match.a] && !paired_b_[match.b]) add(match.a, match.b);
    }
  }

  static constexpr std::size_t kWeak = 3;     // from this likeness on flows are only candidates
  static constexpr double kEnough = 0.4;      // similarity below which they are not one
  static constexpr std::size_t kWindow = 40;  // flows to each side

  Two sides_;
  const SessionPairs& sessions_;
  Pairing made_;
  Flows left_a_;
  Flows left_b_;
  std::vector<bool> paired_a_ = std::vector<bool>(sides_.a.flows.size());
  std::vector<bool> paired_b_ = std::vector<bool>(sides_.b.flows.size());
};

}  // namespace

SessionPairs pair_sessions(Two sides) {
  SessionPairs made;
  made.a.assign(sides.a.sessions.size(), kNone);
  made.b.assign(sides.b.sessions.size(), kNone);
  const auto pair_if = [&](auto same) {
    for (std::uint32_t i = 0; i < made.a.size(); ++i) {
      for (std::uint32_t j = 0; j < made.b.size() && made.a[i] == kNone; ++j) {
        if (made.b[j] != kNone || !same(sides.a.sessions[i], sides.b.sessions[j])) continue;
        made.a[i] = made.b[j] = static_cast<std::uint32_t>(made.pairs.size());
        made.pairs.emplace_back(i, j);
      }
    }
  };
  using Row = record::SessionRow;
  pair_if([](const Row& x, const Row& y) {
    return x.alias == y.alias && x.sender == y.sender && x.target == y.target;
  });
  pair_if([](const Row& x, const Row& y) { return !x.alias.empty() && x.alias == y.alias; });
  pair_if([](const Row& x, const Row& y) { return x.sender == y.sender && x.target == y.target; });
  if (made.pairs.size() + 1 == made.a.size() && made.pairs.size() + 1 == made.b.size())
    pair_if([](const Row&, const Row&) { return true; });
  return made;
}

Pairing pair_flows(Two sides, const SessionPairs& sessions) {
  return Pairer(sides, sessions).pair();
}

}  // namespace fixdrill::diff
