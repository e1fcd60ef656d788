#include "eval/argument.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/arithmetic.h"
#include "eval/expression.h"
#include "eval/names.h"
#include "eval/path.h"

namespace fixdrill::eval {

namespace {

bool is_name(std::string_view text) {
  const auto letter = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), letter);
}

}  // namespace

std::optional<syntax::Path> bare_path(const syntax::Value& value) {
  if (value.quoted || !value.literal() || value.pieces.empty()) return std::nullopt;
  const std::string text = value.literal_text();
  syntax::Path path{value.span, {}};
  for (const std::string_view name : split(text, '.')) {
    if (!is_name(name)) return std::nullopt;
    path.parts.push_back({{value.span, std::string(name)}, std::nullopt});
  }
  return path;
}

Result<Value> argument(const syntax::Value& value, const Environment& environment) {
  const auto path = bare_path(value);
  if (path && environment.names.find(path->parts.front().name.text))
    return evaluate_path(*path, environment);
  return set_member(value, environment);
}

Result<Value> set_member(const syntax::Value& value, const Environment& environment) {
  if (value.pieces.size() == 1 && value.pieces[0].expr)
    return evaluate(*value.pieces[0].expr, environment);
  Result<std::string> text = fill(value, environment);
  if (!text) return text.error();
  return Value(std::move(*text));
}

Result<std::int64_t> whole_number(const syntax::Value& value, const Environment& environment) {
  const Result<Value> given = set_member(value, environment);
  if (!given) return given.error();
  const auto number = as_number(*given);
  const auto whole = number ? number->integer() : std::nullopt;
  if (whole && *whole >= 0) return *whole;
  return fail(value.span, fmt::format("'{}' is no whole number from 0", to_text(*given)));
}

}  // namespace fixdrill::eval
