#include "eval/names.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "eval/path.h"

namespace fixdrill::eval {

namespace {

// Names that another FIX version has for a value which this one calls otherwise.
struct RenamedValue {
  int tag;
  std::string_view folded;
  std::string_view code;
};
constexpr std::array kRenamed = {
    RenamedValue{150, "fill", "F"},        RenamedValue{150, "filled", "F"},
    RenamedValue{150, "partialfill", "F"}, RenamedValue{150, "partiallyfilled", "F"},
    RenamedValue{20, "fill", "0"},
};

std::string version_text(const fix::Dictionary* dictionary) {
  return dictionary ? " in " + dictionary->version() : std::string();
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = did_you_mean(word, candidates);
  return near ? fmt::format("; did you mean {}?", *near) : std::string();
}

const fix::EnumValue* nearest_value(const fix::FieldDef& field, std::string_view text) {
  const std::string folded = fold_name(text);
  for (const RenamedValue& renamed : kRenamed) {
    if (renamed.tag == field.tag && renamed.folded == folded)
      return field.value_by_code(renamed.code);
  }
  std::vector<std::string> names;
  for (const fix::EnumValue& value : field.values) names.push_back(value.name);
  const auto near = did_you_mean(text, names);
  return near ? field.value_by_name(*near) : nullptr;
}

FieldName by_tag(int tag, const fix::Dictionary* dictionary) {
  return {tag, dictionary ? dictionary->field(tag) : nullptr};
}

Result<FieldName> by_text(const Span& span, const std::string& text,
                          const fix::Dictionary* dictionary) {
  constexpr std::size_t kLargestTag = 999'999'999;
  const std::size_t digits = parse_size(text).value_or(0);
  if (digits != 0) return by_tag(static_cast<int>(std::min(digits, kLargestTag)), dictionary);
  const fix::FieldDef* def = dictionary ? dictionary->field(text) : nullptr;
  if (!def) return fail(span, unknown_field(text, dictionary));
  return FieldName{def->tag, def};
}

// `Held 6` -> `5 6`; words that are neither stay.
std::string several_codes(const fix::FieldDef& field, const std::string& text) {
  if (const auto whole = enum_code(field, text)) return *whole;
  std::vector<std::string> codes;
  for (const std::string_view word : split(text, ' '))
    codes.push_back(enum_code(field, word).value_or(std::string(word)));
  return join(codes, " ");
}

Result<std::string> filled_for(const WrittenValue& written, const Environment& environment) {
  Environment inner = environment;
  inner.field = written.field ? std::string_view(written.field->name) : std::string_view();
  return fill(written.value, inner);
}

}  // namespace

Error fail(const Span& span, std::string message) {
  return to_error(Diagnostic{Severity::error, span, std::move(message)});
}

std::string unknown_field(std::string_view name, const fix::Dictionary* dictionary) {
  if (!dictionary)
    return fmt::format("no dictionary to look up field '{}' in; write its tag", name);
  return fmt::format("no field '{}'{}{}", name, version_text(dictionary),
                     suggestion(name, dictionary->field_names()));
}

Result<FieldName> resolve_field(const syntax::FieldRef& ref, const fix::Dictionary* dictionary) {
  return ref.tag != 0 ? by_tag(ref.tag, dictionary) : by_text(ref.span, ref.name, dictionary);
}

Result<FieldName> resolve_field(const syntax::Name& name, const fix::Dictionary* dictionary) {
  return by_text(name.span, name.text, dictionary);
}

std::string field_label(int tag, const fix::Dictionary* dictionary) {
  return dictionary ? dictionary->field_label(tag) : fmt::format("tag {}", tag);
}

std::string unknown_message(std::string_view name, const fix::Dictionary* dictionary) {
  if (!dictionary)
    return fmt::format("no dictionary to look up message '{}' in; write its MsgType code", name);
  return fmt::format("no message '{}'{}{}", name, version_text(dictionary),
                     suggestion(name, dictionary->message_names()));
}

Result<std::string> resolve_type(const syntax::Name& type, const Environment& environment) {
  const fix::Dictionary* dictionary = environment.dictionary;
  if (dictionary && dictionary->message(type.text)) return type.text;
  if (const auto* def = dictionary ? dictionary->message_named(type.text) : nullptr)
    return def->msg_type;
  const Value* bound = environment.names.find(type.text);
  if (bound && !is_plain(*bound)) {
    const Result<NamedMessage> named = as_message(*bound, type.text);
    if (!named) return fail(type.span, named.error().text);
    return std::string(named->message->msg_type());
  }
  // Venues make up types of their own: U1, UAB.
  constexpr std::size_t kLongestCode = 3;
  if (!type.text.empty() && type.text.size() <= kLongestCode) return type.text;
  if (type.text.empty()) return fail(type.span, "this pasted message has no MsgType(35)");
  return fail(type.span, unknown_message(type.text, dictionary));
}

Result<std::string> resolve_type(const syntax::Message& message, const Environment& environment) {
  if (!message.type_of) return resolve_type(message.type, environment);
  const Result<NamedMessage> named = message_of(*message.type_of, environment);
  if (!named) return named.error();
  return std::string(named->message->msg_type());
}

bool enumerated(const fix::FieldDef* field) { return field && !field->values.empty(); }

bool holds_several(const fix::FieldDef& field) { return field.type.starts_with("MULTIPLE"); }

std::optional<std::string> enum_code(const fix::FieldDef& field, std::string_view text) {
  if (field.value_by_code(text)) return std::string(text);
  if (const fix::EnumValue* value = field.value_by_name(text)) return value->code;
  return std::nullopt;
}

std::string no_such_value(const fix::FieldDef& field, std::string_view text,
                          const fix::Dictionary* dictionary) {
  const fix::EnumValue* near = nearest_value(field, text);
  const std::string hint =
      near ? fmt::format("; did you mean {} ({})?", fix::camel_name(near->name), near->code)
           : std::string("; quote it if it is meant");
  return fmt::format("{}({}) has no value '{}'{}{}", field.name, field.tag, text,
                     version_text(dictionary), hint);
}

Result<std::string> field_text(const WrittenValue& written, const Environment& environment) {
  const bool literal = written.value.literal();
  Result<std::string> text =
      literal ? written.value.literal_text() : filled_for(written, environment);
  if (!text || !enumerated(written.field) || written.value.quoted || (written.pasted && literal))
    return text;
  if (holds_several(*written.field)) return several_codes(*written.field, *text);
  if (auto code = enum_code(*written.field, *text)) return *code;
  if (!literal || text->empty()) return text;
  return fail(written.value.span, no_such_value(*written.field, *text, environment.dictionary));
}

bool is_session_tag(int tag) {
  constexpr std::array kSessionTags = {8, 9, 10, 34, 49, 52, 56};
  return std::find(kSessionTags.begin(), kSessionTags.end(), tag) != kSessionTags.end();
}

}  // namespace fixdrill::eval
