// The mutants: session layers that each break one demand of one sub-case, and which ids of the pack
// must say so.
#pragma once

#include <string>
#include <vector>

#include "conformance/fault.h"

namespace fixdrill::conformance {

/// Where a mutant is one.
enum class Where {
  everywhere,
  acceptor,
  initiator,
  from_44,  ///< what FIX 4.2 has no code for
};

struct Mutant {
  std::string breaks;  ///< ids of the pack that must FAIL, parted by blanks; no other may
  std::string name;    ///< what it does
  Fault fault;
  Where where = Where::everywhere;
  /// The demand is under every scenario: others may fail beside those named.
  bool others = false;
  /// Ids that may fail beside those that must: the message of one is in a scenario of the other.
  std::string family = "";
};

/// All of them for a session that is so, in the order of the table.
std::vector<Mutant> mutants_for(const Settings& settings);
/// Of those the first one that breaks the same sub-cases.
std::vector<Mutant> one_a_case(const std::vector<Mutant>& mutants);

// ---- the parts of the table
std::vector<Mutant> logon_mutants();     ///< 1B, 1S, 2S
std::vector<Mutant> header_mutants();    ///< 2
std::vector<Mutant> garbled_mutants();   ///< 2.d, 2.m, 2.t, 3
std::vector<Mutant> exchange_mutants();  ///< 4 to 8, 12, 13, 16, 20
std::vector<Mutant> reset_mutants();     ///< 10, 11
std::vector<Mutant> content_mutants();   ///< 14
std::vector<Mutant> order_mutants();     ///< 2.r, 14.l, 14.m, 19

// ---- what many of them do
/// The rule is left out.
Fault without(const std::string& rule);
Fault spoilt(const std::string& rule, const Spoil& spoil);
Fault set_up(const std::function<void(Settings&)>& setting);
/// A Reject(3) is demanded, and the session goes on.
struct Demand {
  std::string id;
  bool tag = true;           ///< RefTagID(371) is demanded
  bool reason_of_42 = true;  ///< FIX 4.2 has a SessionRejectReason(373) for it
};
std::vector<Mutant> reject_mutants(const Demand& demand);
/// The message is as if it had not come.
std::vector<Mutant> ignore_mutants(const std::string& rule, const std::string& ids);
void append(std::vector<Mutant>& to, const std::vector<Mutant>& more);

}  // namespace fixdrill::conformance
