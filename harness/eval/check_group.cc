// Repeating groups: which fields their entries have, and what is said of them.
#include <fmt/format.h>

#include "eval/check_scope.h"
#include "eval/names.h"

namespace fixdrill::eval {

namespace {

// The variable of a loop is known in its member only.
void check_loop(const syntax::GroupTest::Member& member, FieldsOf inside, const Place& place) {
  for (const syntax::Value& value : member.loop->values) check_value(value, place);
  const syntax::Name& variable = member.loop->variable;
  if (place.scope.known.contains(variable.text))
    place.findings.error(
        variable.span,
        fmt::format("'{}' is set already; give the loop a name of its own", variable.text));
  Scope scope = place.scope;
  scope.known[variable.text] = KnownName{};
  inside.repeated = true;
  check_fields(
      member.fields, inside,
      Place{place.findings, scope, place.file, place.session, place.facts, place.dictionary});
}

}  // namespace

const fix::GroupDef* find_group(const fix::MemberSet& members, int tag) {
  for (const auto& [count_tag, group] : members.groups) {
    if (count_tag == tag) return group.get();
    if (const auto* inner = find_group(group->members, tag)) return inner;
  }
  return nullptr;
}

FieldsOf inside_group(int tag, const Span& span, const FieldsOf& of, const Place& place) {
  const fix::GroupDef* group = of.members ? find_group(*of.members, tag) : nullptr;
  if (!group && of.body && place.dictionary) group = find_group(place.dictionary->header(), tag);
  const bool known = place.dictionary && place.dictionary->field(tag);
  if (!group && known && of.members)
    place.findings.warning(span, fmt::format("{} is no repeating group of {} in {}",
                                             place.dictionary->field_label(tag), of.owner,
                                             place.dictionary->version()));
  return {of.use,
          group ? &group->members : nullptr,
          place.dictionary ? place.dictionary->field_label(tag) : "",
          false,
          false,
          of.repeated};
}

void check_members(const syntax::GroupTest& group, const FieldsOf& inside, const Place& place) {
  for (const syntax::GroupTest::Member& member : group.members) {
    if (member.loop)
      check_loop(member, inside, place);
    else
      check_fields(member.fields, inside, place);
  }
}

}  // namespace fixdrill::eval
