// Reads one TOML table key by key and says everything that is wrong with it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profile/document.h"

namespace fixdrill::profile {

using Diagnostics = std::vector<Diagnostic>;

struct IntegerRange {
  std::int64_t least;
  std::int64_t most;
};

/// Every key is asked for once; finish() then reports those that nobody asked for. A key that is
/// not there leaves `out` as it is.
class TableReader {
 public:
  /// `name` is how errors call the table: "[limits]". `place` is where something missing is
  /// reported.
  TableReader(const Value& table, std::string name, const Span& place, Diagnostics& out);

  /// The value whatever its type; null when it is not there.
  const Value* any(std::string_view key);
  /// The value if it has that type, else null (and an error when it has another).
  const Value* of_kind(std::string_view key, Value::Kind kind);

  /// Not empty, without control characters.
  const Value* text(std::string_view key, std::string& out);
  void integer(std::string_view key, const IntegerRange& range, std::int64_t& out);
  void boolean(std::string_view key, bool& out);
  /// A list of texts.
  void texts(std::string_view key, std::vector<std::string>& out);

  template <class T>
  const Value* choice(std::string_view key,
                      std::initializer_list<std::pair<const char*, T>> choices, T& out) {
    std::string word;
    const Value* value = text(key, word);
    if (!value) return nullptr;
    std::vector<std::string> names;
    for (const auto& [name, chosen] : choices) {
      if (word == name) {
        out = chosen;
        return value;
      }
      names.emplace_back(name);
    }
    bad_choice(key, *value, names);
    return nullptr;
  }

  /// A key that belongs here but is not built: refused with `message`.
  void not_yet(std::string_view key, const std::string& message);
  /// "[limits] lacks KEY; …" unless it is there.
  void require(std::string_view key, const std::string& advice);
  void error(const Span& span, const std::string& message);
  void finish();

 private:
  const Entry* find(std::string_view key);
  void bad_choice(std::string_view key, const Value& value, const std::vector<std::string>& names);

  const Value& table_;
  std::string name_;
  Span place_;
  Diagnostics& out_;
  std::vector<std::string> known_;    ///< asked for
  std::vector<std::string> refused_;  ///< not_yet
};

/// True for texts without SOH and other control characters; else an error is added.
bool plain_text(const Value& value, Diagnostics& out);

/// A text, number or truth value as the text that a message carries; else an error and empty.
std::optional<std::string> scalar(const Entry& entry, Diagnostics& out);

/// A name that scenarios can write: letters, digits, `_`, not beginning with a digit.
bool is_name(std::string_view text);

/// A tag as a key or item: 1 to 9 digits without a leading zero.
std::optional<int> parse_tag(std::string_view text);

}  // namespace fixdrill::profile
