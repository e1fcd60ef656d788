#include "report/brief.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

#include "base/text.h"

namespace fixdrill::report {

namespace {

constexpr std::size_t kLongest = 60;  ///< bytes of one value

enum class As { value, name, text };

/// In the order in which they are shown. `before` stands before the value.
struct Shown {
  int tag;
  std::string_view before;
  As as = As::value;
};
constexpr Shown kShown[] = {
    {150, "", As::name},
    {39, "", As::name},
    {11, ""},
    {41, "for "},
    {131, ""},
    {262, ""},
    {117, ""},
    {54, "", As::name},
    {38, ""},
    {55, ""},
    {44, "@ "},
    {32, "filled "},
    {31, "@ "},
    {14, "cum "},
    {151, "leaves "},
    {102, "", As::name},
    {373, "", As::name},
    {380, "", As::name},
    {371, "field "},
    {45, "refuses #"},
    {7, "from "},
    {16, "to "},
    {36, "next "},
    {123, "gap fill "},
    {141, "reset "},
    {112, ""},
    {108, "every "},
    {43, "possible duplicate "},
    {58, "", As::text},
};

std::string cut(std::string_view value) {
  if (value.size() <= kLongest) return printable(value);
  std::size_t end = kLongest;
  while (end > kLongest - 4 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return printable(value.substr(0, end)) + "…";
}

class Brief {
 public:
  Brief(const fix::Message& message, const fix::Dictionary* dictionary)
      : message_(message), dictionary_(dictionary) {}

  std::string text() const {
    const std::string_view type = message_.msg_type();
    std::string out =
        dictionary_ ? cut(dictionary_->message_label(type)) : fmt::format("35={}", cut(type));
    for (const Shown& shown : kShown) {
      const auto value = message_.find(shown.tag);
      if (value && tells(shown.tag)) out += fmt::format(" {}{}", shown.before, word(shown, *value));
    }
    return out;
  }

 private:
  // OrdStatus(39) says again what ExecType(150) says, but for fills; a report repeats its order;
  // what has not been filled needs no words.
  bool tells(int tag) const {
    const bool traded = message_.value(150) == "F";
    switch (tag) {
      case 54:
      case 38:
      case 55:
      case 44:
        return message_.msg_type() != "8";
      case 39:
        return traded || !message_.has(150);
      case 150:
        return !traded;
      case 31:
      case 32:
        return !is_zero(message_.value(32));
      case 14:
      case 151:
        return !is_zero(message_.value(14));
      default:
        return true;
    }
  }

  static bool is_zero(std::string_view number) {
    return number.find_first_not_of("0.") == std::string_view::npos;
  }

  std::string word(const Shown& shown, std::string_view value) const {
    if (shown.as == As::text) return fmt::format("\"{}\"", cut(value));
    if (shown.as == As::value) return cut(value);
    const fix::FieldDef* field = dictionary_ ? dictionary_->field(shown.tag) : nullptr;
    const fix::EnumValue* known = field ? field->value_by_code(value) : nullptr;
    return known ? fix::camel_name(known->name) : fmt::format("{}={}", shown.tag, cut(value));
  }

  const fix::Message& message_;
  const fix::Dictionary* dictionary_;
};

}  // namespace

std::string brief(const fix::Message& message, const fix::Dictionary* dictionary) {
  return Brief(message, dictionary).text();
}

}  // namespace fixdrill::report
