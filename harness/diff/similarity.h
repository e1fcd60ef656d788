// How alike two flows are, from 0 to 1.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diff/side.h"

namespace fixdrill::diff {

struct Two;

/// The fields of a message as (tag, hash of the canonical value), in order of the tag; ids, clocks
/// and what every run has for itself are left out.
using Features = std::vector<std::pair<int, std::uint64_t>>;
Features features(const Entry& entry);

/// What two messages of one type differ in, weighted: 0 nothing, 1 all. Execution and order states
/// weigh most, quantities and prices much, texts little.
double difference(const Features& a, const Features& b);

/// Remembers what it took messages apart for.
class Similarity {
 public:
  explicit Similarity(const Two& sides);
  /// Flows by index: messages that are equal, types that are equal, and the fields of the first.
  double of(std::uint32_t a, std::uint32_t b);

 private:
  const Features& head(const Side& side, std::uint32_t flow,
                       std::unordered_map<std::uint32_t, Features>& known);

  const Side& a_;
  const Side& b_;
  std::unordered_map<std::uint32_t, Features> heads_a_;
  std::unordered_map<std::uint32_t, Features> heads_b_;
  std::vector<std::uint64_t> content_a_;
  std::vector<std::uint64_t> content_b_;
};

}  // namespace fixdrill::diff
