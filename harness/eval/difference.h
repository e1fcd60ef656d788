// A field of an expectation that does not hold, for those who would write into the file what came.
#pragma once

#include <optional>
#include <string>

#include "base/source.h"
#include "fix/message.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// A value that stands in the file as it is meant: there is no expression in it.
struct Literal {
  Span span;  ///< quotes included
  std::string text;
  bool quoted = false;
  bool pasted = false;  ///< in a pasted message: nothing but `${` is written otherwise
};

struct Difference {
  Span span;          ///< of the field in the file
  std::string field;  ///< "OrdStatus(39)"
  int tag = 0;
  std::optional<Literal> literal;    ///< what the field is compared with by `=`; empty: other tests
  std::optional<std::string> value;  ///< what came; empty: the field is not there
};

/// What this field is compared with by `=`; empty: it is tested otherwise, or the value has an
/// expression in it or stands in no file.
std::optional<Literal> literal_of(const syntax::Field& field, bool pasted);

}  // namespace fixdrill::eval
