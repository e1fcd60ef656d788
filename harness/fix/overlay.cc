#include "fix/overlay.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::fix {

namespace {

constexpr std::size_t kColumns = 6;

Error fault(const Span& span, std::string message) {
  return to_error({Severity::error, span, std::move(message)});
}

std::vector<std::string> list_of(std::string_view cell) {
  std::vector<std::string> items;
  for (const std::string_view item : split(cell, ';')) {
    if (!trim(item).empty()) items.emplace_back(trim(item));
  }
  return items;
}

Result<std::vector<EnumValue>> values_of(const CsvCell& cell) {
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

Result<int> tag_of(const CsvCell& cell) {
  const auto tag = parse_size(cell.text);
  if (!tag || *tag == 0 || cell.text.size() > limits::kTagDigits)
    return fault(cell.span, fmt::format("'{}' is no tag", cell.text));
  return static_cast<int>(*tag);
}

Result<bool> required_of(const CsvCell& cell) {
  const std::string word = to_lower(cell.text);
  if (word == "y") return true;
  if (word.empty() || word == "n") return false;
  return fault(cell.span, fmt::format("'{}' is neither Y nor N", cell.text));
}

Result<OverlayRow> row_of(const std::vector<CsvCell>& cells) {
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

bool is_skipped(const std::vector<CsvCell>& cells) {
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
    cells->resize(kColumns, CsvCell{"", {&file, end.end, end.end}});
    auto row = row_of(*cells);
    if (!row) return row.error();
    rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace fixdrill::fix
