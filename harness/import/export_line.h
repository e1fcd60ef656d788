// A conversation as a text log that import reads back:
//
//   20261128-10:00:00.123456789 OE out 8=FIX.4.4…         a message, with SOH
//   20261128-10:00:00.123456789 OE out masked 8=FIX.4.4…  one whose secrets were masked
//   20261128-10:00:00.123456789 OE in junk "GET \x00\n"   what is no whole message, escaped
//   started                                               a line of a log, as it stood there
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "record/message_source.h"

namespace fixdrill::imports {

/// One word for each session of a source.
class SessionWords {
 public:
  /// The session's alias; `OE#2` where another session is called OE already; "-": null.
  std::string_view of(std::int64_t id, const record::SessionRow* session);

 private:
  std::map<std::int64_t, std::string> words_;
  std::set<std::string> taken_;
};

/// The alias in a word that SessionWords gave.
std::string_view alias_of(std::string_view word);

/// With a line end. `session`: the word for the message's.
std::string export_line(const record::MessageView& view, std::string_view session);

/// What stands before a message of an export.
struct ExportedHead {
  std::string_view session;  ///< "-" = none
  record::Direction direction = record::Direction::in;
  bool masked = false;
  bool sum_ok = true;  ///< of a masked message: as it was before
};

/// Empty: this is none.
std::optional<ExportedHead> exported_head(std::string_view prefix);

/// A line that export_line() wrote for what is no whole message.
struct KeptLine {
  ExportedHead head;
  record::MessageKind kind = record::MessageKind::junk;
  std::string raw;
};

/// Empty: another line.
std::optional<KeptLine> read_kept_line(std::string_view line);

}  // namespace fixdrill::imports
