// `unordered`: several expectations open at once, each of which gets a message of its own.

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "eval/argument.h"
#include "run/assignment.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using record::Verdict;
using session::Event;

/// The expectations, and which message each one has.
class ScenarioRunner::Slots {
 public:
  struct Slot {
    const syntax::Step* step = nullptr;
    Channel* channel = nullptr;
    Open open;
    Manner manner = Manner::next;
  };

  void add(Slot slot) {
    slots_.push_back(std::move(slot));
    assignment_.add_place();
  }
  const std::vector<Slot>& all() const { return slots_; }

  std::vector<Channel*> channels() const {
    std::vector<Channel*> channels;
    for (const Slot& slot : slots_) {
      if (std::find(channels.begin(), channels.end(), slot.channel) == channels.end())
        channels.push_back(slot.channel);
    }
    return channels;
  }

  /// Whether the event has a place beside all that came before.
  bool place(const Channel& channel, const Event& event) {
    std::vector<std::size_t> fits;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i].channel == &channel && accepts(slots_[i].open, event)) fits.push_back(i);
    }
    if (!assignment_.add_item(std::move(fits))) return false;
    events_.push_back(event);
    return true;
  }

  /// Null: it has none yet.
  const Event* event_of(std::size_t slot) const {
    const auto item = assignment_.item_of(slot);
    return item ? &events_[*item] : nullptr;
  }
  bool complete() const { return assignment_.full(); }
  bool waits_on(const Channel& channel) const { return waiting(channel, false); }
  /// While an `expect` waits the next event must fit; where only `await` is left others may pass.
  Manner manner_of(const Channel& channel) const {
    return waiting(channel, true) ? Manner::next : Manner::anywhere;
  }

 private:
  bool waiting(const Channel& channel, bool next_only) const {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const bool counts = !next_only || slots_[i].manner == Manner::next;
      if (counts && slots_[i].channel == &channel && !event_of(i)) return true;
    }
    return false;
  }

  std::vector<Slot> slots_;
  std::vector<Event> events_;
  Assignment assignment_;
};

namespace {

std::size_t line_of(const Span& span) { return span.file->position(span.begin).line; }

}  // namespace

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Unordered& unordered) {
  const auto limit = limit_of(unordered.within, current);
  if (!limit) return failure_of(current.step->keyword, "unordered", limit.error());
  Slots slots;
  if (Failure failure = add_slots(unordered.block, slots)) return failure;
  const Time started = loop_.now();
  const std::vector<Channel*> channels = slots.channels();
  Channel* stopped = nullptr;
  Routed routed;
  const auto decided = [&] {
    for (Channel* channel : channels) {
      while (slots.waits_on(*channel)) {
        const auto takes = [&](const Event& event) { return slots.place(*channel, event); };
        routed = channel->take(takes, slots.manner_of(*channel));
        if (!routed.decided()) break;
        if (routed.kind == Routed::Kind::taken) continue;
        stopped = channel;
        return true;
      }
    }
    return slots.complete();
  };
  wait_until(decided, started + *limit);
  note_optionals();
  if (slots.complete()) return keep_placed(slots), Failure();
  if (Failure failure = violated()) return failure;
  return stopped ? unplaced(slots, *stopped, routed) : unmet(current, slots, *limit);
}

