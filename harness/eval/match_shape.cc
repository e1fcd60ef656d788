#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/arithmetic.h"
#include "eval/matchers.h"
#include "eval/names.h"
#include "fix/value.h"

namespace fixdrill::eval {

namespace {

bool all_of(std::string_view text, int (*is)(int)) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [&](unsigned char c) { return is(c) != 0; });
}

bool is_alphanumeric(std::string_view text) { return all_of(text, std::isalnum); }
bool is_boolean(std::string_view text) { return text == "Y" || text == "N"; }
bool is_character(std::string_view text) { return text.size() == 1; }
bool is_decimal(std::string_view text) { return fix::Decimal::parse(text).has_value(); }

bool is_date(std::string_view text) {
  return text.size() == 8 && fix::parse_utc_timestamp(std::string(text) + "-00:00:00").has_value();
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return all_of(text, std::isdigit);
}

bool is_time(std::string_view text) {
  return text.find('-') == std::string_view::npos && time_of(text).has_value();
}

bool is_timestamp(std::string_view text) { return fix::timestamp_digits(text).has_value(); }

template <unsigned Digits>
bool has_digits(std::string_view text) {
  return fix::timestamp_digits(text) == Digits;
}

// 8-4-4-4-12 hexadecimal digits.
bool is_uuid(std::string_view text) {
  constexpr std::array<std::size_t, 5> kLengths = {8, 4, 4, 4, 12};
  const auto parts = split(text, '-');
  return std::equal(parts.begin(), parts.end(), kLengths.begin(), kLengths.end(),
                    [](std::string_view part, std::size_t length) {
                      return part.size() == length && all_of(part, std::isxdigit);
                    });
}

struct Shape {
  std::string_view name;
  bool (*fits)(std::string_view);
};

constexpr std::array kShapes = {
    Shape{"alphanumeric", is_alphanumeric},
    Shape{"boolean", is_boolean},
    Shape{"character", is_character},
    Shape{"date", is_date},
    Shape{"decimal", is_decimal},
    Shape{"integer", is_integer},
    Shape{"number", is_decimal},
    Shape{"time", is_time},
    Shape{"timestamp", is_timestamp},
    Shape{"timestamp_ms", has_digits<3>},
    Shape{"timestamp_ns", has_digits<9>},
    Shape{"timestamp_s", has_digits<0>},
    Shape{"timestamp_us", has_digits<6>},
    Shape{"uuid", is_uuid},
};

class ShapeMatcher : public Matcher {
 public:
  explicit ShapeMatcher(const Shape& shape) : shape_(shape) {}

  bool accepts(std::string_view value, Time) const override { return shape_.fits(value); }
  std::string describe() const override { return fmt::format("is {}", shape_.name); }
  std::string notation() const override { return fmt::format(" is {}", shape_.name); }

 private:
  const Shape& shape_;
};

}  // namespace

std::vector<std::string> shape_names() {
  std::vector<std::string> names;
  for (const Shape& shape : kShapes) names.emplace_back(shape.name);
  return names;
}

std::string unknown_shape(const std::string& name) {
  const auto near = did_you_mean(name, shape_names());
  return fmt::format(
      "no shape '{}'{}", name,
      near ? fmt::format("; did you mean {}?", *near) : "; known: " + join(shape_names(), ", "));
}

Result<MatcherPtr> match_shape(const syntax::IsShape& test, const MatcherContext&) {
  const auto found = std::find_if(kShapes.begin(), kShapes.end(),
                                  [&](const Shape& s) { return s.name == test.shape.text; });
  if (found != kShapes.end()) return MatcherPtr(std::make_unique<ShapeMatcher>(*found));
  return fail(test.shape.span, unknown_shape(test.shape.text));
}

}  // namespace fixdrill::eval
