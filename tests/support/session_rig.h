// What a session test needs round one session: a loop, a profile, a recorder, and an inbox.
#pragma once

#include <chrono>
#include <deque>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "net/loop.h"
#include "session/session.h"
#include "support/fake_recorder.h"

namespace fixdrill::test {

using namespace std::chrono_literals;

/// 2027-01-15 08:00:00 UTC.
inline constexpr Time kStart{1'800'000'000'000'000'000, 0};

inline std::unique_ptr<net::Loop> real_loop() {
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  const auto mono = std::chrono::steady_clock::now().time_since_epoch();
  return net::make_tcp_loop(
      {std::chrono::nanoseconds(wall).count(), std::chrono::nanoseconds(mono).count()});
}

/// `11=x|55=MSFT|` as fields.
inline std::vector<fix::Field> fields(std::string_view pipe_text) {
  std::vector<fix::Field> out;
  for (const auto part : split(pipe_text, '|')) {
    if (part.empty()) continue;
    const std::size_t equal = part.find('=');
    out.push_back(
        {std::stoi(std::string(part.substr(0, equal))), std::string(part.substr(equal + 1))});
  }
  return out;
}

/// `35=D|11=x|` as a message to send.
inline fix::OutMessage out(std::string_view pipe_text) {
  auto all = fields(pipe_text);
  fix::OutMessage message{all.front().value, {}};
  message.fields.assign(all.begin() + 1, all.end());
  return message;
}

class Inbox final : public session::EventSink {
 public:
  explicit Inbox(net::Loop& loop) : loop_(loop) {}
  void on_event(session::Event event) override { events_.push_back(std::move(event)); }

  /// The next event within 5 s; a failure and an empty event when none comes.
  session::Event next() {
    if (!loop_.run_until([this] { return !events_.empty(); }, loop_.now() + 5s)) {
      ADD_FAILURE() << "no event";
      return {};
    }
    session::Event event = std::move(events_.front());
    events_.pop_front();
    return event;
  }
  /// The next event must be a message that has these fields.
  session::Event message(std::string_view pipe_text) {
    session::Event event = next();
    EXPECT_EQ(event.kind, session::Event::Kind::message) << event.reason;
    if (!event.message) return event;
    for (const auto& field : fields(pipe_text))
      EXPECT_EQ(event.message->value(field.tag), field.value)
          << "tag " << field.tag << " of " << soh_to_pipe(event.message->bytes());
    return event;
  }
  session::Event closed() {
    session::Event event = next();
    EXPECT_EQ(event.kind, session::Event::Kind::closed)
        << (event.message ? soh_to_pipe(event.message->bytes()) : "");
    return event;
  }
  /// What came up to now that is not in the engine's side list.
  bool nothing(Duration time = 50ms) {
    loop_.run_until([this] { return !events_.empty(); }, loop_.now() + time);
    return events_.empty();
  }
  /// Drops side events in front.
  void skip_side() {
    while (!events_.empty() && events_.front().side) events_.pop_front();
  }
  std::size_t size() const { return events_.size(); }
  void clear() { events_.clear(); }

 private:
  net::Loop& loop_;
  std::deque<session::Event> events_;
};

struct SessionRig {
  explicit SessionRig(std::unique_ptr<net::Loop> with) : loop(std::move(with)), inbox(*loop) {
    profile.environment = profile::Environment::simulator;
    profile.path = "test.toml";
    config.name = "OE";
    config.begin_string = "FIX.4.4";
    config.sender = "US";
    config.target = "PEER";
    config.heartbeat = 30;
    config.store = profile::StoreKind::memory;
  }

  session::Context context() {
    if (!guard) guard = session::make_guard(profile);
    return {*loop,   recorder,     profile,  config,   guard, masker,
            nullptr, store_folder, password, acceptor, deny,  {}};
  }
  session::Session& wire(std::set<session::Auto> answers = {}) {
    auto made = session::make_wire_session(context(), std::move(answers));
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().text);
    session = std::move(*made);
    return *session;
  }
  session::Session& engine() {
    auto made = session::make_engine_session(context());
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().text);
    session = std::move(*made);
    return *session;
  }
  bool until(const std::function<bool()>& done, Duration time = 5s) {
    return loop->run_until(done, loop->now() + time);
  }
  bool reaches(session::State state) {
    return until([this, state] { return session->state() == state; });
  }

  std::unique_ptr<net::Loop> loop;
  FakeRecorder recorder;
  profile::Profile profile;
  profile::Session config;
  profile::DenyList deny;
  record::Masker masker;
  std::shared_ptr<session::Guard> guard;
  std::string store_folder;
  std::string password;
  bool acceptor = false;
  Inbox inbox;
  std::unique_ptr<session::Session> session;
};

}  // namespace fixdrill::test
