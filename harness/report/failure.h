// A verdict as people read it: where, what, the script's line, the fields, and what helps.
#pragma once

#include <iosfwd>

#include "record/result.h"

namespace fixdrill::report {

/// Several lines. Equal fields stand in the table when they lead it, else in one line below it;
/// `verbose` shows all of them in the table.
void put_verdict(std::ostream& out, const record::Verdict& verdict, bool verbose);

/// Every verdict of the scenario that is not PASS.
void put_failures(std::ostream& out, const record::ScenarioResult& result, bool verbose);

}  // namespace fixdrill::report
