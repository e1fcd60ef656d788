// Asks people on the terminal, and keeps what else the run says away from the question.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "run/progress.h"
#include "run/prompter.h"

namespace fixdrill::cli {

/// Reads answers from standard input in a thread of its own, only while a question is shown; what
/// was typed before does not answer it. Stands before the run's Progress: while a question is
/// shown, what scenarios come to is told after it.
class TerminalPrompter final : public run::Prompter, public run::Progress {
 public:
  /// `absent`: why nobody can be asked; empty: somebody can. `progress` outlives it.
  TerminalPrompter(run::Progress& progress, std::string absent);
  ~TerminalPrompter() override;
  TerminalPrompter(const TerminalPrompter&) = delete;
  TerminalPrompter& operator=(const TerminalPrompter&) = delete;

  std::string absent() const override;
  std::string who() const override;
  std::unique_ptr<run::Asking> ask(const run::Question& question,
                                   std::function<void()> wake) override;
  void say(const std::string& text) override;

  void note(const std::string& text) override { say(text); }
  void scenario_started(const std::string& title) override;
  void scenario_finished(const record::ScenarioResult& result) override;

 private:
  class Typed;
  friend class Typed;

  void show_next();
  void put_question(const run::Question& question);
  void put_cue() const;
  void look_again() const;
  void take_back(Typed* asking);
  void tell_later(std::function<void()> telling);
  void read_lines();
  void take_line(std::string line);
  void terminal_closed();

  run::Progress& progress_;
  mutable std::mutex mutex_;
  std::string absent_;
  std::deque<Typed*> waiting_;  ///< the first is shown
  std::vector<std::function<void()>> later_;
  std::string typed_;  ///< begin of a line
  int wake_[2] = {-1, -1};
  bool leaving_ = false;
  std::thread reader_;
};

/// The login name of whoever runs the program.
std::string login_name();

}  // namespace fixdrill::cli
