#include "report/attempts.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

#include "report/reason.h"

namespace fixdrill::report {

using record::ScenarioResult;

namespace {

constexpr std::size_t kMost = 10;

struct Repeated {
  const ScenarioResult* first_failure = nullptr;
  std::size_t attempts = 0;
  std::size_t failures = 0;
  std::size_t before = 0;  ///< attempts before the first failure
};

// In the order of their first results.
std::vector<Repeated> by_case(const std::vector<ScenarioResult>& results) {
  std::vector<Repeated> all;
  std::map<std::tuple<std::string, std::size_t, std::string>, std::size_t> places;
  for (const ScenarioResult& result : results) {
    const auto [at, fresh] =
        places.emplace(std::tuple(result.path, result.line, result.case_id), all.size());
    if (fresh) all.emplace_back();
    Repeated& one = all[at->second];
    if (is_failing(result.outcome) && ++one.failures == 1) {
      one.first_failure = &result;
      one.before = one.attempts;
    }
    ++one.attempts;
  }
  return all;
}

std::string line_of(const Repeated& one) {
  return fmt::format(
      "{}: did not pass in {} of {} attempts; the first is attempt {}, {} passed "
      "before it",
      name_of(*one.first_failure), one.failures, one.attempts, one.first_failure->attempt,
      one.before);
}

}  // namespace

std::string attempt_text(const ScenarioResult& result) {
  return result.attempt > 1 ? fmt::format(" (attempt {})", result.attempt) : "";
}

std::vector<std::string> attempt_lines(const record::RunResult& result) {
  std::size_t attempts = 0;
  for (const ScenarioResult& one : result.scenarios) attempts = std::max(attempts, one.attempt);
  if (attempts <= 1) return {};
  std::vector<Repeated> all = by_case(result.scenarios);
  std::erase_if(all, [](const Repeated& one) { return one.failures == 0; });
  if (all.empty()) return {fmt::format("{} attempts, and no scenario failed in any", attempts)};
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(all.size(), kMost); ++i) lines.push_back(line_of(all[i]));
  if (all.size() > kMost) lines.push_back(fmt::format("and {} more", all.size() - kMost));
  return lines;
}

}  // namespace fixdrill::report
