// The fields of a message expectation to what a message is held against.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "eval/expression.h"
#include "eval/group_members.h"
#include "eval/like_items.h"
#include "eval/matchers.h"
#include "eval/names.h"
#include "eval/pasted_groups.h"
#include "eval/pattern_item.h"

namespace fixdrill::eval {

namespace {

using Items = std::vector<PatternItem>;
using Mode = syntax::GroupTest::Mode;

bool is_key(int tag) {
  // ClOrdID, OrigClOrdID, OrderID, ExecID, MDReqID, QuoteReqID
  constexpr std::array kKeys = {11, 41, 37, 17, 262, 131};
  return std::find(kKeys.begin(), kKeys.end(), tag) != kKeys.end();
}

/// Where the fields being made stand, and what they are made in.
struct Around {
  const Environment& environment;
  GroupSteps steps;       ///< from the message, or from the entry, down to here
  bool in_entry = false;  ///< of an EntryPattern
};

class Maker {
 public:
  Maker(const syntax::Message& message, std::string msg_type, std::vector<int> ignored)
      : message_(message), msg_type_(std::move(msg_type)), ignored_(std::move(ignored)) {}

  Result<Items> make(const Environment& environment) {
    Items items;
    const Around top{environment, {}, false};
    const Status status =
        message_.pasted ? add_pasted(items, top) : add_all(items, message_.fields, top);
    if (!status) return status.error();
    if (!message_.like) return items;
    return with_like_items({*message_.like, msg_type_, ignored_}, std::move(items), mentioned_,
                           environment);
  }

 private:
  // A whole message pasted from a log: what the session owns says nothing about it (rule 7).
  Status add_pasted(Items& items, const Around& around) {
    const bool whole = has_tag(8) && has_tag(10);
    const fix::Dictionary* dictionary = around.environment.dictionary;
    std::optional<PastedGroups> groups;
    if (dictionary) groups.emplace(message_, msg_type_, *dictionary);
    for (std::size_t i = 0; i < message_.fields.size(); ++i) {
      const syntax::Field& field = message_.fields[i];
      if (whole && is_session_tag(field.place.parts.front().ref.tag)) continue;
      const Status status =
          add(items, field, {around.environment, groups ? groups->of(i) : GroupSteps(), false});
      if (!status) return status;
    }
    return {};
  }

  bool has_tag(int tag) const {
    return std::any_of(
        message_.fields.begin(), message_.fields.end(),
        [&](const syntax::Field& field) { return field.place.parts.front().ref.tag == tag; });
  }

  Status add_all(Items& items, const std::vector<syntax::Field>& fields, const Around& around) {
    items.reserve(std::max(items.capacity(), fields.size()));
    for (const syntax::Field& field : fields) {
      const Status status = add(items, field, around);
      if (!status) return status;
    }
    return {};
  }

  bool ignores(const Location& location) const {
    const auto named = [&](int tag) {
      return std::find(ignored_.begin(), ignored_.end(), tag) != ignored_.end();
    };
    return named(location.tag) ||
           std::any_of(location.steps.begin(), location.steps.end(),
                       [&](const GroupStep& step) { return named(step.count_tag); });
  }

  Status add(Items& items, const syntax::Field& field, const Around& around) {
    const fix::Dictionary* dictionary = around.environment.dictionary;
    Result<Location> location = locate(field.place, around.environment);
    if (!location) return location.error();
    location->steps.insert(location->steps.begin(), around.steps.begin(), around.steps.end());
    if (ignores(*location)) return {};
    PatternItem item;
    item.span = field.span;
    item.dictionary = dictionary;
    item.in_tree = around.in_entry || !location->steps.empty() ||
                   needs_tree(dictionary, msg_type_, location->tag);
    item.key = is_key(location->tag) && location->steps.empty() && !around.in_entry;
    item.location = std::move(*location);
    if (!around.in_entry) mentioned_.push_back(item.label());
    if (field.capture) item.capture = field.capture->text;
    if (item.in_tree && !dictionary)
      return fail(field.place.span, "fields of groups need a dictionary");
    const auto* group = std::get_if<syntax::GroupTest>(&field.test);
    if (!group) return add_test(items, std::move(item), field, around.environment);
    if (!dictionary) return fail(item.span, "groups need a dictionary");
    item.in_tree = true;
    return group->mode == Mode::ordered ? add_ordered(items, std::move(item), *group, around)
                                        : add_members(items, std::move(item), *group, around);
  }

