// Comma-separated values as spreadsheets write them, with the place of every cell.
#pragma once

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
  /// Input error with its place: a quote that is not closed, letters behind one.
  Result<std::vector<CsvCell>> line();

 private:
  Result<CsvCell> plain();
  Result<CsvCell> quoted();

  const SourceFile& file_;
  std::string_view text_;
  std::size_t at_ = 0;
};

/// In quotes when it needs them.
std::string csv_cell(std::string_view text);

}  // namespace fixdrill
