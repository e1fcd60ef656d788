// A message of a scenario to the message that is sent.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "eval/bindings.h"
#include "fix/encoder.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

struct BuildOptions {
  /// Engine sessions own 8 9 10 34 49 52 56: a pasted message loses them (rule 7).
  bool drop_session_tags = false;
  /// Body fields by name or tag, with text that may hold ${expr}; sent when the message does not
  /// give them.
  std::vector<std::pair<std::string, std::string>> defaults;
};

/// Value names become codes, `like` copies what the new type knows, `!Field` drops, `?=` leaves out
/// when empty, count fields of groups (but one that is written too) and lengths of data fields are
/// filled. Errors carry their
/// place.
Result<fix::OutMessage> build(const syntax::Message& message, const Environment& environment,
                              const BuildOptions& options);

/// A value as the profile writes it, `${expr}` filled in.
Result<std::string> fill_profile_text(const std::string& text, const Environment& environment);

}  // namespace fixdrill::eval
