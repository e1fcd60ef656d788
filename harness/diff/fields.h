// Two messages, field by field: a tree of groups against a tree of groups.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "diff/canonical.h"
#include "diff/finding.h"
#include "diff/relation.h"
#include "diff/rules.h"
#include "fix/group.h"
#include "fix/message.h"

namespace fixdrill::diff {

/// A message with what is needed to look into its groups. References outlive it.
struct Parsed {
  const fix::Message& message;
  const fix::Dictionary& dictionary;
};

/// How many differences each rule took away, by "TREATMENT tag".
using Suppressed = std::map<std::pair<Treatment, int>, std::uint64_t>;

class FieldComparison {
 public:
  FieldComparison(const Rules& rules, Relation& relation, Suppressed& suppressed)
      : rules_(rules), relation_(relation), suppressed_(suppressed) {}

  /// What differs, in wire order of a.
  std::vector<Delta> compare(const Parsed& a, const Parsed& b);

 private:
  struct Level {
    const fix::Message& message;
    const Context& context;
    const std::vector<fix::FieldTree::Node>& nodes;
  };
  struct Match {
    std::size_t a = 0;
    std::size_t b = 0;
  };

  void level(const Level& a, const Level& b, const std::vector<int>& path);
  std::vector<Match> match_fields(const Level& a, const Level& b, const std::vector<int>& path);
  void value(const Level& a, const Level& b, Match at, const std::vector<int>& path);
  static bool as_far(const Level& a, const fix::FieldView& x, const Level& b,
                     const fix::FieldView& y);
  void exact(Delta delta, const Rule& rule);
  void near_enough(Delta delta, const Rule& rule);
  void id(const Level& a, const Level& b, Match at, Delta delta);
  void group(const Level& a, const Level& b, Match at, const std::vector<int>& path);
  void entry_alone(Kind kind, const Level& side, const fix::FieldTree& entry,
                   std::vector<int> path);
  void put(Delta delta) { deltas_.push_back(std::move(delta)); }

  /// Hash of an entry's content, or of its `keys` only; ids count as what they are for b.
  std::uint64_t entry_hash(const Level& side, const fix::FieldTree& entry,
                           const std::vector<int>* keys, bool is_a);
  std::vector<Match> match_entries(const Level& a, const Level& b,
                                   const std::vector<fix::FieldTree>& left,
                                   const std::vector<fix::FieldTree>& right, int count_tag);
  Treatment treatment(const Level& side, const fix::FieldView& field) const {
    return rules_.treatment(field.tag, side.context.msg_type, field.value);
  }

  const Rules& rules_;
  Relation& relation_;
  Suppressed& suppressed_;
  std::vector<Delta> deltas_;
};

/// Fields that tell the entries of a group apart, the best first: of NoPartyIDs(453) PartyID,
/// PartyIDSource and PartyRole, else PartyRole alone, else who it is in another role. Empty: the
/// entries have an order only.
const std::vector<std::vector<int>>& group_keys(int count_tag);

}  // namespace fixdrill::diff
