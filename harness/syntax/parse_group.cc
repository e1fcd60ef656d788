// Tests of repeating groups: their members, in brackets or behind `each`.
#include "syntax/grammar.h"

namespace fixdrill::syntax {

// The members of `[ … ]`, behind the word that says how they are compared.
std::optional<FieldTest> Grammar::group(GroupTest::Mode mode) {
  if (!c_.next_is("[")) return c_.expected("'[' and the members of the group");
  const std::size_t open = c_.pos();
  const Level level(*this);
  if (!level.ok()) return std::nullopt;
  c_.take("[");
  GroupTest group;
  group.mode = mode;
  for (;;) {
    c_.skip_lines();
    while (c_.take("|")) c_.skip_lines();
    if (c_.take("]")) {
      if (mode != GroupTest::Mode::contains || !group.members.empty()) return group;
      return c_.error(c_.span(open, open + 1), "'contains' needs a member, as in [ { … } ]");
    }
    if (c_.at_end() || c_.peek() == '}' || (c_.peek_word() != "for" && at_step_word()))
      return not_closed(open, "this '[' is never closed");
    auto member = group_member();
    if (!member) return std::nullopt;
    group.members.push_back(std::move(*member));
  }
}

std::optional<GroupTest::Member> Grammar::group_member() {
  const std::size_t begin = c_.pos();
  GroupTest::Member member;
  if (c_.take_word("for")) {
    auto loop = group_loop();
    if (!loop) return std::nullopt;
    member.loop = std::move(*loop);
    if (!c_.next_is("{")) return c_.expected("'{' of the member that is made for each value");
  }
  if (!c_.next_is("{")) return c_.expected("'{' of a group member, 'for each' or ']'");
  auto listed = fields();
  if (!listed) return std::nullopt;
  member.fields = std::move(*listed);
  member.span = c_.span_from(begin);
  return member;
}

std::optional<GroupTest::Loop> Grammar::group_loop() {
  if (!c_.take_word("each")) return c_.expected("'each' after 'for'");
  auto variable = name("a name after 'for each'");
  if (!variable) return std::nullopt;
  if (!c_.take_word("in")) return c_.expected("'in' and the values, as in (A, B)");
  auto values = value_set();
  if (!values) return std::nullopt;
  return GroupTest::Loop{std::move(*variable), std::move(*values)};
}

std::optional<FieldTest> Grammar::each_entry() {
  if (!c_.next_is("{")) return c_.expected("'{' and the fields that every entry has");
  const std::size_t begin = c_.pos();
  auto listed = fields();
  if (!listed) return std::nullopt;
  GroupTest group;
  group.mode = GroupTest::Mode::each;
  group.members.push_back({c_.span_from(begin), std::move(*listed), std::nullopt});
  return group;
}

}  // namespace fixdrill::syntax
