// Steps that people carry out: from the answers file or on the terminal, else UNRESOLVED.

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "eval/value.h"
#include "record/sha256.h"
#include "run/attachment.h"
#include "run/failure.h"
#include "run/scenario_runner.h"
#include "session/playback.h"

namespace fixdrill::run {

using record::Answer;
using record::Verdict;
using syntax::PromptKind;

namespace {

constexpr auto kNoLimit = std::chrono::hours(24 * 365);

const char* word_of(PromptKind kind) {
  switch (kind) {
    case PromptKind::instruct:
      return "instruct";
    case PromptKind::confirm:
      return "confirm";
    case PromptKind::ask:
      return "ask";
    case PromptKind::attach:
      break;
  }
  return "attach";
}

std::string how_to_answer(PromptKind kind, const std::vector<std::string>& choices) {
  switch (kind) {
    case PromptKind::instruct:
      return "press Enter when it is done";
    case PromptKind::confirm:
      return "y or n";
    case PromptKind::ask:
      return choices.empty() ? "type the answer" : join(choices, " or ");
    case PromptKind::attach:
      break;
  }
  return "path of a file";
}

// "yes", "no", or what is wrong.
Result<std::string> yes_or_no(const std::string& typed) {
  const std::string word = to_lower(typed);
  if (word == "y" || word == "yes") return std::string("yes");
  if (word == "n" || word == "no") return std::string("no");
  return input_error("answer y or n");
}

// Other words may mean that it could not be done, so they do not pass for it.
Result<std::string> done(const std::string& typed) {
  const std::string word = to_lower(typed);
  if (word.empty() || word == "done" || word == "ok") return std::string("done");
  return input_error(
      fmt::format("'{}' does not say that it is done; press Enter alone or type done", typed));
}

Result<std::string> one_of(const std::string& typed, const std::vector<std::string>& choices) {
  if (typed.empty()) return input_error("an answer is needed");
  if (choices.empty()) return typed;
  for (const std::string& choice : choices) {
    if (choice == typed) return choice;
  }
  for (const std::string& choice : choices) {
    if (fold_name(choice) == fold_name(typed) && !fold_name(typed).empty()) return choice;
  }
  return input_error(fmt::format("'{}' is none of {}", typed, join(choices, ", ")));
}

}  // namespace

/// A prompt with its texts filled in.
struct ScenarioRunner::Prompted {
  const syntax::Prompt& prompt;
  Question question;
  std::string plain_text;  ///< not masked: what the answers file names it by
  std::optional<Attachment> attached;

