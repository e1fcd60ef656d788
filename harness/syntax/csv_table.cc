#include "syntax/csv_table.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/cursor.h"

namespace fixdrill::syntax {

namespace {

class CsvReader {
 public:
  CsvReader(const SourcePtr& source, std::vector<Diagnostic>& found)
      : source_(source.get()), text_(source->text()), found_(found) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text_.starts_with(kByteOrderMark)) pos_ = kByteOrderMark.size();
  }

  bool at_end() const { return pos_ >= text_.size(); }

  // One line, or several where a quoted cell holds line ends. No cells: a blank line, or an error
  // that was reported.
  Table::Row row() {
    Table::Row row;
    for (bool more = true; more;) {
      auto one = cell();
      if (!one) return {};
      row.cells.push_back(std::move(*one));
      more = pos_ < text_.size() && text_[pos_] == ',';
      if (pos_ < text_.size()) ++pos_;
    }
    row.span = span(row.cells.front().span.begin, row.cells.back().span.end);
    const bool blank = row.cells.size() == 1 && row.span.begin == row.span.end;
    return blank ? Table::Row() : row;
  }

  Span span(std::size_t begin, std::size_t end) const { return {source_, begin, end}; }
  void error(const Span& where, std::string message) {
    found_.push_back({Severity::error, where, std::move(message)});
  }

 private:
  std::optional<Value> cell() {
    return pos_ < text_.size() && text_[pos_] == '"' ? quoted_cell() : plain_cell();
  }

  std::optional<Value> plain_cell() {
    const std::size_t begin = pos_;
    pos_ = end_of_cell();
    const std::string_view letters = trim(text_.substr(begin, pos_ - begin));
    const std::size_t from =
        letters.empty() ? begin : static_cast<std::size_t>(letters.data() - text_.data());
    return value(span(from, from + letters.size()), std::string(letters));
  }

  std::optional<Value> quoted_cell() {
    const std::size_t begin = pos_++;
    std::string letters;
    for (; pos_ < text_.size(); ++pos_) {
      if (text_[pos_] == '"' && text_.substr(pos_ + 1, 1) != "\"") break;
      if (text_[pos_] == '"') ++pos_;
      letters += text_[pos_];
    }
    if (pos_ >= text_.size()) {
      error(span(begin, begin + 1), "this cell is not closed: a '\"' is missing");
      return std::nullopt;
    }
    const Span where = span(begin, ++pos_);
    const std::size_t end = end_of_cell();
    if (!trim(text_.substr(pos_, end - pos_)).empty()) {
      error(span(pos_, end), "behind the '\"' of a cell stands a comma or the end of the line");
      pos_ = text_.size();
      return std::nullopt;
    }
    pos_ = end;
    return value(where, std::move(letters));
  }

  std::size_t end_of_cell() const {
    return std::min(text_.find_first_of(",\n", pos_), text_.size());
  }

  static Value value(const Span& where, std::string letters) {
    Value value{where, true, {}};
    if (!letters.empty()) value.pieces.push_back({where, std::move(letters), nullptr});
    return value;
  }

  const SourceFile* source_;
  std::string_view text_;
  std::vector<Diagnostic>& found_;
  std::size_t pos_ = 0;
};

bool is_name(std::string_view text) {
  return !text.empty() && is_name_start(text[0]) &&
         std::all_of(text.begin(), text.end(), is_name_char);
}

bool read_columns(CsvReader& csv, Table& table) {
  const Table::Row header = csv.row();
  for (const Value& cell : header.cells) {
    const std::string name = cell.literal_text();
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
  CsvReader csv(source, found);
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
