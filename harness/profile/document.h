// A TOML file as a plain tree in which every key and value knows its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/source.h"

namespace fixdrill::profile {

struct Entry;

struct Value {
  enum class Kind { text, integer, decimal, boolean, moment, list, table };

  Kind kind{};
  Span span;
  std::string text;          ///< text: its content; decimal and moment: as written
  std::int64_t integer = 0;  ///< also boolean: 0 or 1
  std::vector<Value> items;
  std::vector<Entry> entries;  ///< in the order of the file
};

struct Entry {
  std::string key;
  Span span;  ///< of the key
  Value value;
};

/// "a text", "a whole number" …
const char* kind_name(Value::Kind kind);

/// The root table. A mistake in the TOML itself: an input error with line, column and caret.
/// `source` must outlive the tree.
Result<Value> parse_toml(const SourceFile& source);

}  // namespace fixdrill::profile
