#include "syntax/csv_table.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/csv.h"
#include "base/text.h"
#include "syntax/cursor.h"

namespace fixdrill::syntax {

namespace {

/// Lines of the file as rows.
class Rows {
 public:
  Rows(const SourcePtr& source, std::vector<Diagnostic>& found)
      : source_(source.get()), csv_(*source), found_(found) {}

  bool at_end() const { return csv_.at_end(); }

  // No cells: a blank line, or an error that was reported.
  Table::Row row() {
    Diagnostic fault;
    const auto cells = csv_.line(fault);
    if (!cells) {
      found_.push_back(std::move(fault));
      return {};
    }
    Table::Row row;
    row.span = span(cells->front().span.begin, cells->back().span.end);
    if (cells->size() == 1 && row.span.begin == row.span.end) return {};
    for (const CsvCell& cell : *cells) {
      Value value{cell.span, true, {}};
      if (!cell.text.empty()) value.pieces.push_back({cell.span, cell.text, nullptr});
      row.cells.push_back(std::move(value));
    }
    return row;
  }

  Span span(std::size_t begin, std::size_t end) const { return {source_, begin, end}; }
  void error(const Span& where, std::string message) {
    found_.push_back({Severity::error, where, std::move(message)});
  }

 private:
  const SourceFile* source_;
  CsvReader csv_;
  std::vector<Diagnostic>& found_;
};

bool is_name(std::string_view text) {
  return !text.empty() && is_name_start(text[0]) &&
         std::all_of(text.begin(), text.end(), is_name_char);
}

bool read_columns(Rows& csv, Table& table) {
  const Table::Row header = csv.row();
  for (const Value& cell : header.cells) {
    const std::string name = cell.literal_text();
    if (name.find_first_of(";\t") != std::string::npos) {
      csv.error(cell.span, fmt::format("'{}' is no name of a column: cells are divided by commas",
                                       printable(name)));
      return false;
    }
    if (!is_name(name)) {
      csv.error(cell.span, fmt::format("'{}' is no name of a column: the first line names them, "
                                       "with letters, digits and _",
                                       printable(name)));
      return false;
    }
    table.columns.push_back({cell.span, name});
  }
  return !table.columns.empty();
}

}  // namespace

std::string wrong_width(std::size_t cells, std::size_t columns) {
  return fmt::format("this row has {} cell{}, the table has {} column{}", cells,
                     cells == 1 ? "" : "s", columns, columns == 1 ? "" : "s");
}

void read_csv(const SourcePtr& source, Table& table, std::vector<Diagnostic>& found) {
  Rows csv(source, found);
  const std::size_t before = found.size();
  if (!read_columns(csv, table)) {
    if (found.size() == before) csv.error(csv.span(0, 0), "the first line names the columns");
    return;
  }
  while (!csv.at_end()) {
    Table::Row row = csv.row();
    if (row.cells.empty()) continue;
    if (row.cells.size() != table.columns.size())
      csv.error(row.span, wrong_width(row.cells.size(), table.columns.size()));
    else
      table.rows.push_back(std::move(row));
  }
  if (table.rows.empty() && found.size() == before)
    csv.error(table.columns.back().span, "this table has no rows");
}

}  // namespace fixdrill::syntax
