// Repeating groups of a message, cut from its flat fields by the dictionary.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fix/dictionary.h"
#include "fix/message.h"

namespace fixdrill::fix {

struct GroupNode;

/// Some fields of a message, as a tree: indices into the Message, in wire order; a group hangs at
/// its count field.
struct FieldTree {
  struct Node {
    std::size_t index = 0;                   ///< into the Message
    std::shared_ptr<const GroupNode> group;  ///< only at a count field of a known group
  };
  std::vector<Node> nodes;

  /// The first node with this tag at this level.
  const Node* find(const Message& message, int tag) const;
};

struct GroupNode {
  int count_tag = 0;
  std::size_t declared = 0;        ///< what the count field says; not a number: 0
  std::vector<FieldTree> entries;  ///< what is there
};

/// Never fails: fields that fit nowhere stay at the level where they stand. Nesting deeper than
/// limits.h stays flat.
FieldTree group_tree(const Message& message, const Dictionary& dictionary);

}  // namespace fixdrill::fix
