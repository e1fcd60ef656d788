// What each kind of step does.

#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/build.h"
#include "eval/expression.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using record::Outcome;
using record::Verdict;
using session::Event;

namespace {

// An error text that was rendered with its place already stands alone; others get the step's place.
Verdict failed(const Span& span, const std::string& rule, const Error& error) {
  Verdict verdict = verdict_at(span, error.kind == ErrorKind::guard ? "guard" : rule, error.text);
  if (error.kind != ErrorKind::input) verdict.outcome = Outcome::error;
  const std::string_view kMark = ": error: ";
  const std::size_t mark = error.text.find(kMark);
  const std::size_t line_end = error.text.find('\n');
  if (mark == std::string::npos || line_end == std::string::npos || mark > line_end) return verdict;
  verdict.location = error.text.substr(0, mark);
  verdict.message = error.text.substr(mark + kMark.size(), line_end - mark - kMark.size());
  verdict.source = error.text.substr(line_end + 1);
  return verdict;
}

std::string wanted_text(const Open& open) {
  return open.as ? fmt::format("{} ('{}')", open.pattern.type_label(), *open.as)
                 : open.pattern.type_label();
}

std::vector<std::pair<std::string, std::string>> defaults_of(const profile::Session& profile,
                                                             const Channel& channel,
                                                             const std::string& type) {
  std::vector<std::pair<std::string, std::string>> defaults;
  const fix::MessageDef* def =
      channel.dictionary ? channel.dictionary->message_named(type) : nullptr;
  if (!def && channel.dictionary) def = channel.dictionary->message(type);
  for (const auto& [name, fields] : profile.defaults) {
    const bool fits = name == type || (def && (name == def->name || name == def->msg_type));
    if (!fits) continue;
    for (const profile::DefaultField& field : fields)
      defaults.emplace_back(field.field, field.value);
  }
  return defaults;
}

}  // namespace

ScenarioRunner::Failure ScenarioRunner::act(Current& current) {
  return std::visit([&](const auto& action) { return act(current, action); }, current.step->action);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Send& send) {
  Channel& channel = *current.channel;
  const eval::BuildOptions options{
      .drop_session_tags = !channel.wire(),
      .defaults = defaults_of(sessions_.profile_of(channel), channel, send.message.type.text)};
  auto built = eval::build(send.message, environment(&channel), options);
  if (!built) return failed(send.message.span, "send", built.error());
  return sent(current, channel.session->send(*built), &send.message);
}

ScenarioRunner::Failure ScenarioRunner::sent(Current& current, const Result<session::Sent>& sent,
                                             const syntax::Message* message) {
  Channel& channel = *current.channel;
  if (!sent) return failed(current.step->keyword, "send", sent.error());
  channel.last_sent = *sent;
  Verdict verdict;
  verdict.rule = "send";
  verdict.messages.push_back({sent->id, "sent", ""});
  current.result.verdicts.push_back(std::move(verdict));
  if (message && message->as)
    names_->set(message->as->text, eval::NamedMessage{sent->message, sent->time});
  return {};
}

ScenarioRunner::Failure ScenarioRunner::send_bytes(Current& current, const std::string& bytes) {
  return sent(current, current.channel->session->send_bytes(bytes), nullptr);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::SendRaw& raw) {
  auto text = eval::fill(raw.text, environment(current.channel));
  if (!text) return failed(raw.span, "send", text.error());
  return send_bytes(current, pipe_to_soh(*text));
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::SendBytes& bytes) {
  return send_bytes(current, bytes.bytes);
}

Result<Open> ScenarioRunner::make_open(const Current& current, const syntax::Message& message) {
  auto pattern = eval::Pattern::make(message, environment(current.channel));
  if (!pattern) return pattern.error();
  return Open{message.span,
              std::move(*pattern),
              message.as ? std::optional(message.as->text) : std::nullopt,
              {}};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Expect& expect) {
  auto open = make_open(current, expect.message);
  if (!open) return failed(expect.message.span, "expect", open.error());
  const auto limit = limit_of(expect.message.within, current);
  if (!limit) return failed(expect.message.span, "expect", limit.error());
  if (!expect.optional) return wait_for(current, *open, *limit, false);
  if (expect.message.within) open->until = current.started + *limit;
  current.channel->open_optional(std::move(*open));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Await& await) {
  auto open = make_open(current, await.message);
  if (!open) return failed(await.message.span, "await", open.error());
  const auto limit = limit_of(await.message.within, current);
  if (!limit) return failed(await.message.span, "await", limit.error());
  return wait_for(current, *open, *limit, true);
}

