#include "eval/like_items.h"

#include <algorithm>
#include <utility>

#include "eval/matchers.h"
#include "eval/outline.h"
#include "eval/pasted_groups.h"
#include "eval/path.h"

namespace fixdrill::eval {

namespace {

using Items = std::vector<PatternItem>;

class LikeMaker {
 public:
  LikeMaker(const LikeMessage& like, const std::vector<std::string>& mentioned,
            const Environment& environment)
      : like_(like), mentioned_(mentioned), environment_(environment) {}

  Status add(const Outline& outline, const GroupSteps& steps) {
    for (const OutField& field : outline) {
      const Status status = add_field(field, steps);
      if (!status) return status;
    }
    return {};
  }

  Items take() { return std::move(items_); }

 private:
  Status add_field(const OutField& field, const GroupSteps& steps) {
    const bool ignored =
        std::find(like_.ignored.begin(), like_.ignored.end(), field.tag) != like_.ignored.end();
    PatternItem item;
    item.location.tag = field.tag;
    item.location.steps = steps;
    const fix::Dictionary* dictionary = environment_.dictionary;
    item.location.def = dictionary ? dictionary->field(field.tag) : nullptr;
    item.dictionary = dictionary;
    const bool written =
        std::find(mentioned_.begin(), mentioned_.end(), item.label()) != mentioned_.end();
    if (ignored || written) return {};
    item.span = like_.path.span;
    item.in_tree =
        field.group || !steps.empty() || needs_tree(dictionary, like_.msg_type, field.tag);
    if (field.group) return add_group(std::move(item), field);
    const syntax::Value value{item.span, false, {{item.span, field.value, nullptr}}};
    const MatcherContext context{environment_, item.location.def, field.tag, true};
    Result<MatcherPtr> matcher = match_comparison({syntax::Compare::eq, value}, context);
    if (!matcher) return matcher.error();
    item.matcher = std::move(*matcher);
    items_.push_back(std::move(item));
    return {};
  }

  Status add_group(PatternItem item, const OutField& group) {
    const GroupSteps steps = item.location.steps;
    item.kind = PatternItem::Kind::entries;
    item.entries = group.entries.size();
    items_.push_back(std::move(item));
    for (std::size_t i = 0; i < group.entries.size(); ++i) {
      GroupSteps inner = steps;
      inner.push_back(entry_step(group.tag, i + 1, environment_.dictionary));
      const Status status = add(group.entries[i], inner);
      if (!status) return status;
    }
    return {};
  }

  const LikeMessage& like_;
  const std::vector<std::string>& mentioned_;
  const Environment& environment_;
  Items items_;
};

}  // namespace

Result<Items> with_like_items(const LikeMessage& like, Items items,
                              const std::vector<std::string>& mentioned,
                              const Environment& environment) {
  const Result<NamedMessage> named = message_of(like.path, environment);
  if (!named) return named.error();
  LikeMaker maker(like, mentioned, environment);
  const Status status = maker.add(copy_body(*named, like.msg_type, environment.dictionary), {});
  if (!status) return status.error();
  Items all = maker.take();
  for (PatternItem& item : items) all.push_back(std::move(item));
  return all;
}

}  // namespace fixdrill::eval
