// A log of another program as a record::MessageSource: FIX messages found by content, whatever
// stands around them and whatever is written for SOH.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/message_source.h"

namespace fixdrill::imports {

struct LogOptions {
  std::vector<std::string> us;  ///< CompIDs that are ours; empty: found out
  bool follow = false;  ///< the end may be half a line: what stands there waits for the rest
};

/// A line without a message is a view of kind junk, with its bytes as `raw` and no session; a
/// message whose line ends before its CheckSum(10) is kind partial. A message whose BodyLength or
/// CheckSum does not hold is kind fix with sum_ok false: logs get masked and edited. `line` ends
/// before the line end; of two messages in one line the first has all up to its own end.
/// "-" = standard input. At the end of a file that grows, next() gives null and goes on later.
/// Input errors: no such file, a folder, not readable.
Result<std::unique_ptr<record::MessageSource>> open_log(const std::string& path,
                                                        const LogOptions& options = {});

}  // namespace fixdrill::imports
