// Where the paths of expressions lead, as far as the checker can tell.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "eval/check_scope.h"

namespace fixdrill::eval {

/// What the first names of a path stand for, before the fields of a message begin.
struct ReachedName {
  KnownName name;
  std::size_t used = 0;  ///< parts of the path
};

/// Empty: the first name is not known, or a record has no such member.
std::optional<ReachedName> reach_known(const syntax::Path& path, const Scope& scope);

/// next_in, next_out: no names of the scenario.
bool is_session_number(std::string_view name);

}  // namespace fixdrill::eval
