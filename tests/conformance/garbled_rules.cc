// 2.d, 2.m, 2.t, 3.b to 3.e: a garbled message is ignored and its number is not used up.

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "conformance/rules.h"
#include "fix/framer.h"

namespace fixdrill::conformance {

namespace {

using fix::Message;

bool has_first_three(const Message& message) { return message.size() > 3; }

Verdict rule_2_t_first_three_fields(const Message& message, const State&) {
  constexpr int kOrder[] = {8, 9, 35};
  for (std::size_t i = 0; i < 3; ++i) {
    if (i >= message.size()) return ignored();
    if (message[i].tag != kOrder[i] && message[i].tag != 0) return ignored();
  }
  return std::nullopt;
}

Verdict rule_2_d_garbled(const Message& message, const State&) {
  if (!has_first_three(message)) return ignored();
  for (std::size_t i = 0; i < 3; ++i) {
    if (message[i].tag == 0) return ignored();
  }
  return std::nullopt;
}

Verdict rule_3_e_checksum_is_last(const Message& message, const State&) {
  const fix::FieldView last = message[message.size() - 1];
  const bool digits = std::all_of(last.value.begin(), last.value.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (last.tag == 10 && last.value.size() == 3 && digits && message.bytes().back() == kSoh)
    return std::nullopt;
  return ignored();
}

Verdict rule_2_m_body_length(const Message& message, const State&) {
  const auto trailer = message.index_of(10);
  if (!trailer || *trailer < 3) return ignored();
  const std::size_t length = message[*trailer].offset - message[2].offset;
  if (parse_size(message.value(9)) == length) return std::nullopt;
  return ignored();
}

Verdict rule_3_b_checksum(const Message& message, const State&) {
  const auto trailer = message.index_of(10);
  if (!trailer) return ignored();
  const auto covered = std::string_view(message.bytes()).substr(0, message[*trailer].offset);
  if (parse_size(message.value(10)) == fix::checksum(covered)) return std::nullopt;
  return ignored();
}

constexpr Rule kRules[] = {
    {"2.t", rule_2_t_first_three_fields}, {"2.d", rule_2_d_garbled},
    {"3.e", rule_3_e_checksum_is_last},   {"2.m", rule_2_m_body_length},
    {"3.b", rule_3_b_checksum},
};

}  // namespace

Rules garbled_rules() { return kRules; }

}  // namespace fixdrill::conformance
