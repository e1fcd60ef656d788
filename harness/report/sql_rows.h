// Rows of a query: as a table for people, as CSV and as JSON for programs.
#pragma once

#include <memory>
#include <ostream>

#include "record/sql.h"

namespace fixdrill::report {

enum class RowFormat {
  table,  ///< SOH as `|`; the widths of the first thousand rows
  csv,    ///< RFC 4180 with a line of names; bytes as they are, NULL as nothing
  json    ///< an array of objects, one a line; integers beyond 2^53 as strings
};

/// Writes as the rows come and holds a thousand at most. `finish` is the last call, also after an
/// error.
class RowPrinter : public record::SqlRows {
 public:
  virtual void finish() = 0;
};

std::unique_ptr<RowPrinter> row_printer(RowFormat format, std::ostream& out);

}  // namespace fixdrill::report
