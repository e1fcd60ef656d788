// Values, texts in quotes, durations, regular expressions.
#include <charconv>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "syntax/grammar.h"

namespace fixdrill::syntax {

namespace {

constexpr std::string_view kLetters = "$${";
constexpr std::string_view kOpen = "${";

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// As in 5µs.
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// Appends letters to the last piece of text, or begins one.
void add_letters(Value& value, std::string_view letters, const Span& span) {
  if (value.pieces.empty() || value.pieces.back().expr) value.pieces.push_back({span, "", nullptr});
  Value::Piece& piece = value.pieces.back();
  piece.text += letters;
  piece.span.end = span.end;
}

struct Unit {
  std::string_view name;
  std::int64_t ns;
};
constexpr Unit kUnits[] = {
    {"ms", 1'000'000}, {"s", 1'000'000'000}, {"min", 60'000'000'000}, {"h", 3'600'000'000'000}};
constexpr std::int64_t kLongest = 1'000'000;  ///< of any unit

}  // namespace

Grammar::Level::Level(Grammar& grammar)
    : grammar_(grammar), ok_(++grammar.depth_ <= limits::kNestingDepth) {
  if (!ok_)
    grammar.c_.error(grammar.c_.found_span(),
                     fmt::format("nested more than {} levels deep", limits::kNestingDepth));
}

std::optional<Value> Grammar::value(const TextEnd& end) {
  c_.skip_blanks();
  return c_.peek() == '"' ? string() : plain_text(end);
}

bool Grammar::interpolation(Value& value) {
  const std::size_t begin = c_.pos();
  c_.seek(begin + kOpen.size());
  const Cursor::Quiet quiet(c_);
  ExprPtr expr = expression();
  const bool closed = expr && c_.next_is("}");
  if (expr && !closed) c_.expected("an operator or '}' of '${'");
  if (!closed) {
    // Its '}' must not close the block around it.
    const std::string_view rest = c_.text(c_.pos(), c_.line_end());
    if (const std::size_t at = rest.find('}'); at != std::string_view::npos)
      c_.seek(c_.pos() + at + 1);
    return false;
  }
  c_.seek(c_.pos() + 1);
  value.pieces.push_back({c_.span_from(begin), "", std::move(expr)});
  return true;
}

bool Grammar::escape(std::string& text) {
  const std::size_t begin = c_.pos();
  const char code = c_.peek(1);
  constexpr std::string_view kCodes = "\"\\nrt";
  constexpr std::string_view kMeanings = "\"\\\n\r\t";
  if (const std::size_t at = kCodes.find(code); code != '\0' && at != std::string_view::npos) {
    text += kMeanings[at];
    c_.seek(begin + 2);
    return true;
  }
  const int high = hex_digit(c_.peek(2));
  const int low = high < 0 ? -1 : hex_digit(c_.peek(3));
  if (code == 'x' && low >= 0) {
    text += static_cast<char>(high * 16 + low);
    c_.seek(begin + 4);
    return true;
  }
  c_.error(c_.span(begin, std::min(begin + 2, c_.line_end())),
           R"(unknown escape; known are \" \\ \n \r \t and \x01 with two digits)");
  return false;
}

std::optional<Value> Grammar::string() {
  const std::size_t begin = c_.pos();
  const std::size_t line_end = c_.line_end();
  Value value;
  value.quoted = true;
  c_.seek(begin + 1);
  while (c_.pos() < line_end && c_.peek() != '"') {
    const std::size_t at = c_.pos();
    std::string letters;
    if (c_.looking_at(kLetters)) {
      letters = kOpen;
      c_.seek(at + kLetters.size());
    } else if (c_.looking_at(kOpen)) {
      if (!interpolation(value)) return std::nullopt;
      continue;
    } else if (c_.peek() == '\\') {
      if (!escape(letters)) return std::nullopt;
    } else {
      letters = c_.peek();
      c_.seek(at + 1);
    }
    add_letters(value, letters, c_.span_from(at));
  }
  if (c_.pos() >= line_end)
    return c_.error(c_.span(begin, begin + 1), "this text is not closed: a '\"' is missing");
  c_.seek(c_.pos() + 1);
  value.span = c_.span_from(begin);
  c_.note_token(begin, c_.pos());
  return value;
}

bool Grammar::at_test_suffix() const {
  if (c_.looking_at("+-")) {
    const bool blank = c_.peek(2) == ' ';
    return is_digit(c_.peek(blank ? 3 : 2)) || c_.peek(blank ? 3 : 2) == '$';
  }
  if (!c_.looking_at("->")) return false;
  std::size_t ahead = 2;
  while (is_blank(c_.peek(ahead))) ++ahead;
  return is_name_start(c_.peek(ahead));
}

bool Grammar::ends_text(const TextEnd& end, std::size_t begin) const {
  const char c = c_.peek();
  if (c_.at_end() || c == '\n') return true;
  if (end.characters.find(c) != std::string_view::npos) return true;
  if (!is_blank(c_.before()) && c_.pos() != begin) return false;
  return c == '#' || (end.tests && (c == '-' || c == '+') && at_test_suffix());
}

std::optional<Value> Grammar::plain_text(const TextEnd& end) {
  const std::size_t begin = c_.pos();
  std::size_t last = begin;  // behind the last character that is no blank
  Value value;
  while (!ends_text(end, begin)) {
    const std::size_t at = c_.pos();
    if (c_.looking_at(kOpen)) {
      if (!interpolation(value)) return std::nullopt;
      last = c_.pos();
      continue;
    }
    const bool letters = c_.looking_at(kLetters);
    c_.seek(at + (letters ? kLetters.size() : 1));
    add_letters(value, letters ? kOpen : c_.text(at, at + 1), c_.span_from(at));
    if (!is_blank(c_.before())) last = c_.pos();
  }
  if (last == begin) return c_.expected("a value (\"\" is the empty text)");
  if (Value::Piece& piece = value.pieces.back(); !piece.expr) {
    piece.text.resize(piece.text.find_last_not_of(" \t\r") + 1);
    piece.span.end = last;
    if (piece.text.empty()) value.pieces.pop_back();
  }
  value.span = c_.span(begin, last);
  c_.note_token(begin, last);
  return value;
}

std::optional<Value> Grammar::number_or_expression() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  Value value;
  if (c_.looking_at(kOpen)) {
    if (!interpolation(value)) return std::nullopt;
  } else {
    std::size_t length = c_.peek() == '-' || c_.peek() == '+' ? 1 : 0;
    if (!is_digit(c_.peek(length))) return c_.expected("a number or '${'");
    while (is_digit(c_.peek(length))) ++length;
    if (c_.peek(length) == '.' && is_digit(c_.peek(length + 1))) {
      ++length;
      while (is_digit(c_.peek(length))) ++length;
    }
    c_.seek(begin + length);
    value.pieces.push_back({c_.span_from(begin), std::string(c_.span_from(begin).text()), nullptr});
  }
  value.span = c_.span_from(begin);
  c_.note_token(begin, c_.pos());
  return value;
}

