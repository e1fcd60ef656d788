// How reports put text on a terminal or into a CI log: nothing in it can act there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

#include "record/result.h"

namespace fixdrill::report {

/// One line with its end. A line that would begin with `::` is a command to some CI systems, with
/// blanks before it too; its first colon is written `\x3a`. The caller has made foreign text
/// printable().
void put_line(std::ostream& out, std::string_view line);

/// Filled up with blanks to `width` characters, UTF-8 counted; longer text stays as it is.
std::string padded(std::string_view text, std::size_t width);
/// Cut to `width` characters, the last one then being `…`.
std::string clipped(std::string_view text, std::size_t width);
std::size_t characters(std::string_view text);

/// PASS FAIL …, coloured on request.
std::string state_text(record::Outcome outcome, bool colour);

}  // namespace fixdrill::report
