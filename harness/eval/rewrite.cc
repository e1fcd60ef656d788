#include "eval/rewrite.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/names.h"

namespace fixdrill::eval {

namespace {

// `${` is an expression, `$${` the letters.
std::string with_letters(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("${")) out += '$';
    out += text[i];
  }
  return out;
}

// What may stand in a file as it is: nothing that a terminal or an editor would obey.
bool is_clean(std::string_view text) {
  return text.find_first_of("\x01\t") == std::string_view::npos && printable(text) == text;
}

std::string quoted(std::string_view text) {
  const bool clean = is_clean(text);
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      escaped.append(1, '\\').append(1, c);
    else if (!clean && (byte < 0x20 || byte > 0x7E))
      escaped += fmt::format("\\x{:02x}", static_cast<unsigned>(byte));
    else
      escaped += c;
  }
  return fmt::format("\"{}\"", with_letters(escaped));
}

// Where unquoted text would end early or mean something else.
bool needs_quotes(std::string_view text) {
  if (text.empty() || trim(text) != text || text == "*" || !is_clean(text)) return true;
  if (text.find_first_of("|{}[]#\"") != std::string_view::npos || text.starts_with('='))
    return true;
  return text.find(" +-") != std::string_view::npos || text.find(" ->") != std::string_view::npos ||
         text.starts_with("+-") || text.starts_with("->");
}

std::string in_block(const std::string& text) { return needs_quotes(text) ? quoted(text) : text; }

// An enumerated field, unquoted: a name stays a name where the new code has one.
std::string enumerated_value(const fix::FieldDef& field, const Literal& old,
                             const std::string& value) {
  if (holds_several(field) && value.find(' ') != std::string::npos) return in_block(value);
  const fix::EnumValue* known = field.value_by_code(value);
  if (!known) return quoted(value);  // unquoted it would be looked up among the names
  const bool was_code = field.value_by_code(old.text) != nullptr;
  const std::string name = fix::camel_name(known->name);
  const bool name_fits = !name.empty() && !needs_quotes(name) && enum_code(field, name) == value;
  return was_code || !name_fits ? value : name;
}

// Nothing in a pasted value is reinterpreted, so there are values that cannot stand there.
Result<std::string> in_pasted(const Literal& old, const std::string& value) {
  constexpr std::array<std::string_view, 5> kDelimiters = {"|", "^A", "\\x01", "<SOH>", ";"};
  const bool delimited = std::any_of(
      kDelimiters.begin(), kDelimiters.end(),
      [&](std::string_view delimiter) { return value.find(delimiter) != std::string::npos; });
  // Behind the last value, where no delimiter follows, ` as NAME` and the like would be a tail.
  const std::string& text = old.span.file->text();
  const std::size_t next = text.find_first_not_of(" \t\r", old.span.end);
  const bool last = next == std::string::npos || text[next] == '\n';
  const bool tail = last && value.find_first_of(" }#") != std::string::npos;
  if (value.empty() || value == "*" || trim(value) != value || !is_clean(value) || delimited ||
      tail)
    return input_error(fmt::format(
        "'{}' cannot stand in a pasted message; write the message with fields in braces",
        printable(value)));
  return with_letters(value);
}

}  // namespace

std::optional<Literal> literal_of(const syntax::Field& field, bool pasted) {
  const auto* test = std::get_if<syntax::Comparison>(&field.test);
  if (!test || test->op != syntax::Compare::eq || !test->value.literal()) return std::nullopt;
  const syntax::Value& value = test->value;
  // A value made elsewhere, such as one that `like` copies, has the place of something else.
  const std::string_view written = value.span.text();
  const bool in_place =
      value.quoted ? written.starts_with('"') : written == with_letters(value.literal_text());
  if (!in_place) return std::nullopt;
  return Literal{value.span, value.literal_text(), value.quoted, pasted};
}

Result<std::string> rewritten(const Difference& difference, const fix::Dictionary* dictionary) {
  if (!difference.literal) return input_error("only plain '=' values are rewritten");
  if (!difference.value) return input_error("it did not come at all");
  const Literal& old = *difference.literal;
  const std::string& value = *difference.value;
  if (old.pasted) return in_pasted(old, value);
  if (old.quoted) return quoted(value);
  const fix::FieldDef* field = dictionary ? dictionary->field(difference.tag) : nullptr;
  return enumerated(field) ? enumerated_value(*field, old, value) : in_block(value);
}

}  // namespace fixdrill::eval
