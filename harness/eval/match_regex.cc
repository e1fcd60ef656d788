#include <fmt/format.h>
#include <utility>

#include "eval/matchers.h"
#include "eval/regex.h"

namespace fixdrill::eval {

namespace {

class RegexMatcher : public Matcher {
 public:
  RegexMatcher(CompiledRegex regex, bool negated) : regex_(std::move(regex)), negated_(negated) {}

  bool accepts(std::string_view value, Time) const override {
    return regex_.found_in(value) != negated_;
  }
  std::string describe() const override {
    return fmt::format("a value {}matching {}", negated_ ? "not " : "", regex_.shown());
  }
  std::string notation() const override {
    return fmt::format(" {} {}", negated_ ? "!~" : "~", regex_.shown());
  }

 private:
  CompiledRegex regex_;
  bool negated_;
};

}  // namespace

Result<MatcherPtr> match_regex(const syntax::RegexTest& test, const MatcherContext& context) {
  Result<CompiledRegex> regex = CompiledRegex::make(test.regex, test.span, context.environment);
  if (!regex) return regex.error();
  return MatcherPtr(std::make_unique<RegexMatcher>(std::move(*regex), test.negated));
}

}  // namespace fixdrill::eval
