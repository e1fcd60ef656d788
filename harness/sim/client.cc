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

Client::Client(const Who& who, Venue& venue, fix::DictionaryPtr dictionary)
    : id_(who.id),
      name_(who.name),
      venue_(venue),
      dialect_(dictionary),
      desk_(venue.application.open_desk({who.id, who.comp_id, *this, std::move(dictionary)})) {}

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
  if (!logged_on()) after_logon_.reset();
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
  desk_->line_lost();
}

void Client::serve(const fix::Message& message) {
  if (venue_.validate) {
    const auto findings = fix::validate(message, dialect_.dictionary(), {.most = 1});
    if (!findings.empty()) return send(dialect_.session_reject(message, findings.front()));
  }
  desk_->serve(message);
}

void Client::send(fix::OutMessage message) {
  if (logged_on()) {
    const auto sent = session_->send(message);
    if (sent) return;
    // A line that is about to go takes nothing any more.
    venue_.note(fmt::format("{}: kept for the next Logon: {}", name_, sent.error().text));
  }
  held_bytes_ += bytes_of(message);
  held_.push_back(std::move(message));
  while (held_.size() > venue_.most_held_reports ||
         (held_bytes_ > limits::kSimHeldBytes && held_.size() > 1)) {
    held_bytes_ -= bytes_of(held_.front());
    held_.pop_front();
  }
}

void Client::send_held() {
  if (!logged_on()) return;
  held_bytes_ = 0;
  for (std::deque<fix::OutMessage> held = std::exchange(held_, {}); !held.empty(); held.pop_front())
    send(std::move(held.front()));
}

}  // namespace fixdrill::sim
