#include "sim/acceptance.h"

#include <algorithm>
#include <array>

#include "sim/rule_store.h"

namespace fixdrill::sim {

namespace {

/// What the session layer writes anew, and what marks a message as one that was sent before.
bool stays_behind(int tag) {
  constexpr std::array<int, 10> kTags = {8, 9, 10, 34, 35, 43, 49, 52, 56, 122};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

fix::OutMessage echo_of(const fix::Message& message) {
  fix::OutMessage echo;
  echo.msg_type = message.msg_type();
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (!stays_behind(field.tag)) echo.fields.push_back({field.tag, std::string(field.value)});
  }
  return echo;
}

class AcceptanceDesk final : public Desk {
 public:
  explicit AcceptanceDesk(Line& line) : line_(line) {}

  void serve(const fix::Message& message) override {
    const std::string_view type = message.msg_type();
    if (type == "D" && came_before(message)) return;
    if (type == "D" || type == "d" || type == "C") return line_.send(echo_of(message));
    line_.refuse_as_unsupported();
  }

  void line_lost() override { orders_ = RuleStore(); }

 private:
  bool came_before(const fix::Message& order) {
    const std::string id(order.value(11));
    const bool known = orders_.has(id);
    orders_.put(id, std::string());
    return known && order.value(97) == "Y";
  }

  Line& line_;
  RuleStore orders_;  ///< by ClOrdID(11); bounded
};

class AcceptanceApplication final : public Application {
 public:
  std::unique_ptr<Desk> open_desk(const Customer& customer) override {
    return std::make_unique<AcceptanceDesk>(customer.line);
  }
};

}  // namespace

std::unique_ptr<Application> make_acceptance_application() {
  return std::make_unique<AcceptanceApplication>();
}

}  // namespace fixdrill::sim
