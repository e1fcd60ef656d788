// The scenarios of a suite as a table for people and a JSON document for programs.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace fixdrill::report {

struct Listed {
  std::string id;     ///< "" = none
  std::string title;  ///< as written, `${…}` too
  std::vector<std::string> tags;
  std::vector<std::string> requirements;  ///< @req lines
  std::vector<std::string> sessions;      ///< that it uses, setup and teardown included
  std::string path;
  std::size_t line = 0;
};

/// Aligned columns under a head, the requirements last because they are long; a column that nobody
/// fills is left out. Prints nothing of nothing.
void put_list(std::ostream& out, const std::vector<Listed>& listed);

/// The document "fixdrill-list" (README.md), a line end at its end.
std::string list_json(const std::vector<Listed>& listed);

}  // namespace fixdrill::report