ScenarioRunner::Failure ScenarioRunner::wait_for(Current& current, const Open& open, Duration limit,
                                                 bool anywhere) {
  Channel& channel = *current.channel;
  Routed routed;
  wait_until(
      [&] {
        routed = anywhere ? channel.pick(open) : channel.route(&open);
        return routed.decided();
      },
      current.started + limit);
  note_optionals();
  if (routed.kind == Routed::Kind::taken) return taken(current, open, routed.event);
  Channel* violated_channel = nullptr;
  if (Failure failure = violated(violated_channel)) return failure;
  const FailedStep step{channel, open, wanted_text(open), config_.masker, channel.dictionary.get()};
  if (routed.decided()) return unexpected_event(step, routed);
  return limit_passed(step, limit, current.started);
}

ScenarioRunner::Failure ScenarioRunner::taken(Current& current, const Open& open,
                                              const Event& event) {
  Channel& channel = *current.channel;
  if (channel.last_sent)
    current.result.round_trip_ns = (event.time - channel.last_sent->time).count();
  if (open.as) names_->set(*open.as, eval::NamedMessage{event.message, event.time});
  eval::Match match = open.pattern.match(*event.message, event.time);
  for (const auto& [name, value] : match.captures) names_->set(name, value);
  Verdict verdict;
  verdict.rule = "expect";
  verdict.fields = std::move(match.fields);
  verdict.not_checked = match.not_checked;
  verdict.messages.push_back({event.id, "matched", ""});
  current.result.verdicts.push_back(std::move(verdict));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::ExpectNo& expect) {
  Channel& channel = *current.channel;
  auto open = make_open(current, expect.message);
  if (!open) return failed(expect.message.span, "expect", open.error());
  const auto limit =
      limit_of(expect.message.during ? expect.message.during : expect.message.within, current);
  if (!limit) return failed(expect.message.span, "expect", limit.error());
  std::optional<Event> found;
  const auto ended = [&] {
    for (const Event& event : channel.inbox()) {
      if (event.kind != Event::Kind::message && !event.asked_for) return true;
    }
    return false;
  };
  wait_until([&] { return (found = channel.look_for(*open)).has_value() || ended(); },
             current.started + *limit);
  const FailedStep step{channel, *open, wanted_text(*open), config_.masker,
                        channel.dictionary.get()};
  if (found) return forbidden_event(step, *found, "expect no");
  for (const Event& event : channel.inbox()) {
    if (event.kind == Event::Kind::message || event.asked_for) continue;
    return unwanted_event(channel, open->span, event, "expected no " + step.wanted, config_.masker);
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::ExpectNothing& expect) {
  Channel& channel = *current.channel;
  const auto limit = eval::duration(expect.during, environment(&channel));
  if (!limit) return failed(current.step->keyword, "expect", limit.error());
  Routed routed;
  wait_until(
      [&] {
        routed = channel.route(nullptr);
        return routed.decided();
      },
      current.started + *limit);
  note_optionals();
  if (!routed.decided()) return {};
  return unwanted_event(channel, current.step->keyword, routed.event,
                        fmt::format("expected nothing for {}", duration_text(*limit)),
                        config_.masker);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current,
                                            const syntax::ExpectDisconnect& expect) {
  Channel& channel = *current.channel;
  const auto limit = limit_of(expect.within, current);
  if (!limit) return failed(current.step->keyword, "expect", limit.error());
  Routed routed;
  wait_until(
      [&] {
        if (expect.silently && !channel.side().empty())
          routed = {Routed::Kind::mismatch, channel.side().front()};
        if (!routed.decided()) routed = channel.route_close(true);
        return routed.decided();
      },
      current.started + *limit);
  note_optionals();
  if (routed.kind == Routed::Kind::taken) return {};
  const std::string wanted =
      expect.silently ? "expected a disconnect without another byte" : "expected a disconnect";
  if (routed.decided())
    return unwanted_event(channel, current.step->keyword, routed.event, wanted, config_.masker);
  return verdict_at(
      current.step->keyword, "limit",
      fmt::format("{} was not disconnected within {}", channel.alias(), duration_text(*limit)));
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Connect& connect) {
  const auto limit = limit_of(connect.within, current);
  if (!limit) return failed(current.step->keyword, "connect", limit.error());
  const Status up = sessions_.connect(*current.channel, *limit, false);
  if (!up) return failed(current.step->keyword, "connect", up.error());
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Accept& accept) {
  const auto limit = limit_of(accept.within, current);
  if (!limit) return failed(current.step->keyword, "accept", limit.error());
  const Status up = sessions_.accept(*current.channel, *limit);
  if (!up) return failed(current.step->keyword, "accept", up.error());
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Logon& logon) {
  const auto limit = limit_of(logon.within, current);
  if (!limit) return failed(current.step->keyword, "logon", limit.error());
  Channel& channel = *current.channel;
  const bool connected = channel.session->state() == session::State::connected;
  const Status up =
      connected ? sessions_.logon(channel, *limit) : sessions_.log_on(channel, *limit);
  if (up) return {};
  Verdict verdict = failed(current.step->keyword, "logon", up.error());
  if (connected && verdict.rule != "guard") verdict.outcome = Outcome::fail;
  return verdict;
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Logout& logout) {
  const auto limit = limit_of(logout.within, current);
  if (!limit) return failed(current.step->keyword, "logout", limit.error());
  const Status out = sessions_.log_out(*current.channel, *limit);
  if (out) return {};
  Verdict verdict = failed(current.step->keyword, "logout", out.error());
  if (verdict.rule != "guard") verdict.outcome = Outcome::fail;
  return verdict;
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current,
                                            const syntax::Disconnect& disconnect) {
  switch (disconnect.kind) {
    case syntax::DisconnectKind::full:
      sessions_.disconnect(*current.channel, session::CloseKind::full);
      break;
    case syntax::DisconnectKind::half:
      sessions_.disconnect(*current.channel, session::CloseKind::half);
      break;
    case syntax::DisconnectKind::reset:
      sessions_.disconnect(*current.channel, session::CloseKind::reset);
      break;
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Sync& sync_step) {
  const auto limit = limit_of(sync_step.within, current);
  if (!limit) return failed(current.step->keyword, "sync", limit.error());
  return sync(*current.channel, current.step->keyword, *limit);
}

// A TestRequest and its Heartbeat: proves that the session layer has caught up, leaves the inbox as
// it is.
ScenarioRunner::Failure ScenarioRunner::sync(Channel& channel, const Span& span, Duration limit) {
  const std::string id = uids_.next();
  const auto asked = channel.session->send({"1", {{112, id}}});
  if (!asked) return failed(span, "sync", asked.error());
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
  if (!pattern) return failed(span, "sync", pattern.error());
  const Open open{span, std::move(*pattern), {}, {}};
  Routed routed;
  wait_until(
      [&] {
        routed = channel.pick(open);
        return routed.decided();
      },
      loop_.now() + limit);
  if (routed.kind == Routed::Kind::taken) return {};
  const FailedStep step{channel, open, "Heartbeat that answers our TestRequest", config_.masker,
                        channel.dictionary.get()};
  return routed.decided() ? unexpected_event(step, routed) : limit_passed(step, limit, loop_.now());
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Wait& wait) {
  const auto limit = eval::duration(wait.duration, environment(current.channel));
  if (!limit) return failed(current.step->keyword, "wait", limit.error());
  wait_until([] { return false; }, current.started + *limit);
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Forbid& forbid) {
  auto open = make_open(current, forbid.message);
  if (!open) return failed(forbid.message.span, "forbid", open.error());
  current.channel->forbid(std::move(*open));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Ignore& ignore) {
  auto open = make_open(current, ignore.message);
  if (!open) return failed(ignore.message.span, "ignore", open.error());
  current.channel->ignore(std::move(*open));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Let& let) {
  auto value = eval::evaluate(*let.value, environment(current.channel));
  if (!value) return failed(let.value->span, "let", value.error());
  names_->set(let.name.text, std::move(*value));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Check& check) {
  const auto condition = eval::condition(*check.condition, environment(current.channel));
  if (!condition) return failed(check.condition->span, "check", condition.error());
  if (condition->holds) return {};
  return verdict_at(check.condition->span, "check", "check does not hold: " + condition->text);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Set& set) {
  session::Session& session = *current.channel->session;
  if (set.name.text == "auto") {
    std::set<session::Auto> answers;
    for (const syntax::Name& name : set.names) {
      if (const auto answer = session::auto_from_name(name.text)) answers.insert(*answer);
    }
    const Status done = session.set_auto(std::move(answers));
    return done ? Failure() : failed(current.step->keyword, "set", done.error());
  }
  const auto value = eval::evaluate(*set.value, environment(current.channel));
  if (!value) return failed(set.value->span, "set", value.error());
  const auto* decimal = std::get_if<fix::Decimal>(&*value);
  const auto number = decimal ? decimal->integer() : std::nullopt;
  if (!number || *number < 1) {
    return verdict_at(set.value->span, "set",
                      fmt::format("{} needs a whole number from 1", set.name.text));
  }
  const Status done =
      set.name.text == "next_in" ? session.set_next_in(*number) : session.set_next_out(*number);
  return done ? Failure() : failed(current.step->keyword, "set", done.error());
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Log& log) {
  auto text = eval::fill(log.text, environment(current.channel));
  if (!text) return failed(current.step->keyword, "log", text.error());
  const std::string shown = config_.masker.mask(*text);
  config_.progress.note(shown);
  config_.recorder.event({loop_.now(), "log", 0, current.result.id, shown});
  return {};
}

}  // namespace fixdrill::run
