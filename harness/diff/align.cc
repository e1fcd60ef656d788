#include "diff/align.h"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "diff/shortest_edit.h"
#include "diff/similarity.h"

namespace fixdrill::diff {

namespace {

using Indices = std::span<const std::uint32_t>;

constexpr std::size_t kMostCells = 1'000'000;
constexpr std::size_t kMostEdits = 2'000;
constexpr double kGap = 1;
constexpr double kWorst = 1.9;  // of a pair of one type: a little less than two gaps

/// One direction of two flows.
class Aligner {
 public:
  explicit Aligner(Two sides) : sides_(sides) {}

  void run(Indices a, Indices b) {
    while (!a.empty() && !b.empty() && equal(a.front(), b.front())) {
      pair(a.front(), b.front());
      a = a.subspan(1);
      b = b.subspan(1);
    }
    std::size_t tail = 0;
    while (tail < a.size() && tail < b.size() &&
           equal(a[a.size() - 1 - tail], b[b.size() - 1 - tail]))
      ++tail;
    middle(a.first(a.size() - tail), b.first(b.size() - tail));
    for (std::size_t i = tail; i != 0; --i) pair(a[a.size() - i], b[b.size() - i]);
  }

  std::vector<Aligned> take() {
    find_moved();
    return std::move(made_);
  }

 private:
  struct Anchor {
    std::size_t a = 0;
    std::size_t b = 0;
  };

  const Entry& left(std::uint32_t n) const { return sides_.a.entries[n]; }
  const Entry& right(std::uint32_t n) const { return sides_.b.entries[n]; }
  bool equal(std::uint32_t a, std::uint32_t b) const {
    return left(a).content == right(b).content && left(a).type == right(b).type;
  }
  void pair(std::uint32_t a, std::uint32_t b) { made_.push_back({a, b, false}); }
  void alone(Indices a, Indices b) {
    for (const std::uint32_t n : a) made_.push_back({n, kNone, false});
    for (const std::uint32_t n : b) made_.push_back({kNone, n, false});
  }

  void middle(Indices a, Indices b) {
    if (a.empty() || b.empty()) return alone(a, b);
    if (a.size() * b.size() <= kMostCells) return needleman_wunsch(a, b);
    std::vector<Anchor> anchors = patience(a, b);
    if (anchors.empty()) anchors = shortest_edit(a, b);
    if (anchors.empty()) return in_order(a, b);
    Anchor from;
    for (const Anchor& anchor : anchors) {
      middle(a.subspan(from.a, anchor.a - from.a), b.subspan(from.b, anchor.b - from.b));
      pair(a[anchor.a], b[anchor.b]);
      from = {anchor.a + 1, anchor.b + 1};
    }
    run(a.subspan(from.a), b.subspan(from.b));
  }

  // Messages that occur once on each side, as the longest row that rises on both.
  std::vector<Anchor> patience(Indices a, Indices b) const {
    struct Seen {
      std::size_t a = 0;
      std::size_t b = 0;
      int times_a = 0;
      int times_b = 0;
    };
    std::unordered_map<std::uint64_t, Seen> seen;
    for (std::size_t i = 0; i < a.size(); ++i) {
      Seen& one = seen[left(a[i]).content];
      one.a = i;
      ++one.times_a;
    }
    for (std::size_t j = 0; j < b.size(); ++j) {
      Seen& one = seen[right(b[j]).content];
      one.b = j;
      ++one.times_b;
    }
    std::vector<Anchor> unique;
    for (const auto& [hash, one] : seen) {
      if (one.times_a == 1 && one.times_b == 1) unique.push_back({one.a, one.b});
    }
    std::sort(unique.begin(), unique.end(),
              [](const Anchor& x, const Anchor& y) { return x.a < y.a; });
    return longest_rise(unique);
  }

  static std::vector<Anchor> longest_rise(const std::vector<Anchor>& anchors) {
    std::vector<std::size_t> tops;                           // of each pile
    std::vector<std::size_t> before(anchors.size(), kNone);  // of the pile to the left
    for (std::size_t i = 0; i < anchors.size(); ++i) {
      const auto at = std::lower_bound(
          tops.begin(), tops.end(), anchors[i].b,
          [&](std::size_t top, std::size_t value) { return anchors[top].b < value; });
      if (at != tops.begin()) before[i] = *(at - 1);
      if (at == tops.end()) {
        tops.push_back(i);
      } else {
        *at = i;
      }
    }
    std::vector<Anchor> rise;
    for (std::size_t i = tops.empty() ? kNone : tops.back(); i != kNone; i = before[i])
      rise.push_back(anchors[i]);
    std::reverse(rise.begin(), rise.end());
    return rise;
  }

  // Nothing is unique, but few edits make one of the other. None: there would be many.
  std::vector<Anchor> shortest_edit(Indices a, Indices b) const {
    std::vector<std::uint64_t> row_a;
    std::vector<std::uint64_t> row_b;
    for (const std::uint32_t n : a) row_a.push_back(left(n).content);
    for (const std::uint32_t n : b) row_b.push_back(right(n).content);
    std::vector<Anchor> anchors;
    if (const auto common = common_row(row_a, row_b, kMostEdits)) {
      for (const auto& [i, j] : *common) anchors.push_back({i, j});
    }
    return anchors;
  }

