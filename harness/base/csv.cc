#include "base/csv.h"

#include <algorithm>

#include "base/text.h"

namespace fixdrill {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Error fault(const Span& span, std::string message) {
  return to_error({Severity::error, span, std::move(message)});
}

}  // namespace

CsvReader::CsvReader(const SourceFile& file) : file_(file), text_(file.text()) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

Result<std::vector<CsvCell>> CsvReader::line() {
  std::vector<CsvCell> cells;
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

Result<CsvCell> CsvReader::plain() {
  const std::size_t begin = at_;
  at_ = std::min(text_.find_first_of(",\n", at_), text_.size());
  const std::string_view cell = trim(text_.substr(begin, at_ - begin));
  const std::size_t from =
      cell.empty() ? begin : static_cast<std::size_t>(cell.data() - text_.data());
  return CsvCell{std::string(cell), {&file_, from, from + cell.size()}};
}

Result<CsvCell> CsvReader::quoted() {
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
  return CsvCell{std::move(value), span};
}

std::string csv_cell(std::string_view text) {
  const bool plain = text.find_first_of(",\"\n\r#") == text.npos && trim(text) == text;
  if (plain) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace fixdrill