  Status add_ordered(Items& items, PatternItem item, const syntax::GroupTest& group,
                     const Around& around) {
    const GroupSteps steps = item.location.steps;
    const int count_tag = item.location.tag;
    const std::size_t at = items.size();
    item.kind = PatternItem::Kind::entries;
    items.push_back(std::move(item));
    return visit_members(
        group, around.environment,
        [&](const syntax::GroupTest::Member& member, const Environment& environment) {
          GroupSteps inner = steps;
          const std::size_t position = ++items[at].entries;
          inner.push_back(entry_step(count_tag, position, environment.dictionary));
          return add_all(items, member.fields, {environment, std::move(inner), around.in_entry});
        });
  }

  Status add_members(Items& items, PatternItem item, const syntax::GroupTest& group,
                     const Around& around) {
    item.kind = PatternItem::Kind::members;
    item.mode = group.mode;
    const Status status = visit_members(
        group, around.environment,
        [&](const syntax::GroupTest::Member& member, const Environment& environment) {
          EntryPattern entry{member.span, {}};
          const Status made = add_all(entry.items, member.fields, {environment, {}, true});
          if (made) item.members.push_back(std::move(entry));
          return made;
        });
    if (status) items.push_back(std::move(item));
    return status;
  }

  Status add_test(Items& items, PatternItem item, const syntax::Field& field,
                  const Environment& environment) const {
    const MatcherContext context{environment, item.location.def, item.location.tag,
                                 message_.pasted};
    if (std::holds_alternative<syntax::Absent>(field.test)) {
      item.kind = PatternItem::Kind::absent;
    } else if (std::holds_alternative<syntax::CaptureOnly>(field.test)) {
      item.matcher = match_present();
    } else if (const auto* given = std::get_if<syntax::DefaultValue>(&field.test)) {
      const Result<std::string> text = fill(given->value, environment);
      if (!text) return text.error();
      if (text->empty()) return {};
      Result<MatcherPtr> matcher = match_comparison({syntax::Compare::eq, given->value}, context);
      if (!matcher) return matcher.error();
      item.matcher = std::move(*matcher);
    } else {
      Result<MatcherPtr> matcher = make_matcher(field.test, context);
      if (!matcher) return matcher.error();
      item.literal = literal_of(field, message_.pasted);
      item.matcher = std::move(*matcher);
    }
    items.push_back(std::move(item));
    return {};
  }

  const syntax::Message& message_;
  std::string msg_type_;
  std::vector<int> ignored_;
  std::vector<std::string> mentioned_;  // labels of the fields that the message itself gives
};

}  // namespace

Result<std::vector<int>> ignored_tags(const syntax::Message& message,
                                      const fix::Dictionary* dictionary) {
  std::vector<int> tags;
  if (!message.ignoring) return tags;
  for (const syntax::FieldRef& ref : message.ignoring->fields) {
    const Result<FieldName> field = resolve_field(ref, dictionary);
    if (!field) return field.error();
    tags.push_back(field->tag);
  }
  return tags;
}

Result<Items> pattern_items(const syntax::Message& message, const std::string& msg_type,
                            const Environment& environment) {
  Result<std::vector<int>> ignored = ignored_tags(message, environment.dictionary);
  if (!ignored) return ignored.error();
  return Maker(message, msg_type, std::move(*ignored)).make(environment);
}

}  // namespace fixdrill::eval
