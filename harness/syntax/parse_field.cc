// Fields in braces: places and their tests.
#include <algorithm>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "syntax/grammar.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

namespace {

constexpr TextEnd kFieldValue{"|}", true};

}  // namespace

// The '{' comes next. Bad fields are reported and left out.
std::optional<std::vector<Field>> Grammar::fields() {
  const std::size_t open = c_.pos();
  const Level level(*this);
  if (!level.ok()) return std::nullopt;
  c_.take("{");
  std::vector<Field> fields;
  bool closing_skipped = false;  // with a field that was not understood
  for (;;) {
    c_.skip_lines();
    while (c_.take("|")) c_.skip_lines();
    if (c_.take("}")) return fields;
    if (c_.at_end() || at_step_word()) {
      if (closing_skipped) return std::nullopt;
      return not_closed(open, "this '{' is never closed");
    }
    const std::size_t begin = c_.pos();
    if (auto one = field()) {
      fields.push_back(std::move(*one));
      if (at_field_end()) continue;
      c_.expected("'|', '}' or the end of the line");
    }
    if (not_closed_at_ == c_.pos()) {
      if (is_own_brace(open, begin)) c_.take("}");
      return std::nullopt;
    }
    skip_field();
    closing_skipped = c_.text(begin, c_.pos()).find('}') != std::string_view::npos;
  }
}

// Whether the '}' here, before which a bracket of the field at `begin` is open, is that of the
// block at `open`: not when the field stands on the block's first line and the '}' on a later one.
bool Grammar::is_own_brace(std::size_t open, std::size_t begin) const {
  const bool on_first_line = c_.text(open, begin).find('\n') == std::string_view::npos;
  const bool one_line = c_.text(open, c_.pos()).find('\n') == std::string_view::npos;
  return c_.peek() == '}' && (one_line || !on_first_line);
}

// Where reading stops several may be open: the innermost is told.
std::nullopt_t Grammar::not_closed(std::size_t open, const char* message) {
  if (not_closed_at_ != c_.pos()) c_.error(c_.span(open, open + 1), message);
  not_closed_at_ = c_.pos();
  return std::nullopt;
}

bool Grammar::at_field_end() { return c_.at_line_end() || c_.peek() == '|' || c_.peek() == '}'; }

// A step where a field should be: the '}' was forgotten.
bool Grammar::at_step_word() {
  const std::string_view word = c_.peek_word();
  const auto& steps = step_words();
  const auto& items = item_words();
  if (c_.peek() == '@') return true;
  if (std::find(steps.begin(), steps.end(), word) == steps.end() &&
      std::find(items.begin(), items.end(), word) == items.end())
    return false;
  std::size_t ahead = word.size();
  while (is_blank(c_.peek(ahead))) ++ahead;
  const std::string_view rest = c_.text().substr(c_.pos() + ahead);
  constexpr std::string_view kTestBegins = "=!<>~?-(.[|}";
  return !(rest.empty() || kTestBegins.find(rest[0]) != std::string_view::npos ||
           rest.starts_with("in ") || rest.starts_with("not in ") || rest.starts_with("is "));
}

