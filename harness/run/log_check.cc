// confirm … log /…/: a line of the log of the system under test says it, instead of a person.

#include <deque>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "eval/regex.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using record::Verdict;

namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(50);
constexpr std::size_t kShownLines = 10;  ///< of what was added, below a failure

/// Reads on from where the scenario began, line by line, until one fits.
class LogReader {
 public:
  LogReader(const SutLog& log, std::uint64_t from, const eval::CompiledRegex& wanted)
      : log_(log), at_(from), wanted_(wanted) {}

  /// True: found. A log that has become shorter was begun anew. Environment error: not readable.
  Result<bool> look() {
    if (log_.size() < at_) {
      at_ = 0;
      open_.clear();
    }
    for (;;) {
      const auto more = log_.read(at_);
      if (!more) return more.error();
      if (more->empty()) break;
      at_ += more->size();
      open_ += *more;
      if (take_lines()) return true;
    }
    return fits(open_);
  }
  const std::string& found() const { return found_; }
  /// How many lines there are, and the last of them.
  std::size_t count() const { return count_ + (open_.empty() ? 0 : 1); }
  std::deque<std::string> tail() const {
    std::deque<std::string> lines = last_;
    if (!open_.empty()) lines.push_back(open_);
    return lines;
  }

 private:
  bool take_lines() {
    std::size_t begin = 0;
    bool found = false;
    while (!found) {
      std::size_t end = open_.find('\n', begin);
      const bool endless = end == std::string::npos && open_.size() - begin > limits::kSutLogLine;
      if (end == std::string::npos && !endless) break;
      if (endless) end = begin + limits::kSutLogLine;
      std::string line(trim(std::string_view(open_).substr(begin, end - begin)));
      begin = endless ? end : end + 1;
      found = fits(line);
      keep(std::move(line));
    }
    open_.erase(0, begin);
    return found;
  }
  bool fits(const std::string& line) {
    if (!wanted_.found_in(line)) return false;
    found_ = line;
    return true;
  }
  void keep(std::string line) {
    ++count_;
    last_.push_back(std::move(line));
    if (last_.size() > kShownLines) last_.pop_front();
  }

  const SutLog& log_;
  std::uint64_t at_;
  const eval::CompiledRegex& wanted_;
  std::string open_;  ///< a line that has not ended
  std::string found_;
  std::size_t count_ = 0;
  std::deque<std::string> last_;
};

}  // namespace

ScenarioRunner::Failure ScenarioRunner::check_log(Current& current, const syntax::Prompt& prompt,
                                                  const std::string& question) {
  const auto limit = limit_of(prompt.within, current);
  if (!limit) return failure_of(prompt.within->span, "confirm", limit.error());
  const auto wanted =
      eval::CompiledRegex::make(*prompt.log, prompt.log->value.span, environment(current.channel));
  if (!wanted) return failure_of(prompt.log->value.span, "confirm", wanted.error());
  LogReader reader(*config_.sut_log, log_began_, *wanted);
  const Time deadline = current.started + *limit;
  Result<bool> found = reader.look();
  while (found && !*found && loop_.now() < deadline && !cut_short_ && !sessions_.must_stop()) {
    wait_until([] { return false; }, std::min(deadline, loop_.now() + kBetweenLooks));
    found = reader.look();
  }
  if (!found) return failure_of(prompt.log_span, "confirm", found.error());
  const std::string path = config_.sut_log->path();
  if (*found) {
    current.result.answer = record::Answer{"confirm", question, config_.masker.mask(reader.found()),
                                           path,      "log",    loop_.now().wall_ns,
                                           ""};
    return {};
  }
  Verdict verdict = verdict_at(
      prompt.log->value.span, "confirm",
      fmt::format("no line of {} fits {} within {}", path, wanted->shown(), elapsed_text(*limit)));
  const auto tail = reader.tail();
  verdict.details.push_back(
      reader.count() == 0 ? std::string("nothing was added to it since the scenario began")
                          : fmt::format("added to it since the scenario began: {} line{}{}",
                                        reader.count(), reader.count() == 1 ? "" : "s",
                                        reader.count() > tail.size() ? ", the last of them" : ""));
  for (const std::string& line : tail) verdict.details.push_back("  " + config_.masker.mask(line));
  return verdict;
}

}  // namespace fixdrill::run
