// Annotations of GitHub Actions: failing scenarios at their lines in a pull request.
#pragma once

#include <iosfwd>
#include <string>

#include "record/result.h"

namespace fixdrill::report {

/// Annotations name files from the repository's root. Both absolute; an empty `workspace` leaves
/// paths as they are.
struct Repository {
  std::string workspace;  ///< GITHUB_WORKSPACE
  std::string folder;     ///< where the run's paths are relative to
};

/// `::error file=…` for the first 8 failing scenarios and one line that counts the others: GitHub
/// shows 10 of a kind a step. For standard output only, and only under GitHub Actions.
void put_annotations(std::ostream& out, const record::RunResult& result,
                     const Repository& repository);

}  // namespace fixdrill::report
