#include "cli/terminal_prompter.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <iostream>
#include <poll.h>
#include <pwd.h>
#include <termios.h>
#include <unistd.h>
#include <utility>

#include "base/text.h"
#include "eval/value.h"

namespace fixdrill::cli {

using run::Question;

std::string login_name() {
  if (const char* name = getlogin()) return name;
  const passwd* entry = getpwuid(getuid());
  return entry ? entry->pw_name : fmt::format("uid {}", getuid());
}

/// All but its lifetime is guarded by the prompter's mutex.
class TerminalPrompter::Typed final : public run::Asking {
 public:
  Typed(TerminalPrompter& prompter, Question question, std::function<void()> wake)
      : prompter_(prompter), question_(std::move(question)), wake_(std::move(wake)) {}
  ~Typed() override { prompter_.take_back(this); }

  State state() const override {
    const std::lock_guard lock(prompter_.mutex_);
    return state_;
  }
  std::string answer() const override {
    const std::lock_guard lock(prompter_.mutex_);
    return answer_;
  }
  void again(const std::string& why) override {
    const std::lock_guard lock(prompter_.mutex_);
    state_ = State::shown;
    prompter_.progress_.note("    " + why);
    prompter_.put_cue();
    prompter_.look_again();
  }

  void change(State state) {
    state_ = state;
    wake_();
  }
  void take(std::string line) {
    answer_ = std::move(line);
    change(State::answered);
  }
  State known() const { return state_; }
  const Question& question() const { return question_; }

 private:
  TerminalPrompter& prompter_;
  const Question question_;
  const std::function<void()> wake_;
  State state_ = State::queued;
  std::string answer_;
};

TerminalPrompter::TerminalPrompter(run::Progress& progress, std::string absent)
    : progress_(progress), absent_(std::move(absent)) {
  if (!absent_.empty()) return;
  if (pipe2(wake_, O_CLOEXEC) != 0) {
    absent_ = "the system has no file descriptors left";
    return;
  }
  reader_ = std::thread([this] { read_lines(); });
}

TerminalPrompter::~TerminalPrompter() {
  if (!reader_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    leaving_ = true;
  }
  look_again();
  reader_.join();
  close(wake_[0]);
  close(wake_[1]);
}

std::string TerminalPrompter::absent() const {
  const std::lock_guard lock(mutex_);
  return absent_;
}

std::string TerminalPrompter::who() const { return login_name(); }

std::unique_ptr<run::Asking> TerminalPrompter::ask(const Question& question,
                                                   std::function<void()> wake) {
  auto asking = std::make_unique<Typed>(*this, question, std::move(wake));
  const std::lock_guard lock(mutex_);
  waiting_.push_back(asking.get());
  if (waiting_.size() == 1) show_next();
  return asking;
}

// What was typed before the question was there is no answer to it.
void TerminalPrompter::show_next() {
  if (waiting_.empty()) return;
  if (!absent_.empty()) {
    for (Typed* asking : waiting_) asking->change(run::Asking::State::nobody);
    return;
  }
  tcflush(STDIN_FILENO, TCIFLUSH);
  typed_.clear();
  put_question(waiting_.front()->question());
  waiting_.front()->change(run::Asking::State::shown);
  look_again();
}

void TerminalPrompter::put_question(const Question& question) {
  std::string text = fmt::format("\n{} needs a person:\n", question.scenario);
  for (const std::string_view line : split(question.text, '\n'))
    text += fmt::format("    {}\n", line);
  std::string how = question.how;
  if (question.answer) how += fmt::format("; Enter alone: {}", *question.answer);
  if (question.limit) how += fmt::format("; within {}", eval::duration_text(*question.limit));
  progress_.note(text + fmt::format("    ({})", how));
  put_cue();
}

// Wakes the reader: what it waits for is another.
void TerminalPrompter::look_again() const { (void)!write(wake_[1], "", 1); }

void TerminalPrompter::put_cue() const { std::cerr << "> " << std::flush; }

void TerminalPrompter::say(const std::string& text) {
  const std::lock_guard lock(mutex_);
  const bool asking = !waiting_.empty() && waiting_.front()->known() == run::Asking::State::shown;
  if (asking) std::cerr << '\n';
  progress_.note(text);
  if (asking) put_cue();
}

void TerminalPrompter::tell_later(std::function<void()> telling) {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return telling();
  later_.push_back(std::move(telling));
}

void TerminalPrompter::scenario_started(const std::string& title) {
  tell_later([this, title] { progress_.scenario_started(title); });
}

void TerminalPrompter::scenario_finished(const record::ScenarioResult& result) {
  tell_later([this, result] { progress_.scenario_finished(result); });
}

void TerminalPrompter::take_back(Typed* asking) {
  const std::lock_guard lock(mutex_);
  const bool shown = waiting_.front() == asking;
  std::erase(waiting_, asking);
  if (!shown) return;
  if (asking->known() == run::Asking::State::shown) std::cerr << '\n' << std::flush;
  if (!waiting_.empty()) return show_next();
  for (const auto& telling : std::exchange(later_, {})) telling();
}

void TerminalPrompter::read_lines() {
  for (;;) {
    bool listening = false;
    {
      const std::lock_guard lock(mutex_);
      if (leaving_) return;
      listening = absent_.empty() && !waiting_.empty() &&
                  waiting_.front()->known() == run::Asking::State::shown;
    }
    std::array<pollfd, 2> ready = {{{wake_[0], POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
    if (poll(ready.data(), listening ? 2 : 1, -1) < 0 && errno != EINTR) return;
    std::array<char, 4096> block{};
    if ((ready[0].revents & POLLIN) != 0 && read(wake_[0], block.data(), block.size()) > 0)
      continue;
    if (!listening || ready[1].revents == 0) continue;
    const ssize_t length = read(STDIN_FILENO, block.data(), block.size());
    const std::lock_guard lock(mutex_);
    if (length <= 0) {
      terminal_closed();
      continue;
    }
    typed_.append(block.data(), static_cast<std::size_t>(length));
    const std::size_t end = typed_.find('\n');
    if (end != std::string::npos) take_line(std::exchange(typed_, "").substr(0, end));
  }
}

void TerminalPrompter::take_line(std::string line) {
  if (waiting_.empty() || waiting_.front()->known() != run::Asking::State::shown) return;
  waiting_.front()->take(std::move(line));
}

void TerminalPrompter::terminal_closed() {
  absent_ = "the terminal gave no more input";
  for (Typed* asking : waiting_) asking->change(run::Asking::State::nobody);
}

}  // namespace fixdrill::cli
