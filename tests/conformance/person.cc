#include "conformance/person.h"

#include <string_view>
#include <utility>

#include "conformance/application.h"

namespace fixdrill::conformance {

namespace {

using Act = void (*)(Session&, Time);

void log_out(Session& session, Time now) { session.log_out(now); }
void take_down(Session& session, Time) { session.take_down_application(); }
void send_message(Session& session, Time now) {
  session.submit(message_of_its_own(session.state()), now);
}

/// What scenarios ask for, by a part of its words.
constexpr std::pair<std::string_view, Act> kActs[] = {
    {"log out", log_out},
    {"Take down the application", take_down},
    {"send one application message", send_message},
};

Act act_for(const std::string& text) {
  for (const auto& [words, act] : kActs) {
    if (text.find(words) != std::string::npos) return act;
  }
  return nullptr;
}

class Answering final : public run::Asking {
 public:
  Answering(Peer& peer, Act act, std::function<void()> wake)
      : timer_(peer.later(kReaction, [this, &peer, act, wake = std::move(wake)] {
          if (act != nullptr) act(peer.session(), peer.now());
          state_ = act != nullptr ? State::answered : State::nobody;
          wake();
        })) {}
  State state() const override { return state_; }
  std::string answer() const override { return ""; }
  void again(const std::string&) override { state_ = State::nobody; }

 private:
  static constexpr Duration kReaction = std::chrono::milliseconds(200);
  State state_ = State::shown;
  std::unique_ptr<net::Timer> timer_;
};

}  // namespace

std::unique_ptr<run::Asking> Person::ask(const run::Question& question,
                                         std::function<void()> wake) {
  return std::make_unique<Answering>(*peer_, act_for(question.text), std::move(wake));
}

}  // namespace fixdrill::conformance
