#include "flow/message_filter.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "fix/message.h"
#include "flow/filter_tree.h"
#include "flow/group_spans.h"

namespace fixdrill::flow {

namespace {

bool contains(std::string_view raw, std::string_view needle) {
  return memmem(raw.data(), raw.size(), needle.data(), needle.size()) != nullptr;
}

// False only when the message cannot match: most messages are told apart by their bytes, without
// cutting them into fields.
bool may_match(const FilterNode& node, std::string_view raw) {
  const auto part_may = [raw](const FilterNode& part) { return may_match(part, raw); };
  switch (node.kind) {
    case FilterNode::Kind::all:
      return std::all_of(node.parts.begin(), node.parts.end(), part_may);
    case FilterNode::Kind::any:
      return std::any_of(node.parts.begin(), node.parts.end(), part_may);
    case FilterNode::Kind::no:
      return true;
    case FilterNode::Kind::test:
      break;
  }
  const FilterTest& test = node.test;
  if (test.field.tag == 0) return test.field.name.empty();
  const std::vector<std::string>& needles = test.needles;
  return needles.empty() ||
         std::any_of(needles.begin(), needles.end(),
                     [raw](const std::string& needle) { return contains(raw, needle); });
}

bool equal(const FilterValue& wanted, std::string_view got) {
  if (wanted.number) {
    const auto number = fix::Decimal::parse(got);
    if (number) return *number == *wanted.number;
  }
  return got == wanted.text;
}

bool is_in(const std::vector<FilterValue>& values, std::string_view got) {
  return std::any_of(values.begin(), values.end(),
                     [got](const FilterValue& value) { return equal(value, got); });
}

bool equals_one(const FilterTest& test, std::string_view got) {
  if (is_in(test.values, got)) return true;
  if (!test.list) return false;
  const std::vector<std::string_view> codes = split(got, ' ');
  return std::any_of(codes.begin(), codes.end(),
                     [&test](std::string_view code) { return is_in(test.values, code); });
}

// Below 0, 0, above 0. Numbers as numbers, anything else by its bytes: times are in order so.
int order(const FilterValue& wanted, std::string_view got) {
  const auto number = wanted.number ? fix::Decimal::parse(got) : std::nullopt;
  if (!number) return got.compare(wanted.text);
  return *number < *wanted.number ? -1 : (*number == *wanted.number ? 0 : 1);
}

/// One message, cut into fields; into groups only when somebody asks.
class Subject {
 public:
  Subject(std::string_view raw, const fix::Dictionary* dictionary)
      : message_(std::string(raw)), dictionary_(dictionary) {}

  bool matches(const FilterNode& node) { return holds(node, {0, message_.size()}); }

 private:
  bool holds(const FilterNode& node, const FieldRange& range) {
    const auto part_holds = [this, &range](const FilterNode& part) { return holds(part, range); };
    switch (node.kind) {
      case FilterNode::Kind::all:
        return std::all_of(node.parts.begin(), node.parts.end(), part_holds);
      case FilterNode::Kind::any:
        return std::any_of(node.parts.begin(), node.parts.end(), part_holds);
      case FilterNode::Kind::no:
        return !holds(node.parts.front(), range);
      case FilterNode::Kind::test:
        break;
    }
    return inside(node.test, 0, range);
  }

  // The test inside the entries that its groups from `depth` on name.
  bool inside(const FilterTest& test, std::size_t depth, const FieldRange& range) {
    if (depth == test.groups.size()) return passes(test, range);
    const FilterGroup& wanted = test.groups[depth];
    const std::vector<GroupSpan> groups = groups_of(wanted.group.tag, range);
    return std::any_of(groups.begin(), groups.end(), [&](const GroupSpan& group) {
      for (std::size_t i = 0; i < group.entries.size(); ++i) {
        if (wanted.index != 0 && wanted.index != i + 1) continue;
        if (!wanted.condition.empty() && !holds(wanted.condition.front(), group.entries[i]))
          continue;
        if (inside(test, depth + 1, group.entries[i])) return true;
      }
      return false;
    });
  }

  std::vector<GroupSpan> groups_of(int count_tag, const FieldRange& range) {
    if (count_tag == 0) return {};
    if (!cut_)
      groups_ = dictionary_ ? group_spans(message_, *dictionary_) : std::vector<GroupSpan>();
    cut_ = true;
    std::vector<GroupSpan> found;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (message_[i].tag != count_tag) continue;
      const auto known = std::find_if(groups_.begin(), groups_.end(),
                                      [i](const GroupSpan& group) { return group.at == i; });
      found.push_back(known != groups_.end() ? *known : guessed_group(message_, i));
    }
    return found;
  }

  bool passes(const FilterTest& test, const FieldRange& range) const {
    if (test.field.tag == 0) return test.field.name.empty();
    bool there = false;
    bool hit = false;
    for (std::size_t i = range.begin; i < range.end && !hit; ++i) {
      const fix::FieldView field = message_[i];
      if (field.tag != test.field.tag) continue;
      there = true;
      hit = value_passes(test, field.value);
    }
    const bool negative =
        test.compare == FilterCompare::not_equal || test.compare == FilterCompare::unlike;
    return negative ? there && !hit : hit;
  }

  // Of `!=` and `!~`: whether it passes what they deny.
  static bool value_passes(const FilterTest& test, std::string_view got) {
    switch (test.compare) {
      case FilterCompare::present:
        return true;
      case FilterCompare::equal:
      case FilterCompare::not_equal:
        return equals_one(test, got);
      case FilterCompare::like:
      case FilterCompare::unlike:
        return test.regex(got);
      case FilterCompare::less:
        return order(test.values.front(), got) < 0;
      case FilterCompare::at_most:
        return order(test.values.front(), got) <= 0;
      case FilterCompare::greater:
        return order(test.values.front(), got) > 0;
      case FilterCompare::at_least:
        return order(test.values.front(), got) >= 0;
    }
    return false;
  }

  fix::Message message_;
  const fix::Dictionary* dictionary_;
  bool cut_ = false;
  std::vector<GroupSpan> groups_;
};

}  // namespace

MessageFilter::MessageFilter(FilterNode tree)
    : tree_(std::make_shared<const FilterNode>(std::move(tree))) {}

Result<MessageFilter> MessageFilter::parse(std::string_view text, const FilterWords& words) {
  Result<FilterNode> tree = parse_filter(text, words);
  if (!tree) return tree.error();
  return MessageFilter(std::move(*tree));
}

const FilterNode& MessageFilter::bound_to(const fix::DictionaryPtr& dictionary) {
  for (const auto& [known, bound] : bound_) {
    if (known == dictionary) return *bound;
  }
  auto bound = std::make_shared<const FilterNode>(bind_filter(*tree_, dictionary.get()));
  return *bound_.emplace_back(dictionary, std::move(bound)).second;
}

bool MessageFilter::matches(std::string_view raw, const fix::DictionaryPtr& dictionary) {
  const FilterNode& node = bound_to(dictionary);
  // Every field but the first has SOH before it, and nearly always the first is BeginString(8).
  if (raw.starts_with("8=") && !may_match(node, raw)) return false;
  return Subject(raw, dictionary.get()).matches(node);
}

}  // namespace fixdrill::flow