// To the next field, or behind the brackets that open on this line.
void Grammar::skip_field() {
  int depth = 0;
  for (; !c_.at_end(); c_.seek(c_.pos() + 1)) {
    const char c = c_.peek();
    if (depth <= 0 && (c == '|' || c == '}' || c == '\n')) return;
    if (c == '\n' && at_step_word_on_next_line()) return;
    if (c == '#' && is_blank(c_.before())) {
      if (depth <= 0) return;
      c_.seek(c_.line_end() - 1);
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
  }
}

bool Grammar::at_step_word_on_next_line() {
  const std::size_t here = c_.pos();
  c_.seek(here + 1);
  const bool found = at_step_word();
  c_.seek(here);
  return found;
}

std::optional<Field> Grammar::field() {
  const std::size_t begin = c_.pos();
  Field field;
  if (c_.take("!", Glue::after)) {
    auto absent = place();
    if (!absent) return std::nullopt;
    field.place = std::move(*absent);
    field.test = Absent{};
    field.span = c_.span_from(begin);
    return field;
  }
  auto where = place();
  if (!where) return std::nullopt;
  field.place = std::move(*where);
  if (c_.next_is("->")) {
    field.test = CaptureOnly{};
  } else {
    auto test = field_test();
    if (!test) return std::nullopt;
    field.test = std::move(*test);
  }
  // Unquoted text stops at its delimiter: the blanks before that are not part of the test.
  field.span = c_.span(begin, begin + trim(c_.text(begin, c_.pos())).size());
  if (c_.take("->")) {
    auto captured = name("a name after '->'");
    if (!captured) return std::nullopt;
    field.capture = std::move(*captured);
  }
  return field;
}

std::optional<FieldTest> Grammar::field_test() {
  if (c_.next_is("==")) return c_.error(c_.span(c_.pos(), c_.pos() + 2), "a field takes one '='");
  if (c_.next_is("=")) return equality();
  if (c_.next_is("!=")) return comparison(Compare::ne, 2);
  if (c_.next_is("<=")) return comparison(Compare::le, 2);
  if (c_.next_is(">=")) return comparison(Compare::ge, 2);
  if (c_.next_is("<")) return comparison(Compare::lt, 1);
  if (c_.next_is(">")) return comparison(Compare::gt, 1);
  if (c_.take("~")) return regex_test(false);
  if (c_.take("!~")) return regex_test(true);
  if (c_.next_is("[")) return group(GroupTest::Mode::ordered);
  if (c_.take("?=")) {
    auto given = value(kFieldValue);
    if (!given) return std::nullopt;
    return DefaultValue{std::move(*given)};
  }
  return word_test();
}

std::optional<FieldTest> Grammar::equality() {
  c_.take("=");
  auto given = value(kFieldValue);
  if (!given) return std::nullopt;
  if (!given->quoted && given->literal() && given->literal_text() == "*") return Present{};
  if (!c_.take("+-")) return Comparison{Compare::eq, std::move(*given)};
  ExprPtr amount = width();
  if (!amount) return std::nullopt;
  return Tolerance{std::move(*given), std::move(amount)};
}

// What stands behind `+-`.
ExprPtr Grammar::width() {
  c_.skip_blanks();
  if (is_digit(c_.peek())) return number();
  if (!c_.looking_at("${")) {
    c_.expected("a number or a duration after '+-'");
    return nullptr;
  }
  const std::size_t begin = c_.pos();
  Value value;
  if (!interpolation(value)) return nullptr;
  c_.note_token(begin, c_.pos());
  return value.pieces[0].expr;
}

std::optional<FieldTest> Grammar::comparison(Compare op, std::size_t length) {
  c_.take_token(length);
  auto given = value(kFieldValue);
  if (!given) return std::nullopt;
  return Comparison{op, std::move(*given)};
}

std::optional<FieldTest> Grammar::regex_test(bool negated) {
  auto pattern = regex();
  if (!pattern) return std::nullopt;
  RegexTest test{negated, std::move(*pattern), {}};
  test.span = test.regex.value.span;
  return test;
}

std::optional<FieldTest> Grammar::in_test(bool negated) {
  if (c_.next_is("(")) {
    auto values = value_set();
    if (!values) return std::nullopt;
    return InSet{negated, std::move(*values)};
  }
  if (negated) return c_.expected("'(' after 'not in'");
  if (!at_number()) return c_.expected("values or a range, as in 'in (A, B)' or 'in 10 .. 11'");
  auto low = number_or_expression();
  if (!low) return std::nullopt;
  if (!c_.take("..")) return c_.expected("'..' and a number; several values stand in parentheses");
  auto high = number_or_expression();
  if (!high) return std::nullopt;
  return InRange{std::move(*low), std::move(*high)};
}

std::optional<FieldTest> Grammar::word_test() {
  if (c_.take_word("in")) return in_test(false);
  if (c_.take_word("not")) {
    if (!c_.take_word("in")) return c_.expected("'in' after 'not'");
    return in_test(true);
  }
  if (c_.take_word("is")) {
    auto shape = name("a shape, as in 'is timestamp_ms'");
    if (!shape) return std::nullopt;
    return IsShape{std::move(*shape)};
  }
  if (c_.take_word("unordered")) return group(GroupTest::Mode::unordered);
  if (c_.take_word("contains")) return group(GroupTest::Mode::contains);
  if (c_.take_word("each")) return each_entry();
  return c_.expected("a test of the field, as in '= value'");
}

bool Grammar::at_index() const {
  if (c_.peek() != '[') return false;
  std::size_t ahead = 1;
  while (is_blank(c_.peek(ahead))) ++ahead;
  const char c = c_.peek(ahead);
  return c != '{' && c != ']' && c != '\n' && c != '#' && c != '\0';
}

std::optional<Place> Grammar::place() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  Place place;
  do {
    auto ref = field_ref();
    if (!ref) return std::nullopt;
    Place::Part part{std::move(*ref), std::nullopt};
    if (at_index()) {
      auto index = place_index();
      if (!index) return std::nullopt;
      part.index = std::move(*index);
    }
    place.parts.push_back(std::move(part));
  } while (c_.peek() == '.' && c_.take(".", Glue::both));
  place.span = c_.span_from(begin);
  return place;
}