// Digits or `${expr}`.
std::optional<Value> Grammar::whole_number(std::string_view what) {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  Value value;
  if (c_.looking_at(kOpen)) {
    if (!interpolation(value)) return std::nullopt;
  } else {
    if (!is_digit(c_.peek())) return c_.expected(what);
    while (is_digit(c_.peek())) c_.seek(c_.pos() + 1);
    value.pieces.push_back({c_.span_from(begin), std::string(c_.span_from(begin).text()), nullptr});
  }
  value.span = c_.span_from(begin);
  c_.note_token(begin, c_.pos());
  return value;
}

std::optional<std::vector<Value>> Grammar::value_set() {
  if (!c_.take("(", Glue::after)) return c_.expected("'('");
  std::vector<Value> values;
  do {
    auto one = value({",)|}", false});
    if (!one) return std::nullopt;
    values.push_back(std::move(*one));
  } while (c_.take(",", Glue::before));
  if (!c_.take(")", Glue::before)) return c_.expected("',' or ')'");
  return values;
}

std::optional<Regex> Grammar::regex() {
  if (!c_.next_is("/")) return c_.expected("a regular expression, as in /too late/i");
  const std::size_t begin = c_.pos();
  const std::size_t line_end = c_.line_end();
  Regex regex;
  c_.seek(begin + 1);
  while (c_.pos() < line_end && c_.peek() != '/') {
    const std::size_t at = c_.pos();
    if (c_.looking_at(kOpen)) {
      if (!interpolation(regex.value)) return std::nullopt;
      continue;
    }
    std::string_view letters = c_.text(at, at + 1);
    std::size_t length = 1;
    if (c_.looking_at(kLetters)) {
      letters = kOpen;
      length = kLetters.size();
    } else if (c_.looking_at("\\/")) {
      letters = "/";
      length = 2;
    } else if (c_.peek() == '\\' && at + 1 < line_end) {
      letters = c_.text(at, at + 2);
      length = 2;
    }
    c_.seek(at + length);
    add_letters(regex.value, letters, c_.span_from(at));
  }
  if (c_.pos() >= line_end)
    return c_.error(c_.span(begin, begin + 1),
                    "this regular expression is not closed: a '/' is missing");
  regex.pattern = c_.text(begin + 1, c_.pos());
  c_.seek(c_.pos() + 1);
  if (c_.peek() == 'i' && !is_name_char(c_.peek(1))) {
    regex.ignore_case = true;
    c_.seek(c_.pos() + 1);
  } else if (is_name_char(c_.peek())) {
    return c_.error(c_.found_span(), "unknown flag of a regular expression; the only one is i");
  }
  regex.value.span = c_.span_from(begin);
  c_.note_token(begin, c_.pos());
  return regex;
}