  // Too many, and little in common: equal ones k-th with k-th, types likewise.
  void in_order(Indices a, Indices b) {
    std::vector<std::uint32_t> rest_a(a.begin(), a.end());
    std::vector<std::uint32_t> rest_b(b.begin(), b.end());
    const auto match = [&](auto key_a, auto key_b) {
      std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_key;
      for (auto i = rest_b.rbegin(); i != rest_b.rend(); ++i) by_key[key_b(*i)].push_back(*i);
      std::unordered_map<std::uint32_t, bool> used;
      std::erase_if(rest_a, [&](std::uint32_t n) {
        auto& same = by_key[key_a(n)];
        if (same.empty()) return false;
        pair(n, same.back());
        used[same.back()] = true;
        same.pop_back();
        return true;
      });
      std::erase_if(rest_b, [&](std::uint32_t n) { return used.count(n) != 0; });
    };
    match([&](std::uint32_t n) { return left(n).content; },
          [&](std::uint32_t n) { return right(n).content; });
    match([&](std::uint32_t n) { return left(n).type; },
          [&](std::uint32_t n) { return right(n).type; });
    alone(rest_a, rest_b);
  }

  double cost(std::size_t i, std::size_t j, Indices a, Indices b) const {
    if (equal(a[i], b[j])) return 0;
    if (left(a[i]).type != right(b[j]).type) return 3 * kGap;
    return 0.01 + (kWorst - 0.01) * difference(features_a_[i], features_b_[j]);
  }

  void needleman_wunsch(Indices a, Indices b) {
    features_a_.clear();
    features_b_.clear();
    for (const std::uint32_t n : a) features_a_.push_back(features(left(n)));
    for (const std::uint32_t n : b) features_b_.push_back(features(right(n)));
    const std::size_t width = b.size() + 1;
    std::vector<double> best((a.size() + 1) * width);
    std::vector<char> step(best.size());
    for (std::size_t i = 0; i <= a.size(); ++i) {
      for (std::size_t j = 0; j <= b.size(); ++j) {
        if (i == 0 && j == 0) continue;
        double least = 1e9;
        char from = 0;
        const auto offer = [&](double value, char way) {
          if (value < least) least = value, from = way;
        };
        if (i != 0 && j != 0) offer(best[(i - 1) * width + j - 1] + cost(i - 1, j - 1, a, b), 'p');
        if (i != 0) offer(best[(i - 1) * width + j] + kGap, 'a');
        if (j != 0) offer(best[i * width + j - 1] + kGap, 'b');
        best[i * width + j] = least;
        step[i * width + j] = from;
      }
    }
    walk_back(a, b, step);
  }

  void walk_back(Indices a, Indices b, const std::vector<char>& step) {
    const std::size_t first = made_.size();
    std::size_t i = a.size();
    std::size_t j = b.size();
    while (i != 0 || j != 0) {
      const char way = step[i * (b.size() + 1) + j];
      if (way == 'p') {
        pair(a[--i], b[--j]);
      } else if (way == 'a') {
        made_.push_back({a[--i], kNone, false});
      } else {
        made_.push_back({kNone, b[--j], false});
      }
    }
    std::reverse(made_.begin() + static_cast<std::ptrdiff_t>(first), made_.end());
  }

  // What is missing here and too much there is one message that moved, when nothing else differs.
  void find_moved() {
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> extra;
    for (std::size_t i = 0; i < made_.size(); ++i) {
      if (made_[i].a == kNone) extra[right(made_[i].b).content].push_back(i);
    }
    if (extra.empty()) return;
    std::vector<bool> gone(made_.size());
    for (Aligned& one : made_) {
      if (one.b != kNone) continue;
      const auto at = extra.find(left(one.a).content);
      if (at == extra.end() || at->second.empty()) continue;
      const std::size_t other = at->second.front();
      if (made_[other].a != kNone || right(made_[other].b).type != left(one.a).type) continue;
      at->second.erase(at->second.begin());
      one.b = made_[other].b;
      one.moved = true;
      gone[other] = true;
    }
    std::size_t i = 0;
    std::erase_if(made_, [&](const Aligned&) { return gone[i++]; });
  }

  Two sides_;
  std::vector<Aligned> made_;
  std::vector<Features> features_a_;
  std::vector<Features> features_b_;
};

std::vector<std::uint32_t> of_direction(const Side& side, const Flow& flow,
                                        record::Direction direction) {
  std::vector<std::uint32_t> indices;
  for (const std::uint32_t n : side.members(flow)) {
    if (side.entries[n].direction == direction) indices.push_back(n);
  }
  return indices;
}

}  // namespace

std::vector<Aligned> align(Two sides, const Flow& a, const Flow& b) {
  Aligner aligner(sides);
  for (const auto direction : {record::Direction::out, record::Direction::in}) {
    const auto left = of_direction(sides.a, a, direction);
    const auto right = of_direction(sides.b, b, direction);
    aligner.run(left, right);
  }
  return aligner.take();
}

}  // namespace fixdrill::diff