  /// The answer that is meant by what was typed; an error says what to type instead.
  Result<std::string> accept(const std::string& typed, const std::optional<std::string>& home) {
    const std::string text(trim(typed));
    if (text.empty() && question.answer) return accept(*question.answer, home);
    if (prompt.kind == PromptKind::ask && question.answer == text) return text;
    if (prompt.kind == PromptKind::instruct) return done(text);
    if (prompt.kind == PromptKind::confirm) return yes_or_no(text);
    if (prompt.kind == PromptKind::ask) return one_of(text, question.choices);
    const std::string path = meant_path(text, home);
    auto file = read_attachment(path);
    if (!file) return file.error();
    attached = std::move(*file);
    return path;
  }
};

Result<ScenarioRunner::Prompted> ScenarioRunner::prompted(Current& current,
                                                          const syntax::Prompt& prompt) {
  const eval::Environment names = environment(current.channel);
  Prompted prompted{prompt, {}, {}, {}};
  Question& question = prompted.question;
  question.scenario = result_.case_id.empty() ? result_.title : result_.case_id;
  auto text = eval::fill(prompt.text, names);
  if (!text) return text.error();
  prompted.plain_text = *text;
  question.text = config_.masker.mask(*text);
  for (const syntax::Value& value : prompt.choices.value_or(std::vector<syntax::Value>())) {
    auto choice = eval::fill(value, names);
    if (!choice) return choice.error();
    question.choices.push_back(std::move(*choice));
  }
  question.how = how_to_answer(prompt.kind, question.choices);
  if (prompt.within) {
    auto limit = eval::duration(*prompt.within, names);
    if (!limit) return limit.error();
    question.limit = *limit;
  }
  if (!prompt.otherwise) return prompted;
  auto otherwise = eval::fill(*prompt.otherwise, names);
  if (!otherwise) return otherwise.error();
  question.answer = std::string(trim(*otherwise));
  if (auto fine = prompted.accept(*question.answer, {}); !fine)
    return to_error({Severity::error, prompt.otherwise->span, "the default: " + fine.error().text});
  return prompted;
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Prompt& prompt) {
  auto asked = prompted(current, prompt);
  if (!asked) return failure_of(prompt.text.span, word_of(prompt.kind), asked.error());
  if (prompt.log && config_.sut_log) return check_log(current, prompt, asked->question.text);
  std::vector<std::string> why;  // nobody answered
  MaybeAnswer answer = from_sheet(*asked, why);
  if (!answer && config_.playback) answer = from_playback(*asked);
  if (!answer) answer = from_terminal(*asked, why);
  if (cut_short_ || (!answer && sessions_.must_stop())) return {};
  if (!answer) return unanswered(current, prompt, join(why, "; "));
  return answered(current, *asked, std::move(*answer));
}

ScenarioRunner::MaybeAnswer ScenarioRunner::from_sheet(Prompted& asked,
                                                       std::vector<std::string>& why) {
  if (!config_.answers) return std::nullopt;
  const std::size_t before = asked_[asked.plain_text]++;
  const AnswerSheet::Row* row =
      config_.answers->take({result_.case_id, result_.title, asked.plain_text, ++prompts_, before});
  if (!row) {
    why.push_back(fmt::format("{} has no answer to it", config_.answers->path()));
    return std::nullopt;
  }
  auto text = asked.accept(row->answer, config_.env ? config_.env("HOME") : std::nullopt);
  if (text) return Answer{"", "", std::move(*text), row->who, "file", 0, ""};
  why.push_back(fmt::format("{}: {}", location_text(row->span), text.error().text));
  return std::nullopt;
}

// What was answered then; what people were told to do is taken for done.
ScenarioRunner::MaybeAnswer ScenarioRunner::from_playback(const Prompted& asked) {
  MaybeAnswer answer = config_.playback->answer_to(asked.question.text);
  if (!answer && asked.prompt.kind == PromptKind::instruct)
    answer = Answer{"", "", "done", "nobody", "recording", 0, ""};
  if (answer) config_.playback->approach_next();
  return answer;
}

ScenarioRunner::MaybeAnswer ScenarioRunner::from_terminal(Prompted& asked,
                                                          std::vector<std::string>& why) {
  const std::string absent =
      config_.prompter ? config_.prompter->absent() : "there is nobody to ask";
  if (!absent.empty()) {
    why.push_back(absent);
    if (!config_.answers) why.emplace_back("--answers FILE gives answers beforehand");
    return std::nullopt;
  }
  if (!why.empty()) config_.prompter->say(join(why, "; "));
  const Time began = loop_.now();
  MaybeAnswer answer = interview(asked, why);
  for (Channel* channel : sessions_.of_file()) channel->clocks_stood(began, loop_.now() - began);
  // The wake of an answer may still be on its way: it must not cut the next wait short.
  loop_.run_until([] { return false; }, loop_.now());
  return answer;
}

ScenarioRunner::MaybeAnswer ScenarioRunner::interview(Prompted& asked,
                                                      std::vector<std::string>& why) {
  const std::unique_ptr<Asking> asking =
      config_.prompter->ask(asked.question, [this] { loop_.interrupt(); });
  std::set<const Channel*> down = closed_lines();
  std::optional<Time> limit;
  for (auto known = Asking::State::queued;;) {
    Asking::State state = known;
    const auto changed = [&] {
      tell_closed_lines(down);
      state = asking->state();
      return state != known || sessions_.must_stop() || config_.stop.requested();
    };
    const bool happened = loop_.run_until(changed, limit.value_or(loop_.now() + kNoLimit));
    if (config_.stop.requested()) return cut_short_ = true, std::nullopt;
    if (sessions_.must_stop()) return std::nullopt;
    if (state == Asking::State::nobody) {
      why.emplace_back("there is nobody at the terminal");
      return std::nullopt;
    }
    if (state == Asking::State::answered) {
      auto text = asked.accept(asking->answer(), config_.env ? config_.env("HOME") : std::nullopt);
      if (text) return Answer{"", "", std::move(*text), config_.prompter->who(), "terminal", 0, ""};
      asking->again(text.error().text);
      state = Asking::State::shown;
    } else if (!happened && limit && loop_.now() >= *limit) {
      return too_late(asked, why);
    }
    if (state == Asking::State::shown && !limit && asked.question.limit)
      limit = loop_.now() + *asked.question.limit;
    known = state;
  }
}

ScenarioRunner::MaybeAnswer ScenarioRunner::too_late(Prompted& asked,
                                                     std::vector<std::string>& why) {
  const std::string limit = eval::duration_text(*asked.question.limit);
  if (!asked.question.answer) {
    why.push_back(fmt::format("no answer came within {}", limit));
    return std::nullopt;
  }
  auto text = asked.accept(*asked.question.answer, {});
  config_.prompter->say(
      fmt::format("no answer came within {}; the default holds: {}", limit, *text));
  return Answer{"", "", std::move(*text), "nobody", "default", 0, ""};
}

std::set<const Channel*> ScenarioRunner::closed_lines() const {
  std::set<const Channel*> down;
  for (const Channel* channel : sessions_.of_file()) {
    if (channel->close_nobody_asked_for()) down.insert(channel);
  }
  return down;
}

void ScenarioRunner::tell_closed_lines(std::set<const Channel*>& told) const {
  for (const Channel* channel : sessions_.of_file()) {
    const session::Event* close = channel->close_nobody_asked_for();
    if (!close || !told.insert(channel).second) continue;
    config_.prompter->say(config_.masker.mask(
        fmt::format("{} was disconnected: {}", channel->alias(), close->reason)));
  }
}

ScenarioRunner::Failure ScenarioRunner::unanswered(const Current& current,
                                                   const syntax::Prompt& prompt,
                                                   const std::string& why) const {
  Verdict verdict =
      verdict_at(current.step->keyword, word_of(prompt.kind),
                 fmt::format("no answer to this '{}': {}", word_of(prompt.kind), why));
  verdict.outcome = record::Outcome::unresolved;
  return verdict;
}

ScenarioRunner::Failure ScenarioRunner::answered(Current& current, Prompted& asked, Answer answer) {
  const syntax::Prompt& prompt = asked.prompt;
  answer.kind = word_of(prompt.kind);
  answer.question = asked.question.text;
  answer.at_ns = loop_.now().wall_ns;
  if (prompt.kind == PromptKind::attach && asked.attached) keep(*asked.attached, answer);
  if (prompt.into) names_->set(prompt.into->text, answer.text);
  const bool refused = prompt.kind == PromptKind::confirm && answer.text == "no";
  const std::string who = answer.who;
  current.result.answer = std::move(answer);
  if (!refused) return {};
  return verdict_at(prompt.text.span, "confirm",
                    fmt::format("not confirmed by {}: {}", who, asked.question.text));
}

void ScenarioRunner::keep(const Attachment& file, Answer& answer) {
  bool masked = false;
  std::string bytes = config_.masker.mask(file.bytes, masked);
  answer.sha256 = record::sha256(bytes);
  if (masked) result_.warnings.push_back(fmt::format("{}: secrets in it are masked", file.name));
  config_.recorder.artifact({"attachment", file.name, std::move(bytes)});
}

}  // namespace fixdrill::run
