// 2.r, 14.l, 14.m, 18, 19: a small application. It knows orders only: the acceptor reports them as
// new, the initiator sends them back as they came.

#include <fmt/format.h>

#include "conformance/rules.h"

namespace fixdrill::conformance {

namespace {

using fix::Message;
using fix::OutMessage;

Verdict rule_18_b_routing(const Message& message, const State& state) {
  constexpr int kCompIdProblem = 9;
  for (const int tag : {115, 128}) {
    if (message.has(tag))
      return Ruling{.says = {reject_because(message, state, kCompIdProblem, tag,
                                            "CompID problem: this session routes for nobody")}};
  }
  return std::nullopt;
}

Verdict rule_2_r_unsupported_type(const Message& message, const State&) {
  if (message.is_admin() || message.msg_type() == "D" || message.msg_type() == "j")
    return std::nullopt;
  return Ruling{.says = {business_reject(message, "3", "Unsupported message type")}};
}

Verdict rule_19_a_resent_order_seen_before(const Message& message, const State& state) {
  if (message.value(97) != "Y" || !state.orders.contains(std::string(message.value(11))))
    return std::nullopt;
  return accepted();
}

Verdict rule_14_l_unavailable(const Message& message, const State& state) {
  if (message.is_admin() || !state.application_down) return std::nullopt;
  return Ruling{.says = {business_reject(message, "4", "Application not available")}};
}

// A limit order needs its limit.
Verdict rule_14_m_conditionally_required(const Message& message, const State&) {
  if (message.msg_type() != "D" || message.value(40) != "2" || message.has(44))
    return std::nullopt;
  return Ruling{
      .says = {business_reject(message, "5", "Conditionally Required Field Missing: Price(44)")}};
}

OutMessage report(const Message& order, const State& state) {
  const std::string id(order.value(11));
  const bool is_42 = state.settings.begin_string == "FIX.4.2";
  OutMessage out{"8", {{37, "O-" + id}, {11, id}, {17, "E-" + id}}};
  if (is_42) out.fields.push_back({20, "0"});
  for (const auto& [tag, value] : {std::pair(150, "0"), std::pair(39, "0")})
    out.fields.push_back({tag, value});
  for (const int tag : {55, 54, 38}) out.fields.push_back({tag, std::string(order.value(tag))});
  out.fields.push_back({151, std::string(order.value(38))});
  out.fields.push_back({14, "0"});
  out.fields.push_back({6, "0"});
  return out;
}

OutMessage echo(const Message& order, const State& state) {
  OutMessage out{"D", {}};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const int tag = order[i].tag;
    const auto& dictionary = *state.settings.dictionary;
    if (dictionary.header().has(tag) || dictionary.trailer().has(tag)) continue;
    out.fields.push_back({tag, std::string(order[i].value)});
  }
  return out;
}

Ruling processed(const Message& message, const State& state) {
  return {.says = {state.settings.acceptor ? report(message, state) : echo(message, state)}};
}

Verdict rule_19_b_resent_order(const Message& message, const State& state) {
  if (message.msg_type() != "D" || message.value(97) != "Y") return std::nullopt;
  return processed(message, state);
}

Verdict rule_2_a_order(const Message& message, const State& state) {
  if (message.msg_type() != "D") return std::nullopt;
  return processed(message, state);
}

Verdict anything_else(const Message&, const State&) { return accepted(); }

constexpr Rule kRules[] = {
    {"18.b", rule_18_b_routing},
    {"2.r", rule_2_r_unsupported_type},
    {"19.a", rule_19_a_resent_order_seen_before},
    {"14.l", rule_14_l_unavailable},
    {"14.m", rule_14_m_conditionally_required},
    {"19.b", rule_19_b_resent_order},
    {"2.a", rule_2_a_order},
    {"accept", anything_else},
};

}  // namespace

Rules application_rules() { return kRules; }

}  // namespace fixdrill::conformance
