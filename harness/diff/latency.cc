#include "diff/latency.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

namespace fixdrill::diff {

namespace {

Spread spread(std::vector<std::int64_t> samples) {
  Spread made;
  made.samples = samples.size();
  if (samples.empty()) return made;
  std::sort(samples.begin(), samples.end());
  const auto at = [&](double share) {
    return samples[static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1))];
  };
  made.median_ns = at(0.5);
  made.p90_ns = at(0.9);
  made.p99_ns = at(0.99);
  return made;
}

// Seconds are too coarse to compare.
bool coarse(const std::vector<std::int64_t>& samples) {
  return std::all_of(samples.begin(), samples.end(),
                     [](std::int64_t ns) { return ns % 1'000'000'000 == 0; });
}

Shift shift(const LatencyChange& change, const LatencyLimits& limits) {
  if (change.a.samples < limits.samples || change.b.samples < limits.samples) return Shift::unknown;
  const std::int64_t by = change.b.median_ns - change.a.median_ns;
  const auto share = static_cast<double>(std::llabs(by)) /
                     static_cast<double>(std::max<std::int64_t>(change.a.median_ns, 1));
  if (std::llabs(by) < limits.effect_ns || share < limits.share || change.p > limits.significance)
    return Shift::none;
  return by > 0 ? Shift::slower : Shift::faster;
}

}  // namespace

double mann_whitney(std::vector<std::int64_t> a, std::vector<std::int64_t> b) {
  if (a.empty() || b.empty()) return 1;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  double u = 0;     // pairs in which a's is the lesser, equal ones by half
  double ties = 0;  // sum of t^3 - t
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end()) {
    const std::int64_t value = *i;
    const auto i_end = std::upper_bound(i, a.end(), value);
    j = std::lower_bound(j, b.end(), value);
    const auto j_end = std::upper_bound(j, b.end(), value);
    const auto same_a = static_cast<double>(i_end - i);
    const auto same_b = static_cast<double>(j_end - j);
    u += same_a * (static_cast<double>(b.end() - j_end) + same_b / 2);
    ties += std::pow(same_a + same_b, 3) - (same_a + same_b);
    i = i_end;
  }
  // Ties among b alone.
  for (j = b.begin(); j != b.end();) {
    const auto end = std::upper_bound(j, b.end(), *j);
    const auto same = static_cast<double>(end - j);
    if (!std::binary_search(a.begin(), a.end(), *j)) ties += std::pow(same, 3) - same;
    j = end;
  }
  const double all = n + m;
  const double variance = n * m / 12 * (all + 1 - ties / (all * std::max(all - 1, 1.0)));
  if (variance <= 0) return 1;
  const double z = std::max(std::abs(u - n * m / 2) - 0.5, 0.0) / std::sqrt(variance);
  return std::erfc(z / std::sqrt(2.0));
}

std::vector<LatencyChange> compare_latencies(const Latencies& a, const Latencies& b,
                                             const LatencyLimits& limits) {
  std::set<std::string> names;
  for (const auto& [name, samples] : a) names.insert(name);
  for (const auto& [name, samples] : b) names.insert(name);
  static const std::vector<std::int64_t> kNo;
  const auto of = [](const Latencies& all, const std::string& name) -> const auto& {
    const auto at = all.find(name);
    return at == all.end() ? kNo : at->second;
  };
  std::vector<LatencyChange> changes;
  for (const std::string& name : names) {
    LatencyChange change;
    change.what = name;
    change.a = spread(of(a, name));
    change.b = spread(of(b, name));
    if (change.a.samples >= limits.samples && change.b.samples >= limits.samples)
      change.p = mann_whitney(of(a, name), of(b, name));
    const bool measured = !coarse(of(a, name)) && !coarse(of(b, name));
    change.shift = measured ? shift(change, limits) : Shift::unknown;
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace fixdrill::diff
