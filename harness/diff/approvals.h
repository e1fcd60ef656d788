// Findings that a person accepted: an ordered text file, fit for review.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "diff/finding.h"

namespace fixdrill::diff {

enum class Decision { accept, known_defect, ignore };
const char* decision_name(Decision decision);

/// One line: `FINGERPRINT DECISION [until DATE] [release NAME] [ticket T] [by WHO on DATE] | what
/// it was | reason`.
struct Approval {
  std::string fingerprint;
  Decision decision = Decision::accept;
  std::string until;    ///< YYYY-MM-DD, the last day it holds; "" = for ever
  std::string release;  ///< of B; "" = any
  std::string ticket;
  std::string who;
  std::string when;  ///< YYYY-MM-DD
  std::string what;  ///< the finding in words, for the reader
  std::string reason;
  std::size_t line = 0;
};

/// Sorted by fingerprint. Input error with path:line:col: a line that is none, a fingerprint twice.
Result<std::vector<Approval>> read_approvals(const SourceFile& file);
/// The file as it is written: the same approvals give the same bytes.
std::string approvals_text(std::vector<Approval> approvals);

/// What approvals do to a comparison.
struct Judgement {
  std::uint64_t approved = 0;  ///< differences that an approval covers
  std::uint64_t open = 0;      ///< that none covers, latency aside
  std::uint64_t open_latency = 0;
  std::vector<Approval> used;
  std::vector<Approval> unused;
  std::vector<Approval> expired;  ///< they cover nothing
};

struct Today {
  std::string date;     ///< YYYY-MM-DD
  std::string release;  ///< of B
};

/// Marks what they cover as approved: a finding as a whole, or one value of it.
Judgement judge(std::vector<Finding>& findings, const std::vector<Approval>& approvals,
                const Today& today);

}  // namespace fixdrill::diff
