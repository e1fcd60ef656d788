// 2, 10, 11, 20: who sends, when, and with which number.

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "conformance/rules.h"
#include "fix/value.h"

namespace fixdrill::conformance {

namespace {

using fix::Message;
using fix::OutMessage;

constexpr int kValueIncorrect = 5;
constexpr int kCompIdProblem = 9;
constexpr int kSendingTimeProblem = 10;
constexpr int kRequiredTagMissing = 1;

bool is(const Message& message, std::string_view type) { return message.msg_type() == type; }
bool fills_gap(const Message& message) { return is(message, "4") && message.value(123) == "Y"; }
bool is_reset(const Message& message) { return is(message, "4") && message.value(123) != "Y"; }
std::int64_t new_number(const Message& message) {
  return static_cast<std::int64_t>(parse_size(message.value(36)).value_or(0));
}
bool too_high(const Message& message, const State& state) {
  return *message.seq_num() > state.next_in;
}
bool too_low(const Message& message, const State& state) {
  return *message.seq_num() < state.next_in;
}
bool written_behind_sent(const Message& message) {
  const auto original = fix::parse_utc_timestamp(message.value(122));
  const auto sent = fix::parse_utc_timestamp(message.value(52));
  return !original || !sent || *original > *sent;
}

Ruling leaves(const std::string& text) {
  Ruling ruling = ignored();
  ruling.says = {logout(text)};
  ruling.phase = Phase::leaving;
  return ruling;
}

Ruling rejects(const Message& message, const State& state, OutMessage reject) {
  return {.says = {std::move(reject)}, .counts = in_sequence(message, state)};
}

Verdict rule_2_i_begin_string(const Message& message, const State& state) {
  if (message.value(8) == state.settings.begin_string) return std::nullopt;
  return leaves(fmt::format("Incorrect BeginString: {}", message.value(8)));
}

Verdict rule_2_k_comp_ids(const Message& message, const State& state) {
  const bool sender = message.value(49) == state.settings.target;
  const bool target = message.value(56) == state.settings.sender;
  if (sender && target) return std::nullopt;
  Ruling ruling =
      rejects(message, state,
              reject_because(message, state, kCompIdProblem, sender ? 56 : 49, "CompID problem"));
  ruling.says.push_back(logout("CompID problem"));
  ruling.phase = Phase::leaving;
  return ruling;
}

Verdict rule_2_o_sending_time(const Message& message, const State& state) {
  if (timely(message, state)) return std::nullopt;
  Ruling ruling = rejects(
      message, state,
      reject_because(message, state, kSendingTimeProblem, 52, "SendingTime accuracy problem"));
  ruling.says.push_back(logout("SendingTime accuracy problem"));
  ruling.phase = Phase::leaving;
  return ruling;
}

Verdict number_missing(const Message& message, const State&) {
  if (message.seq_num()) return std::nullopt;
  return leaves("Required tag missing: MsgSeqNum(34)");
}

Verdict rule_2_g_poss_dup_without_original_time(const Message& message, const State& state) {
  if (!message.poss_dup() || message.has(122) || is_reset(message)) return std::nullopt;
  return rejects(message, state,
                 reject_because(message, state, kRequiredTagMissing, 122,
                                "Required tag missing: OrigSendingTime(122)"));
}

Verdict rule_2_f_original_time_is_later(const Message& message, const State& state) {
  if (!message.poss_dup() || is_reset(message) || !written_behind_sent(message))
    return std::nullopt;
  return rejects(message, state,
                 reject_because(message, state, kSendingTimeProblem, 122,
                                "OrigSendingTime(122) is later than SendingTime(52)"));
}

Verdict rule_11_c_reset_to_lower(const Message& message, const State& state) {
  if (!is_reset(message) || new_number(message) >= state.next_in) return std::nullopt;
  Ruling ruling = ignored();
  ruling.says = {reject_because(message, state, kValueIncorrect, 36,
                                "NewSeqNo(36) would lower the number expected")};
  return ruling;
}

Verdict rule_11_a_reset_to_higher(const Message& message, const State& state) {
  if (!is_reset(message) || new_number(message) == state.next_in) return std::nullopt;
  return Ruling{.counts = false, .expects = new_number(message)};
}

// Nothing changes: it says what we expect anyway.
Verdict rule_11_b_reset_to_equal(const Message& message, const State&) {
  if (!is_reset(message)) return std::nullopt;
  return ignored();
}

Ruling number_too_low(const Message& message, const State& state) {
  return leaves(fmt::format("MsgSeqNum too low, expecting {} but received {}", state.next_in,
                            *message.seq_num()));
}

Verdict rule_10_c_gap_fill_seen_before(const Message& message, const State& state) {
  if (!fills_gap(message) || !too_low(message, state) || !message.poss_dup()) return std::nullopt;
  return ignored();
}

Verdict rule_10_d_gap_fill_too_low(const Message& message, const State& state) {
  if (!fills_gap(message) || !too_low(message, state)) return std::nullopt;
  return number_too_low(message, state);
}

Verdict rule_2_e_seen_before(const Message& message, const State& state) {
  if (!too_low(message, state) || !message.poss_dup()) return std::nullopt;
  return ignored();
}

Verdict rule_2_c_too_low(const Message& message, const State& state) {
  if (!too_low(message, state)) return std::nullopt;
  return number_too_low(message, state);
}

// Served whatever its number is, or both sides would wait for each other; the gap stays ours.
Verdict rule_20_both_ask(const Message& message, const State& state) {
  if (!is(message, "2") || !too_high(message, state)) return std::nullopt;
  Ruling ruling{.says = replay(message, state), .counts = false, .gap = *message.seq_num()};
  ruling.says.push_back(resend_request(state, state.next_in));
  return ruling;
}

// What comes after the one that showed the gap is asked for as well: EndSeqNo(16) is infinity.
Ruling number_too_high(const Message& message, const State& state) {
  Ruling ruling{.counts = false, .gap = *message.seq_num()};
  if (!state.gap_open()) ruling.says = {resend_request(state, state.next_in)};
  return ruling;
}

// A session that the peer ends is not held up by what is missing: the next Logon shows it.
bool ends_session(const Message& message) { return is(message, "5"); }

Verdict rule_10_a_gap_fill_too_high(const Message& message, const State& state) {
  if (!fills_gap(message) || !too_high(message, state)) return std::nullopt;
  return number_too_high(message, state);
}

Verdict rule_2_b_too_high(const Message& message, const State& state) {
  if (!too_high(message, state) || ends_session(message)) return std::nullopt;
  return number_too_high(message, state);
}

constexpr Rule kRules[] = {
    {"2.i", rule_2_i_begin_string},
    {"2.k", rule_2_k_comp_ids},
    {"2.o", rule_2_o_sending_time},
    {"34", number_missing},
    {"2.g", rule_2_g_poss_dup_without_original_time},
    {"2.f", rule_2_f_original_time_is_later},
    {"11.c", rule_11_c_reset_to_lower},
    {"11.a", rule_11_a_reset_to_higher},
    {"11.b", rule_11_b_reset_to_equal},
    {"10.c", rule_10_c_gap_fill_seen_before},
    {"10.d", rule_10_d_gap_fill_too_low},
    {"2.e", rule_2_e_seen_before},
    {"2.c", rule_2_c_too_low},
    {"20", rule_20_both_ask},
    {"10.a", rule_10_a_gap_fill_too_high},
    {"2.b", rule_2_b_too_high},
};

}  // namespace

Rules sequence_rules() { return kRules; }

bool in_sequence(const Message& message, const State& state) {
  return message.seq_num() == state.next_in;
}

OutMessage reject_because(const Message& message, const State& state, int reason, int tag,
                          const std::string& text) {
  OutMessage out = reject(message, text);
  if (!state.at_least_42()) {
    remove_field(out, 372);
    return out;
  }
  constexpr int kLastOf42 = 11;
  if (tag != 0) set_field(out, 371, std::to_string(tag));
  if (state.settings.begin_string != "FIX.4.2" || reason <= kLastOf42)
    set_field(out, 373, std::to_string(reason));
  return out;
}

bool timely(const Message& message, const State& state) {
  const auto sent = fix::parse_utc_timestamp(message.value(52));
  if (!sent) return false;
  const Duration off(*sent - state.now.wall_ns);
  return std::chrono::abs(off) <= state.settings.sending_time_threshold;
}

OutMessage resend_request(const State& state, std::int64_t from) {
  return {"2", {{7, std::to_string(from)}, {16, state.at_least_42() ? "0" : "999999"}}};
}

}  // namespace fixdrill::conformance