std::optional<Name> Grammar::name(std::string_view what) {
  const std::string_view word = c_.peek_word();
  if (word.empty()) return c_.expected(what);
  return Name{c_.take_token(word.size()), std::string(word)};
}

std::optional<Duration> Grammar::duration_literal() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  if (!is_digit(c_.peek())) return c_.expected("a duration, as in 500ms or 5s");
  std::size_t length = 0;
  std::int64_t whole = 0;
  for (; is_digit(c_.peek(length)); ++length)
    whole = std::min(whole * 10 + (c_.peek(length) - '0'), kLongest + 1);
  std::int64_t fraction = 0;
  std::int64_t scale = 1;
  if (c_.peek(length) == '.' && is_digit(c_.peek(length + 1))) {
    for (++length; is_digit(c_.peek(length)); ++length) {
      if (scale >= kLongest) continue;
      fraction = fraction * 10 + (c_.peek(length) - '0');
      scale *= 10;
    }
  }
  const std::size_t digits = length;
  while (is_name_char(c_.peek(length)) || is_beyond_ascii(c_.peek(length))) ++length;
  const Span span = c_.span(begin, begin + length);
  const std::string_view unit = span.text().substr(digits);
  for (const Unit& known : kUnits) {
    if (known.name != unit) continue;
    if (whole > kLongest) return c_.error(span, "this duration is too long");
    c_.take_token(length);
    return Duration(whole * known.ns + fraction * (known.ns / scale));
  }
  return c_.error(span, unit.empty() ? std::string("a duration needs a unit directly behind the "
                                                   "number, as in 500ms, 5s, 2min or 1h")
                                     : fmt::format("unknown unit '{}'; a duration is in ms, s, "
                                                   "min or h",
                                                   printable(unit)));
}

std::optional<DurationSpec> Grammar::duration() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  DurationSpec spec;
  if (c_.looking_at(kOpen)) {
    Value value;
    if (!interpolation(value)) return std::nullopt;
    spec.expr = value.pieces[0].expr;
    c_.note_token(begin, c_.pos());
  } else {
    const auto literal = duration_literal();
    if (!literal) return std::nullopt;
    spec.literal = *literal;
  }
  spec.span = c_.span_from(begin);
  return spec;
}

}  // namespace fixdrill::syntax
