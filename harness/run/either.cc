// `either`: the first message decides which arm goes on.

#include <algorithm>
#include <fmt/format.h>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using record::Verdict;
using session::Event;

/// One arm: what it begins with, and until when.
struct ScenarioRunner::Arm {
  enum class Begins { expect, await, disconnect, nothing };
  const syntax::Step* step = nullptr;
  Channel* channel = nullptr;
  Begins begins{};
  Open open;  ///< of expect and await
  Duration limit{};
  bool over = false;  ///< its limit has passed

  bool takes(const Event& event) const {
    if (over) return false;
    if (begins == Begins::disconnect) return event.kind == Event::Kind::closed && !event.ours;
    return takes_message() && accepts(open, event);
  }
  bool takes_message() const { return begins == Begins::expect || begins == Begins::await; }
  /// "ExecutionReport", "a disconnect", "nothing for 2 s"
  std::string wanted() const {
    if (begins == Begins::disconnect) return "a disconnect";
    if (begins == Begins::nothing) return fmt::format("nothing for {}", elapsed_text(limit));
    return open.pattern.type_label();
  }
};

struct ScenarioRunner::Arms {
  std::vector<Arm> all;
  Time started;
  std::size_t chosen = 0;  ///< from 1; 0: none yet
  Channel* stopped = nullptr;
  Routed routed;  ///< what was taken, or what stopped everything

  std::vector<Channel*> channels() const {
    std::vector<Channel*> channels;
    for (const Arm& arm : all) {
      if (std::find(channels.begin(), channels.end(), arm.channel) == channels.end())
        channels.push_back(arm.channel);
    }
    return channels;
  }
  // Where every arm that is left awaits, other messages may pass.
  Manner manner_of(const Channel& channel) const {
    const bool awaits = std::all_of(all.begin(), all.end(), [&](const Arm& arm) {
      return arm.channel != &channel || arm.over || arm.begins == Arm::Begins::await;
    });
    return awaits ? Manner::anywhere : Manner::next;
  }
  bool open_on(const Channel& channel) const {
    return std::any_of(all.begin(), all.end(),
                       [&](const Arm& arm) { return arm.channel == &channel && !arm.over; });
  }
  /// The arm that came nearest to the message that stopped everything; empty: it was none, or no
  /// arm is left that takes messages of its session.
  std::optional<std::size_t> nearest() const {
    const Event& event = routed.event;
    if (!event.message) return std::nullopt;
    std::optional<std::size_t> nearest;
    std::tuple<bool, std::size_t, std::size_t> best;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!all[i].takes_message() || all[i].over || all[i].channel != stopped) continue;
      const eval::Match match = all[i].open.pattern.match(*event.message, event.time);
      const auto near = std::tuple(match.type_fits, match.key_equal, match.equal);
      if (nearest && near <= best) continue;
      nearest = i;
      best = near;
    }
    return nearest;
  }
  /// Empty: all limits have passed.
  std::optional<Time> next_deadline() const {
    std::optional<Time> next;
    for (const Arm& arm : all) {
      const Time deadline = started + arm.limit;
      if (!arm.over && (!next || deadline < *next)) next = deadline;
    }
    return next;
  }
  std::string text_of(std::size_t index) const {
    const Arm& arm = all[index];
    return fmt::format("line {}, arm {} of 'either' ({}{})",
                       arm.step->span.file->position(arm.step->span.begin).line, index + 1,
                       arm.wanted(), arm.over ? ", but its limit has passed" : "");
  }
  /// "line 8, arm 1 of 'either': no ExecutionReport on OE within 2 s"
  std::string unmet_text(std::size_t index) const {
    const Arm& arm = all[index];
    return fmt::format("line {}, arm {} of 'either': no {} on {} within {}",
                       arm.step->span.file->position(arm.step->span.begin).line, index + 1,
                       arm.begins == Arm::Begins::disconnect ? "disconnect" : arm.wanted(),
                       arm.channel->alias(), elapsed_text(arm.limit));
  }
};

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Either& either) {
  Arms arms;
  if (Failure failure = open_arms(either, arms)) return failure;
  arms.started = loop_.now();
  choose_arm(arms);
  note_optionals();
  if (arms.chosen == 0) {
    if (Failure failure = violated()) return failure;
    return no_arm(current, arms);
  }
  Arm& arm = arms.all[arms.chosen - 1];
  Current first = start(*arm.step);
  if (arms.routed.kind == Routed::Kind::taken && arms.routed.event.message)
    taken(first, arm.open, arms.routed.event);
  finish(first, {});
  run_nested(either.arms[arms.chosen - 1], 1);
  return {};
}

