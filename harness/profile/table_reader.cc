#include "profile/table_reader.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::profile {

namespace {

bool holds(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TableReader::TableReader(const Value& table, std::string name, const Span& place, Diagnostics& out)
    : table_(table), name_(std::move(name)), place_(place), out_(out) {}

const Entry* TableReader::find(std::string_view key) {
  known_.emplace_back(key);
  auto found = std::find_if(table_.entries.begin(), table_.entries.end(),
                            [&](const Entry& entry) { return entry.key == key; });
  return found == table_.entries.end() ? nullptr : &*found;
}

const Value* TableReader::any(std::string_view key) {
  const Entry* entry = find(key);
  return entry ? &entry->value : nullptr;
}

const Value* TableReader::of_kind(std::string_view key, Value::Kind kind) {
  const Value* value = any(key);
  if (!value || value->kind == kind) return value;
  error(value->span, fmt::format("{} is {}, not {}", key, kind_name(kind), kind_name(value->kind)));
  return nullptr;
}

const Value* TableReader::text(std::string_view key, std::string& out) {
  const Value* value = of_kind(key, Value::Kind::text);
  if (!value || !plain_text(*value, out_)) return nullptr;
  if (value->text.empty()) {
    error(value->span, fmt::format("{} is empty; give it a value or leave it out", key));
    return nullptr;
  }
  out = value->text;
  return value;
}

void TableReader::integer(std::string_view key, const IntegerRange& range, std::int64_t& out) {
  const Value* value = of_kind(key, Value::Kind::integer);
  if (!value) return;
  if (value->integer < range.least || value->integer > range.most) {
    return error(value->span, fmt::format("{} is {}; it must be from {} to {}", key, value->integer,
                                          range.least, range.most));
  }
  out = value->integer;
}

void TableReader::boolean(std::string_view key, bool& out) {
  if (const Value* value = of_kind(key, Value::Kind::boolean)) out = value->integer != 0;
}

void TableReader::texts(std::string_view key, std::vector<std::string>& out) {
  const Value* list = of_kind(key, Value::Kind::list);
  if (!list) return;
  for (const Value& item : list->items) {
    if (item.kind != Value::Kind::text) {
      error(item.span, fmt::format("{} is a list of texts; this is {}", key, kind_name(item.kind)));
    } else if (plain_text(item, out_)) {
      out.push_back(item.text);
    }
  }
}

void TableReader::bad_choice(std::string_view key, const Value& value,
                             const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const auto& name : names) quoted.push_back('"' + name + '"');
  auto near = did_you_mean(value.text, names);
  error(value.span, fmt::format("{} has no value \"{}\"; {}", key, printable(value.text),
                                near ? "did you mean \"" + *near + "\"?"
                                     : "it is one of " + join(quoted, ", ")));
}

void TableReader::not_yet(std::string_view key, const std::string& message) {
  for (const Entry& entry : table_.entries) {
    if (entry.key == key) error(entry.span, message);
  }
  refused_.emplace_back(key);
}

void TableReader::require(std::string_view key, const std::string& advice) {
  bool there = std::any_of(table_.entries.begin(), table_.entries.end(),
                           [&](const Entry& entry) { return entry.key == key; });
  if (!there) error(place_, fmt::format("{} lacks {}; {}", name_, key, advice));
}

void TableReader::error(const Span& span, const std::string& message) {
  out_.push_back({Severity::error, span, message});
}

void TableReader::finish() {
  for (const Entry& entry : table_.entries) {
    if (holds(known_, entry.key) || holds(refused_, entry.key)) continue;
    auto near = did_you_mean(entry.key, known_);
    error(entry.span,
          fmt::format("{} has no key '{}'; {}", name_, printable(entry.key),
                      near ? "did you mean " + *near + "?" : "it has " + join(known_, ", ")));
  }
}

bool plain_text(const Value& value, Diagnostics& out) {
  bool plain = std::none_of(value.text.begin(), value.text.end(),
                            [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (!plain) {
    out.push_back({Severity::error, value.span, "a value cannot hold control characters"});
  }
  return plain;
}

std::optional<std::string> scalar(const Entry& entry, Diagnostics& out) {
  const Value& value = entry.value;
  switch (value.kind) {
    case Value::Kind::text:
      if (!plain_text(value, out)) return std::nullopt;
      return value.text;
    case Value::Kind::integer:
      return std::to_string(value.integer);
    case Value::Kind::decimal: {
      std::string digits = value.text;
      std::erase(digits, '_');
      return digits;
    }
    case Value::Kind::boolean:
      return value.integer ? "Y" : "N";
    case Value::Kind::moment:
    case Value::Kind::list:
    case Value::Kind::table:
      break;
  }
  const auto* advice = value.kind == Value::Kind::moment ? "; write it in quotes" : "";
  out.push_back({Severity::error, value.span,
                 fmt::format("{} is a text or a number, not {}{}", printable(entry.key),
                             kind_name(value.kind), advice)});
  return std::nullopt;
}

bool is_name(std::string_view text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0]))) return false;
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '_'); });
}

std::optional<int> parse_tag(std::string_view text) {
  if (text.empty() || text[0] == '0' || text.size() > limits::kTagDigits) return std::nullopt;
  auto number = parse_size(text);
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace fixdrill::profile
