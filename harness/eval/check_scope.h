// What the parts of the checker share: findings, names in scope, the step being looked at.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
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
  /// An error that says enough by itself: who called does not matter.
  void error_anyhow(const Span& span, std::string message) {
    add(Severity::error, span, std::move(message));
    --errors_;
  }
  void warning(const Span& span, std::string message) {
    add(Severity::warning, span, std::move(message));
  }
  /// But those of error_anyhow.
  std::size_t errors() const { return errors_; }
  void note(const Span& span, std::string message) {
    add(Severity::note, span, std::move(message));
  }
  void add(Diagnostic found) { add(found.severity, found.span, std::move(found.message)); }
  std::vector<Diagnostic> take() { return std::move(all_); }

 private:
  void add(Severity severity, const Span& span, std::string message) {
    if (severity == Severity::error) ++errors_;
    all_.push_back({severity, span, std::move(message)});
  }
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
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
    store,    ///< of a simulator: `orders[msg.ClOrdID]`; its values are what `members` has under ""
    any,      ///< a parameter of a proc that nobody calls
  };
  Kind kind = Kind::value;
  const fix::Dictionary* dictionary = nullptr;  ///< of the session of the message or messages
  std::shared_ptr<const KnownNames> members;    ///< of a record; null: not known
  std::string type = {};                        ///< MsgType of the messages; "" = not known
  std::optional<Span> set_at = {};
  std::optional<Span> sometimes = {};  ///< where it is set, when not every way leads there

  static KnownName message(const fix::Dictionary* dictionary, std::string type = "") {
    return {Kind::message, dictionary, nullptr, std::move(type), {}, {}};
  }
  static KnownName list(const fix::Dictionary* dictionary, std::string type = "") {
    return {Kind::list, dictionary, nullptr, std::move(type), {}, {}};
  }
  static KnownName record(KnownNames members);
};

using PathTexts = std::set<std::string, std::less<>>;

/// Names set so far, and those that a later step sets.
struct Scope {
  KnownNames known;
  std::map<std::string, Span, std::less<>> later;
  PathTexts certain;  ///< paths that a has() around says are there
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

/// A session `any` runs the same text in several versions: tags and MsgTypes that are written as
/// such need not be known in the one at hand.
inline bool for_many_versions(const Place& place) { return place.session && place.session->any; }

/// "; did you mean Side?", or "".
std::string did_you_mean_text(std::string_view word, const std::vector<std::string>& candidates);

// check_names.cc
void check_expression(const syntax::Expr& expr, const Place& place);
void check_value(const syntax::Value& value, const Place& place);
/// One that has no `${…}` is compiled here already.
void check_regex(const syntax::Regex& regex, const Place& place);
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
/// The tag stands among the members or in one of their groups.
bool holds_anywhere(const fix::MemberSet& members, int tag);
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
  bool repeated = false;  ///< times, until, distinct
  bool with = false;
  bool exact = false;
  bool ignoring = false;
};
extern const ActionRule kSend, kExpect, kExpectOptional, kExpectNo, kAwait, kForbid, kIgnore,
    kReply, kRuleSend, kRule;
void check_message(const syntax::Message& message, const ActionRule& rule, const Place& place);
/// A secret that is written out; `${wrong("x")}` is none.
void check_secrets(const syntax::Message& message, const Place& place);
/// Fields that an engine fills in itself.
void check_engine_fields(const syntax::Message& message, const Place& place);
void check_raw(const syntax::Value& text, const Place& place);

// check_pasted.cc
/// False: its end was meant to stand behind a closing delimiter; nothing else is worth saying then.
bool check_pasted(const syntax::Message& message, const ActionRule& rule, const Place& place);

// check_guard.cc
/// Paths that are there when the condition is `truth`: what has() asks for.
PathTexts certain_paths(const syntax::Expr& condition, bool truth);
/// Those that has() itself asks for.
PathTexts certain_paths(const syntax::Call& has);
/// Adds to what is certain, for as long as it lives.
class Certainty {
 public:
  Certainty(Scope& scope, const PathTexts& paths);
  ~Certainty() { scope_.certain = std::move(before_); }
  Certainty(const Certainty&) = delete;
  Certainty& operator=(const Certainty&) = delete;

 private:
  Scope& scope_;
  PathTexts before_;
};
/// Adds to what is certain, to the end of the block: a step that ends the scenario has asked.
void keep_certain(Scope& scope, const PathTexts& paths);
/// What is known behind several ways through the file, one of which was taken.
void join_ways(Scope& scope, const std::vector<Scope>& ways);
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
// check_people.cc
void check_prompt(const syntax::Prompt& prompt, const Place& place);
void check_exec(const syntax::Exec& exec, const Place& place);

// check_steps.cc
struct CheckedFile {
  const syntax::File& file;
  const CheckContext& context;
  Findings& findings;
  /// Results of procs, by proc, session and what the arguments are.
  std::map<std::string, KnownNames>& procs;
  std::size_t& depth;  ///< how many blocks are around, those of callers included
};
/// Where steps stand: what is known there, and what a proc around them settles.
struct Flow {
  const CheckedFile& checked;
  Scope& scope;
  const syntax::Session* session = nullptr;  ///< of steps that name none, in a proc
  bool any_session = false;                  ///< in a proc that nobody calls
  std::vector<const syntax::Proc*> calls = {};
};
/// What is known of a step on this session.
Place place_of(const syntax::Session* session, const CheckedFile& checked, Scope& scope);
/// Adds what the steps name to the scope.
void check_steps(const syntax::Block& block, const CheckedFile& checked, Scope& scope);
void check_block(const syntax::Block& block, const Flow& flow);
void note_later_names(const syntax::Block& block, Scope& scope);
const syntax::Session* find_session(const syntax::Step& step, const Flow& flow);
bool needs_session(const syntax::Action& action);
/// The blocks inside a step.
std::vector<const syntax::Block*> blocks_of(const syntax::Action& action);
void check_answers(const std::vector<syntax::Name>& answers, Findings& findings);
/// True or false: judged; empty: what is inside it decides.
using StepTest = std::function<std::optional<bool>(const syntax::Step&)>;
/// Whether a step of the block is such, or one of the blocks and procs inside it.
bool some_step(const syntax::Block& block, const syntax::File& file, const StepTest& test);
bool expects_something(const syntax::Block& block, const syntax::File& file);

// check_control.cc
void check_control(const syntax::Unordered& step, const Flow& flow, const Place& place);
void check_control(const syntax::Either& step, const Flow& flow, const Place& place);
void check_control(const syntax::If& step, const Flow& flow, const Place& place);
void check_control(const syntax::Repeat& step, const Flow& flow, const Place& place);
void check_control(const syntax::ForEach& step, const Flow& flow, const Place& place);
void check_control(const syntax::Skip& step, const Flow& flow, const Place& place);
void check_control(const syntax::Xfail& step, const Flow& flow, const Place& place);

/// Whether every message that `later` takes is taken by `earlier`; limits are not looked at.
bool covers(const syntax::Message& earlier, const syntax::Message& later);

// check_procs.cc
void check_control(const syntax::ProcCall& step, const Flow& flow, const Place& place);
void check_procs(const CheckedFile& checked, const Scope& outer);

// check_simulator.cc
void check_simulators(const CheckedFile& checked);

// check_tables.cc
void check_tables(const CheckedFile& checked, Scope& scope);
/// The scope of a scenario: with the columns of its table.
Scope scope_of(const syntax::Scenario& scenario, const CheckedFile& checked, const Scope& outer);

}  // namespace fixdrill::eval
