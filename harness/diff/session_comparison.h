// What two sides differ in beside their flows: logons, traffic of the sessions, how ids and clocks
// are written, latencies.
#pragma once

#include <utility>
#include <vector>

#include "diff/fields.h"
#include "diff/finding.h"
#include "diff/flow_comparison.h"
#include "diff/latency.h"
#include "diff/pairing.h"

namespace fixdrill::diff {

struct SessionParts {
  Two sides;
  const SessionPairs& sessions;
  const std::pair<Dictionaries, Dictionaries>& dictionaries;
  const Rules& rules;
};

/// Logons field by field, the rest by counts; a session without counterpart is a finding.
void compare_sessions(const SessionParts& parts, Findings& findings, Suppressed& suppressed);

void compare_formats(Two sides, const fix::Dictionary& names, Findings& findings);

void add_latency_findings(const std::vector<LatencyChange>& changes, const fix::Dictionary& names,
                          std::vector<Finding>& findings);

/// "D>8>0" -> "NewOrderSingle -> ExecutionReport New".
std::string latency_label(const fix::Dictionary& names, const std::string& what);

}  // namespace fixdrill::diff
