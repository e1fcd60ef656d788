// Steps: their session, what it can do, what they name.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

constexpr std::array<std::string_view, 5> kAnswers = {"heartbeat", "testrequest", "resend",
                                                      "logout", "gap"};

std::vector<std::string> session_names(const syntax::File& file) {
  std::vector<std::string> names;
  for (const syntax::Session& session : file.sessions) names.push_back(session.name.text);
  return names;
}

/// The checks of one action.
class ActionCheck {
 public:
  ActionCheck(const syntax::Step& step, const Flow& flow, const Place& place)
      : step_(step), flow_(flow), place_(place) {}

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
    define(let.name, path ? known_of(path->path, place_) : KnownName{}, place_);
  }
  void operator()(const syntax::Check& check) const {
    check_expression(*check.condition, place_);
    keep_certain(place_.scope, certain_paths(*check.condition, true));
  }
  void operator()(const syntax::Set& set) const;
  void operator()(const syntax::SetAuto& set) const {
    if (place_.session && !place_.session->wire)
      place_.findings.error(step_.keyword,
                            "'auto' is for wire sessions; the engine always answers");
    check_answers(set.names, place_.findings);
  }
  void operator()(const syntax::DropNext& drop) const {
    wire_state("drop next");
    check_value(drop.count, place_);
    if (drop.count.literal() && parse_size(drop.count.literal_text()).value_or(0) == 0)
      place_.findings.error(drop.count.span, "'drop next' takes a number from 1");
  }
  void operator()(const syntax::LoseState&) const { wire_state("lose state"); }
  void operator()(const syntax::Log& log) const { check_value(log.text, place_); }
  void operator()(const syntax::Unordered& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::Either& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::If& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::Repeat& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::ForEach& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::ProcCall& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::Skip& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::Xfail& step) const { check_control(step, flow_, place_); }
  void operator()(const syntax::RuleStep&) const {
    place_.findings.error(step_.keyword, fmt::format("'{}' stands only in the rules of a simulator",
                                                     step_.keyword.text()));
  }
  void operator()(const syntax::Prompt& prompt) const { check_prompt(prompt, place_); }
  void operator()(const syntax::Exec& exec) const { check_exec(exec, place_); }

 private:
  void wire_only(std::string_view what) const {
    if (place_.session && !place_.session->wire)
      place_.findings.error(step_.keyword,
                            fmt::format("'{}' is for wire sessions; the engine would count wrong "
                                        "numbers",
                                        what));
  }
  void wire_state(std::string_view what) const {
    if (place_.session && !place_.session->wire)
      place_.findings.error(step_.keyword,
                            fmt::format("'{}' is for wire sessions; an engine sees and keeps "
                                        "everything",
                                        what));
  }
  void role(syntax::Role wanted, const char* message) const {
    if (place_.session && !place_.session->any && place_.session->role != wanted)
      place_.findings.error(step_.keyword, message);
  }

  const syntax::Step& step_;
  const Flow& flow_;
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

const syntax::Name* named_by(const syntax::Action& action) {
  if (const auto* let = std::get_if<syntax::Let>(&action)) return &let->name;
  const auto* logon = std::get_if<syntax::Logon>(&action);
  if (logon && logon->as) return &*logon->as;
  const auto* prompt = std::get_if<syntax::Prompt>(&action);
  if (prompt && prompt->into) return &*prompt->into;
  const auto* exec = std::get_if<syntax::Exec>(&action);
  if (exec && exec->into) return &*exec->into;
  const auto* call = std::get_if<syntax::ProcCall>(&action);
  return call && call->as ? &*call->as : nullptr;
}

bool is_expectation(const syntax::Action& action) {
  const auto* expect = std::get_if<syntax::Expect>(&action);
  const auto* logon = std::get_if<syntax::Logon>(&action);
  const auto* prompt = std::get_if<syntax::Prompt>(&action);
  return (expect && !expect->optional) || (logon && logon->refused) ||
         (prompt && prompt->kind == syntax::PromptKind::confirm) ||
         std::holds_alternative<syntax::ExpectNo>(action) ||
         std::holds_alternative<syntax::ExpectNothing>(action) ||
         std::holds_alternative<syntax::ExpectDisconnect>(action) ||
         std::holds_alternative<syntax::Await>(action) ||
         std::holds_alternative<syntax::Check>(action) ||
         std::holds_alternative<syntax::Forbid>(action);
}

}  // namespace

