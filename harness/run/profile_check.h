// What a profile says of messages, looked up in the dictionary of its session.
#pragma once

#include <vector>

#include "base/source.h"
#include "fix/dictionary.h"
#include "profile/profile.h"

namespace fixdrill::run {

/// Messages, fields and values of `[session.X.defaults.…]` that this version does not know: they
/// would be sent by nobody, or wrong.
std::vector<Diagnostic> check_defaults(const profile::Session& session,
                                       const fix::Dictionary& dictionary);

}  // namespace fixdrill::run
