#include "conformance/ruling.h"

#include <algorithm>

namespace fixdrill::conformance {

Ruling ignored() { return {.counts = false}; }

Ruling accepted() { return {}; }

Ruling dropped_silently() { return {.counts = false, .hangs_up = true}; }

fix::OutMessage reject(const fix::Message& message, const std::string& text) {
  return {
      "3",
      {{45, std::string(message.value(34))}, {372, std::string(message.msg_type())}, {58, text}}};
}

fix::OutMessage logout(const std::string& text) { return {"5", {{58, text}}}; }

fix::OutMessage business_reject(const fix::Message& message, const std::string& reason,
                                const std::string& text) {
  return {"j",
          {{45, std::string(message.value(34))},
           {372, std::string(message.msg_type())},
           {380, reason},
           {58, text}}};
}

void set_field(fix::OutMessage& message, int tag, const std::string& value) {
  for (fix::Field& field : message.fields) {
    if (field.tag != tag) continue;
    field.value = value;
    return;
  }
  message.fields.push_back({tag, value});
}

void remove_field(fix::OutMessage& message, int tag) {
  std::erase_if(message.fields, [tag](const fix::Field& field) { return field.tag == tag; });
}

}  // namespace fixdrill::conformance
