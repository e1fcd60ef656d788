#include "eval/outline.h"

#include <algorithm>
#include <utility>

#include "fix/group.h"

namespace fixdrill::eval {

namespace {

OutField copied_field(const fix::FieldTree::Node& node, const fix::Message& message) {
  const fix::FieldView view = message[node.index];
  OutField field{view.tag, std::string(view.value), true, false, {}};
  if (!node.group) return field;
  field.group = true;
  field.value.clear();
  for (const fix::FieldTree& entry : node.group->entries) {
    Outline members;
    for (const fix::FieldTree::Node& member : entry.nodes)
      members.push_back(copied_field(member, message));
    field.entries.push_back(std::move(members));
  }
  return field;
}

Outline copy_flat(const fix::Message& message) {
  Outline outline;
  for (std::size_t i = 0; i < message.size(); ++i)
    outline.push_back({message[i].tag, std::string(message[i].value), true, false, {}});
  return outline;
}

Outline copy_tree(const fix::Message& message, const fix::Dictionary& dictionary) {
  Outline outline;
  const fix::FieldTree tree = fix::group_tree(message, dictionary);
  for (const fix::FieldTree::Node& node : tree.nodes)
    outline.push_back(copied_field(node, message));
  return outline;
}

void append(Outline& outline, std::vector<fix::Field>& fields) {
  for (OutField& field : outline) {
    if (field.group && field.value.empty()) field.value = std::to_string(field.entries.size());
    fields.push_back({field.tag, std::move(field.value)});
    for (Outline& entry : field.entries) append(entry, fields);
  }
}

// Of a group that both types have, the new one may know fewer fields.
void keep_known(Outline& outline, const fix::MemberSet& members) {
  std::erase_if(outline, [&](const OutField& field) { return !members.has(field.tag); });
  for (OutField& field : outline) {
    const fix::GroupDef* group = members.group(field.tag);
    for (Outline& entry : field.entries) {
      if (group) keep_known(entry, group->members);
    }
  }
}

}  // namespace

Outline copy_body(const NamedMessage& like, const std::string& msg_type,
                  const fix::Dictionary* dictionary) {
  const fix::Dictionary* own = like.dictionary ? like.dictionary : dictionary;
  Outline outline = own ? copy_tree(*like.message, *own) : copy_flat(*like.message);
  const fix::MessageDef* def = dictionary ? dictionary->message(msg_type) : nullptr;
  std::erase_if(outline, [&](const OutField& field) {
    return field.tag == 0 || fix::is_header_tag(field.tag) || fix::is_trailer_tag(field.tag);
  });
  if (def) keep_known(outline, def->members);
  return outline;
}

void put(Outline& outline, OutField field) {
  const auto copied = std::find_if(outline.begin(), outline.end(), [&](const OutField& other) {
    return other.copied && other.tag == field.tag;
  });
  if (copied != outline.end()) {
    *copied = std::move(field);
    return;
  }
  const auto counted = std::find_if(outline.begin(), outline.end(), [&](const OutField& other) {
    return other.tag == field.tag && other.group != field.group;
  });
  if (counted == outline.end()) return outline.push_back(std::move(field));
  std::string count = field.group ? std::move(counted->value) : std::move(field.value);
  if (field.group) *counted = std::move(field);
  counted->value = std::move(count);
}

void drop(Outline& outline, int tag) {
  std::erase_if(outline, [&](const OutField& field) { return field.tag == tag; });
}

bool has(const Outline& outline, int tag) {
  return std::any_of(outline.begin(), outline.end(),
                     [&](const OutField& field) { return field.tag == tag; });
}

Outline* entry_of(Outline& outline, const GroupStep& step) {
  const auto group = std::find_if(outline.begin(), outline.end(), [&](const OutField& field) {
    return field.group && field.tag == step.count_tag;
  });
  if (group == outline.end()) return nullptr;
  if (!step.key)
    return step.position <= group->entries.size() ? &group->entries[step.position - 1] : nullptr;
  const auto fits = [&](const OutField& field) {
    return field.tag == step.key_tag && step.key->accepts(field.value, Time{});
  };
  const auto entry = std::find_if(
      group->entries.begin(), group->entries.end(),
      [&](const Outline& members) { return std::any_of(members.begin(), members.end(), fits); });
  return entry == group->entries.end() ? nullptr : &*entry;
}

std::vector<fix::Field> flatten(Outline outline) {
  std::vector<fix::Field> fields;
  fields.reserve(outline.size());
  append(outline, fields);
  return fields;
}

}  // namespace fixdrill::eval
