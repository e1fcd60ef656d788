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

bool by_number(const syntax::FieldRef& ref) { return ref.name.empty(); }

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
  if (!by_tag && !(by_number(ref) && for_many_versions(place)))
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
  void operator()(const syntax::CaptureOnly&) const {}
  void operator()(const syntax::Present&) const { expect_only("= *"); }
  void operator()(const syntax::Comparison& test) const {
    if (test.op != syntax::Compare::eq) expect_only(sign(test.op));
    if (test.op == syntax::Compare::eq || test.op == syntax::Compare::ne) check_name(test.value);
    check_text(test.value);
  }
  void operator()(const syntax::DefaultValue& test) const {
    check_name(test.value);
    check_text(test.value);
  }
  void operator()(const syntax::Tolerance& test) const {
    expect_only("+-");
    check_text(test.value);
    check_expression(*test.width, place_);
  }
  void operator()(const syntax::RegexTest& test) const {
    expect_only(test.negated ? "!~" : "~");
    check_text(test.regex.value);
    check_regex(test.regex, place_);
  }
  void operator()(const syntax::InSet& test) const {
    expect_only("in");
    for (const syntax::Value& value : test.values) {
      check_name(value);
      check_text(value);
    }
  }
  void operator()(const syntax::InRange& test) const {
    expect_only("in");
    check_text(test.low);
    check_text(test.high);
  }
  void operator()(const syntax::IsShape& test) const {
    expect_only("is");
    const auto shapes = shape_names();
    if (std::find(shapes.begin(), shapes.end(), test.shape.text) == shapes.end())
      place_.findings.error(test.shape.span, unknown_shape(test.shape.text));
  }
  void operator()(const syntax::GroupTest& test) const {
    if (test.mode == syntax::GroupTest::Mode::unordered) expect_only("unordered");
    if (test.mode == syntax::GroupTest::Mode::contains) expect_only("contains");
    if (test.mode == syntax::GroupTest::Mode::each) expect_only("each");
    FieldsOf inside = inside_group(name_.tag, span, of_, place_);
    inside.repeated = of_.repeated || test.mode == syntax::GroupTest::Mode::each;
    check_members(test, inside, place_);
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

  // Text with its expressions; a whole message is none.
  void check_text(const syntax::Value& value) const {
    check_value(value, place_);
    for (const syntax::Value::Piece& piece : value.pieces) {
      const auto* path = piece.expr ? std::get_if<syntax::PathExpr>(&piece.expr->node) : nullptr;
      using Kind = KnownName::Kind;
      const Kind kind = path ? known_of(path->path, place_).kind : Kind::value;
      if (kind == Kind::value || kind == Kind::any) continue;
      const char* example = kind == Kind::list     ? "[1].ClOrdID"
                            : kind == Kind::record ? ".result"
                                                   : ".ClOrdID";
      place_.findings.error(piece.expr->span,
                            fmt::format("'{0}' is no value; name a field of it, as in {0}{1}",
                                        piece.expr->span.text(), example));
    }
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
  FieldsOf inside = inside_group(name.tag, part.ref.span, of, place);
  if (part.index->position) {
    check_expression(*part.index->position, place);
    return inside;
  }
  check_value(part.index->value, place);
  if (const auto key = known_field(part.index->key, place)) {
    check_membership(*key, part.index->key.span, inside, place);
    TestCheck{*key, inside, place}(syntax::Comparison{syntax::Compare::eq, part.index->value});
  }
  return inside;
}

// Every part but the last says which entry; the last is a field of it.
void check_part(const syntax::Place::Part& part, bool last, const FieldName& name,
                const Place& place) {
  if (last != part.index.has_value()) return;
  const std::string label = field_label(name.tag, place.dictionary);
  if (last)
    place.findings.error(part.index->span,
                         fmt::format("name a field of this entry: {}[…].Field", label));
  else
    place.findings.error(part.ref.span,
                         fmt::format("say which entry of {}: [1] or [Field = value]", label));
}

void check_field(const syntax::Field& field, const FieldsOf& of, const Place& place) {
  FieldsOf here = of;
  std::optional<FieldName> name;
  for (const syntax::Place::Part& part : field.place.parts) {
    name = known_field(part.ref, place);
    if (name && !(by_number(part.ref) && for_many_versions(place)))
      check_membership(*name, part.ref.span, here, place);
    if (name) check_part(part, &part == &field.place.parts.back(), *name, place);
    if (part.index) here = descend(part, name.value_or(FieldName{}), here, place);
  }
  const FieldName found = name.value_or(FieldName{});
  TestCheck test{found, here, place};
  test.span = field.span;
  std::visit(test, field.test);
}

void check_capture(const syntax::Field& field, const FieldsOf& of, const Place& place) {
  if (of.use == Use::send)
    place.findings.error(field.capture->span,
                         "a message to send takes values; '-> name' keeps what arrives");
  if (of.repeated)
    place.findings.error(field.capture->span,
                         "several entries would set this name; take it from one, as in Group[1]."
                         "Field -> name");
  define(*field.capture, KnownName{}, place);
}

}  // namespace

void check_fields(const std::vector<syntax::Field>& fields, const FieldsOf& of,
                  const Place& place) {
  for (const syntax::Field& field : fields) check_field(field, of, place);
  for (const syntax::Field& field : fields) {
    if (field.capture) check_capture(field, of, place);
  }
}

void check_ignoring(const syntax::Message& message, const Place& place) {
  if (!message.ignoring) return;
  for (const syntax::FieldRef& ref : message.ignoring->fields) {
    const auto ignored = known_field(ref, place);
    if (!ignored || message.pasted) continue;
    for (const syntax::Field& field : message.fields) {
      const syntax::FieldRef& written = field.place.parts.front().ref;
      const Result<FieldName> name = resolve_field(written, place.dictionary);
      if (!name || name->tag != ignored->tag || field.place.parts.size() > 1) continue;
      place.findings.warning(field.span, fmt::format("{} is not looked at: 'ignoring' drops it",
                                                     field_label(name->tag, place.dictionary)));
    }
  }
}

}  // namespace fixdrill::eval