ScenarioRunner::Failure ScenarioRunner::add_slots(const syntax::Block& block, Slots& slots) {
  for (const syntax::Step& step : block.steps) {
    const auto* loop = std::get_if<syntax::ForEach>(&step.action);
    if (!loop) {
      if (Failure failure = add_slot(step, slots)) return failure;
      continue;
    }
    for (const syntax::Value& value : loop->values) {
      auto one = eval::set_member(value, environment(channel_of(step)));
      if (!one) return failure_of(value.span, "for each", one.error());
      names_->set(loop->name.text, std::move(*one));
      if (Failure failure = add_slots(loop->block, slots)) return failure;
    }
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::add_slot(const syntax::Step& step, Slots& slots) {
  const auto* await = std::get_if<syntax::Await>(&step.action);
  const auto* expect = std::get_if<syntax::Expect>(&step.action);
  if (!await && !expect)
    return verdict_at(step.keyword, "unordered", "'unordered' holds only expect and await");
  const syntax::Message& message = await ? await->message : expect->message;
  Current current;
  current.step = &step;
  current.channel = channel_of(step);
  if (Failure failure = bring_up(current)) return failure;
  auto open = make_open(current, message);
  if (!open) return failure_of(message.span, "expect", open.error());
  slots.add({&step, current.channel, std::move(*open), await ? Manner::anywhere : Manner::next});
  return {};
}

// One name for several of them is a list.
void ScenarioRunner::keep_placed(const Slots& slots) {
  std::map<std::string, std::vector<eval::NamedMessage>> named;
  for (std::size_t i = 0; i < slots.all().size(); ++i) {
    const Slots::Slot& slot = slots.all()[i];
    const Event& event = *slots.event_of(i);
    if (slot.open.as)
      named[*slot.open.as].push_back({event.message, event.time, slot.channel->dictionary.get()});
    Current current = start(*slot.step);
    note_match(current, slot.open, event);
    finish(current, {});
  }
  for (auto& [name, messages] : named) {
    if (messages.size() == 1)
      names_->set(name, messages.front());
    else
      names_->set(name, eval::message_list(std::move(messages)));
  }
}

// An event that leaves no assignment, beside the expectation it is nearest to.
ScenarioRunner::Failure ScenarioRunner::unplaced(const Slots& slots, const Channel& channel,
                                                 const Routed& routed) const {
  const Slots::Slot* nearest = nullptr;
  std::size_t nearest_open = 0;
  std::tuple<bool, std::size_t, std::size_t> best;
  std::vector<std::string> open;
  std::vector<std::string> had;
  for (std::size_t i = 0; i < slots.all().size(); ++i) {
    const Slots::Slot& slot = slots.all()[i];
    if (slot.channel != &channel) continue;
    if (const Event* event = slots.event_of(i)) {
      if (accepts(slot.open, routed.event))
        had.push_back(
            fmt::format("line {} would take it, but took #{}", line_of(slot.open.span), event->id));
      continue;
    }
    eval::Match match;
    if (routed.event.message)
      match = slot.open.pattern.match(*routed.event.message, routed.event.time);
    const auto near = std::tuple(match.type_fits, match.key_equal, match.equal);
    if (!nearest || near > best) {
      nearest = &slot;
      nearest_open = open.size();
      best = near;
    }
    open.push_back(
        fmt::format("line {} ({})", line_of(slot.open.span), slot.open.pattern.type_label()));
  }
  FailedStep step = failed_step(channel, nearest->open);
  if (!had.empty()) step.as_written = "another expectation here would have taken the message";
  step.notes = std::move(had);
  open.erase(open.begin() + static_cast<std::ptrdiff_t>(nearest_open));
  step.also_open = std::move(open);
  return unexpected_event(step, routed);
}

ScenarioRunner::Failure ScenarioRunner::unmet(const Current& current, const Slots& slots,
                                              Duration limit) const {
  std::vector<Span> marks;
  std::vector<std::string> details;
  for (std::size_t i = 0; i < slots.all().size(); ++i) {
    if (slots.event_of(i)) continue;
    const Slots::Slot& slot = slots.all()[i];
    const FailedStep step = failed_step(*slot.channel, slot.open);
    marks.push_back(slot.open.span);
    const std::string wanted = slot.open.pattern.describe();
    details.push_back(fmt::format("line {}: no {} on {}{}{}", line_of(slot.open.span), step.wanted,
                                  slot.channel->alias(), wanted.empty() ? "" : " with ", wanted));
    const std::string near = nearest_text(step);
    if (!near.empty()) details.push_back("  " + near);
  }
  const std::size_t count = slots.all().size();
  Verdict verdict = verdict_at(
      current.step->keyword, "limit",
      fmt::format("{} of {} expectation{} of 'unordered' {} not met within {}", marks.size(), count,
                  count == 1 ? "" : "s", marks.size() == 1 ? "was" : "were", elapsed_text(limit)),
      marks);
  verdict.details = std::move(details);
  return verdict;
}

}  // namespace fixdrill::run
