// The value that a test compares with: evaluated once, unless it holds now().
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "eval/bindings.h"
#include "eval/matcher.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// Owns all it needs: what it was made from may go, but the World and the dictionary stay.
class Operand {
 public:
  static Result<Operand> make(const syntax::Value& value, const MatcherContext& context);

  /// As it would stand in the message. Empty = it cannot be evaluated at that moment.
  std::optional<std::string> at(Time received) const;

  bool quoted() const { return quoted_; }
  bool constant() const { return !deferred_; }
  const std::string& text() const { return text_; }  ///< of a constant; else of the first moment
  std::string shown() const;                         ///< "5 Replaced", "150  (150 - 0)", "now()"
  std::string notation() const;                      ///< "5", "now()"
  const Span& span() const { return span_; }

 private:
  struct Deferred;
  std::shared_ptr<const Deferred> deferred_;
  std::string text_;
  std::string working_;  ///< how a constant came about: "150 - 0"; empty when that is nothing new
  Span span_;
  const fix::Dictionary* dictionary_ = nullptr;
  int tag_ = 0;
  bool quoted_ = false;
};

}  // namespace fixdrill::eval
