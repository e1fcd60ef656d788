// The matchers, one function each; make_matcher() chooses among them.
#pragma once

#include <string_view>
#include <vector>

#include "eval/matcher.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// = != < <= > >= by the field's type; quoted: by bytes.
Result<MatcherPtr> match_comparison(const syntax::Comparison& test, const MatcherContext& context);
/// = X +- 0.01, = ${now()} +- 5s.
Result<MatcherPtr> match_tolerance(const syntax::Tolerance& test, const MatcherContext& context);
/// ~ /re/i and !~.
Result<MatcherPtr> match_regex(const syntax::RegexTest& test, const MatcherContext& context);
/// in (A, B), not in (A, B).
Result<MatcherPtr> match_set(const syntax::InSet& test, const MatcherContext& context);
/// in 10 .. 11, both ends included.
Result<MatcherPtr> match_range(const syntax::InRange& test, const MatcherContext& context);
/// is timestamp_ms.
Result<MatcherPtr> match_shape(const syntax::IsShape& test, const MatcherContext& context);
/// = *
MatcherPtr match_present();

/// Names that may stand behind `is`, sorted.
std::vector<std::string> shape_names();
/// "no shape 'x'; did you mean …?"
std::string unknown_shape(const std::string& name);

}  // namespace fixdrill::eval
