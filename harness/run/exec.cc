// exec: a program of this machine as a step.

#include <fmt/format.h>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "eval/expression.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using record::Verdict;

namespace {

constexpr std::size_t kShownLines = 10;  ///< of what it wrote, below a failure

std::string command_text(const std::vector<std::string>& argv) {
  std::vector<std::string> words;
  for (const std::string& word : argv) words.push_back('"' + printable(word) + '"');
  return join(words, " ");
}

std::string ending(const ProgramEnd& end) {
  return end.signal != 0 ? fmt::format("was ended by signal {}", end.signal)
                         : fmt::format("left with exit status {}", end.status);
}

void add_output(std::vector<std::string>& lines, std::string_view name, std::string_view text) {
  const std::vector<std::string_view> all = split(trim(text), '\n');
  if (all.size() == 1 && all[0].empty()) return;
  const std::size_t first = all.size() > kShownLines ? all.size() - kShownLines : 0;
  if (first > 0) lines.push_back(fmt::format("{}: … {} lines before", name, first));
  for (std::size_t i = first; i < all.size(); ++i)
    lines.push_back(fmt::format("{}: {}", name, all[i]));
}

std::string without_line_ends(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Exec& exec) {
  const Span& span = current.step->keyword;
  std::vector<std::string> argv;
  for (const syntax::Value& argument : exec.arguments) {
    auto text = eval::fill(argument, environment(current.channel));
    if (!text) return failure_of(argument.span, "exec", text.error());
    if (text->find('\0') != std::string::npos)
      return verdict_at(argument.span, "exec", "an argument of a program cannot hold a zero byte");
    argv.push_back(std::move(*text));
  }
  if (config_.playback) return not_run(current, exec);
  if (!config_.programs)
    return failure_of(span, "exec", environment_error("'exec' needs the option --allow-exec"));
  auto program = config_.programs->start(argv, [this] { loop_.interrupt(); });
  if (!program) return failure_of(exec.arguments[0].span, "exec", program.error());
  const std::optional<ProgramEnd> end = end_of(**program, current.started);
  program->reset();
  // The wake of its end may still be on its way: it must not cut the next wait short.
  loop_.run_until([] { return false; }, loop_.now());
  if (end) return ended(current, exec, command_text(argv), *end);
  if (cut_short_ || sessions_.must_stop()) return {};
  return verdict_at(span, "limit",
                    fmt::format("{} did not end within {} and was killed", command_text(argv),
                                elapsed_text(limits::kExecTime)));
}

std::optional<ProgramEnd> ScenarioRunner::end_of(const Program& program, Time started) {
  const Time deadline = started + limits::kExecTime;
  std::optional<ProgramEnd> end = program.end();
  while (!end && !cut_short_ && !sessions_.must_stop() && loop_.now() < deadline) {
    wait_until(
        [&] {
          end = program.end();
          return end.has_value();
        },
        deadline);
  }
  return end;
}

ScenarioRunner::Failure ScenarioRunner::ended(Current& current, const syntax::Exec& exec,
                                              const std::string& command, const ProgramEnd& end) {
  std::string event = fmt::format("{} {}", command, ending(end));
  for (const auto& [name, text] : {std::pair("stdout", &end.out), std::pair("stderr", &end.err)}) {
    if (!trim(*text).empty()) event += fmt::format("\n{}: {}", name, without_line_ends(*text));
  }
  if (end.cut) event += "\nmore than that was not kept";
  config_.recorder.event(
      {loop_.now(), "exec", 0, current.result.id, printable_lines(config_.masker.mask(event))});
  if (exec.into) {
    names_->set(exec.into->text, without_line_ends(end.out));
    names_->set(exec.status().text, fix::Decimal(end.status));
    return {};
  }
  if (end.status == 0) return {};
  Verdict verdict = verdict_at(current.step->keyword, "exec", command + " " + ending(end));
  add_output(verdict.details, "stderr", end.err);
  add_output(verdict.details, "stdout", end.out);
  return verdict;
}

}  // namespace fixdrill::run
