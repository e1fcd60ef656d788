// Steps: their session, what it can do, what they name.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

constexpr std::array<std::string_view, 4> kAnswers = {"heartbeat", "testrequest", "resend",
                                                      "logout"};

// let, check, wait and log are nobody's.
bool needs_session(const syntax::Action& action) {
  return !std::holds_alternative<syntax::Let>(action) &&
         !std::holds_alternative<syntax::Check>(action) &&
         !std::holds_alternative<syntax::Wait>(action) &&
         !std::holds_alternative<syntax::Log>(action);
}

std::vector<std::string> session_names(const syntax::File& file) {
  std::vector<std::string> names;
  for (const syntax::Session& session : file.sessions) names.push_back(session.name.text);
  return names;
}

const syntax::Session* find_session(const syntax::Step& step, const syntax::File& file,
                                    Findings& findings) {
  if (step.session) {
    for (const syntax::Session& session : file.sessions) {
      if (session.name.text == step.session->text) return &session;
    }
    findings.error(step.session->span,
                   fmt::format("no session '{}'{}", step.session->text,
                               did_you_mean_text(step.session->text, session_names(file))));
    return nullptr;
  }
  if (file.sessions.size() == 1) return &file.sessions[0];
  if (!needs_session(step.action)) return nullptr;
  if (file.sessions.empty())
    findings.error(step.keyword,
                   "the file has no session; declare one, as in 'session OE initiator'");
  else
    findings.error(step.keyword,
                   fmt::format("the file has several sessions; name the one that is meant, as in "
                               "'{}: {}'",
                               file.sessions[0].name.text, step.keyword.text()));
  return nullptr;
}

/// The checks of one action.
class ActionCheck {
 public:
  ActionCheck(const syntax::Step& step, const Place& place) : step_(step), place_(place) {}

  void operator()(const syntax::Send& send) const { check_message(send.message, kSend, place_); }
  void operator()(const syntax::SendRaw& send) const {
    wire_only("send raw");
    check_raw(send.text, place_);
  }
  void operator()(const syntax::SendBytes&) const { wire_only("send bytes"); }
  void operator()(const syntax::Expect& expect) const {
    check_message(expect.message, expect.optional ? kExpectOptional : kExpect, place_);
  }
  void operator()(const syntax::ExpectNo& expect) const {
    check_message(expect.message, kExpectNo, place_);
  }
  void operator()(const syntax::ExpectNothing& expect) const {
    check_duration(expect.during, place_);
  }
  void operator()(const syntax::ExpectDisconnect& expect) const {
    check_duration(expect.within, place_);
  }
  void operator()(const syntax::Await& await) const {
    check_message(await.message, kAwait, place_);
  }
  void operator()(const syntax::Connect& connect) const {
    role(syntax::Role::initiator, "'connect' is for initiators; an acceptor takes 'accept'");
    check_duration(connect.within, place_);
  }
  void operator()(const syntax::Accept& accept) const {
    role(syntax::Role::acceptor, "'accept' is for acceptors; an initiator takes 'connect'");
    check_duration(accept.within, place_);
  }
  void operator()(const syntax::Logon& logon) const { check_logon(step_, logon, place_); }
  void operator()(const syntax::Mute&) const {}
  void operator()(const syntax::Unmute&) const {}
  void operator()(const syntax::Logout& logout) const { check_duration(logout.within, place_); }
  void operator()(const syntax::Disconnect&) const {}
  void operator()(const syntax::Sync& sync) const { check_duration(sync.within, place_); }
  void operator()(const syntax::Wait& wait) const { check_duration(wait.duration, place_); }
  void operator()(const syntax::Forbid& forbid) const {
    check_message(forbid.message, kForbid, place_);
  }
  void operator()(const syntax::Ignore& ignore) const {
    check_message(ignore.message, kIgnore, place_);
  }
  void operator()(const syntax::Let& let) const {
    check_expression(*let.value, place_);
    const auto* path = std::get_if<syntax::PathExpr>(&let.value->node);
    const bool copy = path && path->path.parts.size() == 1;
    const auto known =
        copy ? place_.scope.known.find(path->path.parts[0].name.text) : place_.scope.known.end();
    define(let.name, known != place_.scope.known.end() ? known->second : KnownName{}, place_);
  }
  void operator()(const syntax::Check& check) const { check_expression(*check.condition, place_); }
  void operator()(const syntax::Set& set) const;
  void operator()(const syntax::Log& log) const { check_value(log.text, place_); }

