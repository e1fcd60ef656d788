// The standard's table as code: one function a sub-case, named after it.
//
// FIX Session Layer Test Cases v1.0 (June 2020), which FIX 4.2, 4.4 and FIXT.1.1 share. A rule says
// what to do about a message that it is meant for and nothing about any other; of a list of rules
// the first that says something decides.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "conformance/ruling.h"
#include "conformance/state.h"
#include "fix/message.h"

namespace fixdrill::conformance {

using Verdict = std::optional<Ruling>;

struct Rule {
  const char* id;  ///< of the sub-case
  Verdict (*judge)(const fix::Message&, const State&);
};

/// A rule that the clock calls.
struct ClockRule {
  const char* id;
  Verdict (*judge)(const State&);
};

using Rules = std::span<const Rule>;

Rules garbled_rules();          ///< 2.d 2.m 2.t 3.b 3.e: what is no message at all
Rules acceptor_logon_rules();   ///< 1S, 2S
Rules initiator_logon_rules();  ///< 1B
Rules sequence_rules();         ///< 2, 10, 11, 20: header and numbers
Rules content_rules();          ///< 2.q, 14.a to 14.k: the message by its dictionary
Rules admin_rules();            ///< 4.b, 5, 7, 8, 10, 13.b
Rules application_rules();      ///< 2.r, 14.l, 14.m, 18, 19
Rules leaving_rules();          ///< 13.a

std::span<const ClockRule> clock_rules();  ///< 4.a, 6, 12, 13.b, 16.b

// ---- what several groups of rules share
bool in_sequence(const fix::Message& message, const State& state);
/// Reject with RefTagID(371) (0: none) and SessionRejectReason(373), as far as the version knows
/// them.
fix::OutMessage reject_because(const fix::Message& message, const State& state, int reason, int tag,
                               const std::string& text);
/// SendingTime(52) is UTC and near enough.
bool timely(const fix::Message& message, const State& state);
/// From NextNumIn to infinity.
fix::OutMessage resend_request(const State& state, std::int64_t from);
/// The Logon that answers, or that opens a session.
fix::OutMessage logon(const State& state, int heartbeat, bool reset);
/// What ResendRequest(2) asks for, and what it stands for: messages again, gap fills between.
std::vector<fix::OutMessage> replay(const fix::Message& request, const State& state);

}  // namespace fixdrill::conformance
