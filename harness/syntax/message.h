// The tree of a message as it was written: values, expressions, fields with their tests, modifiers.
//
// Every node knows its bytes (Span), so that errors, the formatter and later rewrites live on one
// tree.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"
#include "base/time.h"

namespace fixdrill::syntax {

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

struct Name {
  Span span;
  std::string text;
};

/// Text with `${expr}` in it. Quoted: the letters are meant literally (but `${…}`).
struct Value {
  struct Piece {
    Span span;
    std::string text;  ///< when `expr` is null
    ExprPtr expr;
  };
  Span span;
  bool quoted = false;
  std::vector<Piece> pieces;

  bool literal() const { return pieces.empty() || (pieces.size() == 1 && !pieces[0].expr); }
  std::string literal_text() const { return pieces.empty() ? std::string() : pieces[0].text; }
};

/// `54`, `Side` or `Side(54)`: tag 0 = given by name only.
struct FieldRef {
  Span span;
  std::string name;
  int tag = 0;
};

/// `[2]` (from 1) or `[MDEntryType = Bid]`.
struct Index {
  Span span;
  ExprPtr position;  ///< null: by key
  FieldRef key;
  Value value;
};

/// Where a field stands: `Price`, `NoLegs[1].LegPrice`.
struct Place {
  struct Part {
    FieldRef ref;
    std::optional<Index> index;
  };
  Span span;
  std::vector<Part> parts;
};

/// A path in an expression or behind `like`: `ack.OrderID`, `m.NoLegs[1].LegPrice`, `Side(54)`'s
/// parentheses are not allowed here.
struct Path {
  struct Part {
    Name name;
    std::optional<Index> index;
  };
  Span span;
  std::vector<Part> parts;
};

// ---- Expressions ----

struct Number {
  std::string text;
};  ///< decimal digits as written
struct DurationLiteral {
  Duration value{};
};  ///< 5s, 500ms, 2min, 1h
struct StringLiteral {
  Value value;
};
struct Regex {
  std::string pattern;
  bool ignore_case = false;
  Value value;
};  ///< `value`: pattern with its `${…}`
struct PathExpr {
  Path path;
};
struct Call {
  Name function;
  std::vector<ExprPtr> arguments;
};
enum class UnaryOp { negate, logical_not };
struct Unary {
  UnaryOp op{};
  ExprPtr operand;
};
enum class BinaryOp {
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  match,
  not_match,
  add,
  subtract,
  multiply,
  divide,
  logical_and,
  logical_or
};
struct Binary {
  BinaryOp op{};
  Span op_span;
  ExprPtr left;
  ExprPtr right;
};

struct Expr {
  Span span;
  std::variant<Number, DurationLiteral, StringLiteral, Regex, PathExpr, Call, Unary, Binary> node;
};

/// A duration or number that is a literal or `${expr}`.
struct DurationSpec {
  Span span;
  Duration literal{};
  ExprPtr expr;  ///< wins when set
};

// ---- Fields of a message ----

enum class Compare { eq, ne, lt, le, gt, ge };

struct Absent {};   ///< !Field; in a send: drop it (with `like`)
struct Present {};  ///< = *
struct Comparison {
  Compare op{};
  Value value;
};  ///< `=` with a plain value is how a send gives its value
struct DefaultValue {
  Value value;
};  ///< ?=
struct Tolerance {
  Value value;
  ExprPtr width;
};  ///< = X +- 0.01 | 5s | ${expr}
struct RegexTest {
  bool negated = false;
  Regex regex;
  Span span;
};
struct InSet {
  bool negated = false;
  std::vector<Value> values;
};
struct InRange {
  Value low;
  Value high;
};
struct IsShape {
  Name shape;
};                      ///< is timestamp_ms
struct CaptureOnly {};  ///< Field -> name

struct Field;
/// `NoPartyIDs [ {..} {..} ]`, `NoPartyIDs each {..}`: what the entries of a group are like.
struct GroupTest {
  enum class Mode {
    ordered,    ///< same count, same order
    unordered,  ///< same count, any order
    contains,   ///< each member finds an entry of its own; more may be there
    each,       ///< one member, which every entry fits
  };
  /// `for each p in (A, B) {..}`: the member once for each value.
  struct Loop {
    Name variable;
    std::vector<Value> values;
  };
  struct Member {
    Span span;
    std::vector<Field> fields;
    std::optional<Loop> loop;
  };
  Mode mode = Mode::ordered;
  std::vector<Member> members;
};

using FieldTest = std::variant<Absent, Present, Comparison, DefaultValue, Tolerance, RegexTest,
                               InSet, InRange, IsShape, CaptureOnly, GroupTest>;

struct Field {
  Span span;  ///< from the place to the end of the test
  Place place;
  FieldTest test;
  std::optional<Name> capture;  ///< -> name
};

/// `ignoring (17, ExecID)`
struct Ignoring {
  Span span;
  std::vector<FieldRef> fields;
};

/// `times 3`, `times 1..`, `times 2..5`: literals or `${expr}`.
struct Times {
  Span span;
  Value low;
  std::optional<Value> high;  ///< as `low` for one number
  bool open = false;          ///< `1..`: no upper bound
};

/// `until { LeavesQty = 0 }`: what the last of several messages fits.
struct Until {
  Span span;
  std::vector<Field> fields;
};
struct Shape;  // shape.h

/// A message with its modifiers, as send, expect, await, forbid and ignore take it.
struct Message {
  Span span;
  Name type;  ///< message name, MsgType code or name of a message; pasted: value of 35, "" when
              ///< missing
  std::optional<Path> type_of;  ///< `o.nos`, `fills[1]`: of the type of that message; `type` has
                                ///< its text
  bool pasted = false;
  Span pasted_span;  ///< of the pasted text
  std::vector<Field>
      fields;  ///< pasted: one Comparison (or Present for `*` in an expect) each, 35 left out
  std::optional<Name> as;
  std::optional<Path> like;
  std::optional<DurationSpec> within;
  std::optional<DurationSpec> during;  ///< `for` of expect no
  std::optional<Times> times;
  std::optional<Until> until;
  std::optional<FieldRef> distinct;
  std::shared_ptr<const Shape> shape;  ///< `with …`; null: none
  std::optional<Span> exact;           ///< the word
  std::optional<Span> verbatim;        ///< the word
  std::optional<Ignoring> ignoring;
};

}  // namespace fixdrill::syntax
