// `expect … like nos`: the fields of another message as what is expected.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "eval/bindings.h"
#include "eval/pattern_item.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

struct LikeMessage {
  const syntax::Path& path;
  const std::string& msg_type;      ///< of the message that is expected
  const std::vector<int>& ignored;  ///< tags that are not compared
};

/// The body fields of that message that the expected type knows, each with its value, before
/// `items`. Those that `mentioned` names by their labels are left out: what is written wins.
Result<std::vector<PatternItem>> with_like_items(const LikeMessage& like,
                                                 std::vector<PatternItem> items,
                                                 const std::vector<std::string>& mentioned,
                                                 const Environment& environment);

}  // namespace fixdrill::eval
