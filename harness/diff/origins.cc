#include "diff/origins.h"

#include <fmt/format.h>
#include <map>
#include <string_view>

#include "base/text.h"

namespace fixdrill::diff {

namespace {

// "send NewOrderSingle as order {" -> "as order"; a step without a name -> its text.
std::string step_name(std::string_view text) {
  const auto words = split(text, ' ');
  for (std::size_t i = 0; i + 1 < words.size() && words[i].find('{') == std::string_view::npos;
       ++i) {
    if (words[i] == "as") return fmt::format("as {}", words[i + 1]);
  }
  return std::string(text);
}

std::string scenario_name(const record::ScenarioResult& scenario) {
  if (!scenario.case_id.empty()) return scenario.case_id;
  return fmt::format("{} {}", scenario.path, scenario.title);
}

}  // namespace

Origins script_origins(const record::RunResult& result) {
  Origins origins;
  std::map<std::string, std::size_t> last_attempt;
  for (const record::ScenarioResult& scenario : result.scenarios) {
    std::size_t& last = last_attempt[scenario_name(scenario)];
    last = std::max(last, scenario.attempt);
  }
  for (const record::ScenarioResult& scenario : result.scenarios) {
    const std::string name = scenario_name(scenario);
    if (scenario.attempt != last_attempt[name]) continue;
    std::map<std::string, std::size_t> runs;
    for (const record::StepResult& step : scenario.steps) {
      const std::string key = fmt::format("{} / {} {}", name, step.session, step_name(step.text));
      const std::size_t run = ++runs[key];
      for (const record::Verdict& verdict : step.verdicts) {
        for (const record::MessageRef& ref : verdict.messages) {
          const bool joined = ref.note == "joined";
          if ((ref.role == "sent" && !joined) || ref.role == "matched")
            origins.try_emplace(ref.id, fmt::format("{} #{}", key, run));
        }
      }
    }
  }
  return origins;
}

}  // namespace fixdrill::diff
