#include "conformance/person.h"

#include "conformance/application.h"

namespace fixdrill::conformance {

namespace {

class Answered final : public run::Asking {
 public:
  Answered(State state, std::string answer) : state_(state), answer_(std::move(answer)) {}
  State state() const override { return state_; }
  std::string answer() const override { return answer_; }
  void again(const std::string&) override { state_ = State::nobody; }

 private:
  State state_;
  std::string answer_;
};

bool says(const std::string& text, const std::string& word) {
  return text.find(word) != std::string::npos;
}

}  // namespace

std::unique_ptr<run::Asking> Person::ask(const run::Question& question,
                                         std::function<void()> wake) {
  const bool done = does(question.text);
  wake();
  return std::make_unique<Answered>(done ? run::Asking::State::answered : run::Asking::State::nobody,
                                    "");
}

bool Person::does(const std::string& text) {
  Session& session = peer_->session();
  if (says(text, "log out")) {
    session.log_out(peer_->now());
  } else if (says(text, "Take down the application")) {
    session.take_down_application();
  } else if (says(text, "send one application message")) {
    session.submit(message_of_its_own(session.state()), peer_->now());
  } else {
    return false;
  }
  return true;
}

}  // namespace fixdrill::conformance
