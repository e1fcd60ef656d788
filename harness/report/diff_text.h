// fixdrill diff: what changed between two conversations, made for reading.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "diff/approvals.h"
#include "diff/compare.h"

namespace fixdrill::report {

struct DiffOptions {
  bool colour = false;
  bool verbose = false;   ///< every value of a finding, not only the most frequent
  std::string label_a{};  ///< "release 7.1", beside the name; "" = none
  std::string label_b{};
};

/// Head, findings by severity, latencies that moved, what was not compared, and what was taken
/// away by rules and approvals. The last line is the verdict.
void put_diff(const diff::Comparison& comparison, const diff::Judgement& judgement,
              const DiffOptions& options, std::ostream& out);

}  // namespace fixdrill::report
