// Rows laid out in columns as wide as what stands in them.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace fixdrill::report {

/// The first row names the columns; a column with nothing below its name is left out.
class Columns {
 public:
  using Row = std::vector<std::string>;  ///< printable(); a shorter one ends early

  /// `alignment`: a letter a column, `l` or `r`.
  Columns(std::string_view alignment, Row names) : alignment_(alignment), rows_{std::move(names)} {}

  void add(Row row) { rows_.push_back(std::move(row)); }

  /// Line i is row i, without its end; the names come first.
  std::vector<std::string> lines(std::size_t indent) const;

 private:
  std::vector<std::size_t> widths() const;  ///< 0: left out

  std::string alignment_;
  std::vector<Row> rows_;
};

/// All columns to the left; the first row is the head. Prints nothing of a head alone.
void put_table(std::ostream& out, std::vector<Columns::Row> rows);

}  // namespace fixdrill::report
