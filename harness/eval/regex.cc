#include "eval/regex.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/limits.h"
#include "eval/expression.h"
#include "eval/names.h"

namespace fixdrill::eval {

struct CompiledRegex::Program {
  Program(const std::string& pattern, const RE2::Options& options) : re(pattern, options) {}
  RE2 re;
};

namespace {

Result<std::string> pattern_text(const syntax::Regex& regex, const Environment& environment) {
  if (regex.value.literal()) return regex.pattern;
  std::string pattern;
  for (const syntax::Value::Piece& piece : regex.value.pieces) {
    if (!piece.expr) {
      pattern += piece.text;
      continue;
    }
    const Result<Value> value = evaluate(*piece.expr, environment);
    if (!value) return value.error();
    pattern += RE2::QuoteMeta(to_text(*value));
  }
  return pattern;
}

RE2::Options options_of(const syntax::Regex& regex) {
  RE2::Options options;
  options.set_max_mem(static_cast<std::int64_t>(limits::kRegexMemory));
  options.set_log_errors(false);
  options.set_case_sensitive(!regex.ignore_case);
  return options;
}

}  // namespace

std::string why_no_regex(const syntax::Regex& literal) {
  const RE2 program(literal.pattern, options_of(literal));
  return program.ok() ? "" : fmt::format("this is no regular expression: {}", program.error());
}

Result<CompiledRegex> CompiledRegex::make(const syntax::Regex& regex, const Span& span,
                                          const Environment& environment) {
  const Result<std::string> pattern = pattern_text(regex, environment);
  if (!pattern) return pattern.error();
  auto program = std::make_shared<const Program>(*pattern, options_of(regex));
  if (!program->re.ok())
    return fail(span, fmt::format("this is no regular expression: {}", program->re.error()));
  CompiledRegex compiled;
  compiled.program_ = std::move(program);
  compiled.shown_ = fmt::format("/{}/{}", *pattern, regex.ignore_case ? "i" : "");
  return compiled;
}

bool CompiledRegex::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), program_->re);
}

}  // namespace fixdrill::eval
