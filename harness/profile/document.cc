#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 0
#define TOML_IMPLEMENTATION
#include "profile/document.h"

#include <algorithm>
#include <toml++/toml.h>

namespace fixdrill::profile {

namespace {

/// Turns toml++'s nodes and places into ours.
class Converter {
 public:
  explicit Converter(const SourceFile& source) : source_(source) {}

  Value value(const toml::node& node) const {
    Value out;
    out.kind = kind(node);
    out.span = span(node.source());
    if (auto* text = node.as_string()) out.text = text->get();
    if (auto* number = node.as_integer()) out.integer = number->get();
    if (auto* flag = node.as_boolean()) out.integer = flag->get();
    if (out.kind == Value::Kind::decimal || out.kind == Value::Kind::moment) {
      out.text = std::string(out.span.text());
    }
    if (auto* array = node.as_array()) {
      for (const auto& item : *array) out.items.push_back(value(item));
    }
    if (auto* table = node.as_table()) out.entries = entries(*table);
    return out;
  }

  Span span(const toml::source_region& region) const {
    const auto begin = offset(region.begin);
    return {&source_, begin, std::max(begin + 1, offset(region.end))};
  }

 private:
  static Value::Kind kind(const toml::node& node) {
    switch (node.type()) {
      case toml::node_type::table:
        return Value::Kind::table;
      case toml::node_type::array:
        return Value::Kind::list;
      case toml::node_type::string:
        return Value::Kind::text;
      case toml::node_type::integer:
        return Value::Kind::integer;
      case toml::node_type::floating_point:
        return Value::Kind::decimal;
      case toml::node_type::boolean:
        return Value::Kind::boolean;
      case toml::node_type::none:
      case toml::node_type::date:
      case toml::node_type::time:
      case toml::node_type::date_time:
        return Value::Kind::moment;
    }
    return Value::Kind::moment;
  }

  // toml++ sorts keys by name; the order of the file means something for fields of messages.
  std::vector<Entry> entries(const toml::table& table) const {
    std::vector<Entry> all;
    for (const auto& [key, node] : table) {
      all.push_back({std::string(key.str()), span(key.source()), value(node)});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Entry& a, const Entry& b) { return a.span.begin < b.span.begin; });
    return all;
  }

  /// toml++ counts lines and characters from 1.
  std::size_t offset(const toml::source_position& position) const {
    const auto line = source_.line(position.line);
    if (line.data() == nullptr) return source_.text().size();
    std::size_t at = 0;
    for (toml::source_index column = 1; column < position.column && at < line.size(); ++column) {
      do ++at;
      while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80);
    }
    return static_cast<std::size_t>(line.data() - source_.text().data()) + at;
  }

  const SourceFile& source_;
};

std::string words(std::string_view description) {
  constexpr std::string_view kPrefix = "Error while parsing ";
  std::string text(description);
  if (text.rfind(kPrefix, 0) == 0) text = "in a " + text.substr(kPrefix.size());
  while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.pop_back();
  return "this is not TOML: " + text;
}

}  // namespace

const char* kind_name(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::text:
      return "a text";
    case Value::Kind::integer:
      return "a whole number";
    case Value::Kind::decimal:
      return "a decimal number";
    case Value::Kind::boolean:
      return "true or false";
    case Value::Kind::moment:
      return "a date or time";
    case Value::Kind::list:
      return "a list";
    case Value::Kind::table:
      return "a table";
  }
  return "";
}

Result<Value> parse_toml(const SourceFile& source) {
  auto parsed = toml::parse(source.text(), source.path());
  Converter converter(source);
  if (!parsed) {
    const auto& error = parsed.error();
    return to_error({Severity::error, converter.span(error.source()), words(error.description())});
  }
  return converter.value(parsed.table());
}

}  // namespace fixdrill::profile
