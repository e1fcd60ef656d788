// A conversation as a text log that import reads back:
//
//   20261128-10:00:00.123456789 OE out 8=FIX.4.4…        a message, with SOH
//   20261128-10:00:00.123456789 OE in junk "GET \x00\n"  what is no whole message, escaped
//   started                                              a line of a log, as it stood there
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "record/message_source.h"

namespace fixdrill::imports {

/// With a line end. `session`: the message's, null = none.
std::string export_line(const record::MessageView& view, const record::SessionRow* session);

/// A line that export_line() wrote for what is no whole message.
struct KeptLine {
  std::string_view alias;  ///< "-" = no session
  record::Direction direction = record::Direction::in;
  record::MessageKind kind = record::MessageKind::junk;
  std::string raw;
};

/// Empty: another line.
std::optional<KeptLine> read_kept_line(std::string_view line);

/// The session's alias in what stands before a message of an export, `TIME ALIAS in `; empty: this
/// is none.
std::string_view exported_alias(std::string_view prefix);

}  // namespace fixdrill::imports
