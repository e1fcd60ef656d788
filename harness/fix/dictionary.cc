#include "fix/dictionary.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::fix {

namespace {

struct Synonym {
  std::string_view typed;
  std::string_view meant;
};

// What people type for the names in the dictionaries, both folded.
constexpr Synonym kSynonyms[] = {
    {"ioc", "immediateorcancel"},
    {"fok", "fillorkill"},
    {"gtc", "goodtillcancel"},
    {"goodtilcancel", "goodtillcancel"},
    {"gtd", "goodtilldate"},
    {"goodtildate", "goodtilldate"},
    {"gtx", "goodtillcrossing"},
    {"opg", "attheopening"},
    {"atopen", "attheopening"},
    {"atclose", "attheclose"},
    {"moc", "marketonclose"},
    {"loc", "limitonclose"},
    {"mit", "marketiftouched"},
    {"mkt", "market"},
    {"lmt", "limit"},
    {"stp", "stop"},
    {"stop", "stopstoploss"},
    {"stopmarket", "stop"},
    {"short", "sellshort"},
    {"shortsell", "sellshort"},
    {"partial", "partiallyfilled"},
    {"partiallyfilled", "partialfill"},
    {"partialfill", "partiallyfilled"},
    {"partial", "partialfill"},
    {"yes", "y"},
    {"no", "n"},
    {"true", "yes"},
    {"false", "no"},
};

// Names are ASCII.
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// fold_name(name) == folded, without making it.
bool folds_to(std::string_view name, std::string_view folded) {
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    if (folded.empty() || lower(c) != folded.front()) return false;
    folded.remove_prefix(1);
  }
  return folded.empty();
}

const EnumValue* find_folded(const std::vector<EnumValue>& values, std::string_view folded) {
  const auto at = std::find_if(values.begin(), values.end(), [folded](const EnumValue& value) {
    return folds_to(value.name, folded);
  });
  return at == values.end() ? nullptr : &*at;
}

// CANCELED in the dictionaries; both spellings are right English.
std::string american(std::string folded) {
  constexpr std::string_view kBritish = "cancelled";
  for (std::size_t at; (at = folded.find(kBritish)) != std::string::npos;) folded.erase(at + 6, 1);
  return folded;
}

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> const typename Map::mapped_type* {
  const auto at = map.find(key);
  return at == map.end() ? nullptr : &at->second;
}

bool has_several_values(const FieldDef& field) { return field.type.starts_with("MULTIPLE"); }

std::string one_value_label(const FieldDef& field, std::string_view code) {
  const EnumValue* value = field.value_by_code(code);
  if (value == nullptr) return std::string(code);
  std::string label(code);
  label += ' ';
  return label += camel_name(value->name);
}

}  // namespace

const EnumValue* FieldDef::value_by_code(std::string_view code) const {
  const auto at = std::find_if(values.begin(), values.end(),
                               [code](const EnumValue& value) { return value.code == code; });
  return at == values.end() ? nullptr : &*at;
}

const EnumValue* FieldDef::value_by_name(std::string_view name) const {
  const std::string folded = american(fold_name(name));
  if (const EnumValue* value = find_folded(values, folded)) return value;
  for (const Synonym& synonym : kSynonyms) {
    if (synonym.typed != folded) continue;
    if (const EnumValue* value = find_folded(values, synonym.meant)) return value;
  }
  return nullptr;
}

std::size_t AnyCaseName::operator()(std::string_view name) const {
  // FNV-1a
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(lower(c))) * 1099511628211ULL;
  return static_cast<std::size_t>(hash);
}

bool AnyCaseName::operator()(std::string_view a, std::string_view b) const {
  return a == b || std::equal(a.begin(), a.end(), b.begin(), b.end(),
                              [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::size_t> MemberSet::place(int tag) const {
  const auto at = std::ranges::lower_bound(sorted_, tag, {}, &Place::tag);
  if (at == sorted_.end() || at->tag != tag) return std::nullopt;
  return at->index;
}

void MemberSet::add(int tag) {
  const auto at = std::ranges::lower_bound(sorted_, tag, {}, &Place::tag);
  if (at != sorted_.end() && at->tag == tag) return;
  sorted_.insert(at, {tag, order.size()});
  order.push_back(tag);
}

const GroupDef* MemberSet::group(int count_tag) const {
  const auto* group = find_in(groups, count_tag);
  return group == nullptr ? nullptr : group->get();
}

std::string Dictionary::version() const { return version_; }

const FieldDef* Dictionary::field(int tag) const { return find_in(fields_, tag); }

const FieldDef* Dictionary::field(std::string_view name) const {
  const int* tag = find_in(tags_by_name_, name);
  return tag == nullptr ? nullptr : field(*tag);
}

const MessageDef* Dictionary::message(std::string_view msg_type) const {
  return find_in(messages_, msg_type);
}

const MessageDef* Dictionary::message_named(std::string_view name) const {
  const std::string* type = find_in(types_by_name_, name);
  return type == nullptr ? nullptr : message(*type);
}

const MemberSet& Dictionary::header() const { return header_; }

const MemberSet& Dictionary::trailer() const { return trailer_; }

std::vector<std::string> Dictionary::field_names() const {
  std::vector<std::string> names;
  names.reserve(fields_.size());
  for (const auto& [tag, field] : fields_) names.push_back(field.name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Dictionary::message_names() const {
  std::vector<std::string> names;
  names.reserve(messages_.size());
  for (const auto& [type, message] : messages_) names.push_back(message.name);
  std::sort(names.begin(), names.end());
  return names;
}

std::string Dictionary::field_label(int tag) const {
  const FieldDef* known = field(tag);
  if (known == nullptr) return "tag " + std::to_string(tag);
  const std::string number = std::to_string(tag);
  std::string label;
  label.reserve(known->name.size() + number.size() + 2);
  return label.append(known->name).append(1, '(').append(number).append(1, ')');
}

std::string Dictionary::message_label(std::string_view msg_type) const {
  const MessageDef* known = message(msg_type);
  return known ? known->name : fmt::format("35={}", msg_type);
}

std::string Dictionary::value_label(int tag, std::string_view value) const {
  const FieldDef* known = field(tag);
  if (known == nullptr || known->values.empty()) return std::string(value);
  if (!has_several_values(*known)) return one_value_label(*known, value);
  std::vector<std::string> labels;
  for (const std::string_view code : split(value, ' '))
    labels.push_back(one_value_label(*known, code));
  return join(labels, ", ");
}

std::string camel_name(std::string_view upper_snake) {
  std::string out;
  bool upper = true;
  for (const char c : upper_snake) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) == 0) {
      upper = true;
      continue;
    }
    out += static_cast<char>(upper ? std::toupper(letter) : std::tolower(letter));
    upper = false;
  }
  return out;
}

}  // namespace fixdrill::fix
