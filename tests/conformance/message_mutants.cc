// 2, 3, 14, 19: what becomes of a message.

#include <chrono>

#include "conformance/mutants.h"

namespace fixdrill::conformance {

namespace {

bool is_test_request(const Occasion& occasion) {
  return occasion.message && occasion.message->msg_type() == "1";
}

// For the sub-cases that say what is right and must be accepted: it is not.
Fault refuses(const Spoil& how) { return spoilt("*", when(is_test_request, how)); }

Spoil rejects(const std::string& reason) {
  return says_instead({"3", {{45, "2"}, {373, reason}, {58, "refused"}}});
}

Spoil ignores() { return both(mutes(), does_not_count()); }

bool comes_again_in_sequence(const Occasion& occasion) {
  return occasion.message && occasion.message->poss_dup() && occasion.message->has(122) &&
         occasion.message->seq_num() == occasion.state.next_in;
}

Fault threshold(std::chrono::seconds threshold) {
  return set_up([threshold](Settings& settings) { settings.sending_time_threshold = threshold; });
}

// Reject, then Logout and the end of the connection.
std::vector<Mutant> ending_mutants(const std::string& id) {
  return {
      {id, "it is accepted", without(id)},
      {id, "no Reject", spoilt(id, mutes("3"))},
      {id, "another SessionRejectReason(373)", spoilt(id, alters(373, "99"))},
      {id, "another RefSeqNum(45)", spoilt(id, adds(45, -1))},
      {id, "no Logout", spoilt(id, mutes("5"))},
      {id, "stays connected", spoilt(id, stays_connected())},
  };
}

}  // namespace

std::vector<Mutant> header_mutants() {
  using enum Where;
  using std::chrono::seconds;
  std::vector<Mutant> mutants = {
      {"2.a", "the number is not used up", refuses(does_not_count()), everywhere, true},
      {"2.b", "it is processed", spoilt("2.b", processes()), everywhere, true},
      {"2.b", "no ResendRequest", spoilt("2.b", mutes()), everywhere, true},
      {"2.b", "asks from one number further on", spoilt("2.b", adds(7, 1)), everywhere, true},
      {"2.b", "Logout", spoilt("2.b", says_instead({"5", {}})), everywhere, true},
      {"2.b", "disconnects", spoilt("2.b", hangs_up()), everywhere, true},
      {"2.c", "it is processed", spoilt("2.c", processes())},
      {"2.c", "it is ignored", spoilt("2.c", both(ignores(), stays_connected()))},
      {"2.c", "stays connected", spoilt("2.c", stays_connected())},
      {"2.e", "Logout: too low", without("2.e")},
      {"2.e", "what was seen is processed again", spoilt("2.e", processes())},
      {"2.e", "the number is used up", spoilt("2.e", counts())},
      {"2.e", "what was not seen is ignored", spoilt("*", when(comes_again_in_sequence, mutes())),
       everywhere, true},
      {"2.f", "it is accepted", without("2.f")},
      {"2.g", "it is accepted", without("2.g")},
      {"2.h", "the agreed BeginString(8) is refused", refuses(says_instead({"5", {}})), everywhere,
       true},
      {"2.i", "it is accepted", without("2.i")},
      {"2.i", "no Logout", spoilt("2.i", mutes())},
      {"2.i", "stays connected", spoilt("2.i", stays_connected())},
      {"2.i", "it is ignored", spoilt("2.i", both(ignores(), stays_connected()))},
      {"2.j", "the agreed CompIDs are refused", refuses(rejects("9")), everywhere, true},
      {"2.k", "no RefTagID(371)", spoilt("2.k", drops_field(371))},
      {"2.k", "another RefTagID(371)", spoilt("2.k", adds(371, 1))},
      {"2.l", "the right BodyLength(9) is refused", refuses(ignores()), everywhere, true},
      {"2.n", "a SendingTime(52) within the threshold is refused", refuses(rejects("10")),
       everywhere, true},
      {"2.o", "a threshold of 20 minutes", threshold(seconds(1200))},
      {"2.p", "a valid MsgType(35) is refused", refuses(rejects("11")), everywhere, true},
      {"2.q", "it is accepted", spoilt("2.q", mutes())},
      {"2.s", "the first three fields are refused", refuses(ignores()), everywhere, true},
      {"3.a", "the right CheckSum(10) is refused", refuses(ignores()), everywhere, true},
      {"3.d", "CheckSum(10) as last field is refused", refuses(ignores()), everywhere, true},
  };
  append(mutants, ending_mutants("2.k"));
  append(mutants, ending_mutants("2.o"));
  append(mutants, reject_mutants({.id = "2.f", .tag = false}));
  append(mutants, reject_mutants({.id = "2.g", .tag = false}));
  append(mutants, reject_mutants({.id = "2.q", .tag = false}));
  return mutants;
}

std::vector<Mutant> garbled_mutants() {
  std::vector<Mutant> mutants;
  append(mutants, ignore_mutants("2.d", "2.d 3.c"));
  append(mutants, ignore_mutants("2.m", "2.m 3.e"));
  append(mutants, ignore_mutants("2.t", "2.t 2.d 3.c"));
  append(mutants, ignore_mutants("3.b", "3.b 3.e"));
  append(mutants, ignore_mutants("3.e", "3.e 2.d 3.c"));
  return mutants;
}

std::vector<Mutant> content_mutants() {
  std::vector<Mutant> mutants;
  const Demand demands[] = {
      {.id = "14.a"},
      {.id = "14.b"},
      {.id = "14.c"},
      {.id = "14.d"},
      {.id = "14.e"},
      {.id = "14.f"},
      {.id = "14.g", .tag = false, .reason_of_42 = false},
      {.id = "14.h", .reason_of_42 = false},
      {.id = "14.i", .reason_of_42 = false},
      {.id = "14.j", .tag = false, .reason_of_42 = false},
  };
  for (const Demand& demand : demands) {
    // Of a group out of order the count seems wrong too: only the reason tells them apart.
    const Where seen = demand.id == "14.j" ? Where::from_44 : Where::everywhere;
    mutants.push_back({demand.id, "it is accepted", without(demand.id), seen});
    append(mutants, reject_mutants(demand));
  }
  mutants.push_back(
      {"14.k", "Reject, but the number is not used up", spoilt("14.k", does_not_count())});
  mutants.push_back({"14.k", "no Reject, but the number is used up", spoilt("14.k", mutes())});
  mutants.push_back({"14.k", "disconnects", spoilt("14.k", hangs_up())});
  return mutants;
}

std::vector<Mutant> order_mutants() {
  std::vector<Mutant> mutants;
  for (const char* id : {"2.r", "14.l", "14.m"}) {
    append(mutants, {{id, "it is accepted", without(id)},
                     {id, "no BusinessMessageReject", spoilt(id, mutes())},
                     {id, "another BusinessRejectReason(380)", spoilt(id, alters(380, "0"))},
                     {id, "another RefMsgType(372)", spoilt(id, alters(372, "0"))},
                     {id, "a Reject instead", spoilt(id, rejects("11"))},
                     {id, "the number is not used up", spoilt(id, does_not_count())},
                     {id, "disconnects", spoilt(id, hangs_up())}});
  }
  append(mutants, {{"19.a", "it is processed again", without("19.a")},
                   {"19.a", "Reject", spoilt("19.a", rejects("5"))},
                   {"19.a", "the number is not used up", spoilt("19.a", does_not_count())},
                   {"19.b", "it is ignored", spoilt("19.b", mutes())},
                   {"19.b", "Reject", spoilt("19.b", rejects("5"))},
                   {"19.b", "it is processed twice", spoilt("19.b", says_twice())}});
  return mutants;
}

}  // namespace fixdrill::conformance
