// A log of another program as a record::MessageSource: FIX messages found by content, whatever
// stands around them and whatever is written for SOH. See README.md for the formats.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "import/foreign_source.h"
#include "import/log_words.h"

namespace fixdrill::imports {

/// What is not given is found out.
struct LogOptions {
  std::vector<std::string> us = {};  ///< CompIDs that are ours
  bool follow = false;  ///< the end may be half a line: what stands there waits for the rest
  std::optional<std::int64_t> zone_ns = {};  ///< what times of the log are ahead of UTC
  std::size_t time = 1;  ///< which of the times on a line, from 1; 0: SendingTime(52)
  DirectionWords words = {};
};

/// Takes `text` (`time=2 zone=+01:00 in=RCV out=SND us=BRK1`) into `options`. Input error:
/// something else.
Status apply_format(std::string_view text, LogOptions& options);

/// `+01:00`, `-0530`, `Z`, `UTC`. Input error: something else, names of places too.
Result<std::int64_t> parse_zone(std::string_view text);

/// A line without a message is a view of kind junk, with its bytes as `raw` and no session; a
/// message whose line ends before its CheckSum(10) is kind partial. A message whose BodyLength or
/// CheckSum does not hold is kind fix with sum_ok false: logs get masked and edited. `line` ends
/// before the line end; of two messages in one line the first has all up to its own end.
/// "-" = standard input. At the end of a file that grows, next() gives null and goes on later.
/// Packed files (unpack.h) are unpacked; a capture is told by its content (capture_source.h). Input
/// errors: no such file, a folder, not readable, UTF-16.
Result<std::unique_ptr<record::MessageSource>> open_log(const std::string& path,
                                                        const LogOptions& options = {});
/// The same, with what an import keeps besides.
Result<std::unique_ptr<ForeignSource>> open_foreign(const std::string& path,
                                                    const LogOptions& options = {});

}  // namespace fixdrill::imports
