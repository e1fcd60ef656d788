#include "report/failure.h"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>
#include <vector>

#include "base/text.h"
#include "report/line.h"

namespace fixdrill::report {

using record::FieldRow;
using record::Verdict;

namespace {

constexpr std::size_t kLeadingRows = 3;
constexpr std::size_t kFieldWidth = 18;  ///< characters, at least
constexpr std::size_t kValueWidth = 20;  ///< characters, at least
constexpr std::size_t kWidest = 40;      ///< a column does not grow further for one long value

void put_lines(std::ostream& out, const std::string& text, const char* indent) {
  if (text.empty()) return;
  for (const std::string_view line : split(text, '\n')) put_line(out, indent + printable(line));
}

/// What the table shows row by row, and what one line below it names.
struct Table {
  std::vector<FieldRow> rows;
  std::vector<std::string> equal;
};

Table arrange(const std::vector<FieldRow>& fields, bool verbose) {
  const auto differs = [](const FieldRow& row) { return !row.ok; };
  const auto first = std::find_if(fields.begin(), fields.end(), differs);
  const auto leading = static_cast<std::size_t>(first - fields.begin());
  Table table;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldRow& row = fields[i];
    const bool leads = i < leading && leading <= kLeadingRows;
    if (verbose || !row.ok || leads) {
      table.rows.push_back(
          {row.ok, printable(row.field), printable(row.expected), printable(row.received)});
    } else {
      table.equal.push_back(printable(row.field));
    }
  }
  return table;
}

std::size_t column(const std::vector<FieldRow>& rows, std::string FieldRow::*text,
                   std::size_t least) {
  std::size_t width = least;
  for (const FieldRow& row : rows) width = std::max(width, characters(row.*text));
  return std::min(width, kWidest);
}

void put_rows(std::ostream& out, const std::vector<FieldRow>& rows) {
  if (rows.empty()) return;
  const std::size_t field = column(rows, &FieldRow::field, kFieldWidth);
  const std::size_t expected = column(rows, &FieldRow::expected, kValueWidth);
  const auto put = [&](char mark, const FieldRow& row) {
    put_line(out, fmt::format("   {} {}  {}  {}", mark, padded(row.field, field),
                              padded(row.expected, expected), row.received));
  };
  put(' ', {true, "field", "expected", "received"});
  for (const FieldRow& row : rows) put(row.ok ? ' ' : '!', row);
}

std::string rest_of_table(const Table& table, std::size_t not_checked) {
  std::vector<std::string> parts;
  if (!table.equal.empty()) parts.push_back(join(table.equal, ", ") + ": equal (-v shows them)");
  if (not_checked > 0) {
    parts.push_back(
        fmt::format("{} field{} not checked", not_checked, not_checked == 1 ? "" : "s"));
  }
  return join(parts, "; ");
}

void put_table(std::ostream& out, const Verdict& verdict, bool verbose) {
  const Table table = arrange(verdict.fields, verbose);
  put_rows(out, table.rows);
  const std::string rest = rest_of_table(table, verdict.not_checked);
  if (!rest.empty()) put_line(out, "     " + rest);
}

}  // namespace

void put_verdict(std::ostream& out, const Verdict& verdict, bool verbose) {
  const std::string place = verdict.location.empty() ? "" : printable(verdict.location) + ": ";
  put_line(out, fmt::format("{}error: {}", place, printable(verdict.message)));
  put_lines(out, verdict.source, "");
  put_table(out, verdict, verbose);
  for (const std::string& detail : verdict.details) put_lines(out, detail, "   ");
}

void put_failures(std::ostream& out, const record::ScenarioResult& result, bool verbose) {
  for (const record::StepResult& step : result.steps) {
    for (const Verdict& verdict : step.verdicts) {
      if (verdict.outcome != record::Outcome::pass) put_verdict(out, verdict, verbose);
    }
  }
}

}  // namespace fixdrill::report