std::optional<int> Grammar::tag() {
  c_.skip_blanks();
  std::size_t length = 0;
  int tag = 0;
  for (; is_digit(c_.peek(length)); ++length) {
    if (length < limits::kTagDigits) tag = tag * 10 + (c_.peek(length) - '0');
  }
  if (length == 0) return c_.expected("a tag");
  const Span span = c_.take_token(length, Glue::none);
  if (length > limits::kTagDigits || tag == 0)
    return c_.error(
        span, fmt::format("a tag is a number from 1 with at most {} digits", limits::kTagDigits));
  return tag;
}

std::optional<FieldRef> Grammar::field_ref() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  FieldRef ref;
  if (is_digit(c_.peek())) {
    const auto number = tag();
    if (!number) return std::nullopt;
    ref.tag = *number;
  } else {
    auto given = name("a field");
    if (!given) return std::nullopt;
    ref.name = std::move(given->text);
    if (c_.peek() == '(') {
      c_.take("(", Glue::both);
      const auto number = tag();
      if (!number) return std::nullopt;
      if (!c_.take(")", Glue::before)) return c_.expected("')'");
      ref.tag = *number;
    }
  }
  ref.span = c_.span_from(begin);
  return ref;
}

std::optional<Index> Grammar::place_index() {
  const std::size_t begin = c_.pos();
  Index index;
  c_.take("[", Glue::both);
  c_.skip_blanks();
  std::size_t digits = 0;
  while (is_digit(c_.peek(digits))) ++digits;
  while (is_blank(c_.peek(digits))) ++digits;
  if (c_.looking_at("${")) {
    Value position;
    const std::size_t at = c_.pos();
    if (!interpolation(position)) return std::nullopt;
    c_.note_token(at, c_.pos());
    index.position = position.pieces[0].expr;
  } else if (is_digit(c_.peek()) && c_.peek(digits) != '=') {
    index.position = number();
    if (!index.position) return std::nullopt;
  } else {
    auto key = field_ref();
    if (!key) return std::nullopt;
    if (!c_.take("=")) return c_.expected("'='");
    auto wanted = value({"]|}", false});
    if (!wanted) return std::nullopt;
    index.key = std::move(*key);
    index.value = std::move(*wanted);
  }
  if (!c_.take("]", Glue::before)) return c_.expected("']'");
  index.span = c_.span_from(begin);
  return index;
}

}  // namespace fixdrill::syntax
