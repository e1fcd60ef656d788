// Whether the pack of standard session cases finds what it is there for: a peer that keeps the
// standard passes, one that breaks one demand of it fails exactly the cases of that demand.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iostream>
#include <set>

#include "base/text.h"
#include "conformance/mutants.h"
#include "conformance/pack.h"

namespace fixdrill::conformance {
namespace {

using Ids = std::set<std::string>;

Ids ids_of(const std::string& text) {
  Ids ids;
  for (const std::string_view id : split(text, ' ')) ids.emplace(id);
  return ids;
}

Ids failed(const Outcomes& outcomes) {
  Ids ids;
  for (const auto& [id, outcome] : outcomes) {
    if (outcome.failed()) ids.insert(id);
  }
  return ids;
}

std::string text(const Ids& ids) {
  return ids.empty() ? "nothing" : join({ids.begin(), ids.end()}, " ");
}

/// What the pack says of a mutant that it should not; "": it says just what is expected.
std::string slip(const Mutant& mutant, const Ids& failing) {
  const Ids expected = ids_of(mutant.breaks);
  for (const std::string& id : expected) {
    if (!failing.contains(id))
      return fmt::format("{}, {}: must fail {}, but {} failed", mutant.breaks, mutant.name, id,
                         text(failing));
  }
  if (mutant.others || failing == expected) return "";
  return fmt::format("{}, {}: only {} must fail, but {} failed", mutant.breaks, mutant.name,
                     text(expected), text(failing));
}

class SessionPack : public testing::TestWithParam<Kind> {
 protected:
  Pack pack{GetParam()};
};

TEST_P(SessionPack, APeerThatKeepsTheStandardPasses) {
  std::size_t passed = 0;
  for (const auto& [id, outcome] : pack.run({})) {
    EXPECT_FALSE(outcome.failed()) << id << '\n' << outcome.reason;
    passed += outcome.outcome == record::Outcome::pass ? 1 : 0;
    if (outcome.outcome != record::Outcome::pass)
      std::cout << id << ": " << record::outcome_name(outcome.outcome) << '\n';
  }
  std::cout << GetParam().text() << ": " << passed << " cases passed\n";
}

TEST_P(SessionPack, EveryFaultFailsItsCasesAndNoOther) {
  const std::vector<Mutant> mutants = mutants_for(pack.settings());
  Ids covered;
  std::size_t caught = 0;
  for (const Mutant& mutant : mutants) {
    const std::string wrong = slip(mutant, failed(pack.run(mutant.fault)));
    EXPECT_EQ(wrong, "");
    if (!wrong.empty()) continue;
    ++caught;
    covered.merge(ids_of(mutant.breaks));
  }
  Ids bare;
  for (const std::string& id : pack.demanded()) {
    if (!covered.contains(id)) bare.insert(id);
  }
  EXPECT_EQ(text(bare), "nothing") << "no mutant of these is caught";
  std::cout << fmt::format(
      "mutation score: {} {} of {} mutants caught, {} mandatory wire-visible sub-cases without a "
      "mutant\n",
      GetParam().text(), caught, mutants.size(), bare.size());
}

// What the judgement of the others rests on.
TEST_P(SessionPack, AWrongExpectationIsNoticed) {
  const Ids nothing_failed;
  const Ids failing = failed(pack.run(without("2.k")));
  EXPECT_EQ(slip({"2.k", "accepted", {}}, nothing_failed),
            "2.k, accepted: must fail 2.k, but nothing failed");
  EXPECT_EQ(slip({"2.k", "accepted", {}}, failing), "");
  EXPECT_EQ(slip({"2.i", "accepted", {}}, failing),
            "2.i, accepted: must fail 2.i, but 2.k failed");
  EXPECT_EQ(slip({"2.k", "accepted", {}}, {"2.i", "2.k"}),
            "2.k, accepted: only 2.k must fail, but 2.i 2.k failed");
}

std::string name_of(const testing::TestParamInfo<Kind>& info) {
  std::string name = info.param.text();
  std::erase_if(name, [](char c) { return c == '.'; });
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Peers, SessionPack,
                         testing::Values(Kind{true, "FIX.4.2"}, Kind{true, "FIX.4.4"},
                                         Kind{true, "FIXT.1.1"}, Kind{false, "FIX.4.2"},
                                         Kind{false, "FIX.4.4"}, Kind{false, "FIXT.1.1"}),
                         name_of);

}  // namespace
}  // namespace fixdrill::conformance
