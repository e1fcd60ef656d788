#include "sim/echo.h"

#include <fmt/format.h>
#include <utility>

#include "sim/dialect.h"
#include "sim/order_entry.h"
#include "sim/rule_store.h"

namespace fixdrill::sim {

namespace {

fix::OutMessage body_of(const fix::Message& message) {
  fix::OutMessage copy{std::string(message.msg_type()), {}};
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (!fix::is_header_tag(field.tag) && !fix::is_trailer_tag(field.tag))
      copy.fields.push_back({field.tag, std::string(field.value)});
  }
  return copy;
}

class EchoDesk final : public Desk {
 public:
  explicit EchoDesk(const Customer& customer)
      : id_(customer.id), line_(customer.line), dialect_(customer.dictionary) {}

  void serve(const fix::Message& message) override {
    if (message.msg_type() != "D") return refuse_type(message);
    const auto order = read_new_order(message, id_);
    if (const auto* missing = std::get_if<FieldMissing>(&order))
      return line_.send(dialect_.business_reject(message, BusinessReason::conditional_field_missing,
                                                 missing->text));
    if (!came_before(message)) line_.send(body_of(message));
  }

  void line_lost() override { orders_ = RuleStore(); }

 private:
  void refuse_type(const fix::Message& message) {
    const std::string label = dialect_.dictionary().message_label(message.msg_type());
    line_.send(dialect_.business_reject(message, BusinessReason::unsupported_type,
                                        fmt::format("Unsupported message type {}", label)));
  }

  bool came_before(const fix::Message& order) {
    const std::string id(order.value(11));
    const bool known = orders_.has(id);
    orders_.put(id, std::string());
    return known && order.value(97) == "Y";
  }

  const ClientId id_;
  Line& line_;
  const Dialect dialect_;
  RuleStore orders_;  ///< by ClOrdID(11); bounded
};

class EchoApplication final : public Application {
 public:
  std::unique_ptr<Desk> open_desk(const Customer& customer) override {
    return std::make_unique<EchoDesk>(customer);
  }
};

}  // namespace

std::unique_ptr<Application> make_echo_application() { return std::make_unique<EchoApplication>(); }

}  // namespace fixdrill::sim
