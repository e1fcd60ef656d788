#include "eval/reach.h"

#include <fmt/format.h>

#include "base/text.h"
#include "eval/arithmetic.h"
#include "eval/expression.h"
#include "eval/locate.h"
#include "eval/names.h"

namespace fixdrill::eval {

namespace {

using Messages = std::vector<NamedMessage>;

Result<std::size_t> position_in_list(const syntax::Index& index, const Environment& environment) {
  const Result<Value> value = evaluate(*index.position, environment);
  if (!value) return value.error();
  const auto number = as_number(*value);
  const auto whole = number ? number->integer() : std::nullopt;
  if (!whole || *whole < 1)
    return fail(index.span, fmt::format("'{}' is no position; the messages of a list count from 1",
                                        to_text(*value)));
  return static_cast<std::size_t>(*whole);
}

std::string messages_text(std::size_t count) {
  if (count == 0) return "no messages";
  return fmt::format("{} message{}", count, count == 1 ? "" : "s");
}

Result<Reached> by_position(const Messages& messages, const syntax::Index& index,
                            const std::string& name, const Environment& environment) {
  const Result<std::size_t> position = position_in_list(index, environment);
  if (!position) return position.error();
  if (*position <= messages.size()) return Reached{messages[*position - 1], 0, {}};
  return Reached{std::nullopt, 0,
                 fail(index.span, fmt::format("'{}' has {}, not {}", name,
                                              messages_text(messages.size()), *position))};
}

// `fills[ExecType = Trade]`: the first message whose field fits.
Result<Reached> by_field(const Messages& messages, const syntax::Index& index,
                         const std::string& name, const Environment& around) {
  const Environment environment =
      messages.empty() ? around : environment_of(messages.front(), around);
  const Result<FieldName> key = resolve_field(index.key, environment.dictionary);
  if (!key) return key.error();
  const MatcherContext context{environment, key->def, key->tag, false};
  const Result<MatcherPtr> matcher =
      make_matcher(syntax::Comparison{syntax::Compare::eq, index.value}, context);
  if (!matcher) return matcher.error();
  for (const NamedMessage& named : messages) {
    const auto value = named.message->find(key->tag);
    if (value && (*matcher)->accepts(*value, named.time)) return Reached{named, 0, {}};
  }
  const std::string test = field_label(key->tag, environment.dictionary) + (*matcher)->notation();
  return Reached{std::nullopt, 0,
                 fail(index.span, fmt::format("'{}' has {}, none with {}", name,
                                              messages_text(messages.size()), test))};
}

// `orders[msg.ClOrdID]`
Result<Reached> under_key(const Store& store, const syntax::Index& index, const std::string& name,
                          const Environment& environment) {
  if (!index.position)
    return fail(index.span, fmt::format("a store is read by its key, as in {}[msg.ClOrdID]", name));
  const Result<Value> key = evaluate(*index.position, environment);
  if (!key) return key.error();
  if (!is_plain(*key)) return fail(index.span, no_plain_value(*key));
  const std::string text = to_text(*key);
  const auto found = store.entries->values.find(text);
  if (found != store.entries->values.end()) return Reached{found->second, 0, {}};
  return Reached{
      std::nullopt, 0,
      fail(index.span, fmt::format("nothing was put into '{}' under '{}'", name, printable(text)))};
}

Result<Reached> one_of(const Value& value, const syntax::Index& index, const std::string& name,
                       const Environment& environment) {
  if (const auto* store = std::get_if<Store>(&value))
    return under_key(*store, index, name, environment);
  const auto* list = std::get_if<MessageList>(&value);
  if (!list) return fail(index.span, fmt::format("'{}' is not a list", name));
  return index.position ? by_position(*list->messages, index, name, environment)
                        : by_field(*list->messages, index, name, environment);
}

Error no_result(const Record& record, const syntax::Name& name, const std::string& of) {
  std::vector<std::string> names;
  for (const auto& [known, value] : record.members->values) names.push_back(known);
  const auto near = did_you_mean(name.text, names);
  return fail(name.span, fmt::format("'{}' has no result '{}'{}", of, name.text,
                                     near ? fmt::format("; did you mean {}?", *near) : ""));
}

}  // namespace

std::string path_text(const syntax::Path& path, std::size_t parts) {
  std::string text;
  for (std::size_t i = 0; i < parts; ++i) {
    if (i > 0) text += '.';
    text += path.parts[i].name.text;
    if (path.parts[i].index) text += path.parts[i].index->span.text();
  }
  return text;
}

Result<Reached> reach(const syntax::Path& path, const Value& root, const Environment& environment) {
  Reached reached{root, 1, {}};
  for (std::size_t i = 0;;) {
    const syntax::Path::Part& part = path.parts[i];
    if (part.index) {
      const std::string name = i == 0 ? part.name.text : path_text(path, i) + "." + part.name.text;
      Result<Reached> picked = one_of(*reached.value, *part.index, name, environment);
      if (!picked || !picked->value) return picked;
      reached.value = std::move(picked->value);
    }
    const auto* record = std::get_if<Record>(&*reached.value);
    if (!record || ++i == path.parts.size()) return reached;
    const syntax::Name& name = path.parts[i].name;
    const auto member = record->members->values.find(name.text);
    if (member == record->members->values.end())
      return Reached{std::nullopt, i + 1, no_result(*record, name, path_text(path, i))};
    // The record owns its members: a copy before it goes.
    Value found = member->second;
    reached = {std::move(found), i + 1, {}};
  }
}

Result<NamedMessage> message_at(const syntax::Path& path, const Reached& reached) {
  if (!reached.value) return reached.missing;
  const Result<NamedMessage> message = as_message(*reached.value, path_text(path, reached.used));
  if (message) return message;
  const bool plain = is_plain(*reached.value) && reached.used < path.parts.size();
  const Span& span = path.parts[reached.used - 1].name.span;
  return fail(span, message.error().text + (plain ? " and has no fields" : ""));
}

}  // namespace fixdrill::eval
