// What every report says of a scenario or a run in few words. All texts are printable().
#pragma once

#include <string>
#include <vector>

#include "record/result.h"

namespace fixdrill::report {

/// FAIL, ERROR, XPASS, UNRESOLVED: what needs a look.
bool is_failing(record::Outcome outcome);

/// "OE-001 Limit buy is acknowledged": id and title; the place when it has neither.
std::string name_of(const record::ScenarioResult& result);

/// The first verdict that is not PASS; null = none.
const record::Verdict* first_failure(const record::ScenarioResult& result);

/// Why the scenario is not a PASS: the sentence of that verdict, else the first warning, else what
/// the state means. Nearly always one line.
std::string reason(const record::ScenarioResult& result);

/// What stands beside the verdict, one line each: what people answered, then warnings.
std::vector<std::string> side_notes(const record::ScenarioResult& result);

/// `confirm "Working?": yes (alice; 10:31:02 UTC)`; says so when it came from an answers file.
std::string answer_text(const record::Answer& answer);

/// Why the scenarios of the run are not all that was asked for: it did not end, was interrupted, or
/// did not begin each of them; "" = they are.
std::string run_note(const record::RunResult& result);

}  // namespace fixdrill::report
