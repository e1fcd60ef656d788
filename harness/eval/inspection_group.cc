// Entries of a group against its members: in any order, among others, or each.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/assignment.h"
#include "eval/inspection.h"

namespace fixdrill::eval {

namespace {

using Mode = syntax::GroupTest::Mode;

const std::vector<fix::FieldTree>& entries_of(const fix::FieldTree::Node* node) {
  static const std::vector<fix::FieldTree> none;
  return node && node->group ? node->group->entries : none;
}

std::string entry_label(const std::string& group, std::size_t index) {
  return fmt::format("{}[{}]", group, index + 1);
}

void append(Match& into, Match&& part) {
  into.equal += part.equal;
  for (auto& row : part.fields) into.fields.push_back(std::move(row));
  for (const Span& span : part.wrong) into.wrong.push_back(span);
  for (auto& capture : part.captures) into.captures.push_back(std::move(capture));
}

bool all_served(const std::vector<std::optional<std::size_t>>& assigned) {
  return std::all_of(assigned.begin(), assigned.end(),
                     [](const auto& entry) { return entry.has_value(); });
}

}  // namespace

std::vector<std::optional<std::size_t>> Inspection::assignment(const PatternItem& item,
                                                               const Entries& entries) {
  Fits fits;
  for (const EntryPattern& member : item.members) {
    std::vector<bool> row;
    for (const fix::FieldTree& entry : entries) row.push_back(holds(member.items, &entry));
    fits.push_back(std::move(row));
  }
  return assign(fits, entries.size());
}

bool Inspection::members_fit(const PatternItem& item, const Found& found) {
  if (!found.index) return item.members.empty() && found.entry_there;
  const Entries& entries = entries_of(found.node);
  if (!count_fits(found, entries.size())) return false;
  if (item.mode == Mode::each)
    return !entries.empty() && std::all_of(entries.begin(), entries.end(), [&](const auto& entry) {
      return holds(item.members.front().items, &entry);
    });
  if (item.mode == Mode::unordered && entries.size() != item.members.size()) return false;
  return all_served(assignment(item, entries));
}

void Inspection::report_members(const PatternItem& item, const Found& found,
                                const std::string& prefix, Match& into) {
  const std::string label = prefix + item.label();
  const Entries& entries = entries_of(found.node);
  const std::size_t wanted = item.mode == Mode::unordered ? item.members.size() : entries.size();
  const bool enough =
      item.mode == Mode::each ? !entries.empty() : entries.size() >= item.members.size();
  const bool ok = found.index ? enough && count_fits(found, wanted) : members_fit(item, found);
  if (ok) ++into.equal;
  if (!ok) into.wrong.push_back(item.span);
  into.fields.push_back({ok, label, item.expected(), received(item, found)});
  if (item.mode == Mode::each)
    report_each(item, entries, label, into);
  else
    report_assigned(item, entries, label, into);
}

void Inspection::report_each(const PatternItem& item, const Entries& entries,
                             const std::string& label, Match& into) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Match one;
    report(item.members.front().items, &entries[i], entry_label(label, i) + ".", one);
    append(into, std::move(one));
  }
}

void Inspection::report_assigned(const PatternItem& item, const Entries& entries,
                                 const std::string& label, Match& into) {
  const auto assigned = assignment(item, entries);
  std::vector<bool> taken(entries.size());
  for (const auto& entry : assigned) {
    if (entry) taken[*entry] = true;
  }
  std::vector<std::pair<std::string, const fix::FieldTree*>> left;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!taken[i]) left.emplace_back(entry_label(label, i), &entries[i]);
  }
  for (std::size_t i = 0; i < item.members.size(); ++i) {
    const EntryPattern& member = item.members[i];
    if (assigned[i])
      report(member.items, &entries[*assigned[i]], entry_label(label, *assigned[i]) + ".", into);
    else
      report_unserved(member, fmt::format("{} member {}", label, i + 1), left, into);
  }
  if (item.mode != Mode::unordered) return;
  for (const auto& [name, entry] : left)
    into.fields.push_back({false, name, "no member", entry_text(*entry)});
}

// A member that found no entry: what the nearest free one has that it must not.
void Inspection::report_unserved(
    const EntryPattern& member, const std::string& member_label,
    const std::vector<std::pair<std::string, const fix::FieldTree*>>& nearest_of, Match& into) {
  std::optional<Match> nearest;
  std::string name;
  for (const auto& [entry_name, entry] : nearest_of) {
    Match one;
    report(member.items, entry, entry_name + ".", one);
    if (nearest && nearest->equal >= one.equal) continue;
    nearest = std::move(one);
    name = entry_name;
  }
  const std::string found =
      nearest ? fmt::format("no entry fits; nearest: {}", name) : "no entry left";
  into.fields.push_back({false, member_label, member.notation(), found});
  if (!nearest || nearest->wrong.empty()) into.wrong.push_back(member.span);
  if (!nearest) return;
  std::erase_if(nearest->fields, [](const record::FieldRow& row) { return row.ok; });
  nearest->captures.clear();
  append(into, std::move(*nearest));
}

// "PartyID(448)=FIRM9 PartyRole(452)=1"
std::string Inspection::entry_text(const fix::FieldTree& entry) const {
  std::vector<std::string> texts;
  for (const fix::FieldTree::Node& node : entry.nodes) {
    const fix::FieldView field = message_[node.index];
    texts.push_back(
        fmt::format("{}={}", field_label(field.tag, dictionary_), printable(field.value)));
  }
  return join(texts, " ");
}

}  // namespace fixdrill::eval
