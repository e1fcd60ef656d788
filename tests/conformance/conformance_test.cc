// Whether the pack of standard session cases finds what it is there for: a peer that keeps the
// standard passes, one that breaks one demand of it fails exactly the cases of that demand.

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iostream>
#include <iterator>
#include <set>
#include <tuple>

#include "base/text.h"
#include "conformance/mutants.h"
#include "conformance/pack.h"

namespace fixdrill::conformance {
namespace {

using Ids = std::set<std::string>;

/// Every mutant everywhere: ALL_MUTANTS=1 build/dev/tests/conformance/conformance, some minutes.
bool all_mutants() { return std::getenv("ALL_MUTANTS") != nullptr; }

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

Ids passed(const Outcomes& outcomes) {
  Ids ids;
  for (const auto& [id, outcome] : outcomes) {
    if (outcome.outcome == record::Outcome::pass) ids.insert(id);
  }
  return ids;
}

Ids both(const Ids& some, const Ids& others) {
  Ids ids;
  std::set_intersection(some.begin(), some.end(), others.begin(), others.end(),
                        std::inserter(ids, ids.end()));
  return ids;
}

/// What the pack says of a mutant that it should not; "": it says just what is expected.
std::string slip(const Mutant& mutant, const Ids& expected, const Ids& failing) {
  const std::string who = mutant.breaks + ", " + mutant.name;
  if (expected.empty()) return who + ": none of these cases is there";
  for (const std::string& id : expected) {
    if (!failing.contains(id))
      return fmt::format("{}: must fail {}, but {} failed", who, id, text(failing));
  }
  Ids allowed = ids_of(mutant.family);
  allowed.insert(expected.begin(), expected.end());
  if (mutant.others || both(failing, allowed) == failing) return "";
  return fmt::format("{}: only {} must fail, but {} failed", who, text(expected), text(failing));
}

class SessionPack : public testing::TestWithParam<Kind> {
 protected:
  Ids expected(const Mutant& mutant) const { return both(ids_of(mutant.breaks), fine); }

  Pack pack{GetParam()};
  /// What passes without a fault: what a case for other peers says does not matter.
  const Outcomes standard = pack.run({});
  const Ids fine = passed(standard);
};

TEST_P(SessionPack, APeerThatKeepsTheStandardPasses) {
  for (const auto& [id, outcome] : standard)
    EXPECT_FALSE(outcome.failed()) << id << '\n' << outcome.reason;
  for (const std::string& id : pack.demanded()) EXPECT_TRUE(fine.contains(id)) << id;
  std::cout << fmt::format("{}: {} of {} cases passed\n", GetParam().text(), fine.size(),
                           standard.size());
}

TEST_P(SessionPack, EveryFaultFailsItsCases) {
  std::vector<Mutant> mutants = mutants_for(pack.settings());
  // The rules do not change with the version: FIX 4.4 stands for the further faults of a case.
  if (GetParam().begin_string != "FIX.4.4" && !all_mutants()) mutants = one_a_case(mutants);
  Ids covered;
  std::size_t caught = 0;
  for (const Mutant& mutant : mutants) {
    const Ids ids = expected(mutant);
    const std::string wrong = slip(mutant, ids, both(failed(pack.run(mutant.fault, ids)), ids));
    EXPECT_EQ(wrong, "");
    if (!wrong.empty()) continue;
    ++caught;
    covered.insert(ids.begin(), ids.end());
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
  const Mutant mutant{"2.k", "accepted", without("2.k")};
  const Ids failing = failed(pack.run(mutant.fault));
  EXPECT_EQ(slip(mutant, {"2.k"}, failing), "");
  EXPECT_EQ(slip(mutant, {"2.k"}, {}), "2.k, accepted: must fail 2.k, but nothing failed");
  EXPECT_EQ(slip(mutant, {"2.i"}, failing), "2.k, accepted: must fail 2.i, but 2.k failed");
  EXPECT_EQ(slip(mutant, {"2.k"}, {"2.i", "2.k"}),
            "2.k, accepted: only 2.k must fail, but 2.i 2.k failed");
  EXPECT_EQ(slip(mutant, {}, failing), "2.k, accepted: none of these cases is there");
}

/// One version says it for all: the whole pack once for a fault of each case, or for every fault.
constexpr std::size_t kParts = 3;
class WholePack : public testing::TestWithParam<std::tuple<Kind, std::size_t>> {};

TEST_P(WholePack, NoFaultFailsAnotherCase) {
  const auto& [kind, part] = GetParam();
  Pack pack(kind);
  const Ids fine = passed(pack.run({}));
  std::vector<Mutant> mutants = mutants_for(pack.settings());
  if (!all_mutants()) mutants = one_a_case(mutants);
  for (std::size_t i = part; i < mutants.size(); i += kParts) {
    const Mutant& mutant = mutants[i];
    if (mutant.others) continue;
    EXPECT_EQ(slip(mutant, both(ids_of(mutant.breaks), fine), failed(pack.run(mutant.fault))), "");
  }
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

std::string name_of_part(const testing::TestParamInfo<WholePack::ParamType>& info) {
  const Kind& kind = std::get<0>(info.param);
  return fmt::format("{}_{}", kind.acceptor ? "acceptor" : "initiator",
                     std::get<1>(info.param) + 1);
}

INSTANTIATE_TEST_SUITE_P(Peers, WholePack,
                         testing::Combine(testing::Values(Kind{true, "FIX.4.4"},
                                                          Kind{false, "FIX.4.4"}),
                                          testing::Range<std::size_t>(0, kParts)),
                         name_of_part);

}  // namespace
}  // namespace fixdrill::conformance
