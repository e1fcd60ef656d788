// The second half of DictionaryLoader: what messages, groups and components consist of.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fix/dictionary_loader.h"

namespace fixdrill::fix {

namespace {

std::string suggestion(std::string_view word, const std::vector<std::string>& names) {
  const auto near = did_you_mean(word, names);
  return near ? fmt::format("; did you mean {}?", *near) : "";
}

void merge(MemberSet& into, const MemberSet& from, bool with_required) {
  for (const int tag : from.order) into.add(tag);
  for (const auto& group : from.groups) into.groups.insert(group);
  if (with_required) into.required.insert(from.required.begin(), from.required.end());
}

void add_shared_tags(const MemberSet& top, const MemberSet& inner, std::vector<int>& shared) {
  for (const auto& [count_tag, group] : inner.groups) {
    std::copy_if(group->members.order.begin(), group->members.order.end(),
                 std::back_inserter(shared), [&](int tag) { return top.has(tag); });
    add_shared_tags(top, group->members, shared);
  }
}

void note_ambiguous(MessageDef& message) {
  add_shared_tags(message.members, message.members, message.ambiguous);
  std::sort(message.ambiguous.begin(), message.ambiguous.end());
}

}  // namespace

Result<DictionaryPtr> DictionaryLoader::finish() {
  for (const Element& header : headers_) {
    if (Status status = expand(header, dictionary_->header_, {}); !status) return status.error();
  }
  for (const Element& trailer : trailers_) {
    if (Status status = expand(trailer, dictionary_->trailer_, {}); !status) return status.error();
  }
  if (Status status = expand_messages(); !status) return status.error();
  for (const OverlayRow& row : rows_) {
    if (Status status = apply(row); !status) return status.error();
  }
  for (auto& [type, message] : dictionary_->messages_) note_ambiguous(message);
  return DictionaryPtr(std::move(dictionary_));
}

Status DictionaryLoader::expand_messages() {
  for (const Element& message : messages_) {
    if (Status status = expand_message(message); !status) return status;
  }
  return {};
}

Status DictionaryLoader::expand_message(const Element& element) {
  auto name = attribute(element, "name");
  if (!name) return name.error();
  auto type = attribute(element, "msgtype");
  if (!type) return type.error();
  MessageDef& message = dictionary_->messages_[*type];
  if (message.name.empty()) {
    message.name = std::move(*name);
    message.msg_type = *type;
  }
  if (std::string_view(element.node.attribute("msgcat").value()) == "admin") message.admin = true;
  dictionary_->types_by_name_[message.name] = std::move(*type);
  return expand(element, message.members, {});
}

Status DictionaryLoader::apply(const OverlayRow& row) {
  for (const std::string& name : row.messages) {
    MemberSet* members = nullptr;
    if (to_lower(name) == "header") members = &dictionary_->header_;
    if (to_lower(name) == "trailer") members = &dictionary_->trailer_;
    const MessageDef* message = dictionary_->message_named(name);
    if (message == nullptr) message = dictionary_->message(name);
    if (message != nullptr) members = &dictionary_->messages_[message->msg_type].members;
    if (members == nullptr)
      return to_error({Severity::error, row.messages_span,
                       fmt::format("{} has no message '{}'{}", dictionary_->version_, name,
                                   suggestion(name, dictionary_->message_names()))});
    members->add(row.field.tag);
    if (row.required) members->required.insert(row.field.tag);
  }
  return {};
}

Status DictionaryLoader::expand(const Element& parent, MemberSet& into, Nesting nesting) {
  for (const pugi::xml_node node : parent.node.children()) {
    if (node.type() != pugi::node_element) continue;
    if (Status status = expand_member({parent.file, node}, into, nesting); !status) return status;
  }
  return {};
}

Status DictionaryLoader::expand_member(const Element& element, MemberSet& into, Nesting nesting) {
  const std::string_view kind = element.node.name();
  if (kind == "group") return expand_group(element, into, nesting);
  if (kind == "component") return expand_component(element, into, nesting);
  if (kind != "field")
    return fault(element, fmt::format("<{}> is neither field, group nor component", kind));
  const auto tag = tag_named(element);
  if (!tag) return tag.error();
  into.add(*tag);
  if (is_required(element)) into.required.insert(*tag);
  return {};
}

Status DictionaryLoader::expand_group(const Element& element, MemberSet& into, Nesting nesting) {
  if (++nesting.groups > limits::kGroupNesting)
    return fault(element, fmt::format("groups nest deeper than {}", limits::kGroupNesting));
  const auto tag = tag_named(element);
  if (!tag) return tag.error();
  auto group = std::make_shared<GroupDef>();
  group->count_tag = *tag;
  if (const GroupDef* known = into.group(*tag)) *group = *known;
  if (Status status = expand(element, group->members, nesting); !status) return status;
  if (group->members.order.empty()) return fault(element, "this group has no fields");
  group->delimiter = group->members.order.front();
  into.add(*tag);
  if (is_required(element)) into.required.insert(*tag);
  into.groups[*tag] = std::move(group);
  return {};
}

Status DictionaryLoader::expand_component(const Element& element, MemberSet& into,
                                          Nesting nesting) {
  const auto members = component(element, nesting);
  if (!members) return members.error();
  merge(into, **members, is_required(element));
  return {};
}

// Each component is expanded once: components that use components twice each would otherwise take
// for ever.
Result<const MemberSet*> DictionaryLoader::component(const Element& use, Nesting nesting) {
  auto name = attribute(use, "name");
  if (!name) return name.error();
  if (const auto done = expanded_.find(*name); done != expanded_.end()) return &done->second;
  const auto definitions = components_.find(*name);
  if (definitions == components_.end())
    return fault(use, fmt::format("no component '{}' is defined", *name));
  if (expanding_.count(*name) != 0)
    return fault(use, fmt::format("component '{}' contains itself", *name));
  if (++nesting.components > limits::kComponentDepth)
    return fault(use, fmt::format("components nest deeper than {}", limits::kComponentDepth));
  expanding_.insert(*name);
  MemberSet members;
  for (const Element& definition : definitions->second) {
    if (Status status = expand(definition, members, nesting); !status) return status.error();
  }
  expanding_.erase(*name);
  return &expanded_.emplace(std::move(*name), std::move(members)).first->second;
}

Result<int> DictionaryLoader::tag_named(const Element& use) const {
  const auto name = attribute(use, "name");
  if (!name) return name.error();
  if (const FieldDef* field = dictionary_->field(std::string_view(*name))) return field->tag;
  return fault(use, fmt::format("no field '{}' is defined{}", *name,
                                suggestion(*name, dictionary_->field_names())));
}

}  // namespace fixdrill::fix
