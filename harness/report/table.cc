#include "report/table.h"

#include <algorithm>
#include <ostream>

#include "report/line.h"

namespace fixdrill::report {

void put_table(std::ostream& out, const std::vector<std::vector<std::string>>& rows) {
  if (rows.size() < 2) return;
  std::vector<std::size_t> widths(rows.front().size());
  for (std::size_t column = 0; column < widths.size(); ++column) {
    const bool used = std::any_of(rows.begin() + 1, rows.end(),
                                  [&](const auto& row) { return !row[column].empty(); });
    for (const auto& row : rows) {
      if (used) widths[column] = std::max(widths[column], characters(row[column]));
    }
    widths[column] = std::min(widths[column], kWidestColumn);
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t column = 0; column < widths.size(); ++column) {
      if (widths[column] > 0) line += padded(row[column], widths[column]) + "  ";
    }
    line.resize(line.find_last_not_of(' ') + 1);
    put_line(out, line);
  }
}

}  // namespace fixdrill::report
