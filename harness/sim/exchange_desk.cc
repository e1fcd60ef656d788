#include "sim/exchange_desk.h"

#include <algorithm>
#include <utility>

#include "sim/dialect.h"
#include "sim/order_entry.h"

namespace fixdrill::sim {

namespace {

class ExchangeDesk;

/// The exchange and its desks, which hear of what concerns their clients.
class ExchangeApplication final : public Application, private ExchangeListener {
 public:
  ExchangeApplication(ExchangeTerms terms, net::Loop& loop)
      : terms_(std::move(terms)), loop_(loop), exchange_(terms_.quotes, *this) {}

  std::unique_ptr<Desk> open_desk(const Customer& customer) override;
  void close_desk(const ExchangeDesk& desk);

  Exchange& exchange() { return exchange_; }
  bool cancel_on_disconnect() const { return terms_.cancel_on_disconnect; }
  std::int64_t now_ns() const { return loop_.now().wall_ns; }

 private:
  void on_execution(const Execution& execution) override;
  void on_refused(const Refused& refused) override;

  const ExchangeTerms terms_;
  net::Loop& loop_;
  Exchange exchange_;
  std::vector<ExchangeDesk*> desks_;   ///< by ClientId - 1; null: closed
  std::vector<ExchangeDesk*> copies_;  ///< those of drop_copy
  std::uint64_t executions_ = 0;
};

class ExchangeDesk final : public Desk {
 public:
  ExchangeDesk(const Customer& customer, ExchangeApplication& application)
      : application_(application),
        id_(customer.id),
        line_(customer.line),
        dialect_(customer.dictionary) {}
  ~ExchangeDesk() override { application_.close_desk(*this); }

  ClientId id() const { return id_; }

  void serve(const fix::Message& message) override {
    const std::string_view type = message.msg_type();
    if (type == "D") return on_new_order(message);
    if (type == "F") return on_cancel(message);
    if (type == "G") return on_replace(message);
    if (type == "H") return on_status_request(message);
    if (type == "q" && dialect_.dictionary().message("q")) return on_mass_cancel(message);
    line_.send(dialect_.business_reject(
        message, BusinessReason::unsupported_type,
        "Unsupported message type " + dialect_.dictionary().message_label(type)));
  }

  void line_lost() override {
    if (application_.cancel_on_disconnect()) exchange().cancel_all(id_);
  }

  void report(const Execution& execution, std::uint64_t exec_number) {
    line_.send(dialect_.execution_report(execution, exec_number, now_ns()));
  }
  void report(const Refused& refused) { line_.send(dialect_.cancel_reject(refused, now_ns())); }
  /// The report about another client's order, as a drop copy has it. What happens while it is away
  /// is not kept for it: the next rehearsal would get the copies of the last one.
  void report_copy(const Execution& execution, std::uint64_t exec_number) {
    if (line_.logged_on()) line_.send(dialect_.drop_copy(execution, exec_number, now_ns()));
  }

 private:
  void on_new_order(const fix::Message& message);
  void on_cancel(const fix::Message& message);
  void on_replace(const fix::Message& message);
  void on_mass_cancel(const fix::Message& message);
  void on_status_request(const fix::Message& message);
  void missing(const fix::Message& message, const FieldMissing& field);

  Exchange& exchange() { return application_.exchange(); }
  std::int64_t now_ns() const { return application_.now_ns(); }

  ExchangeApplication& application_;
  const ClientId id_;
  Line& line_;
  const Dialect dialect_;
};

void ExchangeDesk::missing(const fix::Message& message, const FieldMissing& field) {
  line_.send(
      dialect_.business_reject(message, BusinessReason::conditional_field_missing, field.text));
}

void ExchangeDesk::on_new_order(const fix::Message& message) {
  auto read = read_new_order(message, id_);
  if (const auto* field = std::get_if<FieldMissing>(&read)) return missing(message, *field);
  // A possible resend of an order that is known is no second order (session test case 19.a).
  if (message.value(97) == "Y" && exchange().find({id_, std::string(message.value(11)), 0})) return;
  if (auto* bad = std::get_if<NotTaken>(&read))
    return exchange().reject(std::move(bad->order), bad->reason, std::move(bad->text));
  exchange().place(std::move(std::get<Order>(read)));
}

void ExchangeDesk::on_cancel(const fix::Message& message) {
  const auto read = read_cancel(message, id_);
  if (const auto* field = std::get_if<FieldMissing>(&read)) return missing(message, *field);
  exchange().cancel(std::get<CancelRequest>(read));
}

void ExchangeDesk::on_replace(const fix::Message& message) {
  const auto read = read_replace(message, id_);
  if (const auto* field = std::get_if<FieldMissing>(&read)) return missing(message, *field);
  exchange().replace(std::get<ReplaceRequest>(read));
}

// The answer says how many; each of them is reported behind it.
void ExchangeDesk::on_mass_cancel(const fix::Message& message) {
  MassCancel request{.client_order_id = std::string(message.value(11)),
                     .type = std::string(message.value(530)),
                     .symbol = std::string(message.value(55)),
                     .origin = read_origin(message)};
  request.taken = request.type == "7" || (request.type == "1" && !request.symbol.empty());
  const std::string symbol = request.type == "1" ? request.symbol : "";
  if (request.taken) request.count = exchange().open_orders(id_, symbol);
  line_.send(dialect_.mass_cancel_report(request, now_ns()));
  if (request.taken) exchange().mass_cancel(id_, symbol);
}

void ExchangeDesk::on_status_request(const fix::Message& message) {
  const StatusRequest request{std::string(message.value(11)), std::string(message.value(37)),
                              std::string(message.value(55)), std::string(message.value(54)),
                              read_origin(message)};
  const OrderKey key{id_, request.client_order_id, read_order_id(request.order_id)};
  line_.send(dialect_.status_report(request, exchange().find(key), now_ns()));
}

std::unique_ptr<Desk> ExchangeApplication::open_desk(const Customer& customer) {
  auto desk = std::make_unique<ExchangeDesk>(customer, *this);
  desks_.resize(std::max<std::size_t>(desks_.size(), customer.id));
  desks_[customer.id - 1] = desk.get();
  const auto& names = terms_.drop_copy;
  if (std::find(names.begin(), names.end(), customer.comp_id) != names.end())
    copies_.push_back(desk.get());
  return desk;
}

// The identity may have opened another one before this one went.
void ExchangeApplication::close_desk(const ExchangeDesk& desk) {
  if (desks_[desk.id() - 1] == &desk) desks_[desk.id() - 1] = nullptr;
  std::erase(copies_, &desk);
}

void ExchangeApplication::on_execution(const Execution& execution) {
  const ClientId owner = execution.order.client;
  ++executions_;
  if (ExchangeDesk* desk = desks_[owner - 1]) desk->report(execution, executions_);
  for (ExchangeDesk* copy : copies_) {
    if (copy->id() != owner) copy->report_copy(execution, executions_);
  }
}

void ExchangeApplication::on_refused(const Refused& refused) {
  if (ExchangeDesk* desk = desks_[refused.client - 1]) desk->report(refused);
}

}  // namespace

std::unique_ptr<Application> make_exchange_application(ExchangeTerms terms, net::Loop& loop) {
  return std::make_unique<ExchangeApplication>(std::move(terms), loop);
}

}  // namespace fixdrill::sim
