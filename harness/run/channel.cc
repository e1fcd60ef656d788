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

}  // namespace

Channel::Channel(std::string alias, bool wire, bool acceptor)
    : alias_(std::move(alias)), wire_(wire), acceptor_(acceptor) {}

void Channel::on_event(Event event) {
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

bool Channel::ignored(const Event& event) const {
  return event.kind == Event::Kind::message &&
         std::any_of(ignores_.begin(), ignores_.end(), [&](const Open& open) {
           return open.pattern.accepts(*event.message, event.time);
         });
}

void Channel::consume(const Event& event) {
  last_consumed_id = event.id;
  std::erase_if(side_, [&](const Event& side) { return side.id <= event.id; });
}

Routed Channel::route(const Open* required) {
  if (required) {
    for (auto it = side_.begin(); it != side_.end(); ++it) {
      if (!accepts(*required, *it)) continue;
      Routed routed{Routed::Kind::taken, *it};
      consume(routed.event);
      return routed;
    }
  }
  while (!inbox_.empty()) {
    const Event event = inbox_.front();
    if (event.kind == Event::Kind::closed && event.asked_for) {
      inbox_.pop_front();
      continue;
    }
    if (offer_to_optionals(event)) {
      inbox_.pop_front();
      consume(event);
      continue;
    }
    if (required && accepts(*required, event)) {
      inbox_.pop_front();
      consume(event);
      optionals_.clear();
      return {Routed::Kind::taken, event};
    }
    if (!ignored(event)) return {kind_of_failure(event), event};
    inbox_.pop_front();
  }
  return {};
}

Routed Channel::pick(const Open& wanted) {
  for (std::deque<Event>* list : {&side_, &inbox_}) {
    for (auto it = list->begin(); it != list->end(); ++it) {
      if (accepts(wanted, *it)) {
        Routed routed{Routed::Kind::taken, *it};
        list->erase(it);
        consume(routed.event);
        return routed;
      }
      const bool fatal = it->kind != Event::Kind::message && !it->asked_for;
      if (fatal) return {kind_of_failure(*it), *it};
    }
  }
  return {};
}

std::optional<Event> Channel::look_for(const Open& wanted) const {
  for (const std::deque<Event>* list : {&side_, &inbox_}) {
    for (const Event& event : *list) {
      if (accepts(wanted, event)) return event;
    }
  }
  return std::nullopt;
}

Routed Channel::route_close(bool asked_for_too) {
  while (!inbox_.empty()) {
    const Event event = inbox_.front();
    const bool closed = event.kind == Event::Kind::closed;
    if (closed && (asked_for_too || !event.asked_for)) {
      inbox_.pop_front();
      optionals_.clear();
      return {Routed::Kind::taken, event};
    }
    if (!closed && !offer_to_optionals(event) && !ignored(event))
      return {kind_of_failure(event), event};
    inbox_.pop_front();
  }
  return {};
}

std::vector<TakenOptional> Channel::take_optional_matches() { return std::exchange(taken_, {}); }

void Channel::end_scenario() {
  end_block();
  optionals_.clear();
  ignores_.clear();
  taken_.clear();
  used_in_scenario = false;
}

void Channel::clear() {
  inbox_.clear();
  side_.clear();
  violation_.reset();
}

}  // namespace fixdrill::run
