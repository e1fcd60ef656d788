// What each kind of expectation does.

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "run/failure.h"
#include "run/scenario_runner.h"
#include "session/playback.h"

namespace fixdrill::run {

using record::Verdict;
using session::Event;

namespace {

std::string wanted_text(const Open& open) {
  return open.as ? fmt::format("{} ('{}')", open.pattern.type_label(), *open.as)
                 : open.pattern.type_label();
}

}  // namespace

Result<Open> ScenarioRunner::make_open(const Current& current, const syntax::Message& message) {
  auto pattern = eval::Pattern::make(message, environment(current.channel));
  if (!pattern) return pattern.error();
  return Open{message.span,
              std::move(*pattern),
              message.as ? std::optional(message.as->text) : std::nullopt,
              {},
              names_};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Expect& expect) {
  auto open = make_open(current, expect.message);
  if (!open) return failure_of(expect.message.span, "expect", open.error());
  const auto limit = limit_of(expect.message.within, current);
  if (!limit) return failure_of(expect.message.span, "expect", limit.error());
  if (expect.message.times || expect.message.until)
    return repeated(current, *open, expect.message, Manner::next);
  if (!expect.optional) return wait_for(current, *open, *limit, Manner::next);
  if (expect.message.within) open->until = current.started + *limit;
  current.channel->open_optional(std::move(*open));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Await& await) {
  auto open = make_open(current, await.message);
  if (!open) return failure_of(await.message.span, "await", open.error());
  const auto limit = limit_of(await.message.within, current);
  if (!limit) return failure_of(await.message.span, "await", limit.error());
  if (await.message.times || await.message.until)
    return repeated(current, *open, await.message, Manner::anywhere);
  return wait_for(current, *open, *limit, Manner::anywhere);
}

ScenarioRunner::Failure ScenarioRunner::wait_for(Current& current, const Open& open, Duration limit,
                                                 Manner manner) {
  Channel& channel = *current.channel;
  Routed routed;
  wait_until(
      [&] {
        routed = channel.take([&](const Event& event) { return accepts(open, event); }, manner);
        return routed.decided();
      },
      current.started + limit);
  note_optionals();
  if (routed.kind == Routed::Kind::taken) return taken(current, open, routed.event);
  if (Failure failure = violated()) return failure;
  const FailedStep step = failed_step(channel, open);
  if (routed.decided()) return unexpected_event(step, routed);
  return limit_passed(step, limit);
}

FailedStep ScenarioRunner::failed_step(const Channel& channel, const Open& open) const {
  return {channel, open, wanted_text(open), config_.masker, channel.dictionary.get()};
}

ScenarioRunner::Failure ScenarioRunner::taken(Current& current, const Open& open,
                                              const Event& event) {
  if (open.as)
    names_->set(*open.as,
                eval::NamedMessage{event.message, event.time, current.channel->dictionary.get()});
  note_match(current, open, event);
  return {};
}

void ScenarioRunner::note_optionals() {
  for (Channel* channel : sessions_.of_file()) {
    for (TakenOptional& taken : channel->take_optional_matches()) {
      eval::Bindings& names = *taken.open.names;
      if (taken.open.as)
        names.set(*taken.open.as, eval::NamedMessage{taken.event.message, taken.event.time,
                                                     channel->dictionary.get()});
      const eval::Match match = taken.open.pattern.match(*taken.event.message, taken.event.time);
      for (const auto& [name, value] : match.captures) names.set(name, value);
    }
  }
}

// What it captures and what the recording says of it.
void ScenarioRunner::note_match(Current& current, const Open& open, const Event& event) {
  Channel& channel = *current.channel;
  if (channel.last_sent && channel.last_sent->time < event.time)
    current.result.round_trip_ns = (event.time - channel.last_sent->time).count();
  eval::Match match = open.pattern.match(*event.message, event.time);
  for (const auto& [name, value] : match.captures) names_->set(name, value);
  Verdict verdict;
  verdict.rule = "expect";
  verdict.fields = std::move(match.fields);
  verdict.not_checked = match.not_checked;
  verdict.messages.push_back({event.id, "matched", ""});
  current.result.verdicts.push_back(std::move(verdict));
}

// Silence of a connection that there never was proves nothing.
ScenarioRunner::Failure ScenarioRunner::never_up(const Current& current) const {
  const Channel& channel = *current.channel;
  if (channel.was_up_in_scenario || channel.acceptor()) return {};
  Verdict verdict = verdict_at(current.step->keyword, "expect",
                               fmt::format("{} is not connected, so nothing can come; connect it "
                                           "first",
                                           channel.alias()));
  verdict.outcome = record::Outcome::error;
  return verdict;
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::ExpectNo& expect) {
  Channel& channel = *current.channel;
  auto open = make_open(current, expect.message);
  if (!open) return failure_of(expect.message.span, "expect", open.error());
  const auto limit =
      limit_of(expect.message.during ? expect.message.during : expect.message.within, current);
  if (!limit) return failure_of(expect.message.span, "expect", limit.error());
  if (Failure failure = never_up(current)) return failure;
  std::optional<Event> found;
  std::optional<Event> end;
  const auto decided = [&] {
    found = channel.look_for(*open);
    end = channel.look_for_end();
    return found || end;
  };
  wait_until(decided, silent_until(current, *limit));
  const FailedStep step = failed_step(channel, *open);
  if (found) return forbidden_event(step, *found, "expect no");
  if (!end) return {};
  return unwanted_event(channel, open->span, *end, "expected no " + step.wanted, config_.masker);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::ExpectNothing& expect) {
  Channel& channel = *current.channel;
  const auto limit = eval::duration(expect.during, environment(&channel));
  if (!limit) return failure_of(current.step->keyword, "expect", limit.error());
  if (Failure failure = never_up(current)) return failure;
  Routed routed;
  wait_until(
      [&] {
        routed = channel.route(nullptr);
        return routed.decided();
      },
      silent_until(current, *limit));
  note_optionals();
  if (!routed.decided()) return {};
  return unwanted_event(channel, current.step->keyword, routed.event,
                        fmt::format("expected nothing for {}", elapsed_text(*limit)),
                        config_.masker);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current,
                                            const syntax::ExpectDisconnect& expect) {
  Channel& channel = *current.channel;
  const auto limit = limit_of(expect.within, current);
  if (!limit) return failure_of(current.step->keyword, "expect", limit.error());
  Routed routed;
  // What the engine answered by itself after our last message, or answers now, is a byte too.
  const auto spoke = [&](const Event& event) {
    return event.time >= current.started || (channel.last_sent && event.id > channel.last_sent->id);
  };
  const auto decided = [&] {
    const auto& side = channel.side();
    const auto byte = std::find_if(side.begin(), side.end(), spoke);
    routed = expect.silently && byte != side.end() ? Routed{Routed::Kind::mismatch, *byte}
                                                   : channel.route_close(expect.silently);
    return routed.decided();
  };
  wait_until(decided, current.started + *limit);
  note_optionals();
  if (routed.kind == Routed::Kind::taken) return {};
  const std::string wanted =
      expect.silently ? "expected a disconnect without another byte" : "expected a disconnect";
  if (routed.decided())
    return unwanted_event(channel, current.step->keyword, routed.event, wanted, config_.masker);
  return verdict_at(
      current.step->keyword, "limit",
      fmt::format("{} was not disconnected within {}", channel.alias(), elapsed_text(*limit)));
}

// A TestRequest and its Heartbeat: proves that the session layer has caught up, leaves what came as
// it is.
ScenarioRunner::Failure ScenarioRunner::sync(Channel& channel, const Span& span, Duration limit) {
  if (config_.playback) {
    // What was recorded up to the next message sent is all that came until then.
    config_.playback->catch_up();
    return {};
  }
  const std::string id = uids_.next();
  const auto asked = channel.session->send({"1", {{112, id}}});
  if (!asked) return not_sent(channel, span, "sync", asked.error());
  const auto open = heartbeat_to(channel, span, id);
  if (!open) return failure_of(span, "sync", open.error());
  Routed routed;
  wait_until(
      [&] {
        routed = channel.answer(*open);
        return routed.decided();
      },
      loop_.now() + limit);
  if (routed.kind == Routed::Kind::taken || (!routed.decided() && cut_short_)) return {};
  if (Failure failure = violated()) return failure;
  FailedStep step = failed_step(channel, *open);
  step.wanted = "Heartbeat that answers our TestRequest";
  return routed.decided() ? unexpected_event(step, routed) : limit_passed(step, limit);
}

Result<Open> ScenarioRunner::heartbeat_to(const Channel& channel, const Span& span,
                                          const std::string& id) const {
  syntax::Message message;
  message.type.text = "0";
  message.span = span;
  syntax::Field field;
  field.span = span;
  field.place.span = span;
  field.place.parts.push_back({{span, "", 112}, {}});
  field.test = syntax::Comparison{syntax::Compare::eq, {span, true, {{span, id, nullptr}}}};
  message.fields.push_back(std::move(field));
  auto pattern = eval::Pattern::make(message, environment(&channel));
  if (!pattern) return pattern.error();
  return Open{span, std::move(*pattern), {}, {}};
}

}  // namespace fixdrill::run
