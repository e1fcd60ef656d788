// 2.q, 14.a to 14.k: the fields of a message, by the dictionary of its version.

#include <fmt/format.h>
#include <set>

#include "base/text.h"
#include "conformance/layout.h"
#include "conformance/rules.h"
#include "conformance/value_rules.h"

namespace fixdrill::conformance {

namespace {

using fix::FieldDef;
using fix::FieldView;
using fix::Message;

/// SessionRejectReason(373).
enum Reason {
  kInvalidTagNumber = 0,
  kRequiredTagMissing = 1,
  kTagNotDefinedForType = 2,
  kTagWithoutValue = 4,
  kValueIncorrect = 5,
  kIncorrectDataFormat = 6,
  kInvalidMsgType = 11,
  kTagRepeated = 13,
  kTagOutOfOrder = 14,
  kGroupOutOfOrder = 15,
  kGroupCountWrong = 16,
  kValueHasSoh = 17,
};

constexpr int kFirstUserTag = 5000;

/// A message while it is judged.
class Reading {
 public:
  Reading(const Message& message, const State& state)
      : message_(message),
        state_(state),
        dictionary_(*state.settings.dictionary),
        type_(dictionary_.message(message.msg_type())) {}

  const fix::MessageDef* type() const { return type_; }
  const fix::Dictionary& dictionary() const { return dictionary_; }
  Layout layout() const { return layout_of(message_, dictionary_); }
  const FieldDef* field(int tag) const { return dictionary_.field(tag); }

  bool in_frame(int tag) const {
    return dictionary_.header().has(tag) || dictionary_.trailer().has(tag);
  }
  bool in_body(int tag) const { return !type_ || type_->members.has(tag); }
  bool is_user_defined(int tag) const { return !field(tag) && tag >= kFirstUserTag; }

  Verdict rejects(Reason reason, int tag, std::string_view what) const {
    return Ruling{
        .says = {reject_because(message_, state_, reason, tag,
                                fmt::format("{}: {}", what, dictionary_.field_label(tag)))}};
  }

  /// Rejects for the first field that is so.
  template <class Wrong>
  Verdict rejects_if(Reason reason, std::string_view what, const Wrong& wrong) const {
    for (std::size_t i = 0; i < message_.size(); ++i) {
      if (wrong(message_[i])) return rejects(reason, message_[i].tag, what);
    }
    return std::nullopt;
  }

