// Regular expressions: RE2, bounded in memory, so that no pattern of a scenario can hang a run.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "eval/bindings.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// For one without `${…}`: what is wrong with it; "" = nothing.
std::string why_no_regex(const syntax::Regex& literal);

/// Copies share the compiled pattern. Found anywhere in the text unless anchored.
class CompiledRegex {
 public:
  /// What `${…}` gives is quoted. The error stands at `span`.
  static Result<CompiledRegex> make(const syntax::Regex& regex, const Span& span,
                                    const Environment& environment);
  bool found_in(std::string_view text) const;
  /// "/too late|filled/i"
  const std::string& shown() const { return shown_; }

 private:
  struct Program;
  std::shared_ptr<const Program> program_;
  std::string shown_;
};

}  // namespace fixdrill::eval
