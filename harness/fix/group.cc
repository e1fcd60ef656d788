#include "fix/group.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::fix {

namespace {

/// Walks the fields once, from level to level.
class GroupReader {
 public:
  GroupReader(const Message& message, const Dictionary& dictionary)
      : message_(message), dictionary_(dictionary) {}

  FieldTree top_level() {
    const MessageDef* definition = dictionary_.message(message_.msg_type());
    FieldTree tree;
    while (at_ < message_.size()) {
      const int tag = message_[at_].tag;
      const GroupDef* group = definition ? definition->members.group(tag) : nullptr;
      if (group == nullptr) group = dictionary_.header().group(tag);
      if (group == nullptr) group = dictionary_.trailer().group(tag);
      tree.nodes.push_back(node(group, definition ? &definition->members : nullptr, 1));
    }
    return tree;
  }

 private:
  // The field at `at_` and, with a group, its entries.
  FieldTree::Node node(const GroupDef* group, const MemberSet* outer, std::size_t depth) {
    FieldTree::Node out{at_++, nullptr};
    if (group == nullptr || depth > limits::kGroupNesting) return out;
    auto made = std::make_shared<GroupNode>();
    made->count_tag = group->count_tag;
    made->declared = parse_size(message_[out.index].value).value_or(0);
    // Some venues begin their entries with another field than the dictionary says.
    const int delimiter = at_ < message_.size() ? message_[at_].tag : 0;
    if (group->members.has(delimiter)) {
      while (at_ < message_.size() && message_[at_].tag == delimiter)
        made->entries.push_back(entry(*group, outer, depth));
    }
    out.group = std::move(made);
    return out;
  }

  FieldTree entry(const GroupDef& group, const MemberSet* outer, std::size_t depth) {
    FieldTree tree;
    std::vector<int> seen;
    const int delimiter = message_[at_].tag;
    while (at_ < message_.size()) {
      const int tag = message_[at_].tag;
      const bool again = std::find(seen.begin(), seen.end(), tag) != seen.end();
      if (!group.members.has(tag) || (again && tag == delimiter)) break;
      // A field of this level and of the one outside, here already: the group is over.
      if (again && outer != nullptr && outer->has(tag)) break;
      if (!again) seen.push_back(tag);
      tree.nodes.push_back(node(group.members.group(tag), &group.members, depth + 1));
    }
    return tree;
  }

  const Message& message_;
  const Dictionary& dictionary_;
  std::size_t at_ = 0;
};

}  // namespace

const FieldTree::Node* FieldTree::find(const Message& message, int tag) const {
  const auto at = std::find_if(nodes.begin(), nodes.end(), [&message, tag](const Node& node) {
    return message[node.index].tag == tag;
  });
  return at == nodes.end() ? nullptr : &*at;
}

FieldTree group_tree(const Message& message, const Dictionary& dictionary) {
  return GroupReader(message, dictionary).top_level();
}

}  // namespace fixdrill::fix
