#include <fmt/format.h>

#include "eval/build.h"
#include "eval/expression.h"
#include "eval/names.h"
#include "syntax/parser.h"

namespace fixdrill::eval {

namespace {

// Where the `}` of a `${` stands, strings skipped; npos = nowhere.
std::size_t closing_brace(std::string_view text, std::size_t from) {
  bool in_string = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (in_string && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && text[i] == '}') {
      return i;
    }
  }
  return std::string_view::npos;
}

// Errors point into a file that nobody wrote: only their sentence is kept.
Error about(std::string_view expr, const std::string& rendered) {
  constexpr std::string_view kMark = "error: ";
  const std::size_t mark = rendered.find(kMark);
  const std::size_t begin = mark == std::string::npos ? 0 : mark + kMark.size();
  const std::size_t end = rendered.find('\n', begin);
  return input_error(fmt::format(
      "${{{}}} in the profile: {}", expr,
      rendered.substr(begin, end == std::string::npos ? std::string::npos : end - begin)));
}

Result<std::string> expression_text(std::string_view expr, const Environment& environment) {
  const auto source = std::make_shared<const SourceFile>(
      "profile", fmt::format("scenario \"profile\" {{\n  log \"${{{}}}\"\n}}\n", expr));
  const syntax::Parsed parsed = syntax::parse(source);
  if (has_errors(parsed.diagnostics)) return about(expr, render(parsed.diagnostics));
  const syntax::Step& only = parsed.file.scenarios.at(0).block.steps.at(0);
  const Result<std::string> text = fill(std::get<syntax::Log>(only.action).text, environment);
  return text ? text : about(expr, text.error().text);
}

}  // namespace

Result<std::string> fill_profile_text(const std::string& text, const Environment& environment) {
  std::string filled;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find("${", at);
    if (open == std::string::npos) break;
    if (open > at && text[open - 1] == '$') {  // $${ stands for the letters
      filled += text.substr(at, open - 1 - at) + "${";
      at = open + 2;
      continue;
    }
    const std::size_t close = closing_brace(text, open + 2);
    if (close == std::string::npos)
      return input_error(fmt::format("'{}' in the profile: ${{ without its }}", text));
    const auto value =
        expression_text(std::string_view(text).substr(open + 2, close - open - 2), environment);
    if (!value) return value;
    filled += text.substr(at, open - at) + *value;
    at = close + 1;
  }
  return filled + text.substr(std::min(at, text.size()));
}

}  // namespace fixdrill::eval
