// `exact`: fields that nothing speaks of.
#include <algorithm>

#include "base/text.h"
#include "eval/inspection.h"

namespace fixdrill::eval {

bool Inspection::is_ignored(int tag) const {
  return std::find(strict_.ignored.begin(), strict_.ignored.end(), tag) != strict_.ignored.end();
}

Inspection::Seen Inspection::seen_by(const std::vector<PatternItem>& items, Level level) {
  Seen seen{std::vector<bool>(message_.size()), std::vector<bool>(message_.size())};
  for (const PatternItem& item : items) {
    const Found found = find(item, level);
    if (!found.index) continue;
    seen.listed[*found.index] = true;
    if (item.kind == PatternItem::Kind::members) seen.judged[*found.index] = true;
  }
  return seen;
}

// A group is listed when anything of it is.
bool Inspection::any_listed(const Seen& seen, const fix::FieldTree::Node& node) const {
  if (seen.listed[node.index]) return true;
  if (!node.group) return false;
  return std::any_of(
      node.group->entries.begin(), node.group->entries.end(), [&](const fix::FieldTree& entry) {
        return std::any_of(entry.nodes.begin(), entry.nodes.end(),
                           [&](const auto& inner) { return any_listed(seen, inner); });
      });
}

void Inspection::add_unlisted(const Seen& seen, const fix::FieldTree& tree,
                              const std::string& prefix, std::vector<Unlisted>& into) const {
  for (const fix::FieldTree::Node& node : tree.nodes) {
    const fix::FieldView field = message_[node.index];
    if (is_ignored(field.tag) || fix::is_header_tag(field.tag) || fix::is_trailer_tag(field.tag))
      continue;
    const std::string label =
        prefix + (field.tag == 0 ? "(no tag)" : field_label(field.tag, dictionary_));
    if (!any_listed(seen, node)) {
      const std::string value =
          dictionary_ ? dictionary_->value_label(field.tag, field.value) : std::string(field.value);
      into.push_back(
          {label, node.group ? entries_text(node.group->entries.size()) : printable(value), node});
      continue;
    }
    if (!node.group || seen.judged[node.index]) continue;
    const auto& entries = node.group->entries;
    for (std::size_t i = 0; i < entries.size(); ++i)
      add_unlisted(seen, entries[i], label + "[" + std::to_string(i + 1) + "].", into);
  }
}

// A field that is shown as wrong has been looked at, with all that is in it.
void Inspection::mark_checked(const fix::FieldTree::Node& node) {
  checked_[node.index] = true;
  if (!node.group) return;
  for (const fix::FieldTree& entry : node.group->entries) {
    for (const fix::FieldTree::Node& inner : entry.nodes) mark_checked(inner);
  }
}

std::vector<Inspection::Unlisted> Inspection::unlisted(const Seen& seen, Level level) {
  std::vector<Unlisted> found;
  if (level || dictionary_) {
    add_unlisted(seen, level ? *level : tree(), "", found);
    return found;
  }
  fix::FieldTree flat;
  for (std::size_t i = 0; i < message_.size(); ++i) flat.nodes.push_back({i, nullptr});
  add_unlisted(seen, flat, "", found);
  return found;
}

}  // namespace fixdrill::eval
