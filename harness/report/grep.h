// fixdrill grep: the messages of a source that match, as lines that a log would have.
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/message_source.h"

namespace fixdrill::report {

struct GrepOptions {
  std::size_t before = 0;  ///< messages of context
  std::size_t after = 0;
  std::optional<std::size_t> most{};  ///< stops behind so many matches
  std::string name{};                 ///< of the source, before every line; "" = not shown
  bool invert = false;
  bool count = false;     ///< how many there are, in place of them
  bool list = false;      ///< the name of the source if there is one, in place of them
  bool quiet = false;     ///< nothing: only whether there is one
  bool number = false;    ///< the number of the line, or of the message, before it
  bool terminal = false;  ///< nothing may act on it: SOH as `|`, control bytes visible
  bool flush = false;     ///< every line at once
};

using Matches = std::function<bool(const record::MessageView&)>;

/// How many matched. What is no message never matches, nor does it with `invert`. Of a log a
/// message's line stands as it is there; else one is made that `fixdrill import log` reads.
Result<std::size_t> grep(record::MessageSource& source, const Matches& matches,
                         const GrepOptions& options, std::ostream& out);

}  // namespace fixdrill::report
