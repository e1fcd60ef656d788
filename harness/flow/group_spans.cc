#include "flow/group_spans.h"

#include <algorithm>

#include "base/text.h"
#include "fix/group.h"

namespace fixdrill::flow {

namespace {

std::size_t end_of(const fix::FieldTree& tree) {
  const fix::FieldTree::Node& last = tree.nodes.back();
  if (last.group == nullptr || last.group->entries.empty()) return last.index + 1;
  return end_of(last.group->entries.back());
}

void collect(const fix::FieldTree& tree, std::vector<GroupSpan>& out) {
  for (const fix::FieldTree::Node& node : tree.nodes) {
    if (node.group == nullptr) continue;
    GroupSpan span{node.index, {}};
    for (const fix::FieldTree& entry : node.group->entries) {
      span.entries.push_back({entry.nodes.front().index, end_of(entry)});
      collect(entry, out);
    }
    out.push_back(std::move(span));
  }
}

}  // namespace

std::vector<GroupSpan> group_spans(const fix::Message& message, const fix::Dictionary& dictionary) {
  std::vector<GroupSpan> spans;
  collect(fix::group_tree(message, dictionary), spans);
  return spans;
}

GroupSpan guessed_group(const fix::Message& message, std::size_t at) {
  GroupSpan span{at, {}};
  const std::size_t declared = parse_size(message[at].value).value_or(0);
  std::vector<int> seen;
  for (std::size_t i = at + 1; i < message.size(); ++i) {
    const int tag = message[i].tag;
    const bool starts = tag == message[at + 1].tag;
    const bool repeated = std::find(seen.begin(), seen.end(), tag) != seen.end();
    const bool over = starts ? span.entries.size() == declared : repeated;
    if (over || fix::is_trailer_tag(tag)) break;
    if (starts) {
      seen.clear();
      span.entries.push_back({i, i});
    }
    seen.push_back(tag);
    span.entries.back().end = i + 1;
  }
  return span;
}

}  // namespace fixdrill::flow
