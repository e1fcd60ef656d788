#include "eval/path.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/locate.h"
#include "eval/names.h"
#include "fix/group.h"

namespace fixdrill::eval {

namespace {

const Value* root_of(const syntax::Path& path, const Environment& environment) {
  return environment.names.find(path.parts.front().name.text);
}

std::optional<std::int64_t> session_number(const syntax::Path& path,
                                           const Environment& environment) {
  if (!environment.session_number) return std::nullopt;
  return environment.session_number(path_text(path));
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

std::string path_text(const syntax::Path& path) {
  std::vector<std::string> names;
  for (const syntax::Path::Part& part : path.parts) names.push_back(part.name.text);
  return join(names, ".");
}

Result<std::optional<Value>> look_up(const syntax::Path& path, const Environment& environment) {
  const Value* root = root_of(path, environment);
  if (!root) {
    if (const auto number = session_number(path, environment))
      return std::optional<Value>(fix::Decimal(*number));
    return undefined(path, environment);
  }
  const syntax::Path::Part& first = path.parts.front();
  if (first.index)
    return fail(first.index->span, fmt::format("'{}' is not a list", first.name.text));
  if (path.parts.size() == 1) return std::optional<Value>(*root);
  const auto* named = std::get_if<NamedMessage>(root);
  if (!named)
    return fail(first.name.span,
                fmt::format("'{}' is not a message and has no fields", first.name.text));
  const Result<Location> location = locate(path, environment);
  if (!location) return location.error();
  const auto index = find_index(*named->message, *location, environment);
  if (!index) return std::optional<Value>();
  return std::optional<Value>(std::string((*named->message)[*index].value));
}

Result<Value> evaluate_path(const syntax::Path& path, const Environment& environment) {
  Result<std::optional<Value>> found = look_up(path, environment);
  if (!found) return found.error();
  if (*found) return std::move(**found);
  const Result<Location> location = locate(path, environment);
  if (!location) return location.error();
  return fail(path.span, fmt::format("'{}' has no {}", path.parts.front().name.text,
                                     location->label(environment.dictionary)));
}

Result<bool> exists(const syntax::Path& path, const Environment& environment) {
  if (!root_of(path, environment)) return session_number(path, environment).has_value();
  const Result<std::optional<Value>> found = look_up(path, environment);
  if (!found) return found.error();
  return found->has_value();
}

bool is_free_word(const syntax::Path& path, const Environment& environment) {
  return path.parts.size() == 1 && !path.parts.front().index && !root_of(path, environment) &&
         !session_number(path, environment);
}

const fix::FieldDef* field_of(const syntax::Path& path, const Environment& environment) {
  if (path.parts.size() < 2 || !environment.dictionary) return nullptr;
  const Value* root = root_of(path, environment);
  if (!root || !std::holds_alternative<NamedMessage>(*root)) return nullptr;
  const syntax::Name& last = path.parts.back().name;
  if (const auto tag = parse_size(last.text))
    return environment.dictionary->field(static_cast<int>(*tag));
  return environment.dictionary->field(last.text);
}

}  // namespace fixdrill::eval
