// Rows of a CSV file (RFC 4180: commas, quotes doubled inside quotes; the first line names the
// columns) for a table.
#pragma once

#include <vector>

#include "base/source.h"
#include "syntax/tree.h"

namespace fixdrill::syntax {

/// Fills columns and rows. What is wrong is reported with its place in the CSV file.
void read_csv(const SourcePtr& source, Table& table, std::vector<Diagnostic>& found);

}  // namespace fixdrill::syntax
