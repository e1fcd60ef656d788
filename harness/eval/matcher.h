// Judges one field. Pure: no clock, no I/O, never throws.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "eval/bindings.h"
#include "fix/dictionary.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

class Matcher {
 public:
  virtual ~Matcher() = default;
  /// Whether this value is accepted; `received` is for now() in the expectation.
  virtual bool accepts(std::string_view value, Time received) const = 0;
  /// For the column "expected": "5 Replaced", ">= 100", "150  (150 - 0)".
  virtual std::string describe() const = 0;
  /// In the script's notation, to stand behind the field: "=5", " >= 100", " ~ /re/i".
  virtual std::string notation() const = 0;
};

using MatcherPtr = std::unique_ptr<const Matcher>;

/// What a matcher is made for: the field's definition gives types and value names.
struct MatcherContext {
  const Environment& environment;
  const fix::FieldDef* field = nullptr;  ///< null: the dictionary does not know it
  int tag = 0;
  bool pasted = false;  ///< nothing in a pasted value is reinterpreted: codes only, no value names
};

/// The matcher of a test that looks at one value: every FieldTest but Absent, DefaultValue,
/// CaptureOnly and GroupTest. Expressions are evaluated here, once, but those with now().
Result<MatcherPtr> make_matcher(const syntax::FieldTest& test, const MatcherContext& context);

}  // namespace fixdrill::eval
