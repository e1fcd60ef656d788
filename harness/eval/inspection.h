// One message held against what is expected: whether it fits, and the rows that say why not.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eval/pattern.h"
#include "eval/pattern_item.h"
#include "fix/group.h"
#include "fix/message.h"

namespace fixdrill::eval {

/// What `exact` and `ignoring` say of all levels of a message.
struct Strictness {
  std::optional<Span> exact;  ///< the word: fields that are not listed are wrong
  std::vector<int> ignored;   ///< but not those
};

/// Where items stand: at the top of the message (null), or in an entry of a group.
using Level = const fix::FieldTree*;

/// Lives as long as the message is looked at; the group tree is made when first needed.
class Inspection {
 public:
  Inspection(const fix::Message& message, const fix::Dictionary* dictionary, Time received,
             const Strictness& strict)
      : message_(message), dictionary_(dictionary), received_(received), strict_(strict) {}

  /// Cheap: stops at the first item that does not hold.
  bool holds(const std::vector<PatternItem>& items, Level level);

  /// Rows, places, captures and counts of the items; labels begin with `prefix`.
  void report(const std::vector<PatternItem>& items, Level level, const std::string& prefix,
              Match& into);

  /// Body fields that no reported item looked at.
  std::size_t not_checked() const;

 private:
  struct Found {
    std::optional<std::size_t> index;
    const fix::FieldTree::Node* node = nullptr;
    bool entry_there = true;  ///< false: an index of the place leads to no entry
  };
  using Entries = std::vector<fix::FieldTree>;

  const fix::FieldTree& tree();
  Found find(const PatternItem& item, Level level);
  bool holds(const PatternItem& item, const Found& found);
  std::string received(const PatternItem& item, const Found& found) const;
  bool count_fits(const Found& found, std::size_t wanted) const;
  std::string entries_received(const Found& found) const;

  // inspection_group.cc
  bool members_fit(const PatternItem& item, const Found& found);
  std::vector<std::optional<std::size_t>> assignment(const PatternItem& item,
                                                     const Entries& entries);
  void report_members(const PatternItem& item, const Found& found, const std::string& prefix,
                      Match& into);
  void report_each(const PatternItem& item, const Entries& entries, const std::string& label,
                   Match& into);
  void report_assigned(const PatternItem& item, const Entries& entries, const std::string& label,
                       Match& into);
  void report_unserved(const EntryPattern& member, const std::string& member_label,
                       const std::vector<std::pair<std::string, const fix::FieldTree*>>& nearest_of,
                       Match& into);
  std::string entry_text(const fix::FieldTree& entry) const;

  // inspection_exact.cc
  struct Seen {
    std::vector<bool> listed;  ///< fields that an item speaks of
    std::vector<bool> judged;  ///< counts of groups whose entries were judged by themselves
  };
  struct Unlisted {
    std::string label;
    std::string received;
    fix::FieldTree::Node node;
  };
  Seen seen_by(const std::vector<PatternItem>& items, Level level);
  std::vector<Unlisted> unlisted(const Seen& seen, Level level);
  void add_unlisted(const Seen& seen, const fix::FieldTree& tree, const std::string& prefix,
                    std::vector<Unlisted>& into) const;
  void mark_checked(const fix::FieldTree::Node& node);
  bool any_listed(const Seen& seen, const fix::FieldTree::Node& node) const;
  bool is_ignored(int tag) const;

  const fix::Message& message_;
  const fix::Dictionary* dictionary_;
  Time received_;
  const Strictness& strict_;
  std::optional<fix::FieldTree> tree_;
  std::vector<bool> checked_;
};

}  // namespace fixdrill::eval
