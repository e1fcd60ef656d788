#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/matchers.h"
#include "eval/names.h"

namespace fixdrill::eval {

namespace {

class SetMatcher : public Matcher {
 public:
  SetMatcher(std::vector<MatcherPtr> members, bool negated)
      : members_(std::move(members)), negated_(negated) {}

  bool accepts(std::string_view value, Time received) const override {
    const bool found = std::any_of(members_.begin(), members_.end(), [&](const MatcherPtr& m) {
      return m->accepts(value, received);
    });
    return found != negated_;
  }
  std::string describe() const override {
    return fmt::format("{} of {}", negated_ ? "none" : "one", listed(&Matcher::describe, 0));
  }
  std::string notation() const override {
    return fmt::format(" {}in ({})", negated_ ? "not " : "", listed(&Matcher::notation, 1));
  }

 private:
  // Members are equalities: their notation begins with "=".
  std::string listed(std::string (Matcher::*text)() const, std::size_t drop) const {
    std::vector<std::string> texts;
    for (const MatcherPtr& member : members_) texts.push_back((*member.*text)().substr(drop));
    return join(texts, ", ");
  }

  std::vector<MatcherPtr> members_;
  bool negated_;
};

}  // namespace

Result<MatcherPtr> match_set(const syntax::InSet& test, const MatcherContext& context) {
  std::vector<MatcherPtr> members;
  for (const syntax::Value& value : test.values) {
    Result<MatcherPtr> member = match_comparison({syntax::Compare::eq, value}, context);
    if (!member) return member.error();
    members.push_back(std::move(*member));
  }
  return MatcherPtr(std::make_unique<SetMatcher>(std::move(members), test.negated));
}

}  // namespace fixdrill::eval
