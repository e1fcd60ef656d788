// What the parts of the checker share: findings, names in scope, the step being looked at.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eval/check.h"

namespace fixdrill::eval {

class Findings {
 public:
  void error(const Span& span, std::string message) {
    add(Severity::error, span, std::move(message));
  }
  void warning(const Span& span, std::string message) {
    add(Severity::warning, span, std::move(message));
  }
  void note(const Span& span, std::string message) {
    add(Severity::note, span, std::move(message));
  }
  std::vector<Diagnostic> take() { return std::move(all_); }

 private:
  void add(Severity severity, const Span& span, std::string message) {
    all_.push_back({severity, span, std::move(message)});
  }
  std::vector<Diagnostic> all_;
};

/// What a name stands for.
struct KnownName {
  bool message = false;
  const fix::Dictionary* dictionary = nullptr;  ///< of the session of the message
};

/// Names set so far, and those that a later step sets.
struct Scope {
  std::map<std::string, KnownName, std::less<>> known;
  std::map<std::string, Span, std::less<>> later;
};

/// One step and where it runs.
struct Place {
  Findings& findings;
  Scope& scope;
  const syntax::File& file;
  const syntax::Session* session = nullptr;     ///< null: none, or not known
  const SessionFacts* facts = nullptr;          ///< null: no profile
  const fix::Dictionary* dictionary = nullptr;  ///< null: nothing is looked up
};

/// "; did you mean Side?", or "".
std::string did_you_mean_text(std::string_view word, const std::vector<std::string>& candidates);

// check_names.cc
void check_expression(const syntax::Expr& expr, const Place& place);
void check_value(const syntax::Value& value, const Place& place);
void check_duration(const std::optional<syntax::DurationSpec>& spec, const Place& place);
void check_path(const syntax::Path& path, const Place& place);
void define(const syntax::Name& name, const KnownName& known, const Place& place);

// check_fields.cc
/// What a message does: gives values, or tests them.
enum class Use { send, expect };
/// The fields of a block, among the members that may stand there (null: not known).
struct FieldsOf {
  Use use{};
  const fix::MemberSet* members = nullptr;
  std::string owner;  ///< "Heartbeat", "NoPartyIDs(453)"
  bool body = true;   ///< header and trailer fields may stand here too
  bool pasted = false;
};
/// The tag stands among the members or in one of their groups.
bool holds_anywhere(const fix::MemberSet& members, int tag);
void check_fields(const std::vector<syntax::Field>& fields, const FieldsOf& of, const Place& place);

// check_messages.cc
/// Which modifiers an action takes: the one table the checker speaks from.
struct ActionRule {
  std::string_view action;
  Use use{};
  bool as = false;
  bool like = false;
  bool within = false;
  bool during = false;
  bool with = false;
};
extern const ActionRule kSend, kExpect, kExpectOptional, kExpectNo, kAwait, kForbid, kIgnore;
void check_message(const syntax::Message& message, const ActionRule& rule, const Place& place);
/// A secret that is written out; `${wrong("x")}` is none.
void check_secrets(const syntax::Message& message, const Place& place);
/// Fields that an engine fills in itself.
void check_engine_fields(const syntax::Message& message, const Place& place);
void check_raw(const syntax::Value& text, const Place& place);

// check_shape.cc
/// `with …`, if the message has it; `def` may be null.
void check_shape(const syntax::Message& message, const ActionRule& rule, const fix::MessageDef* def,
                 const Place& place);

// check_connection.cc
void check_logon(const syntax::Step& step, const syntax::Logon& logon, const Place& place);
/// What makes no sense while a session is mute, in the steps of one block.
class MuteCheck {
 public:
  void look_at(const syntax::Step& step, const syntax::Session* session, Findings& findings);

 private:
  std::set<std::string, std::less<>> muted_;
};

// check_steps.cc
struct CheckedFile {
  const syntax::File& file;
  const CheckContext& context;
  Findings& findings;
};
/// What is known of a step on this session.
Place place_of(const syntax::Session* session, const CheckedFile& checked, Scope& scope);
/// Adds what the steps name to the scope.
void check_steps(const syntax::Block& block, const CheckedFile& checked, Scope& scope);
void check_answers(const std::vector<syntax::Name>& answers, Findings& findings);
bool expects_something(const syntax::Block& block);

}  // namespace fixdrill::eval
