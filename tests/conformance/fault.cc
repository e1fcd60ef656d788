#include "conformance/fault.h"

#include <algorithm>

#include "base/text.h"
#include "conformance/rules.h"

namespace fixdrill::conformance {

namespace {

// Calls `change` for every field with this tag in what is said.
template <class Change>
Spoil each_field(int tag, const Change& change) {
  return [tag, change](Ruling& ruling, const Occasion&) {
    for (fix::OutMessage& message : ruling.says) {
      for (fix::Field& field : message.fields) {
        if (field.tag == tag) change(field);
      }
    }
  };
}

}  // namespace

Spoil mutes(const std::string& type) {
  return [type](Ruling& ruling, const Occasion&) {
    std::erase_if(ruling.says, [&](const fix::OutMessage& message) {
      return type.empty() || message.msg_type == type;
    });
  };
}

Spoil drops_field(int tag) {
  return [tag](Ruling& ruling, const Occasion&) {
    for (fix::OutMessage& message : ruling.says) remove_field(message, tag);
  };
}

Spoil alters(int tag, const std::string& value) {
  return each_field(tag, [value](fix::Field& field) { field.value = value; });
}

Spoil adds(int tag, int difference) {
  return each_field(tag, [difference](fix::Field& field) {
    const auto number = static_cast<std::int64_t>(parse_size(field.value).value_or(0));
    field.value = std::to_string(number + difference);
  });
}

Spoil says_twice() {
  return [](Ruling& ruling, const Occasion&) {
    const std::vector<fix::OutMessage> once = ruling.says;
    ruling.says.insert(ruling.says.end(), once.begin(), once.end());
  };
}

Spoil says_also(const fix::OutMessage& message) {
  return [message](Ruling& ruling, const Occasion&) { ruling.says.push_back(message); };
}

Spoil says_instead(const fix::OutMessage& message) {
  return [message](Ruling& ruling, const Occasion&) { ruling.says = {message}; };
}

Spoil counts() {
  return [](Ruling& ruling, const Occasion&) { ruling.counts = true; };
}

Spoil does_not_count() {
  return [](Ruling& ruling, const Occasion&) { ruling.counts = false; };
}

Spoil stays_connected() {
  return [](Ruling& ruling, const Occasion&) {
    ruling.phase.reset();
    ruling.hangs_up = false;
  };
}

Spoil hangs_up() {
  return [](Ruling& ruling, const Occasion&) { ruling.hangs_up = true; };
}

Spoil processes() {
  return [](Ruling& ruling, const Occasion& occasion) {
    for (const Rules& rules : {content_rules(), admin_rules(), application_rules()}) {
      for (const Rule& rule : rules) {
        if (const Verdict verdict = rule.judge(*occasion.message, occasion.state)) {
          ruling = *verdict;
          return;
        }
      }
    }
  };
}

Spoil both(const Spoil& first, const Spoil& second) {
  return [first, second](Ruling& ruling, const Occasion& occasion) {
    first(ruling, occasion);
    second(ruling, occasion);
  };
}

Spoil when(std::function<bool(const Occasion&)> holds, const Spoil& then) {
  return [holds, then](Ruling& ruling, const Occasion& occasion) {
    if (holds(occasion)) then(ruling, occasion);
  };
}

}  // namespace fixdrill::conformance
