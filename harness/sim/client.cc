#include "sim/client.h"

#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fix/validate.h"

namespace fixdrill::sim {

using session::Event;
using session::State;

namespace {

std::size_t bytes_of(const fix::OutMessage& message) {
  std::size_t sum = 0;
  for (const fix::Field& field : message.fields) sum += field.value.size();
  return sum;
}

}  // namespace

profile::Profile uncapped_profile() {
  profile::Profile profile;
  profile.path = "simulator";
  profile.limits.max_order_qty = std::numeric_limits<std::int64_t>::max();
  profile.limits.max_notional = std::numeric_limits<std::int64_t>::max();
  profile.limits.orders_per_run = std::numeric_limits<int>::max();
  profile.limits.messages_per_second = std::numeric_limits<int>::max();
  return profile;
}

Client::Client(ClientId id, std::string name, Venue& venue, fix::DictionaryPtr dictionary)
    : id_(id), name_(std::move(name)), venue_(venue), dialect_(std::move(dictionary)) {}

bool Client::connected() const {
  const State state = session_->state();
  return state == State::connecting || state == State::connected || state == State::logged_on;
}

void Client::on_event(Event event) {
  switch (event.kind) {
    case Event::Kind::message:
      return on_message(event);
    case Event::Kind::garbled:
      return venue_.note(fmt::format("{}: garbled, ignored: {}", name_, event.reason));
    case Event::Kind::closed:
      return on_closed(event);
  }
}

void Client::on_message(const Event& event) {
  if (!event.refused.empty())
    return venue_.note(fmt::format("{}: refused by the session: {}", name_, event.refused));
  const fix::Message& message = *event.message;
  if (message.msg_type() == "A") {
    venue_.note(name_ + " logs on");
    leaving_ = false;
    // The engine has yet to answer this Logon.
    after_logon_ = venue_.loop.at(venue_.loop.now(), [this] { send_held(); });
  }
  if (message.msg_type() == "5") {
    venue_.note(name_ + " logs out");
    leaving_ = true;
  }
  if (event.duplicate || ruled(event) || fix::is_admin_type(message.msg_type())) return;
  serve(message);
}

bool Client::ruled(const Event& event) {
  const fix::Message& message = *event.message;
  const auto own =
      venue_.table
          ? venue_.table->find({std::string(message.value(49)), std::string(message.value(56))})
          : nullptr;
  Rules* rules = own ? own.get() : venue_.rules;
  if (!rules) return false;
  const bool admin = fix::is_admin_type(message.msg_type());
  const Judgement judgement = rules->judge(
      {event.message, event.time, admin, dialect_.dictionary()}, venue_.loop.now(), *this);
  if (judgement.kind != Judgement::Kind::failed)
    return judgement.kind == Judgement::Kind::dealt_with;
  note(judgement.error);
  // The engine answers session messages whatever rules do.
  if (!admin)
    send(dialect_.business_reject(message, BusinessReason::other,
                                  "a rule of the simulator failed: " + judgement.error));
  return true;
}

void Client::send_after(Duration delay, fix::OutMessage message) {
  waiting_bytes_ += bytes_of(message);
  if (waiting_.size() >= limits::kSimWaitingReplies || waiting_bytes_ > limits::kSimHeldBytes) {
    waiting_bytes_ -= bytes_of(message);
    return note("too many replies wait; this one is not sent");
  }
  waiting_.push_back({std::move(message), nullptr});
  const auto at = std::prev(waiting_.end());
  at->timer = venue_.loop.at(venue_.loop.now() + delay, [this, at] {
    waiting_bytes_ -= bytes_of(at->message);
    fix::OutMessage due = std::move(at->message);
    const std::unique_ptr<net::Timer> running = std::move(at->timer);
    waiting_.erase(at);
    send(std::move(due));
  });
}

void Client::drop() {
  session_->drop_answer();
  // A Logon that is not answered: what waits for one goes on waiting.
  if (session_->state() != State::logged_on) after_logon_.reset();
}

void Client::disconnect(session::CloseKind kind) {
  after_logon_.reset();
  session_->close(kind);
}

void Client::mute() {
  // Fails only when the line is gone already.
  (void)session_->mute(true);
}

void Client::on_closed(const Event& event) {
  if (!leaving_) venue_.note(fmt::format("{} is gone: {}", name_, event.reason));
  if (venue_.cancel_on_disconnect) venue_.exchange.cancel_all(id_);
}

void Client::serve(const fix::Message& message) {
  if (venue_.validate) {
    const auto findings = fix::validate(message, dialect_.dictionary(), {.most = 1});
    if (!findings.empty()) return send(dialect_.session_reject(message, findings.front()));
  }
  if (take(message)) return;
  send(dialect_.business_reject(message, BusinessReason::unsupported_type,
                                "Unsupported message type " +
                                    dialect_.dictionary().message_label(message.msg_type())));
}

bool Client::take(const fix::Message& message) {
  const std::string_view type = message.msg_type();
  if (venue_.echo && type != "D") return false;
  if (type == "D")
    on_new_order(message);
  else if (type == "F")
    on_cancel(message);
  else if (type == "G")
    on_replace(message);
  else if (type == "H")
    on_status_request(message);
  else if (type == "q" && dialect_.dictionary().message("q"))
    on_mass_cancel(message);
  else
    return false;
  return true;
}

void Client::missing(const fix::Message& message, const FieldMissing& field) {
  send(dialect_.business_reject(message, BusinessReason::conditional_field_missing, field.text));
}

void Client::on_new_order(const fix::Message& message) {
  auto read = read_new_order(message, id_);
  if (const auto* field = std::get_if<FieldMissing>(&read)) return missing(message, *field);
  // A possible resend of an order that is known is no second order (session test case 19.a).
  if (message.value(97) == "Y" && is_known(std::string(message.value(11)))) return;
  if (venue_.echo) return echo(message);
  if (auto* bad = std::get_if<NotTaken>(&read))
    return venue_.exchange.reject(std::move(bad->order), bad->reason, std::move(bad->text));
  venue_.exchange.place(std::move(std::get<Order>(read)));
}

bool Client::is_known(const std::string& client_order_id) const {
  if (venue_.echo) return echoed_.contains(client_order_id);
  return venue_.exchange.find({id_, client_order_id, 0}) != nullptr;
}

void Client::echo(const fix::Message& message) {
  if (echoed_.size() < limits::kSimEndedOrders) echoed_.emplace(message.value(11));
  fix::OutMessage copy{"D", {}};
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (!fix::is_header_tag(field.tag) && !fix::is_trailer_tag(field.tag))
      copy.fields.push_back({field.tag, std::string(field.value)});
  }
  send(std::move(copy));
}

