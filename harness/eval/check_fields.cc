// Fields of a message and their tests against the dictionary.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "eval/matchers.h"
#include "eval/names.h"
#include "eval/regex.h"
#include "eval/walk.h"

namespace fixdrill::eval {

bool holds_anywhere(const fix::MemberSet& members, int tag) {
  return members.has(tag) ||
         std::any_of(members.groups.begin(), members.groups.end(), [&](const auto& group) {
           return group.first == tag || holds_anywhere(group.second->members, tag);
         });
}

namespace {

const fix::GroupDef* find_group(const fix::MemberSet& members, int tag) {
  for (const auto& [count_tag, group] : members.groups) {
    if (count_tag == tag) return group.get();
    if (const auto* inner = find_group(group->members, tag)) return inner;
  }
  return nullptr;
}

// The definition behind a reference; reports what is unknown. Null def: a tag nobody knows.
std::optional<FieldName> known_field(const syntax::FieldRef& ref, const Place& place) {
  const fix::Dictionary* dictionary = place.dictionary;
  if (!dictionary) return ref.tag != 0 ? std::optional(FieldName{ref.tag, nullptr}) : std::nullopt;
  const fix::FieldDef* by_name = ref.name.empty() ? nullptr : dictionary->field(ref.name);
  if (!ref.name.empty() && !by_name) {
    place.findings.error(ref.span, unknown_field(ref.name, dictionary));
    return std::nullopt;
  }
  if (by_name && ref.tag != 0 && by_name->tag != ref.tag) {
    place.findings.error(ref.span,
                         fmt::format("{} is tag {}, not {}", by_name->name, by_name->tag, ref.tag));
    return std::nullopt;
  }
  if (by_name) return FieldName{by_name->tag, by_name};
  const fix::FieldDef* by_tag = dictionary->field(ref.tag);
  if (!by_tag)
    place.findings.warning(ref.span,
                           fmt::format("tag {} is not in {}", ref.tag, dictionary->version()));
  return FieldName{ref.tag, by_tag};
}

void check_membership(const FieldName& field, const Span& span, const FieldsOf& of,
                      const Place& place) {
  if (!of.members || !field.def || holds_anywhere(*of.members, field.tag)) return;
  if (of.body && (holds_anywhere(place.dictionary->header(), field.tag) ||
                  holds_anywhere(place.dictionary->trailer(), field.tag)))
    return;
  place.findings.warning(
      span, fmt::format("{} has no field {} in {}", of.owner,
                        place.dictionary->field_label(field.tag), place.dictionary->version()));
}

/// One field and what is tested of it.
class TestCheck {
 public:
  TestCheck(const FieldName& name, const FieldsOf& of, const Place& place)
      : name_(name), of_(of), place_(place) {}

  void operator()(const syntax::Absent&) const {}
  void operator()(const syntax::CaptureOnly&) const { expect_only("-> name"); }
  void operator()(const syntax::Present&) const { expect_only("= *"); }
  void operator()(const syntax::Comparison& test) const {
    if (test.op != syntax::Compare::eq) expect_only(sign(test.op));
    if (test.op == syntax::Compare::eq || test.op == syntax::Compare::ne) check_name(test.value);
    check_value(test.value, place_);
  }
  void operator()(const syntax::DefaultValue& test) const {
    check_name(test.value);
    check_value(test.value, place_);
  }
  void operator()(const syntax::Tolerance& test) const {
    expect_only("+-");
    check_value(test.value, place_);
  }
  void operator()(const syntax::RegexTest& test) const {
    expect_only(test.negated ? "!~" : "~");
    check_value(test.regex.value, place_);
    if (!test.regex.value.literal()) return;
    const World world;
    const Bindings none(world);
    const auto compiled =
        CompiledRegex::make(test.regex, test.span, Environment{none, nullptr, {}, {}, {}});
    if (!compiled)
      place_.findings.error(test.span, "this is no regular expression: RE2 refuses it");
  }
  void operator()(const syntax::InSet& test) const {
    expect_only("in");
    for (const syntax::Value& value : test.values) {
      check_name(value);
      check_value(value, place_);
    }
  }
  void operator()(const syntax::InRange& test) const {
    expect_only("in");
    check_value(test.low, place_);
    check_value(test.high, place_);
  }
  void operator()(const syntax::IsShape& test) const {
    expect_only("is");
    const auto shapes = shape_names();
    if (std::find(shapes.begin(), shapes.end(), test.shape.text) == shapes.end())
      place_.findings.error(test.shape.span,
                            fmt::format("no shape '{}'{}", test.shape.text,
                                        did_you_mean_text(test.shape.text, shapes)));
  }
  void operator()(const syntax::GroupTest& test) const {
    const fix::GroupDef* group = of_.members ? find_group(*of_.members, name_.tag) : nullptr;
    if (!group && name_.def && of_.members && !test.members.empty())
      place_.findings.warning(span, fmt::format("{} is no repeating group of {} in {}",
                                                place_.dictionary->field_label(name_.tag),
                                                of_.owner, place_.dictionary->version()));
    const FieldsOf inside{of_.use, group ? &group->members : nullptr,
                          place_.dictionary ? place_.dictionary->field_label(name_.tag) : "", false,
                          false};
    for (const auto& member : test.members) check_fields(member.fields, inside, place_);
  }

