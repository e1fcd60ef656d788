#include "eval/pattern_item.h"

#include <fmt/format.h>
#include <map>
#include <utility>

#include "base/text.h"

namespace fixdrill::eval {

namespace {

using Mode = syntax::GroupTest::Mode;

std::string members_expected(const PatternItem& item) {
  switch (item.mode) {
    case Mode::ordered:
      break;
    case Mode::unordered:
      return entries_text(item.members.size()) + ", any order";
    case Mode::contains:
      return fmt::format("{} among its entries", item.members.size());
    case Mode::each:
      return "every entry fits";
  }
  return entries_text(item.members.size());
}

std::string members_notation(const PatternItem& item) {
  std::vector<std::string> texts;
  for (const EntryPattern& member : item.members)
    texts.push_back(fmt::format("{{{}}}", member.notation()));
  const std::string all = join(texts, " ");
  if (item.mode == Mode::each) return fmt::format("{} each {}", item.label(), all);
  const char* word = item.mode == Mode::unordered ? "unordered" : "contains";
  return fmt::format("{} {} [{}]", item.label(), word, all);
}

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
    case Kind::members:
      return members_expected(*this);
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
    case Kind::members:
      return members_notation(*this);
  }
  return "";
}

std::string EntryPattern::notation() const {
  std::vector<std::string> texts;
  for (const PatternItem& item : items) texts.push_back(item.notation());
  return join(texts, " ");
}

}  // namespace fixdrill::eval
