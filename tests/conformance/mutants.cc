#include "conformance/mutants.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace fixdrill::conformance {

namespace {

bool holds(Where where, const Settings& settings) {
  switch (where) {
    case Where::everywhere:
      return true;
    case Where::acceptor:
      return settings.acceptor;
    case Where::initiator:
      return !settings.acceptor;
    case Where::from_44:
      return settings.begin_string != "FIX.4.2";
  }
  return false;
}

}  // namespace

Fault without(const std::string& rule) { return {rule}; }

Fault spoilt(const std::string& rule, const Spoil& spoil) { return {rule, spoil}; }

Fault set_up(const std::function<void(Settings&)>& setting) { return {"", nullptr, setting}; }

std::vector<Mutant> reject_mutants(const Demand& demand) {
  const std::string& id = demand.id;
  std::vector<Mutant> mutants = {
      {id, "no Reject", spoilt(id, mutes("3"))},
      {id, "another SessionRejectReason(373)", spoilt(id, alters(373, "99")),
       demand.reason_of_42 ? Where::everywhere : Where::from_44},
      {id, "no RefSeqNum(45)", spoilt(id, drops_field(45))},
      {id, "another RefSeqNum(45)", spoilt(id, adds(45, -1))},
      {id, "the number is not used up", spoilt(id, does_not_count())},
      {id, "disconnects", spoilt(id, hangs_up())},
  };
  if (demand.tag) mutants.push_back({id, "another RefTagID(371)", spoilt(id, adds(371, 1))});
  return mutants;
}

std::vector<Mutant> ignore_mutants(const std::string& rule, const std::string& ids) {
  std::vector<Mutant> mutants = {
      {ids, "it is processed", spoilt(rule, processes())},
      {ids, "the number is used up", spoilt(rule, counts())},
      {ids, "Reject", spoilt(rule, says_instead({"3", {{45, "2"}, {58, "garbled"}}}))},
      {ids, "Logout", spoilt(rule, says_instead({"5", {}}))},
      {ids, "disconnects", spoilt(rule, hangs_up())},
  };
  // A torn message comes in pieces, each garbled in its own way.
  for (Mutant& mutant : mutants) mutant.family = "2.d 2.m 2.t 3.b 3.c 3.e";
  return mutants;
}

void append(std::vector<Mutant>& to, const std::vector<Mutant>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

std::vector<Mutant> mutants_for(const Settings& settings) {
  std::vector<Mutant> all;
  for (const auto& part : {logon_mutants(), header_mutants(), garbled_mutants(), exchange_mutants(),
                           reset_mutants(), content_mutants(), order_mutants()})
    append(all, part);
  std::erase_if(all, [&](const Mutant& mutant) { return !holds(mutant.where, settings); });
  return all;
}

std::vector<Mutant> one_a_case(const std::vector<Mutant>& mutants) {
  std::set<std::string> seen;
  std::vector<Mutant> first;
  std::copy_if(mutants.begin(), mutants.end(), std::back_inserter(first),
               [&](const Mutant& mutant) { return seen.insert(mutant.breaks).second; });
  return first;
}

}  // namespace fixdrill::conformance
