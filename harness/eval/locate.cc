#include "eval/locate.h"

#include <algorithm>
#include <fmt/format.h>

#include "eval/arithmetic.h"
#include "eval/expression.h"

namespace fixdrill::eval {

namespace {

Result<std::size_t> position_of(const syntax::Index& index, const Environment& environment) {
  const Result<Value> value = evaluate(*index.position, environment);
  if (!value) return value.error();
  const auto number = as_number(*value);
  const auto whole = number ? number->integer() : std::nullopt;
  if (!whole || *whole < 1)
    return fail(index.span, fmt::format("'{}' is no position; entries of a group count from 1",
                                        to_text(*value)));
  return static_cast<std::size_t>(*whole);
}

// What a place and a path have in common.
struct PartView {
  const syntax::FieldRef ref;
  const std::optional<syntax::Index>* index;
};

Result<Location> locate_parts(const std::vector<PartView>& parts, const Environment& environment) {
  Location location;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const syntax::FieldRef& ref = parts[i].ref;
    const Result<FieldName> name = resolve_field(ref, environment.dictionary);
    if (!name) return name.error();
    const bool last = i + 1 == parts.size();
    const std::optional<syntax::Index>& index = *parts[i].index;
    const auto label = [&] { return field_label(name->tag, environment.dictionary); };
    if (last && index)
      return fail(index->span, fmt::format("name a field of this entry: {}[…].Field", label()));
    if (last) {
      location.tag = name->tag;
      location.def = name->def;
      break;
    }
    if (!index)
      return fail(ref.span, fmt::format("say which entry of {}: [1] or [Field = value]", label()));
    Result<GroupStep> step = group_step(*name, *index, environment);
    if (!step) return step.error();
    location.steps.push_back(std::move(*step));
  }
  return location;
}

Result<Location> at_top(const Result<FieldName>& name) {
  if (!name) return name.error();
  return Location{{}, name->tag, name->def};
}

}  // namespace

std::string Location::label(const fix::Dictionary* dictionary) const {
  std::string text;
  for (const GroupStep& step : steps) text += step.label + ".";
  return text + field_label(tag, dictionary);
}

Result<GroupStep> group_step(const FieldName& group, const syntax::Index& index,
                             const Environment& environment) {
  const std::string label = field_label(group.tag, environment.dictionary);
  GroupStep step;
  step.count_tag = group.tag;
  if (index.position) {
    const Result<std::size_t> position = position_of(index, environment);
    if (!position) return position.error();
    step.position = *position;
    step.label = fmt::format("{}[{}]", label, *position);
    return step;
  }
  const Result<FieldName> key = resolve_field(index.key, environment.dictionary);
  if (!key) return key.error();
  step.key_tag = key->tag;
  const MatcherContext context{environment, key->def, key->tag, false};
  Result<MatcherPtr> matcher =
      make_matcher(syntax::Comparison{syntax::Compare::eq, index.value}, context);
  if (!matcher) return matcher.error();
  step.label = fmt::format("{}[{}{}]", label, key->def ? key->def->name : index.key.name,
                           (*matcher)->notation());
  step.key = std::move(*matcher);
  return step;
}

Result<Location> locate(const syntax::Place& place, const Environment& environment) {
  if (place.parts.size() == 1 && !place.parts.front().index)
    return at_top(resolve_field(place.parts.front().ref, environment.dictionary));
  std::vector<PartView> parts;
  for (const syntax::Place::Part& part : place.parts) parts.push_back({part.ref, &part.index});
  return locate_parts(parts, environment);
}

Result<Location> locate(const syntax::Path& path, std::size_t first,
                        const Environment& environment) {
  if (path.parts.size() == first + 1 && !path.parts.back().index)
    return at_top(resolve_field(path.parts.back().name, environment.dictionary));
  std::vector<PartView> parts;
  for (std::size_t i = first; i < path.parts.size(); ++i) {
    const syntax::Path::Part& part = path.parts[i];
    parts.push_back({syntax::FieldRef{part.name.span, part.name.text, 0}, &part.index});
  }
  return locate_parts(parts, environment);
}

const fix::FieldTree* entry_of(const fix::FieldTree& tree, const fix::Message& message,
                               const GroupStep& step, Time received) {
  const fix::FieldTree::Node* node = tree.find(message, step.count_tag);
  if (!node || !node->group) return nullptr;
  const auto& entries = node->group->entries;
  if (!step.key) return step.position <= entries.size() ? &entries[step.position - 1] : nullptr;
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const fix::FieldTree& entry) {
    const fix::FieldTree::Node* key = entry.find(message, step.key_tag);
    return key && step.key->accepts(message[key->index].value, received);
  });
  return found == entries.end() ? nullptr : &*found;
}

const fix::FieldTree::Node* node_in(const fix::FieldTree& tree, const fix::Message& message,
                                    const Location& location, Time received) {
  const fix::FieldTree* at = &tree;
  for (const GroupStep& step : location.steps) {
    at = entry_of(*at, message, step, received);
    if (!at) return nullptr;
  }
  return at->find(message, location.tag);
}

bool needs_tree(const fix::Dictionary* dictionary, std::string_view msg_type, int tag) {
  const fix::MessageDef* def = dictionary ? dictionary->message(msg_type) : nullptr;
  return def && std::binary_search(def->ambiguous.begin(), def->ambiguous.end(), tag);
}

}  // namespace fixdrill::eval
