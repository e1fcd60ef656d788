// One thing that a message expectation says, with its names looked up and its values evaluated.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "eval/difference.h"
#include "eval/locate.h"
#include "eval/matcher.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

struct EntryPattern;

struct PatternItem {
  enum class Kind {
    value,    ///< the matcher accepts it
    absent,   ///< it is not there
    entries,  ///< the group has `entries` entries
    members,  ///< the entries of the group are as `mode` says of `members`
  };
  Kind kind = Kind::value;
  Span span;
  Location location;  ///< in the message, or in the entry that an EntryPattern is held against
  const fix::Dictionary* dictionary = nullptr;  ///< may be null
  bool in_tree = false;                         ///< not to be found by its tag alone
  bool key = false;                             ///< ClOrdID and the like: names the order
  MatcherPtr matcher;
  std::optional<Literal> literal;  ///< what the matcher compares with
  std::size_t entries = 0;
  syntax::GroupTest::Mode mode = syntax::GroupTest::Mode::ordered;
  std::vector<EntryPattern> members;
  std::string capture;  ///< "" = none

  /// "NoPartyIDs(453)[2].PartyID(448)"
  std::string label() const { return location.label(dictionary); }
  /// For the column "expected": "5 Replaced", "absent", "2 entries".
  std::string expected() const;
  /// What did not hold where the field is number `at` of the message.
  Difference difference(const fix::Message& message, std::optional<std::size_t> at) const;
  /// "OrderID(37)=O-1001", "!Text(58)".
  std::string notation() const;
};

/// What one entry of a group is like.
struct EntryPattern {
  Span span;
  std::vector<PatternItem> items;

  /// "PartyID(448)=FIRM1 PartyRole(452)=1"
  std::string notation() const;
};

/// "2 entries", "1 entry".
std::string entries_text(std::size_t count);

/// Tags that `ignoring` names.
Result<std::vector<int>> ignored_tags(const syntax::Message& message,
                                      const fix::Dictionary* dictionary);

/// In written order, behind those of `like`; an ordered group gives its count, then the fields of
/// its members. Without what `ignoring` drops.
Result<std::vector<PatternItem>> pattern_items(const syntax::Message& message,
                                               const std::string& msg_type,
                                               const Environment& environment);

/// What several items come from, such as members made by a loop, is not the literal of one.
void drop_shared_literals(std::vector<PatternItem>& items);

}  // namespace fixdrill::eval
