// Engine sessions in memory on virtual time: two of them wired back to back, or one against
// messages written by hand. Messages are written with `|` for SOH.
#pragma once

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "engine/engine.h"
#include "engine/wire.h"

namespace fixdrill::engine {

/// 2024-05-06 12:00:00 UTC.
inline constexpr std::int64_t kNoon = 1714996800LL * 1000000000;

struct VirtualClock {
  std::int64_t ns = kNoon;

  void advance(std::int64_t seconds) { ns += seconds * 1000000000; }
  /// As SendingTime(52) shows it; `offset` in seconds.
  std::string text(std::int64_t offset = 0) const {
    const std::time_t seconds = ns / 1000000000 + offset;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char out[32];
    std::strftime(out, sizeof out, "%Y%m%d-%H:%M:%S", &parts);
    return out;
  }
};

class FakeStore : public Store {
 public:
  std::int64_t next_sender() const override { return sender_; }
  std::int64_t next_target() const override { return target_; }
  bool set_next_sender(std::int64_t number) override { return assign(sender_, number); }
  bool set_next_target(std::int64_t number) override { return assign(target_, number); }
  bool set(std::int64_t seq, const std::string& bytes) override {
    if (broken) return false;
    messages[seq] = bytes;
    return true;
  }
  std::vector<std::string> get(std::int64_t begin, std::int64_t end) const override {
    std::vector<std::string> found;
    for (auto it = messages.lower_bound(begin); it != messages.end() && it->first <= end; ++it) {
      found.push_back(it->second);
    }
    return found;
  }
  bool reset() override {
    messages.clear();
    return assign(sender_, 1) && assign(target_, 1);
  }

  std::map<std::int64_t, std::string> messages;
  bool broken = false;  ///< every write fails

 private:
  bool assign(std::int64_t& place, std::int64_t number) {
    if (!broken) place = number;
    return !broken;
  }
  std::int64_t sender_ = 1;
  std::int64_t target_ = 1;
};

/// One session with everything it said, in pipe text.
class Peer : public Listener {
 public:
  Peer(Config config, VirtualClock& clock) : clock_(clock), begin_(config.begin_string) {
    config.now_wall_ns = [&clock] { return clock.ns; };
    std::string error;
    session = Session::create(std::move(config), store, *this, error);
  }

  void transmit(const std::string& bytes) override {
    out.push_back(bytes);
    sent.push_back(soh_to_pipe(bytes));
  }
  void accepted(const std::string& bytes, bool) override {
    took.push_back(soh_to_pipe(bytes));
    if (on_accepted) std::exchange(on_accepted, nullptr)();
  }
  void refused(const std::string& bytes, const std::string& reason) override {
    refusals.emplace_back(soh_to_pipe(bytes), reason);
  }
  void discarded(const std::string& bytes) override { copies.push_back(soh_to_pipe(bytes)); }
  void held(const std::string& bytes) override { waiting.push_back(soh_to_pipe(bytes)); }
  void logged_on() override { story += "on "; }
  void logged_out() override { story += "out "; }
  void disconnect(const std::string& reason) override { story += "drop(" + reason + ") "; }
  void complete_logon(const LogonHeader& header, LogonFields& fields) override {
    if (signs) fields.set.emplace_back(96, std::to_string(header.seq) + "/" + header.sending_time);
  }

  /// Hands over a message of the other side: content without 8, 9, 10, 49, 52 and 56, such as
  /// `35=D|34=2|55=MSFT|`; returns it complete, as pipe text.
  std::string receives(const std::string& text, const std::string& sending_time = "") {
    const std::size_t split = text.find("34=");
    const std::size_t end = text.find('|', split) + 1;
    const std::string time = sending_time.empty() ? clock_.text() : sending_time;
    const std::string content =
        text.substr(0, end) + "49=THEM|52=" + time + "|56=US|" + text.substr(end);
    const std::string bytes = seal(begin_, pipe_to_soh(content));
    session->received(bytes);
    return soh_to_pipe(bytes);
  }

  /// Logs on as initiator US against a hand-written answer.
  void logs_on() {
    session->connected();
    session->logon();
    receives("35=A|34=1|98=0|108=30|");
    sent.clear();
    took.clear();
  }

  /// Types of the messages transmitted since the last call, such as "A25".
  std::string sent_types() {
    std::string types;
    for (const std::string& text : std::exchange(sent, {})) types += field(text, 35);
    return types;
  }

  /// Value of the first field `tag` in pipe text, "-" if there is none.
  static std::string field(const std::string& text, int tag) {
    const std::string name = "|" + std::to_string(tag) + "=";
    const std::size_t at = text.find(name);
    if (at == std::string::npos) return "-";
    const std::size_t begin = at + name.size();
    return text.substr(begin, text.find('|', begin) - begin);
  }

  FakeStore store;
  std::unique_ptr<Session> session;
  std::deque<std::string> out;  ///< bytes on their way
  std::vector<std::string> sent, took, copies, waiting;
  std::vector<std::pair<std::string, std::string>> refusals;
  std::string story;
  std::function<void()> on_accepted;  ///< called once, from within the callback
  bool signs = false;

 private:
  VirtualClock& clock_;
  std::string begin_;
};

inline Config our_config(const std::string& begin_string = "FIX.4.4") {
  Config config;
  config.begin_string = begin_string;
  config.sender_comp_id = "US";
  config.target_comp_id = "THEM";
  return config;
}

inline Config their_config(const std::string& begin_string = "FIX.4.4") {
  Config config = our_config(begin_string);
  std::swap(config.sender_comp_id, config.target_comp_id);
  config.initiator = false;
  return config;
}

/// An initiator and an acceptor on one clock.
class Pair {
 public:
  explicit Pair(const std::string& begin_string = "FIX.4.4")
      : Pair(our_config(begin_string), their_config(begin_string)) {}
  Pair(Config a, Config b) : us(std::move(a), clock), them(std::move(b), clock) {}

  void connects() {
    us.session->connected();
    them.session->connected();
  }
  void logs_on() {
    connects();
    us.session->logon();
    settles();
  }
  /// Delivers until nothing is on its way.
  void settles() {
    while (!us.out.empty() || !them.out.empty()) {
      deliver(us, them);
      deliver(them, us);
    }
  }
  /// Time passes, second by second, with both timers running.
  void waits(int seconds) {
    for (int i = 0; i < seconds; ++i) {
      clock.advance(1);
      us.session->tick();
      them.session->tick();
      settles();
    }
  }
  /// The next message of ours is lost.
  void loses_ours() { us.out.pop_front(); }

  VirtualClock clock;
  Peer us;
  Peer them;

 private:
  static void deliver(Peer& from, Peer& to) {
    if (from.out.empty()) return;
    const std::string bytes = from.out.front();
    from.out.pop_front();
    to.session->received(bytes);
  }
};

}  // namespace fixdrill::engine
