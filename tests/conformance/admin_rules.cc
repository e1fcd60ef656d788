// 4, 5, 6, 7, 8, 10, 12, 13, 16: what the session itself says and answers.

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "conformance/rules.h"

namespace fixdrill::conformance {

namespace {

using fix::Message;
using fix::OutMessage;

std::int64_t number(const Message& message, int tag) {
  return static_cast<std::int64_t>(parse_size(message.value(tag)).value_or(0));
}
bool fills_gap(const Message& message) {
  return message.msg_type() == "4" && message.value(123) == "Y";
}

Verdict rule_10_e_gap_fill_to_lower(const Message& message, const State& state) {
  if (!fills_gap(message) || number(message, 36) > state.next_in) return std::nullopt;
  return Ruling{.says = {reject_because(
                    message, state, 5, 36,
                    fmt::format("Attempt to lower sequence number, invalid value NewSeqNo={}",
                                message.value(36)))}};
}

Verdict rule_10_b_gap_fill(const Message& message, const State&) {
  if (!fills_gap(message)) return std::nullopt;
  return Ruling{.counts = false, .expects = number(message, 36)};
}

Verdict rule_4_b_test_request(const Message& message, const State&) {
  if (message.msg_type() != "1") return std::nullopt;
  return Ruling{.says = {{"0", {{112, std::string(message.value(112))}}}}};
}

Verdict rule_6_answer(const Message& message, const State& state) {
  if (message.msg_type() != "0" || !state.asked || message.value(112) != *state.asked)
    return std::nullopt;
  return Ruling{.answered = true};
}

Verdict rule_5_heartbeat(const Message& message, const State&) {
  if (message.msg_type() != "0") return std::nullopt;
  return accepted();
}

Verdict rule_7_reject(const Message& message, const State&) {
  if (message.msg_type() != "3") return std::nullopt;
  return accepted();
}

Verdict rule_8_resend_request(const Message& message, const State& state) {
  if (message.msg_type() != "2") return std::nullopt;
  return Ruling{.says = replay(message, state)};
}

Verdict rule_13_b_logout(const Message& message, const State&) {
  if (message.msg_type() != "5") return std::nullopt;
  return Ruling{.says = {{"5", {}}}, .phase = Phase::parting};
}

// Both numbers begin anew without a new connection.
Verdict logon_again(const Message& message, const State& state) {
  if (message.msg_type() != "A" || message.value(141) != "Y") return std::nullopt;
  return Ruling{.says = {logon(state, state.heartbeat, true)}, .resets = true};
}

Verdict rule_13_a_logout_acknowledged(const Message& message, const State&) {
  if (message.msg_type() != "5") return std::nullopt;
  return Ruling{.hangs_up = true};
}

// We have said good-bye, and why.
Verdict nothing_else(const Message&, const State&) { return ignored(); }

Duration seconds(int count) { return std::chrono::seconds(count); }

Verdict rule_4_a_heartbeat(const State& state) {
  const Duration interval = seconds(state.heartbeat) * state.settings.heartbeat_percent / 100;
  if (state.phase != Phase::active || state.heartbeat == 0) return std::nullopt;
  if (state.now - state.last_sent < interval) return std::nullopt;
  return Ruling{.says = {{"0", {}}}, .counts = false};
}

Duration patience(const State& state) {
  return seconds(state.heartbeat) * state.settings.test_request_percent / 100;
}

Verdict rule_6_test_request(const State& state) {
  if (state.phase != Phase::active || state.heartbeat == 0 || state.asked) return std::nullopt;
  if (state.now - state.last_received < patience(state)) return std::nullopt;
  const std::string id = fmt::format("TEST-{}", state.tests + 1);
  return Ruling{.says = {{"1", {{112, id}}}}, .counts = false, .asks = id};
}

Verdict rule_6_no_answer(const State& state) {
  if (state.phase != Phase::active || !state.asked) return std::nullopt;
  if (state.now - state.asked_at < patience(state)) return std::nullopt;
  return dropped_silently();
}

Verdict no_logon(const State& state) {
  if (state.phase != Phase::waiting || state.now - state.phase_since < state.settings.logon_wait)
    return std::nullopt;
  return dropped_silently();
}

Verdict rule_12_no_acknowledgement(const State& state) {
  if (state.phase != Phase::leaving || state.now - state.phase_since < state.settings.logout_wait)
    return std::nullopt;
  return dropped_silently();
}

Verdict rule_13_b_peer_stays(const State& state) {
  if (state.phase != Phase::parting || state.now - state.phase_since < state.settings.drop_wait)
    return std::nullopt;
  return dropped_silently();
}

Verdict rule_16_b_send_what_waited(const State& state) {
  if (state.phase != Phase::active || state.queue.empty() || state.gap_open()) return std::nullopt;
  if (state.now - state.phase_since < state.settings.settle) return std::nullopt;
  return Ruling{.says = state.queue, .counts = false, .empties_queue = true};
}

constexpr Rule kRules[] = {
    {"10.e", rule_10_e_gap_fill_to_lower},
    {"10.b", rule_10_b_gap_fill},
    {"4.b", rule_4_b_test_request},
    {"6.answer", rule_6_answer},
    {"5", rule_5_heartbeat},
    {"7", rule_7_reject},
    {"8", rule_8_resend_request},
    {"13.b", rule_13_b_logout},
    {"logon", logon_again},
};

constexpr Rule kLeaving[] = {{"13.a", rule_13_a_logout_acknowledged}, {"leaving", nothing_else}};

constexpr ClockRule kClock[] = {
    {"4.a", rule_4_a_heartbeat},
    {"6", rule_6_test_request},
    {"6.drop", rule_6_no_answer},
    {"logon", no_logon},
    {"12.drop", rule_12_no_acknowledgement},
    {"13.b.drop", rule_13_b_peer_stays},
    {"16.b", rule_16_b_send_what_waited},
};

OutMessage again(const Sent& sent, std::int64_t number) {
  OutMessage message = sent.message;
  set_field(message, 34, std::to_string(number));
  set_field(message, 43, "Y");
  set_field(message, 122, sent.sending_time);
  return message;
}

}  // namespace

Rules admin_rules() { return kRules; }

Rules leaving_rules() { return kLeaving; }

std::span<const ClockRule> clock_rules() { return kClock; }

std::vector<OutMessage> replay(const Message& request, const State& state) {
  const std::int64_t begin = number(request, 7);
  const std::int64_t asked_end = number(request, 16);
  const bool open = asked_end == 0 || (!state.at_least_42() && asked_end == 999999);
  const std::int64_t end = open ? state.next_out : std::min(asked_end + 1, state.next_out);
  std::vector<OutMessage> out;
  std::int64_t next = begin;
  const auto fill_up_to = [&](std::int64_t number) {
    if (next < number) {
      out.push_back({"4",
                     {{34, std::to_string(next)},
                      {43, "Y"},
                      {122, ""},
                      {123, "Y"},
                      {36, std::to_string(number)}}});
    }
    next = number + 1;
  };
  for (auto at = state.sent.lower_bound(begin); at != state.sent.end() && at->first < end; ++at) {
    fill_up_to(at->first);
    out.push_back(again(at->second, at->first));
  }
  fill_up_to(end);
  return out;
}

}  // namespace fixdrill::conformance
