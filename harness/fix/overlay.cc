#include "fix/overlay.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::fix {

namespace {

constexpr std::size_t kColumns = 6;

struct Cell {
  std::string text;
  Span span;
};

Error fault(const Span& span, std::string message) {
  return to_error({Severity::error, span, std::move(message)});
}

/// Reads one line of CSV at a time.
class CsvReader {
 public:
  explicit CsvReader(const SourceFile& file) : file_(file), text_(file.text()) {}

  bool at_end() const { return at_ >= text_.size(); }

  Result<std::vector<Cell>> line() {
    std::vector<Cell> cells;
    for (;;) {
      auto cell = at_ < text_.size() && text_[at_] == '"' ? quoted() : plain();
      if (!cell) return cell.error();
      cells.push_back(std::move(*cell));
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      if (at_ < text_.size()) ++at_;
      return cells;
    }
  }

 private:
  Result<Cell> plain() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(",\n", at_), text_.size());
    const std::string_view cell = trim(text_.substr(begin, at_ - begin));
    const std::size_t from =
        cell.empty() ? begin : static_cast<std::size_t>(cell.data() - text_.data());
    return Cell{std::string(cell), {&file_, from, from + cell.size()}};
  }

  Result<Cell> quoted() {
    const std::size_t begin = at_++;
    std::string value;
    for (;;) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos)
        return fault({&file_, begin, begin + 1}, "this quote is not closed");
      value += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ == text_.size() || text_[at_] != '"') break;
      value += '"';
      ++at_;
    }
    const Span span{&file_, begin, at_};
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\r')) ++at_;
    if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n')
      return fault({&file_, at_, at_ + 1}, "a comma or the line's end must follow the quote");
    return Cell{std::move(value), span};
  }

  const SourceFile& file_;
  std::string_view text_;
  std::size_t at_ = 0;
};

std::vector<std::string> list_of(std::string_view cell) {
  std::vector<std::string> items;
  for (const std::string_view item : split(cell, ';')) {
    if (!trim(item).empty()) items.emplace_back(trim(item));
  }
  return items;
}

Result<std::vector<EnumValue>> values_of(const Cell& cell) {
  std::vector<EnumValue> values;
  for (const std::string& item : list_of(cell.text)) {
    const std::size_t equal = item.find('=');
    if (equal == 0 || equal == std::string::npos || equal + 1 == item.size())
      return fault(cell.span, fmt::format("'{}' is no value; write code=NAME;code=NAME", item));
    values.push_back(
        {std::string(trim(item.substr(0, equal))), std::string(trim(item.substr(equal + 1)))});
  }
  return values;
}

Result<int> tag_of(const Cell& cell) {
  const auto tag = parse_size(cell.text);
  if (!tag || *tag == 0 || cell.text.size() > limits::kTagDigits)
    return fault(cell.span, fmt::format("'{}' is no tag", cell.text));
  return static_cast<int>(*tag);
}

Result<bool> required_of(const Cell& cell) {
  const std::string word = to_lower(cell.text);
  if (word == "y") return true;
  if (word.empty() || word == "n") return false;
  return fault(cell.span, fmt::format("'{}' is neither Y nor N", cell.text));
}

Result<OverlayRow> row_of(const std::vector<Cell>& cells) {
  const auto tag = tag_of(cells[0]);
  if (!tag) return tag.error();
  auto values = values_of(cells[3]);
  if (!values) return values.error();
  const auto required = required_of(cells[5]);
  if (!required) return required.error();
  OverlayRow row;
  row.field = {*tag, cells[1].text, cells[2].text, ValueClass::text, std::move(*values)};
  row.messages = list_of(cells[4].text);
  row.required = *required;
  row.tag_span = cells[0].span;
  row.messages_span = cells[4].span;
  return row;
}

bool is_skipped(const std::vector<Cell>& cells) {
  const std::string& first = cells[0].text;
  return (cells.size() == 1 && first.empty()) || first.starts_with('#') || to_lower(first) == "tag";
}

}  // namespace

Result<std::vector<OverlayRow>> read_overlay(const SourceFile& file) {
  std::vector<OverlayRow> rows;
  for (CsvReader reader(file); !reader.at_end();) {
    auto cells = reader.line();
    if (!cells) return cells.error();
    if (is_skipped(*cells)) continue;
    if (cells->size() > kColumns)
      return fault((*cells)[kColumns].span, fmt::format("more than {} columns", kColumns));
    const Span end = cells->back().span;
    cells->resize(kColumns, Cell{"", {&file, end.end, end.end}});
    auto row = row_of(*cells);
    if (!row) return row.error();
    rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace fixdrill::fix
