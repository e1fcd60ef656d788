// `logon`, with fields of its own, and `logon … refused`.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/build.h"
#include "eval/names.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using record::Verdict;
using session::Event;

namespace {

bool is_type(const Event& event, std::string_view type) {
  return event.kind == Event::Kind::message && event.message->msg_type() == type;
}

bool logged_on(const Channel& channel) {
  return channel.session->state() == session::State::logged_on;
}

syntax::Message message_of(std::string type, const std::vector<syntax::Field>& fields,
                           const Span& span) {
  syntax::Message message;
  message.span = span;
  message.type = {span, std::move(type)};
  message.fields = fields;
  return message;
}

// What has come since the Logon left.
struct Answer {
  std::optional<Event> logon;
  std::optional<Event> logout;
  std::optional<Event> reject;
  std::optional<Event> closed;  ///< by the peer

  bool decided() const { return logon || logout || reject || closed; }
};

Answer answer_of(const Channel& channel, Time started) {
  Answer answer;
  for (const Event& event : channel.side()) {
    if (event.time >= started && is_type(event, "A")) answer.logon = event;
  }
  for (const Event& event : channel.inbox()) {
    if (is_type(event, "5") && !answer.logout) answer.logout = event;
    if (is_type(event, "3") && !answer.reject) answer.reject = event;
    if (event.kind == Event::Kind::closed && event.by_peer) answer.closed = event;
  }
  return answer;
}

}  // namespace

Result<session::LogonFields> ScenarioRunner::logon_fields(const Current& current,
                                                          const syntax::Logon& logon) const {
  if (!logon.fields) return session::LogonFields{};
  const eval::Environment names = environment(current.channel);
  auto built = eval::build(message_of("A", *logon.fields, current.step->keyword), names, {});
  if (!built) return built.error();
  session::LogonFields fields{std::move(built->fields), {}};
  for (const syntax::Field& field : *logon.fields) {
    if (!std::holds_alternative<syntax::Absent>(field.test)) continue;
    const auto name = eval::resolve_field(field.place.parts.front().ref, names.dictionary);
    if (!name) return name.error();
    fields.remove.push_back(name->tag);
  }
  return fields;
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Logon& logon) {
  const Span& span = current.step->keyword;
  const auto limit = limit_of(logon.within, current);
  if (!limit) return failure_of(span, "logon", limit.error());
  Channel& channel = *current.channel;
  if (channel.acceptor()) {
    if (logon.fields || logon.as || logon.refused)
      return verdict_at(span, "logon",
                        fmt::format("the profile makes {} an acceptor, whose engine answers the "
                                    "Logon by itself: this 'logon' takes neither fields nor 'as' "
                                    "nor 'refused'",
                                    channel.alias()));
    const Status on = sessions_.accept(channel, *limit);
    return on ? Failure() : failure_of(span, "logon", on.error());
  }
  const auto fields = logon_fields(current, logon);
  if (!fields) return failure_of(span, "logon", fields.error());
  if (logged_on(channel) && (logon.fields || logon.as || logon.refused))
    return verdict_at(span, "logon",
                      fmt::format("{} is logged on already; 'logout' comes before another logon",
                                  channel.alias()));
  if (const Status up = sessions_.connect(channel, *limit); !up)
    return failure_of(span, "logon", up.error());
  channel.session->set_logon_fields(*fields);
  Failure failure =
      logon.refused ? be_refused(current, logon, *limit) : log_on(current, logon, *limit);
  channel.session->set_logon_fields({});
  return failure;
}

ScenarioRunner::Failure ScenarioRunner::log_on(Current& current, const syntax::Logon& logon,
                                               Duration limit) {
  Channel& channel = *current.channel;
  const Status on = sessions_.logon(channel, limit, current.started);
  if (!on) {
    Verdict verdict = failure_of(current.step->keyword, "logon", on.error());
    if (verdict.rule != "guard") verdict.outcome = record::Outcome::fail;
    return verdict;
  }
  if (!logon.as) return {};
  const Answer answer = answer_of(channel, current.started);
  if (answer.logon)
    names_->set(logon.as->text, eval::NamedMessage{answer.logon->message, answer.logon->time,
                                                   channel.dictionary.get()});
  return {};
}

// Refused is a Logout, a Reject of the Logon, or a close by the peer; with fields, a Logout that
// they match. The session is down afterwards, and nothing of the refusal is left over.
ScenarioRunner::Failure ScenarioRunner::be_refused(Current& current, const syntax::Logon& logon,
                                                   Duration limit) {
  Channel& channel = *current.channel;
  const Span& span = current.step->keyword;
  const Time deadline = current.started + limit;
  if (const Status sent = channel.session->logon(); !sent)
    return failure_of(span, "logon", sent.error());
  channel.was_up_in_scenario = true;
  const auto answered = [&] { return answer_of(channel, current.started); };
  const auto ended = [&] { return !Sessions::is_up(channel) || logged_on(channel); };
  wait_until([&] { return ended() || answered().logout; }, deadline);
  if (!answered().logon) wait_until([&] { return !Sessions::is_up(channel); }, deadline);
  const Answer answer = answered();
  if (answer.logon || logged_on(channel)) {
    Verdict verdict = verdict_at(
        span, "logon",
        fmt::format("the logon of {} succeeded; it should have been refused", channel.alias()));
    if (answer.logon) verdict.details = raw_lines(channel, *answer.logon, config_.masker);
    return verdict;
  }
  if (!answer.decided()) {
    const std::string why = Sessions::is_up(channel) ? "" : ": " + channel.session->close_reason();
    return verdict_at(span, "logon",
                      fmt::format("the logon of {} was neither answered nor refused within {}{}",
                                  channel.alias(), elapsed_text(limit), why));
  }
  sessions_.disconnect(channel, session::CloseKind::full);
  Failure failure = refusal_fits(current, logon);
  if (!failure) channel.forget_refusal();
  return failure;
}

ScenarioRunner::Failure ScenarioRunner::refusal_fits(Current& current, const syntax::Logon& logon) {
  if (!logon.refusal) return {};
  Channel& channel = *current.channel;
  const Answer answer = answer_of(channel, current.started);
  if (!answer.logout) {
    const char* what = answer.reject ? "with a Reject" : "by closing the connection";
    Verdict verdict = verdict_at(
        *logon.refused, "logon",
        fmt::format("the logon of {} was refused {}, not with the Logout whose fields are given",
                    channel.alias(), what));
    if (answer.reject) verdict.details = raw_lines(channel, *answer.reject, config_.masker);
    return verdict;
  }
  const syntax::Message expected = message_of("5", *logon.refusal, *logon.refused);
  const auto open = make_open(current, expected);
  if (!open) return failure_of(*logon.refused, "logon", open.error());
  if (open->pattern.accepts(*answer.logout->message, answer.logout->time))
    return taken(current, *open, *answer.logout);
  const FailedStep step{channel, *open, open->pattern.type_label(), config_.masker,
                        channel.dictionary.get()};
  return unexpected_event(step, {Routed::Kind::mismatch, *answer.logout});
}

}  // namespace fixdrill::run
