// Where the fields of a message stand: outside of groups, or in which entry of which group.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "fix/dictionary.h"
#include "fix/message.h"

namespace fixdrill::conformance {

struct GroupFault {
  enum class Kind { count, order };
  Kind kind = Kind::count;
  int tag = 0;  ///< NumInGroup, or the field that stands at the wrong place
};

/// One entry of a group: its own fields only, as indices into the message.
struct Entry {
  const fix::GroupDef* group = nullptr;
  std::vector<std::size_t> fields;
};

struct Layout {
  std::vector<std::size_t> top;  ///< fields outside of groups
  std::vector<Entry> entries;
  std::vector<GroupFault> faults;
};

/// A message type that the dictionary does not know has no groups in its body.
Layout layout_of(const fix::Message& message, const fix::Dictionary& dictionary);

}  // namespace fixdrill::conformance
