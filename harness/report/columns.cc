#include "report/columns.h"

#include <algorithm>
#include <utility>

#include "report/line.h"

namespace fixdrill::report {

namespace {

constexpr std::size_t kWidest = 60;  ///< one long text must not push all the others out of sight

std::string aligned(const std::string& text, std::size_t width, char side) {
  if (side != 'r' || characters(text) >= width) return padded(text, width);
  return std::string(width - characters(text), ' ') + text;
}

}  // namespace

std::vector<std::string> Columns::lines(std::size_t indent) const {
  const std::vector<std::size_t> wide = widths();
  std::vector<std::string> lines;
  for (const Row& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (wide[i] > 0) line += aligned(row[i], wide[i], alignment_[i]) + "  ";
    }
    line.resize(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::size_t> Columns::widths() const {
  std::vector<std::size_t> wide(alignment_.size());
  for (std::size_t i = 0; i < wide.size(); ++i) {
    const auto cell = [i](const Row& row) { return i < row.size() ? characters(row[i]) : 0; };
    for (std::size_t row = 1; row < rows_.size(); ++row)
      wide[i] = std::max(wide[i], cell(rows_[row]));
    if (wide[i] > 0) wide[i] = std::min(std::max(wide[i], cell(rows_[0])), kWidest);
  }
  return wide;
}

void put_table(std::ostream& out, std::vector<Columns::Row> rows) {
  if (rows.size() < 2) return;
  Columns columns(std::string(rows.front().size(), 'l'), rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) columns.add(std::move(rows[i]));
  for (const std::string& line : columns.lines(0)) put_line(out, line);
}

}  // namespace fixdrill::report
