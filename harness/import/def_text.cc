#include "import/def_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::imports {

namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_word_char(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

bool is_word(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), is_word_char);
}

// Letters that mean nothing but themselves in a block.
bool is_plain(std::string_view text) {
  constexpr std::string_view kSigns = "_.:/-";
  return !text.empty() && text[0] != '-' && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_word_char(c) || kSigns.find(c) != std::string_view::npos;
  });
}

bool is_ordinary(char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7f'; }

void put_escaped(std::string& out, char c) {
  if (c == '"' || c == '\\') {
    (out += '\\') += c;
  } else if (is_ordinary(c)) {
    out += c;
  } else {
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
}

// Inside quotes: `${` is written `$${`.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("${")) out += '$';
    put_escaped(out, text[i]);
  }
  return out;
}

std::string time_text(long seconds) {
  if (seconds == 0) return "${now(0)}";
  return fmt::format("${{now() {} {}s}}", seconds < 0 ? '-' : '+',
                     seconds < 0 ? -seconds : seconds);
}

// The name of a value, when it leads back to the code.
std::string value_name(const fix::FieldDef& def, std::string_view code) {
  const fix::EnumValue* value = def.value_by_code(code);
  const std::string name = value ? fix::camel_name(value->name) : "";
  const fix::EnumValue* back =
      is_word(name) && !def.value_by_code(name) ? def.value_by_name(name) : nullptr;
  return back && back->code == code ? name : "";
}

bool holds_several(const fix::FieldDef& def) {
  constexpr std::array<std::string_view, 3> kSeveral = {"MULTIPLEVALUESTRING",
                                                        "MULTIPLESTRINGVALUE", "MULTIPLECHARVALUE"};
  return std::find(kSeveral.begin(), kSeveral.end(), def.type) != kSeveral.end();
}

// One letter in a pasted or raw line.
void put_in_line(std::string& out, char c, bool at_edge) {
  constexpr std::string_view kMeaning = "|$;^<\\*\"";
  const bool as_it_is =
      is_ordinary(c) && kMeaning.find(c) == std::string_view::npos && !(at_edge && c == ' ');
  if (as_it_is)
    out += c;
  else
    out += fmt::format("${{{}}}", quoted(std::string_view(&c, 1)));
}

}  // namespace

std::string field_name(int tag, const fix::Dictionary* dictionary) {
  const fix::FieldDef* def = dictionary ? dictionary->field(tag) : nullptr;
  const fix::FieldDef* back = def && is_word(def->name) ? dictionary->field(def->name) : nullptr;
  return back && back->tag == tag ? def->name : std::to_string(tag);
}

std::string message_name(std::string_view msg_type, const fix::Dictionary* dictionary) {
  constexpr std::size_t kLongestCode = 3;
  const fix::MessageDef* def = dictionary ? dictionary->message(msg_type) : nullptr;
  if (def && is_word(def->name) && dictionary->message_named(def->name) == def) return def->name;
  const bool code = !msg_type.empty() && msg_type.size() <= kLongestCode &&
                    std::all_of(msg_type.begin(), msg_type.end(), is_word_char);
  return code ? std::string(msg_type) : "";
}

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", escaped(text)); }

std::string block_value(const DefField& field, const fix::Dictionary* dictionary) {
  const DefValue& value = field.value;
  if (value.is_time()) return time_text(*value.pieces.front().seconds);
  if (!value.literal()) {
    std::string text = "\"";
    for (const DefValue::Piece& piece : value.pieces)
      text += piece.seconds ? time_text(*piece.seconds) : escaped(piece.text);
    return text + '"';
  }
  return literal_value(field.tag, value.text(), dictionary);
}

std::string literal_value(int tag, const std::string& text, const fix::Dictionary* dictionary) {
  const fix::FieldDef* def = dictionary ? dictionary->field(tag) : nullptr;
  if (!is_plain(text)) return quoted(text);
  if (!def || def->values.empty() || holds_several(*def)) return text;
  if (!def->value_by_code(text)) return quoted(text);
  const std::string name = value_name(*def, text);
  return name.empty() ? text : name;
}

std::string line_value(const DefValue& value, std::string_view time) {
  std::string text;
  for (const DefValue::Piece& piece : value.pieces) {
    if (piece.seconds) {
      text += *piece.seconds == 0 ? std::string(time) : time_text(*piece.seconds);
      continue;
    }
    for (std::size_t i = 0; i < piece.text.size(); ++i)
      put_in_line(text, piece.text[i], i == 0 || i + 1 == piece.text.size());
  }
  return text;
}

std::string line_field(const DefField& field, std::string_view time) {
  const std::string value = line_value(field.value, time);
  return field.tag == 0 ? value : fmt::format("{}={}", field.tag, value);
}

std::string plain_line(std::string_view text) {
  std::string line = printable(text);
  std::replace(line.begin(), line.end(), '\t', ' ');
  return line;
}

}  // namespace fixdrill::imports
