// Recordings of a folder as a table for people and a JSON document for programs.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "record/head.h"

namespace fixdrill::report {

/// Aligned columns under a head; a column that nobody fills is left out. Prints nothing of nothing.
void put_runs(std::ostream& out, const std::vector<record::RecordingHead>& recordings);

/// The document "fixdrill-runs" (README.md), a line end at its end.
std::string runs_json(const std::vector<record::RecordingHead>& recordings);

}  // namespace fixdrill::report
