#include <fmt/format.h>

#include "base/text.h"
#include "flow/filter_tree.h"

namespace fixdrill::flow {

namespace {

const fix::FieldDef* look_up(FilterField& field, const fix::Dictionary* dictionary) {
  if (dictionary == nullptr) return nullptr;
  if (field.tag != 0) return dictionary->field(field.tag);
  const fix::FieldDef* def = dictionary->field(field.name);
  if (def != nullptr) field.tag = def->tag;
  return def;
}

std::string code_of(const std::string& text, const fix::FieldDef& def,
                    const fix::Dictionary& dictionary) {
  if (def.value_by_code(text) != nullptr) return text;
  if (def.tag == 35) {
    const fix::MessageDef* message = dictionary.message_named(text);
    if (message != nullptr) return message->msg_type;
  }
  const fix::EnumValue* value = def.value_by_name(text);
  return value == nullptr ? text : value->code;
}

bool is_ordered(FilterCompare compare) {
  return compare == FilterCompare::less || compare == FilterCompare::at_most ||
         compare == FilterCompare::greater || compare == FilterCompare::at_least;
}

// The bytes before a value are certain; those of the value itself only where it is compared as
// text. BeginString(8) has no SOH before it.
std::vector<std::string> needles_of(const FilterTest& test) {
  const int tag = test.field.tag;
  if (tag == 0 || tag == 8) return {};
  const std::string start = fmt::format("{}{}=", kSoh, tag);
  const bool exact = test.compare == FilterCompare::equal && !test.list;
  if (!exact) return {start};
  std::vector<std::string> needles;
  for (const FilterValue& value : test.values) {
    if (value.number) return {start};
    needles.push_back(start + value.text);
  }
  return needles;
}

FilterTest bind_test(FilterTest test, const fix::Dictionary* dictionary) {
  for (FilterGroup& group : test.groups) {
    look_up(group.group, dictionary);
    for (FilterNode& condition : group.condition) condition = bind_filter(condition, dictionary);
  }
  const fix::FieldDef* def = look_up(test.field, dictionary);
  if (def != nullptr) {
    test.kind = def->kind;
    test.list = def->type.starts_with("MULTIPLE");
    for (FilterValue& value : test.values) value.text = code_of(value.text, *def, *dictionary);
  }
  if (test.kind == fix::ValueClass::decimal || is_ordered(test.compare))
    for (FilterValue& value : test.values) value.number = fix::Decimal::parse(value.text);
  test.needles = needles_of(test);
  return test;
}

}  // namespace

FilterNode bind_filter(const FilterNode& node, const fix::Dictionary* dictionary) {
  FilterNode out;
  out.kind = node.kind;
  for (const FilterNode& part : node.parts) out.parts.push_back(bind_filter(part, dictionary));
  if (node.kind == FilterNode::Kind::test) out.test = bind_test(node.test, dictionary);
  return out;
}

}  // namespace fixdrill::flow