void Client::on_cancel(const fix::Message& message) {
  const auto read = read_cancel(message, id_);
  if (const auto* field = std::get_if<FieldMissing>(&read)) return missing(message, *field);
  venue_.exchange.cancel(std::get<CancelRequest>(read));
}

void Client::on_replace(const fix::Message& message) {
  const auto read = read_replace(message, id_);
  if (const auto* field = std::get_if<FieldMissing>(&read)) return missing(message, *field);
  venue_.exchange.replace(std::get<ReplaceRequest>(read));
}

// The answer says how many; each of them is reported behind it.
void Client::on_mass_cancel(const fix::Message& message) {
  MassCancel request{.client_order_id = std::string(message.value(11)),
                     .type = std::string(message.value(530)),
                     .symbol = std::string(message.value(55)),
                     .origin = read_origin(message)};
  request.taken = request.type == "7" || (request.type == "1" && !request.symbol.empty());
  const std::string symbol = request.type == "1" ? request.symbol : "";
  if (request.taken) request.count = venue_.exchange.open_orders(id_, symbol);
  send(dialect_.mass_cancel_report(request, now_ns()));
  if (request.taken) venue_.exchange.mass_cancel(id_, symbol);
}

void Client::on_status_request(const fix::Message& message) {
  const StatusRequest request{std::string(message.value(11)), std::string(message.value(37)),
                              std::string(message.value(55)), std::string(message.value(54)),
                              read_origin(message)};
  const OrderKey key{id_, request.client_order_id, read_order_id(request.order_id)};
  send(dialect_.status_report(request, venue_.exchange.find(key), now_ns()));
}

void Client::report(const Execution& execution, std::uint64_t exec_number) {
  send(dialect_.execution_report(execution, exec_number, now_ns()));
}

// What happens while it is away is not kept for it: the next rehearsal would get the copies of the
// last one.
void Client::report_copy(const Execution& execution, std::uint64_t exec_number) {
  if (session_->state() != State::logged_on) return;
  send(dialect_.drop_copy(execution, exec_number, now_ns()));
}

void Client::report(const Refused& refused) { send(dialect_.cancel_reject(refused, now_ns())); }

void Client::send(fix::OutMessage message) {
  if (session_->state() == State::logged_on) {
    const auto sent = session_->send(message);
    if (sent) return;
    // A line that is about to go takes nothing any more.
    venue_.note(fmt::format("{}: kept for the next Logon: {}", name_, sent.error().text));
  }
  held_bytes_ += bytes_of(message);
  held_.push_back(std::move(message));
  while (held_.size() > limits::kSimHeldReports ||
         (held_bytes_ > limits::kSimHeldBytes && held_.size() > 1)) {
    held_bytes_ -= bytes_of(held_.front());
    held_.pop_front();
  }
}

void Client::send_held() {
  if (session_->state() != State::logged_on) return;
  held_bytes_ = 0;
  for (std::deque<fix::OutMessage> held = std::exchange(held_, {}); !held.empty(); held.pop_front())
    send(std::move(held.front()));
}

}  // namespace fixdrill::sim
