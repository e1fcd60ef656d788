#include "eval/inspection.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::eval {

namespace {

bool is_body(int tag) { return !fix::is_header_tag(tag) && !fix::is_trailer_tag(tag); }

}  // namespace

const fix::FieldTree& Inspection::tree() {
  if (!tree_) tree_ = fix::group_tree(message_, *dictionary_);
  return *tree_;
}

Inspection::Found Inspection::find(const PatternItem& item, Level level) {
  if (!item.in_tree) return {message_.index_of(item.location.tag), nullptr, true};
  const fix::FieldTree* at = level ? level : &tree();
  for (const GroupStep& step : item.location.steps) {
    at = entry_of(*at, message_, step, received_);
    if (!at) return {std::nullopt, nullptr, false};
  }
  const fix::FieldTree::Node* node = at->find(message_, item.location.tag);
  return {node ? std::optional(node->index) : std::nullopt, node, true};
}

bool Inspection::holds(const PatternItem& item, const Found& found) {
  switch (item.kind) {
    case PatternItem::Kind::value:
      return found.index && item.matcher->accepts(message_[*found.index].value, received_);
    case PatternItem::Kind::absent:
      return !found.index && found.entry_there;
    case PatternItem::Kind::entries:
      return found.index ? count_fits(found, item.entries) : item.entries == 0 && found.entry_there;
    case PatternItem::Kind::members:
      return members_fit(item, found);
  }
  return false;
}

bool Inspection::holds(const std::vector<PatternItem>& items, Level level) {
  const bool fits = std::all_of(items.begin(), items.end(), [&](const PatternItem& item) {
    return holds(item, find(item, level));
  });
  return fits && (!strict_.exact || unlisted(seen_by(items, level), level).empty());
}

// The entries are there, and the count field says so.
bool Inspection::count_fits(const Found& found, std::size_t wanted) const {
  const std::size_t there = found.node->group ? found.node->group->entries.size() : 0;
  return there == wanted && message_[*found.index].value == std::to_string(there);
}

std::string Inspection::entries_received(const Found& found) const {
  const std::size_t there = found.node->group ? found.node->group->entries.size() : 0;
  const std::string_view declared = message_[*found.index].value;
  if (declared == std::to_string(there)) return entries_text(there);
  return fmt::format("{}, but it says {}", entries_text(there), printable(declared));
}

std::string Inspection::received(const PatternItem& item, const Found& found) const {
  if (!found.entry_there) return "(no such entry)";
  if (!found.index) return "(absent)";
  if (found.node && item.kind != PatternItem::Kind::value && item.kind != PatternItem::Kind::absent)
    return entries_received(found);
  const std::string_view value = message_[*found.index].value;
  return printable(dictionary_ ? dictionary_->value_label(item.location.tag, value)
                               : std::string(value));
}

void Inspection::report(const std::vector<PatternItem>& items, Level level,
                        const std::string& prefix, Match& into) {
  checked_.resize(message_.size());
  for (const PatternItem& item : items) {
    const Found found = find(item, level);
    if (found.index) checked_[*found.index] = true;
    if (item.kind == PatternItem::Kind::members) {
      report_members(item, found, prefix, into);
      continue;
    }
    const bool ok = holds(item, found);
    if (ok) ++into.equal;
    if (ok && item.key) ++into.key_equal;
    if (!ok) into.wrong.push_back(item.span);
    if (!ok && prefix.empty()) into.differences.push_back(item.difference(message_, found.index));
    if (found.index && !item.capture.empty())
      into.captures.emplace_back(item.capture, std::string(message_[*found.index].value));
    into.fields.push_back({ok, prefix + item.label(), item.expected(), received(item, found)});
  }
  if (!strict_.exact) return;
  const std::vector<Unlisted> extra = unlisted(seen_by(items, level), level);
  for (const Unlisted& field : extra) {
    into.fields.push_back({false, prefix + field.label, "not listed", field.received});
    mark_checked(field.node);
  }
  if (!extra.empty()) into.wrong.push_back(*strict_.exact);
}

std::size_t Inspection::not_checked() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < message_.size(); ++i) {
    const bool checked = i < checked_.size() && checked_[i];
    if (!checked && is_body(message_[i].tag)) ++count;
  }
  return count;
}

}  // namespace fixdrill::eval
