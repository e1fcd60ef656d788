#include "eval/pattern.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/names.h"
#include "eval/pattern_item.h"
#include "fix/group.h"

namespace fixdrill::eval {

struct Pattern::Parts {
  std::string msg_type;
  const fix::Dictionary* dictionary = nullptr;
  std::vector<PatternItem> items;
};

namespace {

// One message while it is looked at; its tree is made when the first item needs it.
class Inspection {
 public:
  Inspection(const fix::Message& message, const fix::Dictionary* dictionary, Time received)
      : message_(message), dictionary_(dictionary), received_(received) {}

  std::optional<std::size_t> index(const PatternItem& item) {
    if (!item.in_tree) return message_.index_of(item.location.tag);
    const fix::FieldTree::Node* node = this->node(item);
    return node ? std::optional(node->index) : std::nullopt;
  }

  bool holds(const PatternItem& item) { return holds(item, index(item)); }

  // `at`: what index() says.
  bool holds(const PatternItem& item, std::optional<std::size_t> at) {
    switch (item.kind) {
      case PatternItem::Kind::value:
        return at && item.matcher->accepts(message_[*at].value, received_);
      case PatternItem::Kind::absent:
        return !at;
      case PatternItem::Kind::entries:
        return entries_fit(item);
    }
    return false;
  }

  // For the column "received".
  std::string received(const PatternItem& item, std::optional<std::size_t> at) {
    if (!at) return "(absent)";
    if (item.kind == PatternItem::Kind::entries) return entries_received(item);
    const std::string_view value = message_[*at].value;
    return printable(dictionary_ ? dictionary_->value_label(item.location.tag, value)
                                 : std::string(value));
  }

 private:
  const fix::FieldTree::Node* node(const PatternItem& item) {
    if (!tree_) tree_ = fix::group_tree(message_, *dictionary_);
    return node_in(*tree_, message_, item.location, received_);
  }

  bool entries_fit(const PatternItem& item) {
    const fix::FieldTree::Node* at = node(item);
    if (!at) return item.entries == 0;
    const std::size_t there = at->group ? at->group->entries.size() : 0;
    return there == item.entries && message_[at->index].value == std::to_string(there);
  }

  std::string entries_received(const PatternItem& item) {
    const fix::FieldTree::Node* at = node(item);
    const std::size_t there = at->group ? at->group->entries.size() : 0;
    const std::string_view declared = message_[at->index].value;
    if (declared == std::to_string(there)) return entries_text(there);
    return fmt::format("{}, but it says {}", entries_text(there), printable(declared));
  }

  const fix::Message& message_;
  const fix::Dictionary* dictionary_;
  Time received_;
  std::optional<fix::FieldTree> tree_;
};

bool is_body(int tag) { return !fix::is_header_tag(tag) && !fix::is_trailer_tag(tag); }

std::size_t count_unchecked(const fix::Message& message, const std::vector<bool>& checked) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (!checked[i] && is_body(message[i].tag)) ++count;
  }
  return count;
}

}  // namespace

Pattern::Pattern() : parts_(std::make_unique<const Parts>()) {}
Pattern::Pattern(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::make(const syntax::Message& message, const Environment& environment) {
  const Result<std::string> type = resolve_type(message.type, environment);
  if (!type) return type.error();
  Result<std::vector<PatternItem>> items = pattern_items(message, *type, environment);
  if (!items) return items.error();
  drop_shared_literals(*items);
  return Pattern(
      std::make_unique<const Parts>(Parts{*type, environment.dictionary, std::move(*items)}));
}

bool Pattern::accepts(const fix::Message& message, Time received) const {
  if (message.msg_type() != parts_->msg_type) return false;
  Inspection inspection(message, parts_->dictionary, received);
  return std::all_of(parts_->items.begin(), parts_->items.end(),
                     [&](const PatternItem& item) { return inspection.holds(item); });
}

Match Pattern::match(const fix::Message& message, Time received) const {
  Match result;
  result.type_fits = message.msg_type() == parts_->msg_type;
  Inspection inspection(message, parts_->dictionary, received);
  std::vector<bool> checked(message.size());
  result.fields.reserve(parts_->items.size());
  for (const PatternItem& item : parts_->items) {
    const auto at = inspection.index(item);
    const bool ok = inspection.holds(item, at);
    if (at) checked[*at] = true;
    if (ok) ++result.equal;
    if (ok && item.key) ++result.key_equal;
    if (!ok) result.wrong.push_back(item.span);
    if (!ok) result.differences.push_back(item.difference(message, at));
    if (at && !item.capture.empty())
      result.captures.emplace_back(item.capture, std::string(message[*at].value));
    result.fields.push_back({ok, item.label(), item.expected(), inspection.received(item, at)});
  }
  result.not_checked = count_unchecked(message, checked);
  result.matches = result.type_fits && result.wrong.empty();
  if (!result.matches) result.captures.clear();
  return result;
}

const std::string& Pattern::msg_type() const { return parts_->msg_type; }

std::string Pattern::type_label() const {
  return parts_->dictionary ? parts_->dictionary->message_label(parts_->msg_type)
                            : "35=" + parts_->msg_type;
}

std::string Pattern::describe() const {
  std::vector<std::string> texts;
  for (const PatternItem& item : parts_->items) texts.push_back(item.notation());
  return join(texts, " ");
}

}  // namespace fixdrill::eval
