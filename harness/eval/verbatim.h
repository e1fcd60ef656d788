// A pasted message that is expected as it stands: every field in its place, letter by letter.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "eval/bindings.h"
#include "eval/operand.h"
#include "eval/pattern.h"
#include "fix/dictionary.h"
#include "fix/message.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// Pure once made.
class Verbatim {
 public:
  /// `message` is pasted. Errors carry their place.
  static Result<Verbatim> make(const syntax::Message& message, const Environment& environment);

  bool accepts(const fix::Message& message, Time received) const;
  /// A row for each place; what stands elsewhere is named with its field.
  void report(const fix::Message& message, Time received, Match& into) const;
  /// "8=FIX.4.4 9=* 35=0"
  std::string describe() const;

 private:
  struct Part {
    Span span;
    int tag = 0;
    const fix::FieldDef* def = nullptr;  ///< null: the dictionary does not know it
    std::optional<Operand> value;        ///< empty: `*`, any value that is of the field's type
  };
  static bool fits(const Part& part, const fix::FieldView& field, Time received);
  std::string received(const fix::FieldView& field, int expected_tag) const;

  const fix::Dictionary* dictionary_ = nullptr;
  Span span_;
  std::vector<Part> parts_;
};

}  // namespace fixdrill::eval
