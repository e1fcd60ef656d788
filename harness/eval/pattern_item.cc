#include "eval/pattern_item.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "eval/matchers.h"
#include "eval/names.h"

namespace fixdrill::eval {

namespace {

using Steps = std::vector<GroupStep>;

bool is_key(int tag) {
  // ClOrdID, OrigClOrdID, OrderID, ExecID, MDReqID, QuoteReqID
  constexpr std::array kKeys = {11, 41, 37, 17, 262, 131};
  return std::find(kKeys.begin(), kKeys.end(), tag) != kKeys.end();
}

GroupStep entry_step(int count_tag, std::size_t position, const fix::Dictionary* dictionary) {
  return {count_tag, position, 0, nullptr,
          fmt::format("{}[{}]", field_label(count_tag, dictionary), position)};
}

// Flat groups of a pasted message, cut by the dictionary: the entry that each field stands in.
class PastedGroups {
 public:
  PastedGroups(const syntax::Message& message, const std::string& msg_type,
               const fix::Dictionary& dictionary)
      : dictionary_(dictionary), steps_(message.fields.size()) {
    std::string bytes = fmt::format("35={}\x01", msg_type);
    for (const syntax::Field& field : message.fields) {
      const auto* test = std::get_if<syntax::Comparison>(&field.test);
      const std::string text = test && test->value.literal() ? test->value.literal_text() : "*";
      bytes += fmt::format("{}={}\x01", field.place.parts.front().ref.tag, text);
    }
    const fix::Message flat(std::move(bytes));
    // A value with SOH in it has shifted the fields: then they stay as they stand.
    if (flat.size() == steps_.size() + 1) place(fix::group_tree(flat, dictionary), {});
  }
  const Steps& of(std::size_t field) const { return steps_[field]; }

 private:
  void place(const fix::FieldTree& tree, const Steps& steps) {
    for (const fix::FieldTree::Node& node : tree.nodes) {
      if (node.index > 0) steps_[node.index - 1] = steps;
      if (!node.group) continue;
      for (std::size_t i = 0; i < node.group->entries.size(); ++i) {
        Steps inner = steps;
        inner.push_back(entry_step(node.group->count_tag, i + 1, &dictionary_));
        place(node.group->entries[i], inner);
      }
    }
  }

  const fix::Dictionary& dictionary_;
  std::vector<Steps> steps_;
};

class Maker {
 public:
  Maker(const syntax::Message& message, std::string msg_type, const Environment& environment)
      : message_(message), msg_type_(std::move(msg_type)), environment_(environment) {}

  Result<std::vector<PatternItem>> make() {
    const Status status = message_.pasted ? add_pasted() : add_all(message_.fields, {});
    if (!status) return status.error();
    return std::move(items_);
  }

 private:
  // A whole message pasted from a log: what the session owns says nothing about it (rule 7).
  Status add_pasted() {
    const bool whole = has_tag(8) && has_tag(10);
    std::optional<PastedGroups> groups;
    if (environment_.dictionary) groups.emplace(message_, msg_type_, *environment_.dictionary);
    for (std::size_t i = 0; i < message_.fields.size(); ++i) {
      const syntax::Field& field = message_.fields[i];
      if (whole && is_session_tag(field.place.parts.front().ref.tag)) continue;
      const Status status = add(field, groups ? groups->of(i) : Steps());
      if (!status) return status;
    }
    return {};
  }

  bool has_tag(int tag) const {
    return std::any_of(
        message_.fields.begin(), message_.fields.end(),
        [&](const syntax::Field& field) { return field.place.parts.front().ref.tag == tag; });
  }

  Status add_all(const std::vector<syntax::Field>& fields, const Steps& outer) {
    items_.reserve(std::max(items_.capacity(), fields.size()));
    for (const syntax::Field& field : fields) {
      const Status status = add(field, outer);
      if (!status) return status;
    }
    return {};
  }

  Status add(const syntax::Field& field, const Steps& outer) {
    Result<Location> location = locate(field.place, environment_);
    if (!location) return location.error();
    location->steps.insert(location->steps.begin(), outer.begin(), outer.end());
    PatternItem item;
    item.span = field.span;
    item.dictionary = environment_.dictionary;
    item.in_tree =
        !location->steps.empty() || needs_tree(environment_.dictionary, msg_type_, location->tag);
    item.key = is_key(location->tag) && location->steps.empty();
    item.location = std::move(*location);
    if (field.capture) item.capture = field.capture->text;
    if (item.in_tree && !environment_.dictionary)
      return fail(field.place.span, "fields of groups need a dictionary");
    if (const auto* group = std::get_if<syntax::GroupTest>(&field.test))
      return add_group(std::move(item), *group);
    return add_test(std::move(item), field);
  }

  Status add_group(PatternItem item, const syntax::GroupTest& group) {
    if (!environment_.dictionary) return fail(item.span, "groups need a dictionary");
    Steps steps = item.location.steps;
    const int count_tag = item.location.tag;
    item.kind = PatternItem::Kind::entries;
    item.in_tree = true;
    item.entries = group.members.size();
    items_.push_back(std::move(item));
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      Steps inner = steps;
      inner.push_back(entry_step(count_tag, i + 1, environment_.dictionary));
      const Status status = add_all(group.members[i].fields, inner);
      if (!status) return status;
    }
    return {};
  }

  Status add_test(PatternItem item, const syntax::Field& field) {
    const MatcherContext context{environment_, item.location.def, item.location.tag,
                                 message_.pasted};
    if (std::holds_alternative<syntax::Absent>(field.test)) {
      item.kind = PatternItem::Kind::absent;
    } else if (std::holds_alternative<syntax::CaptureOnly>(field.test)) {
      item.matcher = match_present();
    } else if (const auto* given = std::get_if<syntax::DefaultValue>(&field.test)) {
      const Result<std::string> text = fill(given->value, environment_);
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
    items_.push_back(std::move(item));
    return {};
  }

  const syntax::Message& message_;
  std::string msg_type_;
  const Environment& environment_;
  std::vector<PatternItem> items_;
};

}  // namespace

std::string entries_text(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
}

std::string PatternItem::expected() const {
  switch (kind) {
    case Kind::value:
      return matcher->describe();
    case Kind::absent:
      return "absent";
    case Kind::entries:
      return entries_text(entries);
  }
  return "";
}

Difference PatternItem::difference(const fix::Message& message,
                                   std::optional<std::size_t> at) const {
  return {span, label(), location.tag, literal,
          at ? std::optional(std::string(message[*at].value)) : std::nullopt};
}

void drop_shared_literals(std::vector<PatternItem>& items) {
  std::map<std::size_t, int> uses;  // by place
  for (const PatternItem& item : items) {
    if (item.literal) ++uses[item.literal->span.begin];
  }
  for (PatternItem& item : items) {
    if (item.literal && uses[item.literal->span.begin] > 1) item.literal.reset();
  }
}

std::string PatternItem::notation() const {
  switch (kind) {
    case Kind::value:
      return label() + matcher->notation();
    case Kind::absent:
      return fmt::format("!{}", label());
    case Kind::entries:
      return fmt::format("{} [{}]", label(), entries_text(entries));
  }
  return "";
}

Result<std::vector<PatternItem>> pattern_items(const syntax::Message& message,
                                               const std::string& msg_type,
                                               const Environment& environment) {
  return Maker(message, msg_type, environment).make();
}

}  // namespace fixdrill::eval
