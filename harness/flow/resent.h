// Whether a message that was sent again is the one it says it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fix/message.h"

namespace fixdrill::flow {

struct FieldDifference {
  int tag = 0;
  std::size_t nth = 0;             ///< which of those with this tag, from 0
  std::optional<std::string> was;  ///< in the original; empty: it had no such field
  std::optional<std::string> is;   ///< in the copy
};

/// BodyLength(9), CheckSum(10), 43, SendingTime(52), 97, 122, LastMsgSeqNumProcessed(369).
bool may_differ_in_copy(int tag);

/// What a copy with PossDupFlag(43) has otherwise than its original. BodyLength(9), CheckSum(10),
/// SendingTime(52), 43, 97, LastMsgSeqNumProcessed(369) may differ; OrigSendingTime(122) must be
/// the original's SendingTime (FIX 4.4, volume 2, "Possible duplicates"). A copy without 122
/// (FIX 4.0) is fine. Fields in another order: one difference with tag 0.
std::vector<FieldDifference> differences(const fix::Message& original, const fix::Message& copy);

}  // namespace fixdrill::flow
