// SQL over a recording: it reads and never writes, with functions that know FIX.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "record/message_source.h"

namespace fixdrill::record {

/// Bytes of a BLOB.
struct SqlBytes {
  std::string_view bytes;
};
/// NULL, integer, floating point, text, BLOB; views hold until the next row.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string_view, SqlBytes>;

/// Takes the rows of a query as they come.
class SqlRows {
 public:
  virtual ~SqlRows() = default;
  virtual void columns(const std::vector<std::string>& names) = 0;  ///< once, before any row
  virtual bool row(const std::vector<SqlValue>& values) = 0;        ///< false: enough
};

/// One statement. Besides SQLite's own functions, for this call only:
///   fix(raw, field)  value as on the wire, NULL when it is not there; `field` is a tag or a name
///   of
///                    the session's dictionary, in groups 'NoPartyIDs[2].PartyID'
///   msg(raw)         name of the message
///   pipe(raw)        the bytes with `|` for SOH
///   iso(ns)          a time as 2026-11-22T06:00:00.123456789Z
/// Input error: not a recording; SQL that is wrong, with a caret; a statement that writes; a field
/// that no dictionary of the recording knows.
Status run_sql(const std::string& path, const std::string& sql, const DictionaryOf& dictionary,
               SqlRows& rows);

}  // namespace fixdrill::record
