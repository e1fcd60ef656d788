// 2.r, 14.l, 14.m, 18, 19: a small application. It knows orders only: the acceptor reports them as
// new, the initiator sends them back as they came.

#include <string_view>
#include <utility>

#include "conformance/application.h"
#include "conformance/rules.h"
#include "fix/value.h"

namespace fixdrill::conformance {

namespace {

using fix::Message;
using fix::OutMessage;

/// Third parties that this session routes for: OnBehalfOfCompID(115), DeliverToCompID(128).
constexpr std::pair<int, std::string_view> kThirdParties[] = {{115, "CLIENT"}, {128, "DESK"}};

Verdict rule_18_b_third_party(const Message& message, const State& state) {
  constexpr int kCompIdProblem = 9;
  for (const auto& [tag, known] : kThirdParties) {
    if (message.has(tag) && message.value(tag) != known)
      return Ruling{
          .says = {reject_because(message, state, kCompIdProblem, tag, "CompID problem")}};
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
  if (message.msg_type() != "D" || message.value(40) != "2" || message.has(44)) return std::nullopt;
  return Ruling{
      .says = {business_reject(message, "5", "Conditionally Required Field Missing: Price(44)")}};
}

/// Of an order that is new.
struct Order {
  std::string id;
  std::string symbol;
  std::string side;
  std::string quantity;
};

OutMessage report(const Order& order, const State& state) {
  OutMessage out{"8", {{37, "O-" + order.id}, {11, order.id}, {17, "E-" + order.id}}};
  if (state.settings.begin_string == "FIX.4.2") out.fields.push_back({20, "0"});
  const std::vector<fix::Field> rest = {{150, "0"},
                                        {39, "0"},
                                        {55, order.symbol},
                                        {54, order.side},
                                        {38, order.quantity},
                                        {151, order.quantity},
                                        {14, "0"},
                                        {6, "0"}};
  out.fields.insert(out.fields.end(), rest.begin(), rest.end());
  return out;
}

Order order_of(const Message& message) {
  const auto value = [&](int tag) { return std::string(message.value(tag)); };
  return {value(11), value(55), value(54), value(38)};
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
  return {
      .says = {state.settings.acceptor ? report(order_of(message), state) : echo(message, state)}};
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
    {"18.b", rule_18_b_third_party},
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

OutMessage message_of_its_own(const State& state) {
  if (state.settings.acceptor) return report({"LATE", "MSFT", "1", "100"}, state);
  return {"D",
          {{11, "LATE"},
           {21, "1"},
           {55, "MSFT"},
           {54, "1"},
           {38, "100"},
           {40, "1"},
           {60, fix::utc_timestamp(state.now.wall_ns)}}};
}

}  // namespace fixdrill::conformance
