#include "eval/pattern.h"

#include "base/text.h"
#include "eval/inspection.h"
#include "eval/names.h"
#include "eval/pattern_item.h"
#include "eval/verbatim.h"

namespace fixdrill::eval {

struct Pattern::Parts {
  std::string msg_type;
  const fix::Dictionary* dictionary = nullptr;
  std::vector<PatternItem> items;
  Strictness strict;
  std::optional<Verbatim> verbatim;  ///< instead of `items`
};

Pattern::Pattern() : parts_(std::make_unique<const Parts>()) {}
Pattern::Pattern(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::make(const syntax::Message& message, const Environment& environment) {
  const Result<std::string> type = resolve_type(message, environment);
  if (!type) return type.error();
  if (message.verbatim) {
    Result<Verbatim> verbatim = Verbatim::make(message, environment);
    if (!verbatim) return verbatim.error();
    return Pattern(std::make_unique<const Parts>(
        Parts{*type, environment.dictionary, {}, {}, std::move(*verbatim)}));
  }
  Result<std::vector<int>> ignored = ignored_tags(message, environment.dictionary);
  if (!ignored) return ignored.error();
  Result<std::vector<PatternItem>> items = pattern_items(message, *type, environment);
  if (!items) return items.error();
  drop_shared_literals(*items);
  return Pattern(std::make_unique<const Parts>(Parts{
      *type, environment.dictionary, std::move(*items), {message.exact, std::move(*ignored)}, {}}));
}

bool Pattern::accepts(const fix::Message& message, Time received) const {
  if (message.msg_type() != parts_->msg_type) return false;
  if (parts_->verbatim) return parts_->verbatim->accepts(message, received);
  return Inspection(message, parts_->dictionary, received, parts_->strict)
      .holds(parts_->items, nullptr);
}

Match Pattern::match(const fix::Message& message, Time received) const {
  Match result;
  result.type_fits = message.msg_type() == parts_->msg_type;
  if (parts_->verbatim) {
    parts_->verbatim->report(message, received, result);
    result.matches = result.type_fits && result.wrong.empty();
    return result;
  }
  Inspection inspection(message, parts_->dictionary, received, parts_->strict);
  result.fields.reserve(parts_->items.size());
  inspection.report(parts_->items, nullptr, "", result);
  result.not_checked = inspection.not_checked();
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
  if (parts_->verbatim) return parts_->verbatim->describe();
  std::vector<std::string> texts;
  for (const PatternItem& item : parts_->items) texts.push_back(item.notation());
  return join(texts, " ");
}

}  // namespace fixdrill::eval
