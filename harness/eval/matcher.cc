#include "eval/matcher.h"

#include "eval/matchers.h"
#include "eval/names.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

class PresentMatcher : public Matcher {
 public:
  bool accepts(std::string_view, Time) const override { return true; }
  std::string describe() const override { return "present"; }
  std::string notation() const override { return "=*"; }
};

Result<MatcherPtr> not_of_one_value() {
  return input_error("this test does not look at one value");
}

}  // namespace

MatcherPtr match_present() { return std::make_unique<PresentMatcher>(); }

Result<MatcherPtr> make_matcher(const syntax::FieldTest& test, const MatcherContext& context) {
  using Made = Result<MatcherPtr>;
  return std::visit(Overloaded{
                        [](const syntax::Absent&) { return not_of_one_value(); },
                        [](const syntax::Present&) { return Made(match_present()); },
                        [&](const syntax::Comparison& t) { return match_comparison(t, context); },
                        [](const syntax::DefaultValue&) { return not_of_one_value(); },
                        [&](const syntax::Tolerance& t) { return match_tolerance(t, context); },
                        [&](const syntax::RegexTest& t) { return match_regex(t, context); },
                        [&](const syntax::InSet& t) { return match_set(t, context); },
                        [&](const syntax::InRange& t) { return match_range(t, context); },
                        [&](const syntax::IsShape& t) { return match_shape(t, context); },
                        [](const syntax::CaptureOnly&) { return not_of_one_value(); },
                        [](const syntax::GroupTest&) { return not_of_one_value(); },
                    },
                    test);
}

}  // namespace fixdrill::eval
