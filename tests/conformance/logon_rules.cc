// 1B, 1S, 2S: the first message of a connection.

#include <fmt/format.h>

#include "base/text.h"
#include "conformance/rules.h"

namespace fixdrill::conformance {

namespace {

using fix::Message;
using fix::OutMessage;

bool from_our_peer(const Message& message, const Settings& settings) {
  return message.value(49) == settings.target && message.value(56) == settings.sender;
}

bool resets(const Message& logon) { return logon.value(141) == "Y"; }

std::int64_t expected_number(const Message& logon, const State& state) {
  return resets(logon) ? 1 : state.next_in;
}

/// What is wrong with a Logon; empty: nothing.
std::string fault_of_logon(const Message& message, const State& state) {
  const Settings& settings = state.settings;
  if (message.value(8) != settings.begin_string) return "BeginString(8) is not the agreed one";
  if (!timely(message, state)) return "SendingTime(52) accuracy problem";
  for (const Rule& rule : content_rules()) {
    if (const Verdict verdict = rule.judge(message, state)) {
      for (const fix::Field& field : verdict->says.at(0).fields) {
        if (field.tag == 58) return field.value;
      }
    }
  }
  if (message.value(98) != "0") return "EncryptMethod(98) is not supported";
  if (message.value(108).starts_with('-')) return "HeartBtInt(108) is negative";
  if (message.value(1137) != settings.appl_ver_id) return "DefaultApplVerID(1137) is not supported";
  const auto number = message.seq_num();
  if (!number) return "MsgSeqNum(34) is missing";
  const std::int64_t expected = expected_number(message, state);
  if (*number < expected && !message.poss_dup())
    return fmt::format("MsgSeqNum too low, expecting {} but received {}", expected, *number);
  return "";
}

// Both sides begin anew or go on; what is missing is asked for after the answer.
Ruling logged_on(const Message& message, const State& state) {
  const std::int64_t expected = expected_number(message, state);
  Ruling ruling{.resets = resets(message), .phase = Phase::active};
  ruling.heartbeat = static_cast<int>(parse_size(message.value(108)).value_or(0));
  if (*message.seq_num() > expected) {
    ruling.counts = false;
    ruling.gap = *message.seq_num();
    ruling.says.push_back(resend_request(state, expected));
  }
  return ruling;
}

Verdict rule_2S_first_message_is_no_logon(const Message& message, const State&) {
  if (message.msg_type() == "A") return std::nullopt;
  return dropped_silently();
}

Verdict rule_1S_b_identity_in_use(const Message&, const State& state) {
  if (!state.taken) return std::nullopt;
  return dropped_silently();
}

Verdict rule_1S_c_unknown_identity(const Message& message, const State& state) {
  if (from_our_peer(message, state.settings)) return std::nullopt;
  return dropped_silently();
}

Ruling refused(const std::string& text) {
  Ruling ruling = ignored();
  ruling.says = {logout(text)};
  ruling.phase = Phase::leaving;
  return ruling;
}

Verdict rule_17_b_unsupported_encryption(const Message& message, const State& state) {
  if (!message.has(98) || message.value(98) == "0" || message.value(98).empty())
    return std::nullopt;
  Ruling ruling = refused("EncryptMethod(98) is not supported");
  ruling.resets = resets(message);
  ruling.says.insert(ruling.says.begin(), reject_because(message, state, 7, 98, "not supported"));
  return ruling;
}

Verdict rule_1S_d_invalid_logon(const Message& message, const State& state) {
  const std::string fault = fault_of_logon(message, state);
  if (fault.empty()) return std::nullopt;
  Ruling ruling = refused(fault);
  ruling.resets = resets(message);
  return ruling;
}

Verdict rule_1S_a_logon(const Message& message, const State& state) {
  Ruling ruling = logged_on(message, state);
  ruling.says.insert(ruling.says.begin(), logon(state, *ruling.heartbeat, ruling.resets));
  return ruling;
}

Verdict rule_1B_e_first_message_is_no_logon(const Message& message, const State&) {
  if (message.msg_type() == "A" || message.msg_type() == "5") return std::nullopt;
  return dropped_silently();
}

// Our Logon was refused: nothing to say, the peer has said why.
Verdict logout_instead_of_logon(const Message& message, const State&) {
  if (message.msg_type() != "5") return std::nullopt;
  return dropped_silently();
}

Verdict rule_1B_d_invalid_logon(const Message& message, const State& state) {
  std::string fault = fault_of_logon(message, state);
  if (!from_our_peer(message, state.settings)) fault = "CompID problem";
  if (fault.empty()) return std::nullopt;
  return refused(fault);
}

// The numbers began anew when we sent ours.
Verdict rule_1B_c_logon(const Message& message, const State& state) {
  Ruling ruling = logged_on(message, state);
  ruling.resets = false;
  return ruling;
}

constexpr Rule kAcceptor[] = {
    {"2S", rule_2S_first_message_is_no_logon}, {"1S.c", rule_1S_c_unknown_identity},
    {"1S.b", rule_1S_b_identity_in_use},       {"17.b", rule_17_b_unsupported_encryption},
    {"1S.d", rule_1S_d_invalid_logon},         {"1S.a", rule_1S_a_logon},
};

constexpr Rule kInitiator[] = {
    {"1B.e", rule_1B_e_first_message_is_no_logon},
    {"logout", logout_instead_of_logon},
    {"17.b", rule_17_b_unsupported_encryption},
    {"1B.d", rule_1B_d_invalid_logon},
    {"1B.c", rule_1B_c_logon},
};

}  // namespace

Rules acceptor_logon_rules() { return kAcceptor; }

Rules initiator_logon_rules() { return kInitiator; }

OutMessage logon(const State& state, int heartbeat, bool reset) {
  OutMessage message{"A", {{98, "0"}, {108, std::to_string(heartbeat)}}};
  if (reset) message.fields.push_back({141, "Y"});
  if (!state.settings.appl_ver_id.empty())
    message.fields.push_back({1137, state.settings.appl_ver_id});
  return message;
}

}  // namespace fixdrill::conformance