 private:
  void wire_only(std::string_view what) const {
    if (place_.session && !place_.session->wire)
      place_.findings.error(step_.keyword,
                            fmt::format("'{}' is for wire sessions; the engine would count wrong "
                                        "numbers",
                                        what));
  }
  void role(syntax::Role wanted, const char* message) const {
    if (place_.session && place_.session->role != wanted)
      place_.findings.error(step_.keyword, message);
  }

  const syntax::Step& step_;
  const Place& place_;
};

void ActionCheck::operator()(const syntax::Set& set) const {
  const std::string& name = set.name.text;
  if (name == "auto") {
    if (place_.session && !place_.session->wire)
      place_.findings.error(set.name.span,
                            "'set auto' is for wire sessions; the engine always answers");
    check_answers(set.names, place_.findings);
    return;
  }
  if (name != "next_in" && name != "next_out")
    place_.findings.error(set.name.span,
                          fmt::format("'set' knows next_in, next_out and auto, not '{}'{}", name,
                                      did_you_mean_text(name, {"next_in", "next_out", "auto"})));
  check_expression(*set.value, place_);
}

const syntax::Message* message_of(const syntax::Action& action) {
  if (const auto* send = std::get_if<syntax::Send>(&action)) return &send->message;
  if (const auto* expect = std::get_if<syntax::Expect>(&action)) return &expect->message;
  if (const auto* await = std::get_if<syntax::Await>(&action)) return &await->message;
  return nullptr;
}

// So that a name used too early is told from one that is never set.
void note_later_names(const syntax::Block& block, Scope& scope) {
  for (const syntax::Step& step : block.steps) {
    if (const auto* let = std::get_if<syntax::Let>(&step.action))
      scope.later.emplace(let->name.text, let->name.span);
    if (const auto* logon = std::get_if<syntax::Logon>(&step.action); logon && logon->as)
      scope.later.emplace(logon->as->text, logon->as->span);
    const syntax::Message* message = message_of(step.action);
    if (!message) continue;
    if (message->as) scope.later.emplace(message->as->text, message->as->span);
    for (const syntax::Field& field : message->fields) {
      if (field.capture) scope.later.emplace(field.capture->text, field.capture->span);
    }
  }
}

}  // namespace

void check_answers(const std::vector<syntax::Name>& answers, Findings& findings) {
  for (const syntax::Name& answer : answers) {
    if (std::find(kAnswers.begin(), kAnswers.end(), answer.text) != kAnswers.end()) continue;
    findings.error(answer.span,
                   fmt::format("'auto' knows heartbeat, testrequest, resend and logout, not '{}'{}",
                               answer.text,
                               did_you_mean_text(answer.text, {kAnswers.begin(), kAnswers.end()})));
  }
}

Place place_of(const syntax::Session* session, const CheckedFile& checked, Scope& scope) {
  Place place{checked.findings, scope, checked.file, session};
  const auto& sessions = checked.context.sessions;
  const auto facts = session ? sessions.find(session->name.text) : sessions.end();
  if (facts != sessions.end()) {
    place.facts = &facts->second;
    place.dictionary = facts->second.dictionary.get();
  }
  return place;
}

void check_steps(const syntax::Block& block, const CheckedFile& checked, Scope& scope) {
  note_later_names(block, scope);
  MuteCheck mutes;
  for (const syntax::Step& step : block.steps) {
    const syntax::Session* session = find_session(step, checked.file, checked.findings);
    const Place place = place_of(session, checked, scope);
    std::visit(ActionCheck(step, place), step.action);
    mutes.look_at(step, session, checked.findings);
  }
  scope.later.clear();
}

bool expects_something(const syntax::Block& block) {
  return std::any_of(block.steps.begin(), block.steps.end(), [](const syntax::Step& step) {
    const syntax::Action& action = step.action;
    const auto* expect = std::get_if<syntax::Expect>(&action);
    const auto* logon = std::get_if<syntax::Logon>(&action);
    return (expect && !expect->optional) || (logon && logon->refused) ||
           std::holds_alternative<syntax::ExpectNo>(action) ||
           std::holds_alternative<syntax::ExpectNothing>(action) ||
           std::holds_alternative<syntax::ExpectDisconnect>(action) ||
           std::holds_alternative<syntax::Await>(action) ||
           std::holds_alternative<syntax::Check>(action) ||
           std::holds_alternative<syntax::Forbid>(action);
  });
}

}  // namespace fixdrill::eval
