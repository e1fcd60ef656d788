// What a check found, as a JSON document for editors and CI.
#pragma once

#include <string>
#include <vector>

#include "base/source.h"

namespace fixdrill::report {

/// A diagnostic that needs its file no more. Lines and columns from 1, columns in characters; the
/// end is the first place behind. Line 0: it is about no place.
struct Finding {
  explicit Finding(const Diagnostic& diagnostic);

  Severity severity;
  std::string path;
  SourceFile::Position begin{0, 0};
  SourceFile::Position end{0, 0};
  std::string message;
};

struct Findings {
  std::vector<std::string> files;  ///< paths of what was checked
  std::vector<Finding> all;

  std::size_t count(Severity severity) const;
};

/// The document "fixdrill-check" (README.md), a line end at its end.
std::string check_json(const Findings& findings);

}  // namespace fixdrill::report
