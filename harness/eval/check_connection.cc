// Steps about the connection: logon with its fields, what makes no sense while a session is mute.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "eval/check_scope.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

const fix::MessageDef* definition(std::string_view type, const Place& place) {
  return place.dictionary ? place.dictionary->message(std::string(type)) : nullptr;
}

void check_logon_fields(const syntax::Step& step, const syntax::Logon& logon, const Place& place) {
  const fix::MessageDef* def = definition("A", place);
  const FieldsOf of{Use::send, def ? &def->members : nullptr, "Logon", true, false};
  check_fields(*logon.fields, of, place);
  syntax::Message message;
  message.span = step.keyword;
  message.fields = *logon.fields;
  check_secrets(message, place);
  check_engine_fields(message, place);
}

// Steps that only go on when something arrives, and those that prove that nothing does.
std::string_view waits_for_bytes(const syntax::Action& action) {
  return std::visit(
      Overloaded{
          [](const syntax::Expect&) -> std::string_view { return "expect"; },
          [](const syntax::ExpectNo&) -> std::string_view { return "expect no"; },
          [](const syntax::ExpectNothing&) -> std::string_view { return "expect nothing"; },
          [](const syntax::ExpectDisconnect&) -> std::string_view { return "expect disconnect"; },
          [](const syntax::Await&) -> std::string_view { return "await"; },
          [](const syntax::Sync&) -> std::string_view { return "sync"; },
          [](const syntax::Logon&) -> std::string_view { return "logon"; },
          [](const syntax::Logout&) -> std::string_view { return "logout"; },
          [](const auto&) -> std::string_view { return ""; },
      },
      action);
}

// A new connection is read.
bool begins_connection(const syntax::Action& action) {
  return std::holds_alternative<syntax::Connect>(action) ||
         std::holds_alternative<syntax::Accept>(action) ||
         std::holds_alternative<syntax::Disconnect>(action);
}

}  // namespace

void check_logon(const syntax::Step& step, const syntax::Logon& logon, const Place& place) {
  check_duration(logon.within, place);
  const bool own = logon.fields || logon.as || logon.refused;
  if (place.session && place.session->wire)
    return place.findings.error(step.keyword,
                                "'logon' is for engine sessions; on a wire session 'send Logon'");
  const bool acceptor =
      place.session && !place.session->any && place.session->role == syntax::Role::acceptor;
  if (acceptor && own)
    return place.findings.error(
        step.keyword,
        "the engine of an acceptor answers the Logon by itself, so this 'logon' takes neither "
        "fields nor 'as' nor 'refused'; 'expect Logon' looks at it, a 'wire' session answers as "
        "you say");
  if (logon.fields) check_logon_fields(step, logon, place);
  if (logon.refusal) {
    const fix::MessageDef* def = definition("5", place);
    check_fields(*logon.refusal,
                 {Use::expect, def ? &def->members : nullptr, "Logout", true, false}, place);
  }
  if (logon.as && logon.refused)
    place.findings.error(logon.as->span,
                         "'as' names the answering Logon, and one that is refused "
                         "has none; '-> name' in the block keeps a field of the "
                         "Logout");
  if (logon.as) define(*logon.as, KnownName::message(place.dictionary), place);
}

// Only what stands in one block is judged: a block within may mute and unmute.
void MuteCheck::look_at(const syntax::Step& step, const syntax::Session* session,
                        Findings& findings) {
  if (!blocks_of(step.action).empty() || std::holds_alternative<syntax::ProcCall>(step.action))
    return muted_.clear();
  if (!session) return;
  const auto muted = muted_.find(session->name.text);
  if (std::holds_alternative<syntax::Mute>(step.action)) {
    if (muted != muted_.end())
      findings.error(step.keyword, fmt::format("{} is mute already", session->name.text));
    muted_.insert(session->name.text);
    return;
  }
  if (muted == muted_.end()) return;
  if (std::holds_alternative<syntax::Unmute>(step.action) || begins_connection(step.action)) {
    muted_.erase(muted);
    return;
  }
  if (const auto what = waits_for_bytes(step.action); !what.empty())
    findings.error(step.keyword, fmt::format("nothing arrives on {} while it is mute; 'unmute' "
                                             "comes before '{}'",
                                             session->name.text, what));
}

}  // namespace fixdrill::eval
