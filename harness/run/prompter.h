// How a run asks people. The terminal implements it; tests have a fake.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace fixdrill::run {

/// All texts are masked, not yet printable.
struct Question {
  std::string scenario;  ///< its id, else its title
  std::string text;
  std::string how;                    ///< "press Enter when it is done", "y or n"
  std::vector<std::string> choices;   ///< empty: any text
  std::optional<std::string> answer;  ///< what Enter alone, or no answer in time, means
  std::optional<Duration> limit;      ///< from the moment it is shown
};

/// One question on its way to a person, from ask() until it is destroyed, which takes it back.
class Asking {
 public:
  enum class State {
    queued,    ///< another question is being asked
    shown,     ///< and not answered
    answered,  ///< answer() has it
    nobody,    ///< whoever there was is gone
  };
  virtual ~Asking() = default;
  virtual State state() const = 0;
  /// What was typed, without its line end.
  virtual std::string answer() const = 0;
  /// That will not do: `why`. It is shown again.
  virtual void again(const std::string& why) = 0;
};

/// Threads: may be used from every lane; questions are shown one at a time, in the order of ask().
class Prompter {
 public:
  virtual ~Prompter() = default;
  /// Why nobody can be asked: "standard input is not a terminal". Empty: somebody can.
  virtual std::string absent() const = 0;
  /// Who answers.
  virtual std::string who() const = 0;
  /// `wake` is called from any thread when the state has changed, before state() tells it; never
  /// again after the Asking is destroyed.
  virtual std::unique_ptr<Asking> ask(const Question& question, std::function<void()> wake) = 0;
  /// Says something at once, beside the question that is being shown.
  virtual void say(const std::string& text) = 0;
};

}  // namespace fixdrill::run
