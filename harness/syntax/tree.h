// The tree of a scenario file: what was written and where, nothing about what it means.
//
// Every node knows its bytes (Span). The tree keeps its SourceFiles alive.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/source.h"
#include "syntax/message.h"

namespace fixdrill::syntax {

// ---- Steps ----

struct Step;
/// Steps in braces.
struct Block {
  Span span;  ///< braces included
  std::vector<Step> steps;
};

struct Send {
  Message message;
};
struct SendRaw {
  Span span;
  Value text;
};  ///< the rest of the line, delimiters | made SOH, not sealed
struct SendBytes {
  Span span;
  std::string bytes;
};  ///< escapes resolved
struct Expect {
  bool optional = false;
  Message message;
};
struct ExpectNo {
  Message message;
};
struct ExpectNothing {
  DurationSpec during;
};
struct ExpectDisconnect {
  bool silently = false;
  std::optional<DurationSpec> within;
};
struct Await {
  Message message;
};
struct Connect {
  std::optional<DurationSpec> within;
};
struct Accept {
  std::optional<DurationSpec> within;
};
struct Logon {
  std::optional<std::vector<Field>> fields;   ///< of this Logon, beside the profile's
  std::optional<Name> as;                     ///< the answer
  std::optional<Span> refused;                ///< of the word
  std::optional<std::vector<Field>> refusal;  ///< of the Logout that refuses it
  std::optional<DurationSpec> within;
};
struct Mute {};
struct Unmute {};
struct Logout {
  std::optional<DurationSpec> within;
};
enum class DisconnectKind { full, half, reset };
struct Disconnect {
  DisconnectKind kind{};
};
struct Sync {
  std::optional<DurationSpec> within;
};
struct Wait {
  DurationSpec duration;
};
struct Forbid {
  Message message;
};
struct Ignore {
  Message message;
};
struct Let {
  Name name;
  ExprPtr value;
};
struct Check {
  ExprPtr condition;
};
struct Set {
  Name name;
  ExprPtr value;
  std::vector<Name> names;
  int sign = 0;  ///< 1, -1: by so much more or less
};               ///< next_in, next_out: value; auto: names, may be empty
enum class AutoMode { on, off, once };
/// `auto once resend`: what a wire session answers for us, one by one.
struct SetAuto {
  AutoMode mode{};
  std::vector<Name> names;  ///< at least one
};
/// `drop next 2`: so many messages that arrive are as if they never had.
struct DropNext {
  Value count;  ///< digits or `${expr}`
};
/// `lose state`
struct LoseState {};
struct Log {
  Value text;
};
enum class PromptKind { instruct, confirm, ask, attach };
/// A person does, confirms, tells or hands over something.
struct Prompt {
  PromptKind kind{};
  Value text;
  std::optional<Name> into;            ///< of ask
  std::optional<Regex> log;            ///< of confirm: what a line of the log says then
  Span log_span;                       ///< of the word
  std::optional<DurationSpec> within;  ///< modifiers as written; which fit, the checker says
  std::optional<Value> otherwise;      ///< default
  std::optional<std::vector<Value>> choices;
  Span choices_span;
};
/// A program of this machine with its arguments, without a shell.
struct Exec {
  std::vector<Value> arguments;  ///< the program first
  std::optional<Name> into;      ///< gets what it wrote; NAME_status gets its exit status
  Name status() const { return {into->span, into->text + "_status"}; }
};

struct Unordered {
  std::optional<DurationSpec> within;
  Block block;
};
struct Either {
  std::vector<Block> arms;  ///< two or more
};
struct If {
  ExprPtr condition;
  Block then;
  std::optional<Block> otherwise;  ///< `else if` is a block of one `if`
};
struct Repeat {
  Value count;             ///< digits or `${expr}`
  std::optional<Name> as;  ///< the round, from 1
  Block block;
};
struct ForEach {
  Name name;
  std::vector<Value> values;
  Block block;
};
/// `call fill(order = nos, qty = 5) as f`
struct ProcCall {
  struct Argument {
    Name name;
    Value value;
  };
  Name proc;
  std::vector<Argument> arguments;
  std::optional<Name> as;
};
struct Skip {
  ExprPtr condition;
  std::optional<Value> because;
};
struct Xfail {
  ExprPtr condition;  ///< null: always
  std::optional<Value> because;
};

/// `reply after 250ms ExecutionReport like msg { … }`
struct Reply {
  std::optional<DurationSpec> after;
  Message message;
};
/// `put orders[msg.ClOrdID] = msg`
struct Put {
  Name store;
  ExprPtr key;
  ExprPtr value;
};
struct Drop {};
/// What stands only in the rules of a simulator.
struct RuleStep {
  std::variant<Reply, Put, Drop> action;
};

using Action =
    std::variant<Send, SendRaw, SendBytes, Expect, ExpectNo, ExpectNothing, ExpectDisconnect, Await,
                 Connect, Accept, Logon, Logout, Disconnect, Sync, Wait, Forbid, Ignore, Let, Check,
                 Set, Log, Unordered, Either, If, Repeat, ForEach, ProcCall, Skip, Xfail, Mute,
                 Unmute, SetAuto, DropNext, LoseState, Prompt, Exec, RuleStep>;

struct Step {
  Span span;  ///< whole step, block included
  Span keyword;
  std::optional<Name> session;  ///< `DC: …`
  Action action;
};

// ---- Files ----

enum class Role { initiator, acceptor };

/// A session `any` is an initiator or an acceptor, as the profile says (run::settle_roles).
struct Session {
  struct Option {
    Name name;
    Value value;  ///< of auto: the whole list as text
    std::vector<Name> names;
  };
  Span span;
  Name name;
  Role role{};       ///< of `any`: initiator, until the profile has said
  bool any = false;  ///< the file leaves the role to the profile
  bool wire = false;
  bool fresh = false;
  std::vector<Option> options;  ///< `{ auto = heartbeat, testrequest }`
};

struct Param {
  Span span;
  Name name;
  std::optional<Value> value;
};
struct Secret {
  Span span;
  Name name;
};
struct Include {
  Span span;
  std::string path;
  Span path_span;
};

/// Rows for `scenario … for each NAME`: of the file itself, or of a CSV file.
struct Table {
  struct Row {
    Span span;
    std::vector<Value> cells;  ///< one a column; an empty one is an empty value
  };
  Span span;
  Name name;
  std::string path;  ///< of the CSV file; "" when the rows stand here
  Span path_span;
  std::vector<Name> columns;
  std::vector<Row> rows;
};

/// Steps with a name, called with texts or messages.
struct Proc {
  struct Parameter {
    Name name;
    std::optional<Value> value;  ///< when the call gives none
  };
  Span span;
  Name name;
  std::vector<Parameter> parameters;
  std::vector<Name> results;  ///< names of the body that the caller may read
  Block block;
};

struct Annotation {
  Span span;
  Name name;
  std::string text;
};  ///< `@id OE-001`: name without @

struct Scenario {
  Span span;  ///< from its first annotation to its closing brace
  Span keyword;
  std::vector<Annotation> annotations;
  Value title;
  std::optional<Name> table;  ///< `for each cases`: once for each of its rows
  Block block;