  Span span;

 private:
  static const char* sign(syntax::Compare op) {
    switch (op) {
      case syntax::Compare::eq:
        return "=";
      case syntax::Compare::ne:
        return "!=";
      case syntax::Compare::lt:
        return "<";
      case syntax::Compare::le:
        return "<=";
      case syntax::Compare::gt:
        return ">";
      case syntax::Compare::ge:
        return ">=";
    }
    return "";
  }

  void expect_only(std::string_view test) const {
    if (of_.use == Use::send)
      place_.findings.error(span, fmt::format("a message to send takes values; '{}' is a test of "
                                              "what arrives",
                                              test));
  }

  // A value of an enumerated field is one of its codes or names; pasted it may be anything.
  void check_name(const syntax::Value& value) const {
    if (!enumerated(name_.def) || value.quoted || !value.literal() || value.pieces.empty()) return;
    const std::string text = value.literal_text();
    if (holds_several(*name_.def) || enum_code(*name_.def, text)) return;
    std::string message = no_such_value(*name_.def, text, place_.dictionary);
    if (of_.pasted)
      place_.findings.warning(value.span, std::move(message));
    else
      place_.findings.error(value.span, std::move(message));
  }

  const FieldName& name_;
  const FieldsOf& of_;
  const Place& place_;
};

// Behind an index the members are those of its group.
FieldsOf descend(const syntax::Place::Part& part, const FieldName& name, const FieldsOf& of,
                 const Place& place) {
  if (part.index->position) check_expression(*part.index->position, place);
  const fix::GroupDef* group = of.members ? find_group(*of.members, name.tag) : nullptr;
  FieldsOf inside{of.use, group ? &group->members : nullptr,
                  place.dictionary ? place.dictionary->field_label(name.tag) : "", false, false};
  if (part.index->position) return inside;
  check_value(part.index->value, place);
  if (const auto key = known_field(part.index->key, place)) {
    check_membership(*key, part.index->key.span, inside, place);
    TestCheck{*key, inside, place}(syntax::Comparison{syntax::Compare::eq, part.index->value});
  }
  return inside;
}

void check_field(const syntax::Field& field, const FieldsOf& of, const Place& place) {
  FieldsOf here = of;
  std::optional<FieldName> name;
  for (const syntax::Place::Part& part : field.place.parts) {
    name = known_field(part.ref, place);
    if (name) check_membership(*name, part.ref.span, here, place);
    if (part.index) here = descend(part, name.value_or(FieldName{}), here, place);
  }
  const FieldName found = name.value_or(FieldName{});
  TestCheck test{found, here, place};
  test.span = field.span;
  std::visit(test, field.test);
}

}  // namespace

void check_fields(const std::vector<syntax::Field>& fields, const FieldsOf& of,
                  const Place& place) {
  for (const syntax::Field& field : fields) check_field(field, of, place);
  for (const syntax::Field& field : fields) {
    if (!field.capture) continue;
    if (of.use == Use::send && !std::holds_alternative<syntax::CaptureOnly>(field.test))
      place.findings.error(field.capture->span,
                           "a message to send takes values; '-> name' keeps what arrives");
    define(*field.capture, KnownName{}, place);
  }
}

}  // namespace fixdrill::eval
