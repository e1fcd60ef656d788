// What a filter expression says, as a tree.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fix/dictionary.h"
#include "fix/value.h"
#include "flow/message_filter.h"

namespace fixdrill::flow {

/// `35` or `MsgType`.
struct FilterField {
  int tag = 0;       ///< 0: by its name, or no field at all
  std::string name;  ///< "" = written as a number
};

/// `NoPartyIDs`, `NoPartyIDs[2]`, `NoPartyIDs[PartyRole=12]`: entries of a group.
struct FilterGroup {
  FilterField group;
  std::size_t index = 0;              ///< from 1; 0 = any entry
  std::vector<FilterNode> condition;  ///< at most one
};

enum class FilterCompare {
  present,
  equal,
  not_equal,
  less,
  at_most,
  greater,
  at_least,
  like,
  unlike
};

struct FilterValue {
  std::string text;                    ///< as written; bound: the code that a name stands for
  std::optional<fix::Decimal> number;  ///< when it compares as one
};

/// One comparison; of `in (…)`: equal with several values.
struct FilterTest {
  std::vector<FilterGroup> groups;  ///< from the outside in
  FilterField field;                ///< tag 0 without a name: the entry itself
  FilterCompare compare = FilterCompare::present;
  std::vector<FilterValue> values;
  TextTest regex;
  fix::ValueClass kind = fix::ValueClass::text;  ///< by the dictionary it is bound to
  bool list = false;                             ///< several values, parted by blanks: 18=1 G
  std::vector<std::string> needles;  ///< bytes of which one must stand in a message that matches
};

struct FilterNode {
  enum class Kind { all, any, no, test };
  Kind kind = Kind::test;
  std::vector<FilterNode> parts;  ///< of `no` one
  FilterTest test;
};

/// Input error with its place.
Result<FilterNode> parse_filter(std::string_view text, const FilterWords& words);

/// The same with every name looked up; null = no dictionary. A name that is not there gives a test
/// that nothing passes: its tag stays 0.
FilterNode bind_filter(const FilterNode& node, const fix::Dictionary* dictionary);

}  // namespace fixdrill::flow