ScenarioRunner::Failure ScenarioRunner::open_arms(const syntax::Either& either, Arms& arms) {
  for (const syntax::Block& block : either.arms) {
    Arm arm;
    if (block.steps.empty())
      return verdict_at(block.span, "either", "an arm of 'either' begins with an expectation");
    if (Failure failure = open_arm(block.steps.front(), arm)) return failure;
    arms.all.push_back(std::move(arm));
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::open_arm(const syntax::Step& step, Arm& arm) {
  Current current;
  current.step = &step;
  current.channel = channel_of(step);
  if (Failure failure = bring_up(current)) return failure;
  arm.step = &step;
  arm.channel = current.channel;
  const auto* expect = std::get_if<syntax::Expect>(&step.action);
  const auto* await = std::get_if<syntax::Await>(&step.action);
  const auto* nothing = std::get_if<syntax::ExpectNothing>(&step.action);
  const auto* disconnect = std::get_if<syntax::ExpectDisconnect>(&step.action);
  if (!expect && !await && !nothing && !disconnect)
    return verdict_at(step.keyword, "either", "an arm of 'either' begins with an expectation");
  arm.begins = expect       ? Arm::Begins::expect
               : await      ? Arm::Begins::await
               : disconnect ? Arm::Begins::disconnect
                            : Arm::Begins::nothing;
  const syntax::Message* message = expect ? &expect->message : await ? &await->message : nullptr;
  if (message) {
    auto open = make_open(current, *message);
    if (!open) return failure_of(message->span, "expect", open.error());
    arm.open = std::move(*open);
  }
  const auto limit = nothing   ? eval::duration(nothing->during, environment(current.channel))
                     : message ? limit_of(message->within, current)
                               : limit_of(disconnect->within, current);
  if (!limit) return failure_of(step.keyword, "either", limit.error());
  arm.limit = *limit;
  return nothing ? never_up(current) : Failure();
}

// Each arm has its own clock: the wait goes from one limit to the next.
void ScenarioRunner::choose_arm(Arms& arms) {
  const std::vector<Channel*> channels = arms.channels();
  const auto decided = [&] {
    for (Channel* channel : channels) {
      if (!arms.open_on(*channel)) continue;
      std::size_t taker = 0;
      const auto takes = [&](const Event& event) {
        const auto arm = std::find_if(arms.all.begin(), arms.all.end(), [&](const Arm& one) {
          return one.channel == channel && one.takes(event);
        });
        taker = arm == arms.all.end() ? 0 : static_cast<std::size_t>(arm - arms.all.begin()) + 1;
        return taker != 0;
      };
      arms.routed = channel->take(takes, arms.manner_of(*channel));
      if (!arms.routed.decided()) continue;
      if (arms.routed.kind == Routed::Kind::taken) arms.chosen = taker;
      arms.stopped = channel;
      return true;
    }
    return false;
  };
  for (auto deadline = arms.next_deadline(); deadline; deadline = arms.next_deadline()) {
    wait_until(decided, *deadline);
    if (arms.stopped || cut_short_ || sessions_.must_stop()) return;
    for (std::size_t i = 0; i < arms.all.size(); ++i) {
      Arm& arm = arms.all[i];
      if (arm.over || loop_.now() < arms.started + arm.limit) continue;
      arm.over = true;
      if (arm.begins != Arm::Begins::nothing) continue;
      arms.chosen = i + 1;
      return;
    }
  }
}

ScenarioRunner::Failure ScenarioRunner::no_arm(const Current& current, const Arms& arms) const {
  if (!arms.stopped) return arms_unmet(current, arms);
  const auto nearest = arms.nearest();
  std::vector<std::string> open;
  for (std::size_t i = 0; i < arms.all.size(); ++i) {
    if (nearest != i) open.push_back(arms.text_of(i));
  }
  if (nearest) {
    FailedStep step = failed_step(*arms.stopped, arms.all[*nearest].open);
    step.notes.push_back("nearest is " + arms.text_of(*nearest));
    step.also_open = std::move(open);
    return unexpected_event(step, arms.routed);
  }
  Verdict verdict = unwanted_event(*arms.stopped, current.step->keyword, arms.routed.event,
                                   "expected what an arm of 'either' begins with", config_.masker);
  for (std::size_t i = 0; i < open.size(); ++i)
    verdict.details.insert(verdict.details.begin() + static_cast<std::ptrdiff_t>(i),
                           "open: " + open[i]);
  return verdict;
}

ScenarioRunner::Failure ScenarioRunner::arms_unmet(const Current& current, const Arms& arms) const {
  Verdict verdict =
      verdict_at(current.step->keyword, "limit", "no arm of 'either' was met in time");
  for (std::size_t i = 0; i < arms.all.size(); ++i) {
    verdict.details.push_back(arms.unmet_text(i));
    const Arm& arm = arms.all[i];
    const std::string near =
        arm.takes_message() ? nearest_text(failed_step(*arm.channel, arm.open)) : "";
    if (!near.empty()) verdict.details.push_back("  " + near);
  }
  return verdict;
}

}  // namespace fixdrill::run
