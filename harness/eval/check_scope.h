// What the parts of the checker share: findings, names in scope, the step being looked at.
#pragma once

#include <map>
#include <memory>
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

struct KnownName;
using KnownNames = std::map<std::string, KnownName, std::less<>>;

/// What a name stands for.
struct KnownName {
  enum class Kind {
    value,    ///< text, a number, a time
    message,  ///< one message
    list,     ///< messages under one name: `fills[1].LastQty`, `count(fills)`
    record,   ///< what a call gives: `f.er.ExecID`
  };
  Kind kind = Kind::value;
  const fix::Dictionary* dictionary = nullptr;  ///< of the session of the message or messages
  std::shared_ptr<const KnownNames> members;    ///< of a record; null: not known
  std::string type;                             ///< MsgType of the messages; "" = not known

  static KnownName message(const fix::Dictionary* dictionary, std::string type = "") {
    return {Kind::message, dictionary, nullptr, std::move(type)};
  }
  static KnownName list(const fix::Dictionary* dictionary, std::string type = "") {
    return {Kind::list, dictionary, nullptr, std::move(type)};
  }
  static KnownName record(KnownNames members);
};

/// Names set so far, and those that a later step sets.
struct Scope {
  KnownNames known;
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
/// What a path is for: one value or message, or (in has, count, sum) all that it leads to.
enum class PathUse { one, all };
void check_path(const syntax::Path& path, const Place& place, PathUse use = PathUse::one);
/// A path that must stand for one message, as behind `like`.
void check_message_path(const syntax::Path& path, const Place& place);
/// What a path stands for; a field of a message, and what is not known, is a value.
KnownName known_of(const syntax::Path& path, const Place& place);
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
  bool repeated = false;  ///< the fields stand for several entries: none of them can be captured
};
void check_fields(const std::vector<syntax::Field>& fields, const FieldsOf& of, const Place& place);
void check_ignoring(const syntax::Message& message, const Place& place);

// check_group.cc
const fix::GroupDef* find_group(const fix::MemberSet& members, int tag);
/// The fields of an entry of the group at `span`; warns when it is none.
FieldsOf inside_group(int tag, const Span& span, const FieldsOf& of, const Place& place);
void check_members(const syntax::GroupTest& group, const FieldsOf& inside, const Place& place);

// check_messages.cc
/// Which modifiers an action takes: the one table the checker speaks from.
struct ActionRule {
  std::string_view action;
  Use use{};
  bool as = false;
  bool like = false;
  bool within = false;
  bool during = false;
  bool exact = false;
  bool ignoring = false;
};
extern const ActionRule kSend, kExpect, kExpectOptional, kExpectNo, kAwait, kForbid, kIgnore;
void check_message(const syntax::Message& message, const ActionRule& rule, const Place& place);
void check_raw(const syntax::Value& text, const Place& place);

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
