#include "report/console.h"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>
#include <vector>

#include "base/text.h"
#include "report/attempts.h"
#include "report/failure.h"
#include "report/line.h"
#include "report/reason.h"

namespace fixdrill::report {

using record::Outcome;
using record::RunResult;
using record::ScenarioResult;
using record::StepResult;

namespace {

constexpr std::size_t kStateWidth = 5;
constexpr std::size_t kIdWidth = 19;
constexpr std::size_t kTitleWidth = 40;
constexpr std::size_t kLiveTitle = 60;  ///< so that the live line never wraps
constexpr std::size_t kGap = 2;

// Colour codes have no width, so the blanks are counted from the plain word.
std::string state_column(Outcome outcome, bool colour) {
  const std::size_t length = characters(record::outcome_name(outcome));
  return state_text(outcome, colour) +
         std::string(std::max(length, kStateWidth) - length + kGap, ' ');
}

std::string short_line(const ScenarioResult& result, bool colour) {
  const std::string id = printable(result.case_id);
  const std::string title = printable(result.title);
  const std::string name = id.empty() ? padded(title, kIdWidth + kGap + kTitleWidth)
                                      : padded(id, kIdWidth) + "  " + padded(title, kTitleWidth);
  return fmt::format("{}{}  {:.2f} s  {}:{}{}", state_column(result.outcome, colour), name,
                     static_cast<double>(result.elapsed_ns) / 1e9, printable(result.path),
                     result.line, attempt_text(result));
}

std::string failed_line(const ScenarioResult& result, bool colour) {
  const std::string id = result.case_id.empty() ? "" : printable(result.case_id) + "  ";
  return state_column(result.outcome, colour) + id + printable(result.title) + attempt_text(result);
}

// Why it was skipped or expected to fail, as the scenario says.
std::string stated_reason(const ScenarioResult& result) {
  const bool stated = result.outcome == Outcome::skip || result.outcome == Outcome::xfail;
  const record::Verdict* why = stated ? first_failure(result) : nullptr;
  return why ? printable(why->message) : "";
}

std::string counts(const RunResult& result) {
  struct Count {
    Outcome outcome;
    const char* name;
    bool always;
  };
  constexpr Count kCounts[] = {
      {Outcome::pass, "passed", true},  {Outcome::xfail, "xfail", false},
      {Outcome::fail, "failed", true},  {Outcome::xpass, "xpass", false},
      {Outcome::error, "error", false}, {Outcome::unresolved, "unresolved", false},
      {Outcome::skip, "skipped", false}};
  std::vector<std::string> parts;
  for (const Count& count : kCounts) {
    const auto number = std::count_if(
        result.scenarios.begin(), result.scenarios.end(),
        [&](const ScenarioResult& scenario) { return scenario.outcome == count.outcome; });
    if (count.always || number > 0) parts.push_back(fmt::format("{} {}", number, count.name));
  }
  return join(parts, ", ");
}

std::vector<std::int64_t> round_trips(const RunResult& result) {
  std::vector<std::int64_t> all;
  for (const ScenarioResult& scenario : result.scenarios) {
    for (const StepResult& step : scenario.steps) {
      if (step.round_trip_ns > 0) all.push_back(step.round_trip_ns);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string round_trip_line(const std::vector<std::int64_t>& sorted) {
  const std::size_t middle = sorted.size() / 2;
  const std::int64_t median =
      sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return fmt::format("{} round trip{}: median {}, max {}", sorted.size(),
                     sorted.size() == 1 ? "" : "s", elapsed_text(Duration(median)),
                     elapsed_text(Duration(sorted.back())));
}

}  // namespace

bool use_colour(const ColourChoice& choice) {
  if (choice.option == "always") return true;
  if (choice.option == "never" || choice.no_color) return false;
  if (choice.force) return true;
  return choice.terminal && !choice.dumb;
}

Console::Console(std::ostream& results, std::ostream& progress, ConsoleOptions options)
    : results_(results), progress_(progress), options_(options) {}

void Console::erase_live_line() {
  if (!live_) return;
  progress_ << "\r\x1b[K" << std::flush;
  live_ = false;
}

void Console::note(const std::string& text) {
  erase_live_line();
  for (const std::string_view line : split(text, '\n')) put_line(progress_, printable(line));
  progress_ << std::flush;
}

void Console::scenario_started(const std::string& title) {
  if (!options_.live_progress) return;
  erase_live_line();
  progress_ << "running: " << clipped(printable(title), kLiveTitle) << std::flush;
  live_ = true;
}

void Console::scenario_finished(const ScenarioResult& result) {
  erase_live_line();
  const bool explained = is_failing(result.outcome) && !options_.brief;
  put_line(results_,
           explained ? failed_line(result, options_.colour) : short_line(result, options_.colour));
  if (explained) put_failures(results_, result, options_.verbose);
  if (!options_.brief) put_notes(result);
  if (explained) results_ << '\n';
  results_ << std::flush;
}

void Console::put_notes(const ScenarioResult& result) {
  if (const std::string why = stated_reason(result); !why.empty()) put_line(results_, "   " + why);
  for (const std::string& note : side_notes(result)) put_line(results_, "   " + note);
}

void Console::summary(const RunResult& result) {
  erase_live_line();
  const char* head = !result.ended        ? "the run did not end: "
                     : result.interrupted ? "interrupted: "
                                          : "";
  const std::string time =
      result.ended ? fmt::format(" in {:.1f} s", static_cast<double>(result.elapsed_ns) / 1e9) : "";
  const std::string recording =
      result.recording.empty() ? "" : "; recording " + printable(result.recording);
  put_line(results_, head + counts(result) + time + recording);
  for (const std::string& line : attempt_lines(result)) put_line(results_, line);
  const std::vector<std::int64_t> trips = round_trips(result);
  if (!trips.empty()) put_line(results_, round_trip_line(trips));
  results_ << std::flush;
}

}  // namespace fixdrill::report
