// Rows of a CSV file (RFC 4180: commas, quotes doubled inside quotes; the first line names the
// columns) for a table.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/source.h"
#include "syntax/tree.h"

namespace fixdrill::syntax {

/// "this row has 1 cell, the table has 2 columns"
std::string wrong_width(std::size_t cells, std::size_t columns);

/// Fills columns and rows. What is wrong is reported with its place in the CSV file.
void read_csv(const SourcePtr& source, Table& table, std::vector<Diagnostic>& found);

}  // namespace fixdrill::syntax
