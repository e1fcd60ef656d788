// How long answers took, compared as distributions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fixdrill::diff {

/// Samples in ns by what was asked and answered: "NewOrderSingle -> ExecutionReport New".
using Latencies = std::map<std::string, std::vector<std::int64_t>>;

/// When a shift is one.
struct LatencyLimits {
  std::size_t samples = 20;            ///< fewer on a side prove nothing
  double share = 0.10;                 ///< of the median
  std::int64_t effect_ns = 1'000'000;  ///< and at least this much
  double significance = 0.01;          ///< of the Mann-Whitney U test, two-sided
};

struct Spread {
  std::size_t samples = 0;
  std::int64_t median_ns = 0;
  std::int64_t p90_ns = 0;
  std::int64_t p99_ns = 0;
};

enum class Shift {
  none,  ///< within the limits, or chance
  slower,
  faster,
  unknown  ///< too few samples on a side, or times too coarse
};

struct LatencyChange {
  std::string what;
  Spread a;
  Spread b;
  double p = 1;  ///< that chance alone makes such a difference
  Shift shift = Shift::none;
};

/// One row for each pair that either side has.
std::vector<LatencyChange> compare_latencies(const Latencies& a, const Latencies& b,
                                             const LatencyLimits& limits = {});

/// Two-sided p of the Mann-Whitney U test with the normal approximation, ties corrected. 1 when a
/// side is empty.
double mann_whitney(std::vector<std::int64_t> a, std::vector<std::int64_t> b);

}  // namespace fixdrill::diff
