// One client of the simulator: its session, the rules that its messages meet, and what waits for
// its next Logon. What no rule deals with is its desk's, that of the application behind it.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "base/limits.h"
#include "session/session.h"
#include "sim/application.h"
#include "sim/dialect.h"
#include "sim/rules.h"

namespace fixdrill::sim {

/// What all clients share. Everything outlives them.
struct Venue {
  Application& application;
  net::Loop& loop;
  std::size_t most_held_reports = limits::kSimHeldReports;  ///< for a client that is away
  bool validate = true;  ///< Reject(3) what the dictionary finds wrong
  std::function<void(const std::string&)> note;
  Rules* rules = nullptr;            ///< of the simulator; null: the application alone
  const RuleTable* table = nullptr;  ///< rules of some clients only; they win; may be null
};

/// Nothing that a simulator sends is capped.
profile::Profile uncapped_profile();

/// Serves one identity over all its connections. Reports for a client that is away wait for its
/// next Logon (limits.h), the oldest are dropped first.
class Client final : public session::EventSink, private Line, private RuleHost {
 public:
  /// Its customer, but for the line.
  struct Who {
    ClientId id = 0;
    std::string comp_id;
    std::string name;  ///< for people
  };
  Client(const Who& who, Venue& venue, fix::DictionaryPtr dictionary);

  void use(std::unique_ptr<session::Session> session) { session_ = std::move(session); }
  session::Session& session() { return *session_; }
  ClientId id() const { return id_; }
  const std::string& name() const { return name_; }
  bool connected() const;

  void on_event(session::Event event) override;

 private:
  void on_message(const session::Event& event);
  void on_closed(const session::Event& event);
  /// Whether a rule has dealt with the message.
  bool ruled(const session::Event& event);
  void serve(const fix::Message& message);
  // For the desk.
  bool logged_on() const override { return session_->state() == session::State::logged_on; }
  void refuse_as_unsupported() override { session_->refuse_as_unsupported(); }
  // For rules, and `send` for the desk.
  void send(fix::OutMessage message) override;
  void send_after(Duration delay, fix::OutMessage message) override;
  void drop() override;
  void disconnect(session::CloseKind kind) override;
  void mute() override;
  void note(const std::string& text) override { venue_.note(name_ + ": " + text); }
  void send_held();

  const ClientId id_;
  const std::string name_;
  Venue& venue_;
  const Dialect dialect_;
  std::unique_ptr<session::Session> session_;
  /// A reply whose time has yet to come.
  struct Waiting {
    fix::OutMessage message;
    std::unique_ptr<net::Timer> timer;
  };
  std::list<Waiting> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::deque<fix::OutMessage> held_;
  std::size_t held_bytes_ = 0;
  std::unique_ptr<net::Timer> after_logon_;
  bool leaving_ = false;  ///< has sent its Logout
  std::unique_ptr<Desk> desk_;
};

}  // namespace fixdrill::sim
