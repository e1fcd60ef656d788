// Looks at the beginning of a log to tell how it is written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "import/log_words.h"

namespace fixdrill::imports {

inline constexpr const char* kExportKind = "fixdrill export";

struct LogSurvey {
  bool words = false;        ///< words of the lines tell directions: they agree with the senders
  std::int64_t zone_ns = 0;  ///< what the log's clock is ahead of UTC, to the quarter hour
  std::string kind;          ///< of which program's making, for people
};

/// `sample`: the first bytes, cut anywhere. `which`: of the times on a line, from 1.
LogSurvey survey(std::string_view sample, const DirectionWords& words, std::size_t which);

}  // namespace fixdrill::imports