std::vector<const syntax::Block*> blocks_of(const syntax::Action& action) {
  if (const auto* step = std::get_if<syntax::Unordered>(&action)) return {&step->block};
  if (const auto* step = std::get_if<syntax::Repeat>(&action)) return {&step->block};
  if (const auto* step = std::get_if<syntax::ForEach>(&action)) return {&step->block};
  std::vector<const syntax::Block*> blocks;
  if (const auto* step = std::get_if<syntax::If>(&action)) {
    blocks.push_back(&step->then);
    if (step->otherwise) blocks.push_back(&*step->otherwise);
  }
  if (const auto* step = std::get_if<syntax::Either>(&action)) {
    for (const syntax::Block& arm : step->arms) blocks.push_back(&arm);
  }
  return blocks;
}

// Steps that are nobody's, or leave it to the steps inside them.
bool needs_session(const syntax::Action& action) {
  return !std::holds_alternative<syntax::Let>(action) &&
         !std::holds_alternative<syntax::Check>(action) &&
         !std::holds_alternative<syntax::Wait>(action) &&
         !std::holds_alternative<syntax::Log>(action) &&
         !std::holds_alternative<syntax::Skip>(action) &&
         !std::holds_alternative<syntax::Xfail>(action) &&
         !std::holds_alternative<syntax::Prompt>(action) &&
         !std::holds_alternative<syntax::Exec>(action) &&
         !std::holds_alternative<syntax::ProcCall>(action) && blocks_of(action).empty();
}

const syntax::Session* find_session(const syntax::Step& step, const Flow& flow) {
  const syntax::File& file = flow.checked.file;
  Findings& findings = flow.checked.findings;
  if (step.session) {
    for (const syntax::Session& session : file.sessions) {
      if (session.name.text == step.session->text) return &session;
    }
    if (!flow.any_session)
      findings.error(step.session->span,
                     fmt::format("no session '{}'{}", step.session->text,
                                 did_you_mean_text(step.session->text, session_names(file))));
    return nullptr;
  }
  if (flow.session || flow.any_session) return flow.session;
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

// So that a name used too early is told from one that is never set.
void note_later_names(const syntax::Block& block, Scope& scope) {
  for (const syntax::Step& step : block.steps) {
    if (const syntax::Name* name = named_by(step.action))
      scope.later.emplace(name->text, name->span);
    for (const syntax::Block* inner : blocks_of(step.action)) note_later_names(*inner, scope);
    const syntax::Message* message = message_of(step.action);
    if (!message) continue;
    if (message->as) scope.later.emplace(message->as->text, message->as->span);
    for (const syntax::Field& field : message->fields) {
      if (field.capture) scope.later.emplace(field.capture->text, field.capture->span);
    }
  }
}

void check_answers(const std::vector<syntax::Name>& answers, Findings& findings) {
  for (const syntax::Name& answer : answers) {
    if (std::find(kAnswers.begin(), kAnswers.end(), answer.text) != kAnswers.end()) continue;
    findings.error(
        answer.span,
        fmt::format("'auto' knows heartbeat, testrequest, resend, logout and gap, not '{}'{}",
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
  check_block(block, {checked, scope});
  scope.later.clear();
}

void check_block(const syntax::Block& block, const Flow& flow) {
  ++flow.checked.depth;
  MuteCheck mutes;
  for (const syntax::Step& step : block.steps) {
    const syntax::Session* session = find_session(step, flow);
    const Place place = place_of(session, flow.checked, flow.scope);
    std::visit(ActionCheck(step, flow, place), step.action);
    mutes.look_at(step, session, flow.checked.findings);
  }
  --flow.checked.depth;
}

bool some_step(const syntax::Block& block, const syntax::File& file, const StepTest& test) {
  std::vector<const syntax::Block*> blocks = {&block};
  std::set<const syntax::Proc*> seen;
  while (!blocks.empty()) {
    const syntax::Block* one = blocks.back();
    blocks.pop_back();
    for (const syntax::Step& step : one->steps) {
      const std::optional<bool> judged = test(step);
      if (judged == true) return true;
      if (judged) continue;
      const auto* call = std::get_if<syntax::ProcCall>(&step.action);
      const syntax::Proc* proc = call ? file.proc(call->proc.text) : nullptr;
      if (proc && seen.insert(proc).second) blocks.push_back(&proc->block);
      const auto inner = blocks_of(step.action);
      blocks.insert(blocks.end(), inner.begin(), inner.end());
    }
  }
  return false;
}

bool expects_something(const syntax::Block& block, const syntax::File& file) {
  return some_step(block, file, [](const syntax::Step& step) {
    return is_expectation(step.action) ? std::optional(true) : std::nullopt;
  });
}

}  // namespace fixdrill::eval
