// A person who answers on virtual time, and programs that end on it.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/loop.h"
#include "run/programs.h"
#include "run/prompter.h"

namespace fixdrill::run {

class FakePrompter final : public Prompter {
 public:
  /// The person goes away.
  static constexpr const char* kLeaves = "<leaves>";

  /// What is typed, and how long after the question was shown or asked again.
  void types(std::string text, Duration after = Duration(0)) {
    replies_.emplace_back(after, std::move(text));
  }
  void lives_on(net::Loop& loop) { loop_ = &loop; }

  std::string absent() const override { return away; }
  std::string who() const override { return "tester"; }
  std::unique_ptr<Asking> ask(const Question& question, std::function<void()>) override {
    questions.push_back(question);
    return std::make_unique<FakeAsking>(*this);
  }
  void say(const std::string& text) override { said.push_back(text); }

  std::string away;  ///< why nobody can be asked
  std::vector<Question> questions;
  std::vector<std::string> said;  ///< beside questions, and why an answer would not do

 private:
  class FakeAsking final : public Asking {
   public:
    explicit FakeAsking(FakePrompter& prompter) : prompter_(prompter) { wait(); }

    State state() const override { return state_; }
    std::string answer() const override { return answer_; }
    void again(const std::string& why) override {
      prompter_.said.push_back(why);
      wait();
    }

   private:
    void wait() {
      state_ = State::shown;
      if (prompter_.replies_.empty()) return;
      auto [after, text] = std::move(prompter_.replies_.front());
      prompter_.replies_.pop_front();
      net::Loop& loop = *prompter_.loop_;
      typing_ = loop.at(loop.now() + after, [this, text = std::move(text)] {
        answer_ = text;
        state_ = text == kLeaves ? State::nobody : State::answered;
      });
    }

    FakePrompter& prompter_;
    State state_ = State::shown;
    std::string answer_;
    std::unique_ptr<net::Timer> typing_;
  };

  net::Loop* loop_ = nullptr;
  std::deque<std::pair<Duration, std::string>> replies_;
};

class FakePrograms final : public Programs {
 public:
  void lives_on(net::Loop& loop) { loop_ = &loop; }

  Result<std::unique_ptr<Program>> start(const std::vector<std::string>& argv,
                                         std::function<void()>) override {
    started.push_back(argv);
    if (!refusal.empty()) return environment_error(refusal);
    return std::unique_ptr<Program>(std::make_unique<FakeProgram>(*this));
  }

  std::string refusal;  ///< why it cannot be started
  ProgramEnd end;       ///< of each
  Duration takes{};     ///< each
  std::size_t killed = 0;
  std::vector<std::vector<std::string>> started;

 private:
  class FakeProgram final : public Program {
   public:
    explicit FakeProgram(FakePrograms& programs)
        : programs_(programs),
          working_(programs.loop_->at(programs.loop_->now() + programs.takes,
                                      [this] { end_ = programs_.end; })) {}
    ~FakeProgram() override { programs_.killed += end_ ? 0 : 1; }
    std::optional<ProgramEnd> end() const override { return end_; }

   private:
    FakePrograms& programs_;
    std::optional<ProgramEnd> end_;
    std::unique_ptr<net::Timer> working_;
  };

  net::Loop* loop_ = nullptr;
};

}  // namespace fixdrill::run
