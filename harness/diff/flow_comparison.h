// Two flows, message by message.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "diff/align.h"
#include "diff/fields.h"
#include "diff/finding.h"
#include "diff/pairing.h"

namespace fixdrill::diff {

using Dictionaries = std::vector<fix::DictionaryPtr>;  ///< by session; never null

struct FlowParts {
  Two sides;
  const std::pair<Dictionaries, Dictionaries>& dictionaries;
  const Rules& rules;
};

/// One a thread; what the parts refer to outlives it.
class FlowComparison {
 public:
  struct Made {
    Findings findings;
    Suppressed suppressed;
    std::uint64_t equal_pairs = 0;
    std::uint64_t differing_messages = 0;
  };

  explicit FlowComparison(FlowParts parts) : parts_(parts) {}

  void compare(const FlowPair& pair);
  /// A flow that only one side has.
  void alone(std::uint32_t flow, bool of_a);
  Made take() { return std::move(made_); }

 private:
  const Entry& left(std::uint32_t n) const { return parts_.sides.a.entries[n]; }
  const Entry& right(std::uint32_t n) const { return parts_.sides.b.entries[n]; }
  const fix::Dictionary& dictionary(const Entry& entry, bool of_a) const;

  void both(const Aligned& one, Relation& relation);
  void only(const Entry& entry, bool of_a);
  void count_ignored(const FlowPair& pair);

  FlowParts parts_;
  Made made_;
};

}  // namespace fixdrill::diff
