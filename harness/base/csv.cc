#include "base/csv.h"

#include <algorithm>

#include "base/text.h"

namespace fixdrill {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(const SourceFile& file) : file_(file), text_(file.text()) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

Result<std::vector<CsvCell>> CsvReader::line() {
  Diagnostic fault;
  auto cells = line(fault);
  if (!cells) return to_error(fault);
  return std::move(*cells);
}

std::optional<std::vector<CsvCell>> CsvReader::line(Diagnostic& fault) {
  std::vector<CsvCell> cells;
  for (bool more = true; more;) {
    auto cell = at_ < text_.size() && text_[at_] == '"' ? quoted(fault) : plain();
    if (!cell) {
      at_ = text_.size();
      return std::nullopt;
    }
    cells.push_back(std::move(*cell));
    more = at_ < text_.size() && text_[at_] == ',';
    if (at_ < text_.size()) ++at_;
  }
  return cells;
}

CsvCell CsvReader::plain() {
  const std::size_t begin = at_;
  at_ = std::min(text_.find_first_of(",\n", at_), text_.size());
  const std::string_view cell = trim(text_.substr(begin, at_ - begin));
  const std::size_t from =
      cell.empty() ? begin : static_cast<std::size_t>(cell.data() - text_.data());
  return CsvCell{std::string(cell), {&file_, from, from + cell.size()}};
}

std::optional<CsvCell> CsvReader::quoted(Diagnostic& fault) {
  const std::size_t begin = at_++;
  std::string value;
  for (;;) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) {
      fault = {Severity::error,
               {&file_, begin, begin + 1},
               "this cell is not closed: a '\"' is missing"};
      return std::nullopt;
    }
    value += text_.substr(at_, quote - at_);
    at_ = quote + 1;
    if (at_ == text_.size() || text_[at_] != '"') break;
    value += '"';
    ++at_;
  }
  const Span span{&file_, begin, at_};
  const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
  if (!trim(text_.substr(at_, end - at_)).empty()) {
    fault = {Severity::error,
             {&file_, at_, end},
             "behind the '\"' of a cell stands a comma or the end of the line"};
    return std::nullopt;
  }
  at_ = end;
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
