// Tables, and scenarios that run once for each row of one.
#include <fmt/format.h>

#include "eval/check_scope.h"

namespace fixdrill::eval {

namespace {

std::size_t line_of(const Span& span) { return span.file->position(span.begin).line; }

void check_columns(const syntax::Table& table, Findings& findings) {
  std::set<std::string> seen;
  for (const syntax::Name& column : table.columns) {
    if (!seen.insert(column.text).second)
      findings.error(column.span, fmt::format("a second column '{}'", column.text));
  }
}

// The first cell names the row, in ids and results.
void check_row_names(const syntax::Table& table, Findings& findings) {
  std::map<std::string, Span> seen;
  for (const syntax::Table::Row& row : table.rows) {
    const syntax::Value& cell = row.cells.front();
    const std::string text = cell.literal() ? cell.literal_text() : std::string(cell.span.text());
    if (text.empty()) {
      findings.error(row.span, "the first cell names the row; it is empty");
      continue;
    }
    const auto [first, fresh] = seen.emplace(text, row.span);
    if (!fresh)
      findings.error(cell.span, fmt::format("the first cell names the row; line {} has '{}' too",
                                            line_of(first->second), text));
  }
}

}  // namespace

void check_tables(const CheckedFile& checked, Scope& scope) {
  std::set<std::string> seen;
  const Place place = place_of(nullptr, checked, scope);
  for (const syntax::Table& table : checked.file.tables) {
    if (!seen.insert(table.name.text).second)
      checked.findings.error(table.name.span, fmt::format("a second table '{}'", table.name.text));
    check_columns(table, checked.findings);
    check_row_names(table, checked.findings);
    for (const syntax::Table::Row& row : table.rows) {
      for (const syntax::Value& cell : row.cells) check_value(cell, place);
    }
  }
}

Scope scope_of(const syntax::Scenario& scenario, const CheckedFile& checked, const Scope& outer) {
  Scope scope = outer;
  if (!scenario.table) return scope;
  const syntax::Name& name = *scenario.table;
  if (const syntax::Table* table = checked.file.table(name.text)) {
    const Place place = place_of(nullptr, checked, scope);
    for (const syntax::Name& column : table->columns) define(column, {}, place);
    return scope;
  }
  std::vector<std::string> tables;
  for (const syntax::Table& table : checked.file.tables) tables.push_back(table.name.text);
  checked.findings.error(
      name.span, fmt::format("no table '{}'{}", name.text, did_you_mean_text(name.text, tables)));
  return scope;
}

}  // namespace fixdrill::eval
