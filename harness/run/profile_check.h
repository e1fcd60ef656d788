// What a profile says of messages, looked up in the dictionary of its session.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/source.h"
#include "fix/dictionary.h"
#include "profile/profile.h"

namespace fixdrill::run {

/// Messages, fields and values of `[session.X.defaults.…]` that this version does not know: they
/// would be sent by nobody, or wrong.
std::vector<Diagnostic> check_defaults(const profile::Session& session,
                                       const fix::Dictionary& dictionary);

/// Ids of `[xfail]` and `[skip]` that none of these scenarios have: warnings.
std::vector<Diagnostic> check_ids(const profile::Profile& profile,
                                  const std::set<std::string>& ids);

}  // namespace fixdrill::run
