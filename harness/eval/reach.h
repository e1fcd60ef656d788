// The first names of a path: through records and lists to a value or a message.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "eval/bindings.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// How far `f.er.ExecID` or `fills[2].LastQty` goes before the fields of a message begin.
struct Reached {
  std::optional<Value> value;  ///< empty: a result or a message of the list that is not there
  std::size_t used = 0;        ///< parts of the path that lead to `value`
  Error missing;               ///< why there is none; with its place
};

/// Of a path whose first name is known. A list counts from 1; what is no list takes no index.
Result<Reached> reach(const syntax::Path& path, const Value& root, const Environment& environment);

/// The first `parts` of a path as they are written: "fills[2]", "f.er".
std::string path_text(const syntax::Path& path, std::size_t parts);

/// As as_message(), for the value that the first parts of a path lead to; errors have their place.
Result<NamedMessage> message_at(const syntax::Path& path, const Reached& reached);

}  // namespace fixdrill::eval
