#include "eval/collect.h"

#include <fmt/format.h>
#include <functional>

#include "base/text.h"
#include "eval/locate.h"
#include "eval/names.h"
#include "eval/reach.h"
#include "fix/group.h"

namespace fixdrill::eval {

namespace {

/// A field of the path: of all entries of a group when it has no step.
struct Way {
  FieldName field;
  std::optional<GroupStep> step;
};

using Ways = std::vector<Way>;
using Found = std::function<void(std::string_view value, const fix::FieldTree::Node* node)>;

Result<Ways> ways_of(const syntax::Path& path, std::size_t first, const Environment& environment) {
  Ways ways;
  for (std::size_t i = first; i < path.parts.size(); ++i) {
    const syntax::Path::Part& part = path.parts[i];
    const Result<FieldName> field = resolve_field(part.name, environment.dictionary);
    if (!field) return field.error();
    Way way{*field, std::nullopt};
    if (part.index) {
      Result<GroupStep> step = group_step(*field, *part.index, environment);
      if (!step) return step.error();
      way.step = std::move(*step);
    }
    ways.push_back(std::move(way));
  }
  return ways;
}

/// One message while its fields are collected.
class Search {
 public:
  Search(const NamedMessage& named, const Ways& ways, const Found& found)
      : message_(*named.message), time_(named.time), ways_(ways), found_(found) {}

  void run(const fix::Dictionary* dictionary) const {
    if (dictionary) return in(fix::group_tree(message_, *dictionary), 0);
    if (ways_.size() != 1 || ways_.front().step) return;
    if (const auto value = message_.find(ways_.front().field.tag)) found_(*value, nullptr);
  }

 private:
  void in(const fix::FieldTree& tree, std::size_t depth) const {
    const Way& way = ways_[depth];
    const bool last = depth + 1 == ways_.size();
    if (way.step) {
      const fix::FieldTree* entry = entry_of(tree, message_, *way.step, time_);
      if (entry && !last) in(*entry, depth + 1);
      if (entry && last) found_("", nullptr);
      return;
    }
    const fix::FieldTree::Node* node = tree.find(message_, way.field.tag);
    if (!node) return;
    if (last) return found_(message_[node->index].value, node);
    if (!node->group) return;
    for (const fix::FieldTree& entry : node->group->entries) in(entry, depth + 1);
  }

  const fix::Message& message_;
  Time time_;
  const Ways& ways_;
  const Found& found_;
};

// The messages that a path leads to before its fields begin.
std::vector<NamedMessage> messages_of(const Value& value) {
  if (const auto* named = std::get_if<NamedMessage>(&value)) return {*named};
  const auto* list = std::get_if<MessageList>(&value);
  return list ? *list->messages : std::vector<NamedMessage>();
}

Status each_field(const syntax::Path& path, const Reached& reached, const Environment& environment,
                  const Found& found) {
  for (const NamedMessage& named : messages_of(*reached.value)) {
    const Environment own = environment_of(named, environment);
    const Result<Ways> ways = ways_of(path, reached.used, own);
    if (!ways) return ways.error();
    Search(named, *ways, found).run(own.dictionary);
  }
  return {};
}

// What is not there counts as no message: an optional expectation that nothing met.
Result<Reached> reach_or_nothing(const syntax::Path& path, const Environment& environment) {
  const Value* root = environment.names.find(path.parts.front().name.text);
  Result<Reached> reached =
      root ? reach(path, *root, environment) : Result<Reached>(Reached{std::nullopt, 1, {}});
  if (!reached || reached->value) return reached;
  return Reached{message_list({}), reached->used, {}};
}

bool holds_messages(const Value& value) {
  return std::holds_alternative<NamedMessage>(value) || std::holds_alternative<MessageList>(value);
}

}  // namespace

Result<Value> count_of(const syntax::Path& path, const Environment& environment) {
  const Result<Reached> reached = reach_or_nothing(path, environment);
  if (!reached) return reached.error();
  const auto* store = std::get_if<Store>(&*reached->value);
  if (store && path.parts.size() == 1)
    return Value(fix::Decimal(static_cast<std::int64_t>(store->entries->values.size())));
  if (!holds_messages(*reached->value))
    return fail(path.span, "count takes messages or a group, as in count(fills)");
  const auto number = [](std::size_t count) {
    return Value(fix::Decimal(static_cast<std::int64_t>(count)));
  };
  if (reached->used == path.parts.size()) return number(messages_of(*reached->value).size());
  std::size_t count = 0;
  const Status done = each_field(path, *reached, environment,
                                 [&](std::string_view, const fix::FieldTree::Node* node) {
                                   count += node && node->group ? node->group->entries.size() : 1;
                                 });
  return done ? Result<Value>(number(count)) : done.error();
}

Result<Value> sum_of(const syntax::Path& path, const Environment& environment) {
  const Result<Reached> reached = reach_or_nothing(path, environment);
  if (!reached) return reached.error();
  if (!holds_messages(*reached->value) || reached->used == path.parts.size())
    return fail(path.span, "sum takes a field of messages or entries, as in sum(fills.LastQty)");
  std::optional<fix::Decimal> sum = fix::Decimal(0);
  std::string wrong;
  const Status done = each_field(
      path, *reached, environment, [&](std::string_view value, const fix::FieldTree::Node*) {
        const auto number = fix::Decimal::parse(value);
        if (!number && wrong.empty()) wrong = printable(value);
        sum = sum && number ? fix::Decimal::add(*sum, *number) : std::nullopt;
      });
  if (!done) return done.error();
  if (!wrong.empty()) return fail(path.span, fmt::format("'{}' is no number to sum up", wrong));
  if (!sum) return fail(path.span, "the sum has more than 18 digits");
  return Value(*sum);
}

}  // namespace fixdrill::eval
