// What a run that repeated itself says of its scenarios: how often each did not pass.
#pragma once

#include <string>
#include <vector>

#include "record/result.h"

namespace fixdrill::report {

/// " (attempt 2)"; "" for the first one.
std::string attempt_text(const record::ScenarioResult& result);

/// A line for each of the first ten scenarios that did not pass every time, with the first attempt
/// that did not and how many passed before it; one line when all did. Empty: nothing was repeated.
std::vector<std::string> attempt_lines(const record::RunResult& result);

}  // namespace fixdrill::report
