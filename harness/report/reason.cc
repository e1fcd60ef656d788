#include "report/reason.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::report {

using record::Outcome;
using record::ScenarioResult;

namespace {

const char* meaning(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "passed";
    case Outcome::fail:
      return "failed";
    case Outcome::error:
      return "the environment failed";
    case Outcome::skip:
      return "skipped";
    case Outcome::xfail:
      return "failed, as expected";
    case Outcome::xpass:
      return "passed, but was expected to fail";
    case Outcome::unresolved:
      return "came to no verdict";
  }
  return "";
}

}  // namespace

bool is_failing(Outcome outcome) {
  switch (outcome) {
    case Outcome::fail:
    case Outcome::error:
    case Outcome::xpass:
    case Outcome::unresolved:
      return true;
    case Outcome::pass:
    case Outcome::skip:
    case Outcome::xfail:
      return false;
  }
  return true;
}

std::string name_of(const ScenarioResult& result) {
  const std::string id = printable(result.case_id);
  const std::string title = printable(result.title);
  if (id.empty() && title.empty()) return fmt::format("{}:{}", printable(result.path), result.line);
  return id + (id.empty() || title.empty() ? "" : " ") + title;
}

const record::Verdict* first_failure(const ScenarioResult& result) {
  for (const record::StepResult& step : result.steps) {
    for (const record::Verdict& verdict : step.verdicts) {
      if (verdict.outcome != Outcome::pass) return &verdict;
    }
  }
  return nullptr;
}

std::string reason(const ScenarioResult& result) {
  const record::Verdict* verdict = first_failure(result);
  if (verdict && !verdict->message.empty()) return printable_lines(verdict->message);
  if (!result.warnings.empty()) return printable_lines(result.warnings.front());
  return meaning(result.outcome);
}

std::string answer_text(const record::Answer& answer) {
  const std::string time = fix::iso_time(std::max<std::int64_t>(answer.at_ns, 0)).substr(11, 8);
  const char* source = answer.source == "file"      ? "; from the answers file"
                       : answer.source == "default" ? "; by default"
                       : answer.source == "log"     ? "; from the log"
                                                    : "";
  return fmt::format("{} \"{}\": {} ({}{}; {} UTC)", printable(answer.kind),
                     printable(answer.question), printable(answer.text), printable(answer.who),
                     source, time);
}

std::vector<std::string> side_notes(const ScenarioResult& result) {
  std::vector<std::string> notes;
  for (const record::StepResult& step : result.steps) {
    if (step.answer) notes.push_back(answer_text(*step.answer));
  }
  for (const std::string& warning : result.warnings)
    notes.push_back("warning: " + printable(warning));
  return notes;
}

std::string run_note(const record::RunResult& result) {
  if (!result.ended) return "the run did not end: its recording is not sealed";
  if (result.interrupted)
    return "the run was interrupted; scenarios that had not begun are missing";
  const bool explained =
      std::any_of(result.scenarios.begin(), result.scenarios.end(),
                  [](const ScenarioResult& scenario) { return is_failing(scenario.outcome); });
  if (result.exit_code == 0 || explained) return "";
  return fmt::format("the run ended with exit code {}, and not every scenario ran",
                     result.exit_code);
}

}  // namespace fixdrill::report
