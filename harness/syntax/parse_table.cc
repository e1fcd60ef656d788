// Tables: columns in the first line, then rows, cells divided by '|'.
#include <fmt/format.h>

#include "syntax/grammar.h"

namespace fixdrill::syntax {

bool Grammar::table() {
  Table table;
  const std::size_t begin = c_.tokens.back().span.begin;
  auto given = name("a name after 'table'");
  if (!given) return false;
  table.name = std::move(*given);
  if (c_.take_word("from")) {
    if (!c_.next_is("\"")) return c_.expected("the path of a CSV file in quotes"), false;
    auto path = string();
    if (!path) return false;
    if (!path->literal() || path->literal_text().empty())
      return c_.error(path->span, "the path of a table is a plain text"), false;
    table.path = path->literal_text();
    table.path_span = path->span;
  } else if (!table_rows(table)) {
    return false;
  }
  table.span = c_.span_from(begin);
  file_.tables.push_back(std::move(table));
  return end_of_line();
}

bool Grammar::table_rows(Table& table) {
  if (!c_.next_is("{")) return c_.expected("'{' or 'from'"), false;
  const std::size_t open = c_.pos();
  c_.take("{");
  c_.skip_lines();
  if (!table_columns(table)) return false;
  for (;;) {
    c_.skip_lines();
    if (c_.take("}")) break;
    if (c_.at_end() || at_item_word())
      return c_.error(c_.span(open, open + 1), "this table is never closed: a '}' is missing"),
             false;
    auto row = table_row(table.columns.size());
    if (!row) return false;
    table.rows.push_back(std::move(*row));
  }
  if (!table.rows.empty()) return true;
  c_.error(c_.span(open, open + 1), "this table has no rows");
  return false;
}

bool Grammar::table_columns(Table& table) {
  do {
    auto column = name("the name of a column");
    if (!column) return false;
    table.columns.push_back(std::move(*column));
  } while (c_.take("|"));
  return end_of_line();
}

std::optional<Table::Row> Grammar::table_row(std::size_t columns) {
  Table::Row row;
  const std::size_t begin = c_.pos();
  do {
    Value cell;
    c_.skip_blanks();
    cell.span = c_.span(c_.pos(), c_.pos());
    if (c_.peek() != '|' && !c_.at_line_end()) {
      auto given = value({"|}", false});
      if (!given) return std::nullopt;
      cell = std::move(*given);
    }
    row.cells.push_back(std::move(cell));
  } while (c_.take("|"));
  row.span = c_.span_from(begin);
  if (row.cells.size() != columns)
    return c_.error(row.span, fmt::format("this row has {} cells, the table has {} columns",
                                          row.cells.size(), columns));
  if (!c_.at_line_end() && c_.peek() != '}') return c_.expected("'|' or the end of the line");
  return row;
}

}  // namespace fixdrill::syntax
