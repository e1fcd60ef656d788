#include "eval/path.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/locate.h"
#include "eval/names.h"
#include "eval/reach.h"
#include "fix/group.h"

namespace fixdrill::eval {

namespace {

const Value* root_of(const syntax::Path& path, const Environment& environment) {
  return environment.names.find(path.parts.front().name.text);
}

std::optional<Value> session_value(const syntax::Path& path, const Environment& environment) {
  if (!environment.session_value) return std::nullopt;
  return environment.session_value(path_text(path, path.parts.size()));
}

Error undefined(const syntax::Path& path, const Environment& environment) {
  const syntax::Name& name = path.parts.front().name;
  const auto near = did_you_mean(name.text, environment.names.names());
  return fail(name.span, fmt::format("no variable or message '{}'{}", name.text,
                                     near ? fmt::format("; did you mean {}?", *near) : ""));
}

std::optional<std::size_t> find_index(const fix::Message& message, const Location& location,
                                      const Environment& environment) {
  const fix::Dictionary* dictionary = environment.dictionary;
  const bool flat =
      location.steps.empty() && !needs_tree(dictionary, message.msg_type(), location.tag);
  if (flat || !dictionary)
    return location.steps.empty() ? message.index_of(location.tag) : std::nullopt;
  const fix::FieldTree tree = fix::group_tree(message, *dictionary);
  const auto* node = node_in(tree, message, location, environment.received.value_or(Time{}));
  return node ? std::optional(node->index) : std::nullopt;
}

}  // namespace

Result<std::optional<Value>> look_up(const syntax::Path& path, const Environment& environment) {
  const Value* root = root_of(path, environment);
  if (!root) {
    if (auto value = session_value(path, environment)) return value;
    return undefined(path, environment);
  }
  Result<Reached> reached = reach(path, *root, environment);
  if (!reached) return reached.error();
  if (!reached->value) return std::optional<Value>();
  if (reached->used == path.parts.size()) return std::move(reached->value);
  const Result<NamedMessage> named = message_at(path, *reached);
  if (!named) return named.error();
  const Environment own = environment_of(*named, environment);
  const Result<Location> location = locate(path, reached->used, own);
  if (!location) return location.error();
  const auto index = find_index(*named->message, *location, own);
  if (!index) return std::optional<Value>();
  return std::optional<Value>(std::string((*named->message)[*index].value));
}

Result<Value> evaluate_path(const syntax::Path& path, const Environment& environment) {
  Result<std::optional<Value>> found = look_up(path, environment);
  if (!found) return found.error();
  if (*found) return std::move(**found);
  const Result<Reached> reached = reach(path, *root_of(path, environment), environment);
  if (!reached) return reached.error();
  if (!reached->value) return reached->missing;
  const Result<NamedMessage> named = message_at(path, *reached);
  if (!named) return named.error();
  const Environment own = environment_of(*named, environment);
  const Result<Location> location = locate(path, reached->used, own);
  if (!location) return location.error();
  return fail(path.span, fmt::format("'{}' has no {}", path_text(path, reached->used),
                                     location->label(own.dictionary)));
}

Result<NamedMessage> message_of(const syntax::Path& path, const Environment& environment) {
  Result<Value> value = evaluate_path(path, environment);
  if (!value) return value.error();
  const std::string name = path_text(path, path.parts.size());
  Result<NamedMessage> named = as_message(*value, name);
  return named ? named : Result<NamedMessage>(fail(path.span, named.error().text));
}

Result<bool> exists(const syntax::Path& path, const Environment& environment) {
  if (!root_of(path, environment)) return session_value(path, environment).has_value();
  const Result<std::optional<Value>> found = look_up(path, environment);
  if (!found) return found.error();
  return found->has_value();
}

bool is_free_word(const syntax::Path& path, const Environment& environment) {
  return path.parts.size() == 1 && !path.parts.front().index && !root_of(path, environment) &&
         !session_value(path, environment);
}

const fix::FieldDef* field_of(const syntax::Path& path, const Environment& environment) {
  const Value* root = path.parts.size() < 2 ? nullptr : root_of(path, environment);
  if (!root || is_plain(*root)) return nullptr;
  const Result<Reached> reached = reach(path, *root, environment);
  if (!reached || reached->used == path.parts.size()) return nullptr;
  const Result<NamedMessage> named = message_at(path, *reached);
  const fix::Dictionary* dictionary =
      named ? environment_of(*named, environment).dictionary : nullptr;
  if (!dictionary) return nullptr;
  const syntax::Name& last = path.parts.back().name;
  const auto tag = parse_size(last.text);
  return tag ? dictionary->field(static_cast<int>(*tag)) : dictionary->field(last.text);
}

}  // namespace fixdrill::eval
