#include "run/channel.h"

#include <algorithm>
#include <utility>

namespace fixdrill::run {

using session::Event;

namespace {

bool accepts(const Open& open, const Event& event) {
  return event.kind == Event::Kind::message && event.refused.empty() &&
         open.pattern.accepts(*event.message, event.time);
}

Routed::Kind kind_of_failure(const Event& event) {
  switch (event.kind) {
    case Event::Kind::closed:
      return Routed::Kind::closed;
    case Event::Kind::garbled:
      return Routed::Kind::garbled;
    case Event::Kind::message:
      break;
  }
  return event.refused.empty() ? Routed::Kind::mismatch : Routed::Kind::refused;
}

// Fails at once unless expected (rule 1).
bool is_end(const Event& event) { return event.kind != Event::Kind::message && !event.asked_for; }

}  // namespace

Channel::Channel(std::string alias, bool wire, bool acceptor)
    : alias_(std::move(alias)), wire_(wire), acceptor_(acceptor) {}

void Channel::on_event(Event event) {
  if (event.guard && !guard_) guard_ = event.reason;
  judge_forbidden(event);
  if (event.duplicate) return;
  (event.side ? side_ : inbox_).push_back(std::move(event));
}

void Channel::judge_forbidden(const Event& event) {
  if (violation_ || event.kind != Event::Kind::message) return;
  for (const Open& open : forbids_) {
    if (!open.pattern.accepts(*event.message, event.time)) continue;
    violation_ = Violation{&open, event};
    return;
  }
}

void Channel::forbid(Open open) {
  forbids_.push_back(std::move(open));
  for (const Event& event : inbox_) judge_forbidden(event);
  for (const Event& event : side_) judge_forbidden(event);
}

bool Channel::offer_to_optionals(const Event& event) {
  for (auto it = optionals_.begin(); it != optionals_.end(); ++it) {
    if (it->until && event.time > *it->until) continue;
    if (!accepts(*it, event)) continue;
    taken_.push_back({std::move(*it), event});
    optionals_.erase(it);
    return true;
  }
  return false;
}

// What waits in the side list fails nobody, so it is offered without ado.
void Channel::offer_side_to_optionals() {
  for (auto it = side_.begin(); it != side_.end() && !optionals_.empty();)
    it = offer_to_optionals(*it) ? side_.erase(it) : std::next(it);
}

bool Channel::ignored(const Event& event) const {
  return event.kind == Event::Kind::message &&
         std::any_of(ignores_.begin(), ignores_.end(), [&](const Open& open) {
           return open.pattern.accepts(*event.message, event.time);
         });
}

void Channel::consume(const Event& event) {
  std::erase_if(side_, [&](const Event& side) { return side.id <= event.id; });
}

Routed Channel::take(std::deque<Event>& from, std::deque<Event>::iterator at) {
  Routed routed{Routed::Kind::taken, std::move(*at)};
  from.erase(at);
  consume(routed.event);
  optionals_.clear();
  return routed;
}

Routed Channel::route(const Open* required) {
  offer_side_to_optionals();
  for (auto it = side_.begin(); required && it != side_.end(); ++it) {
    if (accepts(*required, *it)) return take(side_, it);
  }
  while (!inbox_.empty()) {
    const Event& event = inbox_.front();
    const bool asked_for = event.kind == Event::Kind::closed && event.asked_for;
    if (!asked_for && offer_to_optionals(event)) {
      consume(event);
    } else if (!asked_for) {
      if (required && accepts(*required, event)) return take(inbox_, inbox_.begin());
      if (!ignored(event)) return {kind_of_failure(event), event};
    }
    inbox_.pop_front();
  }
  return {};
}

Routed Channel::pick(const Open& wanted) {
  offer_side_to_optionals();
  for (auto it = side_.begin(); it != side_.end(); ++it) {
    if (accepts(wanted, *it)) return take(side_, it);
  }
  for (auto it = inbox_.begin(); it != inbox_.end();) {
    if (offer_to_optionals(*it)) {
      consume(*it);
      it = inbox_.erase(it);
      continue;
    }
    if (accepts(wanted, *it)) return take(inbox_, it);
    if (is_end(*it)) return {kind_of_failure(*it), *it};
    ++it;
  }
  return {};
}

Routed Channel::answer(const Open& wanted) {
  for (std::deque<Event>* list : {&side_, &inbox_}) {
    for (auto it = list->begin(); it != list->end(); ++it) {
      if (is_end(*it)) return {kind_of_failure(*it), *it};
      if (!accepts(wanted, *it)) continue;
      Routed routed{Routed::Kind::taken, *it};
      list->erase(it);
      return routed;
    }
  }
  return {};
}

std::optional<Event> Channel::look_for(const Open& wanted) const {
  for (const std::deque<Event>* list : {&side_, &inbox_}) {
    for (const Event& event : *list) {
      const bool message = event.kind == Event::Kind::message;
      if (message && wanted.pattern.accepts(*event.message, event.time)) return event;
    }
  }
  return std::nullopt;
}

std::optional<Event> Channel::look_for_end() const {
  const auto found = std::find_if(inbox_.begin(), inbox_.end(), is_end);
  return found == inbox_.end() ? std::nullopt : std::optional(*found);
}

const Event* Channel::close_nobody_asked_for() const {
  const auto found = std::find_if(inbox_.begin(), inbox_.end(), [](const Event& event) {
    return event.kind == Event::Kind::closed && !event.asked_for;
  });
  return found == inbox_.end() ? nullptr : &*found;
}

void Channel::clocks_stood(Time since, Duration time) {
  for (Open& open : optionals_) {
    if (open.until && *open.until >= since) open.until = *open.until + time;
  }
}

Routed Channel::route_close(bool silently) {
  while (!inbox_.empty()) {
    const Event& event = inbox_.front();
    if (event.kind == Event::Kind::closed && !event.ours) return take(inbox_, inbox_.begin());
    const bool passes = !silently && (offer_to_optionals(event) || ignored(event));
    if (!passes) return {kind_of_failure(event), event};
    inbox_.pop_front();
  }
  return {};
}

std::vector<TakenOptional> Channel::take_optional_matches() { return std::exchange(taken_, {}); }

void Channel::end_block() {
  forbids_.clear();
  violation_.reset();
  optionals_.clear();
}

void Channel::end_scenario() {
  end_block();
  ignores_.clear();
  taken_.clear();
  side_.clear();
  used_in_scenario = settled_in_scenario = was_up_in_scenario = false;
}

void Channel::clear() {
  inbox_.clear();
  side_.clear();
  violation_.reset();
}

void Channel::forget_old_closes() {
  std::erase_if(inbox_, [](const Event& event) {
    return event.kind == Event::Kind::closed && event.asked_for;
  });
}

}  // namespace fixdrill::run
