// What each kind of step does.

#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/build.h"
#include "eval/expression.h"
#include "eval/names.h"
#include "run/failure.h"
#include "run/scenario_runner.h"
#include "session/playback.h"

namespace fixdrill::run {

using record::Outcome;
using record::Verdict;

namespace {

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
  const auto type = eval::resolve_type(send.message, environment(&channel));
  if (!type) return failure_of(send.message.span, "send", type.error());
  if (config_.playback) config_.playback->approach_sent();
  const eval::BuildOptions options{
      .drop_session_tags = !channel.wire(),
      .defaults = defaults_of(sessions_.profile_of(channel), channel, *type)};
  auto built = eval::build(send.message, environment(&channel), options);
  if (!built) return failure_of(send.message.span, "send", built.error());
  if (send.message.shape) return send_shaped(current, send.message, *built);
  return sent(current, channel.session->send(*built), &send.message);
}

ScenarioRunner::Failure ScenarioRunner::sent(Current& current, const Result<session::Sent>& sent,
                                             const syntax::Message* message) {
  Channel& channel = *current.channel;
  if (!sent) return not_sent(channel, current.step->keyword, "send", sent.error());
  Verdict verdict;
  verdict.rule = "send";
  for (const std::int64_t id : sent->joined) verdict.messages.push_back({id, "sent", "joined"});
  if (sent->id != 0) {
    channel.last_sent = *sent;
    verdict.messages.push_back({sent->id, "sent", ""});
  }
  current.result.verdicts.push_back(std::move(verdict));
  if (message && message->as)
    names_->set(message->as->text,
                eval::NamedMessage{sent->message, sent->time, channel.dictionary.get()});
  if (config_.playback) settle_names();
  return {};
}

// A peer that died in the middle is a FAIL, a session that is not there an ERROR (rule 13).
ScenarioRunner::Failure ScenarioRunner::not_sent(const Channel& channel, const Span& span,
                                                 const std::string& rule,
                                                 const Error& error) const {
  Verdict verdict = failure_of(span, rule, error);
  if (error.kind == ErrorKind::environment && channel.look_for_end())
    verdict.outcome = Outcome::fail;
  return verdict;
}

ScenarioRunner::Failure ScenarioRunner::send_bytes(Current& current, const std::string& bytes) {
  return sent(current, current.channel->session->send_bytes(bytes), nullptr);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::SendRaw& raw) {
  auto text = eval::fill(raw.text, environment(current.channel));
  if (!text) return failure_of(raw.span, "send", text.error());
  return send_bytes(current, pipe_to_soh(*text));
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::SendBytes& bytes) {
  return send_bytes(current, bytes.bytes);
}

// A session `any` may be either, so the checker lets both pass.
ScenarioRunner::Failure ScenarioRunner::other_role(const Current& current) const {
  const std::string step(current.step->keyword.text());
  const bool acceptor = current.channel->acceptor();
  return verdict_at(
      current.step->keyword, step,
      fmt::format("'{}' is for {}s, and the profile makes {} an {}; put it behind 'if "
                  "session.role = \"{}\"'",
                  step, acceptor ? "initiator" : "acceptor", current.channel->alias(),
                  acceptor ? "acceptor" : "initiator", acceptor ? "initiator" : "acceptor"));
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Connect& connect) {
  if (current.channel->acceptor()) return other_role(current);
  const auto limit = limit_of(connect.within, current);
  if (!limit) return failure_of(current.step->keyword, "connect", limit.error());
  const Status up = sessions_.connect(*current.channel, *limit);
  if (!up) return failure_of(current.step->keyword, "connect", up.error());
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Accept& accept) {
  if (!current.channel->acceptor()) return other_role(current);
  const auto limit = limit_of(accept.within, current);
  if (!limit) return failure_of(current.step->keyword, "accept", limit.error());
  const Status up = sessions_.accept(*current.channel, *limit);
  if (!up) return failure_of(current.step->keyword, "accept", up.error());
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Logout& logout) {
  const auto limit = limit_of(logout.within, current);
  if (!limit) return failure_of(current.step->keyword, "logout", limit.error());
  const Status out = sessions_.log_out(*current.channel, *limit);
  if (out) return {};
  Verdict verdict = failure_of(current.step->keyword, "logout", out.error());
  if (verdict.rule != "guard") verdict.outcome = Outcome::fail;
  return verdict;
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current,
                                            const syntax::Disconnect& disconnect) {
  current.channel->session->release();
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
  if (!limit) return failure_of(current.step->keyword, "sync", limit.error());
  return sync(*current.channel, current.step->keyword, *limit);
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Wait& wait) {
  const auto limit = eval::duration(wait.duration, environment(current.channel));
  if (!limit) return failure_of(current.step->keyword, "wait", limit.error());
  wait_until([] { return false; }, before_next_sent(current.started + *limit));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Forbid& forbid) {
  auto open = make_open(current, forbid.message);
  if (!open) return failure_of(forbid.message.span, "forbid", open.error());
  current.channel->forbid(std::move(*open));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Ignore& ignore) {
  auto open = make_open(current, ignore.message);
  if (!open) return failure_of(ignore.message.span, "ignore", open.error());
  current.channel->ignore(std::move(*open));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Let& let) {
  auto value = eval::evaluate(*let.value, environment(current.channel));
  if (!value) return failure_of(let.value->span, "let", value.error());
  names_->set(let.name.text, std::move(*value));
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Check& check) {
  const auto condition = eval::condition(*check.condition, environment(current.channel));
  if (!condition) return failure_of(check.condition->span, "check", condition.error());
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
    return done ? Failure() : failure_of(current.step->keyword, "set", done.error());
  }
  const auto value = eval::evaluate(*set.value, environment(current.channel));
  if (!value) return failure_of(set.value->span, "set", value.error());
  const auto* decimal = std::get_if<fix::Decimal>(&*value);
  auto number = decimal ? decimal->integer() : std::nullopt;
  const bool in = set.name.text == "next_in";
  if (!number || (set.sign == 0 && *number < 1))
    return verdict_at(set.value->span, "set",
                      fmt::format("{} needs a whole number from 1", set.name.text));
  if (set.sign != 0) number = (in ? session.next_in() : session.next_out()) + set.sign * *number;
  if (*number < 1)
    return verdict_at(set.value->span, "set",
                      fmt::format("{} would be {}; the lowest is 1", set.name.text, *number));
  const Status done = in ? session.set_next_in(*number) : session.set_next_out(*number);
  return done ? Failure() : failure_of(current.step->keyword, "set", done.error());
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Log& log) {
  auto text = eval::fill(log.text, environment(current.channel));
  if (!text) return failure_of(current.step->keyword, "log", text.error());
  const std::string shown = config_.masker.mask(*text);
  config_.progress.note(shown);
  config_.recorder.event({loop_.now(), "log", 0, current.result.id, shown});
  return {};
}

}  // namespace fixdrill::run
