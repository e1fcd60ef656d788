// Expressions and values of the tree to values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "eval/bindings.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// Errors are rendered with their place in the file.
Result<Value> evaluate(const syntax::Expr& expr, const Environment& environment);

/// The text of a value with its `${…}` filled in.
Result<std::string> fill(const syntax::Value& value, const Environment& environment);

std::string no_number(std::string_view text);

/// A duration, or text that reads as one: 500ms, 5s, 2min, 1h.
std::optional<Duration> as_duration(const Value& value);

/// A duration that is a literal or an expression (number = seconds, text = "500ms").
Result<Duration> duration(const syntax::DurationSpec& spec, const Environment& environment);

/// `check EXPR`: on false, `text` says both sides: "next_in = 4, expected 5".
struct Condition {
  bool holds = false;
  std::string text;
};
Result<Condition> condition(const syntax::Expr& expr, const Environment& environment);

/// Whether now() occurs anywhere in it, so that it must be evaluated at receipt.
bool uses_now(const syntax::Value& value);

}  // namespace fixdrill::eval