  /// Text of the first annotation with this name; "" when there is none.
  std::string annotation(const std::string& name) const;
};

/// What a simulator does otherwise than its order book: the first rule from the top that fits.
struct Simulator {
  struct Rule {
    Span span;
    Span keyword;
    std::optional<Value> title;
    std::optional<Message> when;  ///< empty: `otherwise`
    ExprPtr where;                ///< null: none
    std::optional<Span> once;     ///< of the word
    Block block;
  };
  Span span;
  Name name;
  Role role{};
  Span role_span;
  std::vector<Name> stores;
  std::vector<Rule> rules;
};

struct Comment {
  Span span;
};  ///< from # to the end of its line

/// Which blanks the formatter leaves out round a token.
enum class Glue { none, before, after, both };

/// One word, value or sign as it was written; a comment is one too.
struct Token {
  Span span;
  Glue glue = Glue::none;
  int nesting = 0;  ///< +1: opens a block, -1: closes one
};

/// One file with what its includes bring. Items of included files come first, in order.
struct File {
  SourcePtr source;
  std::vector<SourcePtr> included;
  std::optional<int> version;  ///< `drill 1`
  std::vector<Include> includes;
  std::vector<Param> params;
  std::vector<Secret> secrets;
  std::vector<Ignore> ignores;
  std::vector<Session> sessions;
  std::vector<Table> tables;
  std::vector<Proc> procs;
  std::vector<Simulator> simulators;
  std::optional<Block> setup;
  std::optional<Block> teardown;
  std::vector<Scenario> scenarios;
  std::vector<Span> execs;        ///< every `exec`, wherever it stands
  std::vector<Comment> comments;  ///< of this file only
  std::vector<Token> tokens;      ///< of this file only, comments included, in order

  /// Title of the scenario whose keyword stands on or around `line`, for FILE:LINE.
  const Scenario* scenario_at(std::size_t line) const;
  /// Null when there is none.
  const Table* table(std::string_view name) const;
  const Proc* proc(std::string_view name) const;
};

}  // namespace fixdrill::syntax
