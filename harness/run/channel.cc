#include "run/channel.h"

#include <algorithm>
#include <utility>

namespace fixdrill::run {

using session::Event;

bool accepts(const Open& open, const Event& event) {
  return event.kind == Event::Kind::message && event.refused.empty() &&
         open.pattern.accepts(*event.message, event.time);
}

namespace {

constexpr int kOutermost = 1;  ///< the depth of setup, scenario and teardown

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
  if (acceptor_ && wire_ && !served_ && !first_stranger_) first_stranger_ = event.time;
  if (event.kind == Event::Kind::closed) served_ = false;
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

void Channel::open_optional(Open open) {
  open.block = block_;
  optionals_.push_back(std::move(open));
}

void Channel::ignore(Open open) {
  open.block = block_;
  ignores_.push_back(std::move(open));
}

void Channel::forbid(Open open) {
  open.block = block_;
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

Routed Channel::take_out(std::deque<Event>& from, std::deque<Event>::iterator at) {
  Routed routed{Routed::Kind::taken, std::move(*at)};
  from.erase(at);
  consume(routed.event);
  optionals_.clear();
  return routed;
}

Routed Channel::take(const Taker& takes, Manner manner) {
  offer_side_to_optionals();
  const auto side = std::find_if(side_.begin(), side_.end(), takes);
  if (side != side_.end()) return take_out(side_, side);
  return manner == Manner::next ? take_next(takes) : take_anywhere(takes);
}

Routed Channel::take_next(const Taker& takes) {
  while (!inbox_.empty()) {
    const Event& event = inbox_.front();
    const bool asked_for = event.kind == Event::Kind::closed && event.asked_for;
    if (!asked_for && offer_to_optionals(event)) {
      consume(event);
    } else {
      if (takes(event)) return take_out(inbox_, inbox_.begin());
      if (!asked_for && !ignored(event)) return {kind_of_failure(event), event};
    }
    inbox_.pop_front();
  }
  return {};
}

Routed Channel::take_anywhere(const Taker& takes) {
  for (auto it = inbox_.begin(); it != inbox_.end();) {
    if (offer_to_optionals(*it)) {
      consume(*it);
      it = inbox_.erase(it);
      continue;
    }
    if (takes(*it)) return take_out(inbox_, it);
    if (is_end(*it)) return {kind_of_failure(*it), *it};
    ++it;
  }
  return {};
}

Routed Channel::route(const Open* required) {
  return take([&](const Event& event) { return required && accepts(*required, event); },
              Manner::next);
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
    if (event.kind == Event::Kind::closed && !event.ours) return take_out(inbox_, inbox_.begin());
    const bool passes = !silently && (offer_to_optionals(event) || ignored(event));
    if (!passes) return {kind_of_failure(event), event};
    inbox_.pop_front();
  }
  return {};
}

std::vector<TakenOptional> Channel::take_optional_matches() { return std::exchange(taken_, {}); }

bool Channel::has_open() const {
  const auto here = [this](const Open& open) { return open.block == block_; };
  return std::any_of(forbids_.begin(), forbids_.end(), here) ||
         std::any_of(optionals_.begin(), optionals_.end(), here);
}

void Channel::forget_opened(int from_block) {
  if (violation_ && violation_->forbidden->block >= from_block) violation_.reset();
  for (std::list<Open>* opened : {&forbids_, &ignores_, &optionals_})
    std::erase_if(*opened, [&](const Open& open) { return open.block >= from_block; });
}

// What setup and the scenario itself ignore is ignored to the scenario's end.
void Channel::end_block() {
  std::list<Open> lasting;
  if (block_ == kOutermost) lasting.swap(ignores_);
  forget_opened(block_);
  ignores_.splice(ignores_.end(), lasting);
  --block_;
}

void Channel::end_scenario() {
  block_ = 0;
  forget_opened(0);
  taken_.clear();
  side_.clear();
  joined.reset();
  used_in_scenario = settled_in_scenario = was_up_in_scenario = false;
}

void Channel::clear() {
  inbox_.clear();
  side_.clear();
  violation_.reset();
}

void Channel::serve() {
  served_ = true;
  first_stranger_.reset();
}

bool Channel::has_own() const {
  return !inbox_.empty() && !(first_stranger_ && inbox_.front().time >= *first_stranger_);
}

void Channel::forget_refusal() {
  std::erase_if(inbox_, [](const Event& event) {
    if (event.kind != Event::Kind::message) return event.kind == Event::Kind::closed;
    return event.message->msg_type() == "5" || event.message->msg_type() == "3";
  });
}

void Channel::forget_gone() {
  const auto close = std::find_if(inbox_.rbegin(), inbox_.rend(), [](const Event& event) {
    return event.kind == Event::Kind::closed;
  });
  inbox_.erase(inbox_.begin(), close.base());
}

void Channel::forget_old_closes() {
  std::erase_if(inbox_, [](const Event& event) {
    return event.kind == Event::Kind::closed && event.asked_for;
  });
}

}  // namespace fixdrill::run