 private:
  const Message& message_;
  const State& state_;
  const fix::Dictionary& dictionary_;
  const fix::MessageDef* type_;
};

// A part without `tag=`: the delimiter stood inside the value before it.
Verdict rule_14_k_delimiter_in_value(const Message& message, const State& state) {
  for (std::size_t i = 1; i < message.size(); ++i) {
    if (message[i].tag != 0 || message[i].value.find('=') != std::string_view::npos) continue;
    return Reading(message, state)
        .rejects(kValueHasSoh, message[i - 1].tag, "Value holds the delimiter");
  }
  return std::nullopt;
}

Verdict rule_2_q_unknown_type(const Message& message, const State& state) {
  const Reading reading(message, state);
  if (reading.type()) return std::nullopt;
  return reading.rejects(kInvalidMsgType, 35, "Invalid MsgType");
}

Verdict rule_14_a_undefined_tag(const Message& message, const State& state) {
  const Reading reading(message, state);
  return reading.rejects_if(kInvalidTagNumber, "Invalid tag number", [&](FieldView field) {
    return !reading.field(field.tag) && !reading.is_user_defined(field.tag);
  });
}

Verdict rule_14_d_tag_without_value(const Message& message, const State& state) {
  return Reading(message, state)
      .rejects_if(kTagWithoutValue, "Tag specified without a value",
                  [](FieldView field) { return field.value.empty(); });
}

Verdict rule_14_h_tag_repeated(const Message& message, const State& state) {
  const Reading reading(message, state);
  std::set<int> seen;
  for (const std::size_t index : reading.layout().top) {
    const int tag = message[index].tag;
    if (!seen.insert(tag).second) return reading.rejects(kTagRepeated, tag, "Tag appears twice");
  }
  return std::nullopt;
}

// Header, body, trailer: none of them begins again.
Verdict rule_14_g_out_of_order(const Message& message, const State& state) {
  const Reading reading(message, state);
  int part = 0;
  for (const std::size_t index : reading.layout().top) {
    const int tag = message[index].tag;
    const int here = reading.dictionary().header().has(tag)    ? 0
                     : reading.dictionary().trailer().has(tag) ? 2
                                                               : 1;
    if (here < part) return reading.rejects(kTagOutOfOrder, tag, "Tag out of required order");
    part = here;
  }
  return std::nullopt;
}

Verdict rule_14_c_tag_of_other_type(const Message& message, const State& state) {
  const Reading reading(message, state);
  for (const std::size_t index : reading.layout().top) {
    const int tag = message[index].tag;
    if (reading.in_frame(tag) || reading.is_user_defined(tag) || reading.in_body(tag)) continue;
    return reading.rejects(kTagNotDefinedForType, tag, "Tag not defined for this message type");
  }
  return std::nullopt;
}

Verdict rule_14_f_format(const Message& message, const State& state) {
  const Reading reading(message, state);
  return reading.rejects_if(kIncorrectDataFormat, "Incorrect data format", [&](FieldView field) {
    const FieldDef* known = reading.field(field.tag);
    return known && !is_written_as(*known, field.value);
  });
}

Verdict rule_14_e_value(const Message& message, const State& state) {
  const Reading reading(message, state);
  return reading.rejects_if(kValueIncorrect, "Value is incorrect", [&](FieldView field) {
    const FieldDef* known = reading.field(field.tag);
    return known && field.tag != 35 && !is_among_values(*known, field.value);
  });
}

Verdict group_fault(const Message& message, const State& state, GroupFault::Kind kind,
                    Reason reason) {
  const Reading reading(message, state);
  for (const GroupFault& fault : reading.layout().faults) {
    if (fault.kind == kind) return reading.rejects(reason, fault.tag, "Repeating group is wrong");
  }
  return std::nullopt;
}

Verdict rule_14_i_group_count(const Message& message, const State& state) {
  return group_fault(message, state, GroupFault::Kind::count, kGroupCountWrong);
}

Verdict rule_14_j_group_order(const Message& message, const State& state) {
  return group_fault(message, state, GroupFault::Kind::order, kGroupOutOfOrder);
}

int first_missing(const fix::MemberSet& members, const std::set<int>& there) {
  for (const int tag : members.order) {
    if (members.required.contains(tag) && !there.contains(tag)) return tag;
  }
  return 0;
}

std::set<int> tags_of(const Message& message, const std::vector<std::size_t>& fields) {
  std::set<int> tags;
  for (const std::size_t index : fields) tags.insert(message[index].tag);
  return tags;
}

Verdict rule_14_b_required(const Message& message, const State& state) {
  const Reading reading(message, state);
  const Layout layout = reading.layout();
  const std::set<int> top = tags_of(message, layout.top);
  int missing = first_missing(reading.dictionary().header(), top);
  if (missing == 0 && reading.type()) missing = first_missing(reading.type()->members, top);
  for (const Entry& entry : layout.entries) {
    if (missing == 0) missing = first_missing(entry.group->members, tags_of(message, entry.fields));
  }
  if (missing == 0) return std::nullopt;
  return reading.rejects(kRequiredTagMissing, missing, "Required tag missing");
}

constexpr Rule kRules[] = {
    {"14.k", rule_14_k_delimiter_in_value},
    {"2.q", rule_2_q_unknown_type},
    {"14.a", rule_14_a_undefined_tag},
    {"14.d", rule_14_d_tag_without_value},
    {"14.j", rule_14_j_group_order},
    {"14.i", rule_14_i_group_count},
    {"14.h", rule_14_h_tag_repeated},
    {"14.g", rule_14_g_out_of_order},
    {"14.c", rule_14_c_tag_of_other_type},
    {"14.f", rule_14_f_format},
    {"14.e", rule_14_e_value},
    {"14.b", rule_14_b_required},
};

}  // namespace

Rules content_rules() { return kRules; }

}  // namespace fixdrill::conformance
