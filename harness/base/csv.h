// Comma-separated values as spreadsheets write them, with the place of every cell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/source.h"

namespace fixdrill {

struct CsvCell {
  std::string text;  ///< without quotes; outside of them without blanks at its ends
  Span span;
};

/// Reads one line at a time; a cell in quotes may go over several. The file outlives it.
class CsvReader {
 public:
  explicit CsvReader(const SourceFile& file);

  bool at_end() const { return at_ >= text_.size(); }
  /// Empty: `fault` says what is wrong, a quote that is not closed or letters behind one; nothing
  /// behind it is read.
  std::optional<std::vector<CsvCell>> line(Diagnostic& fault);
  /// The same as an input error with its place.
  Result<std::vector<CsvCell>> line();

 private:
  CsvCell plain();
  std::optional<CsvCell> quoted(Diagnostic& fault);

  const SourceFile& file_;
  std::string_view text_;
  std::size_t at_ = 0;
};

/// In quotes when it needs them.
std::string csv_cell(std::string_view text);

}  // namespace fixdrill
