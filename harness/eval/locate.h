// Where a field stands in a message: at its top, or in an entry of a repeating group.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "eval/bindings.h"
#include "eval/matcher.h"
#include "eval/names.h"
#include "fix/group.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// Into one entry of a group: by position (from 1) or the first whose key field is accepted.
struct GroupStep {
  int count_tag = 0;
  std::size_t position = 0;  ///< 0: by key
  int key_tag = 0;
  std::shared_ptr<const Matcher> key;
  std::string label;  ///< "NoPartyIDs(453)[2]"
};

/// A place with its names looked up and its indices evaluated.
struct Location {
  std::vector<GroupStep> steps;
  int tag = 0;
  const fix::FieldDef* def = nullptr;

  /// "NoPartyIDs(453)[2].PartyID(448)"
  std::string label(const fix::Dictionary* dictionary) const;
};

Result<Location> locate(const syntax::Place& place, const Environment& environment);

/// Same for `m.NoLegs[1].LegPrice` from its part number `first`, where the fields begin.
Result<Location> locate(const syntax::Path& path, std::size_t first,
                        const Environment& environment);

/// The step for an index; also for places in messages that are sent.
Result<GroupStep> group_step(const FieldName& group, const syntax::Index& index,
                             const Environment& environment);

/// The entry that a step leads to; null = there is none.
const fix::FieldTree* entry_of(const fix::FieldTree& tree, const fix::Message& message,
                               const GroupStep& step, Time received);

/// The field in the tree of the message; null = it is not there.
const fix::FieldTree::Node* node_in(const fix::FieldTree& tree, const fix::Message& message,
                                    const Location& location, Time received);

/// Whether a tag stands both at the top of this message and in one of its groups, so that only the
/// tree tells which is meant.
bool needs_tree(const fix::Dictionary* dictionary, std::string_view msg_type, int tag);

}  // namespace fixdrill::eval
