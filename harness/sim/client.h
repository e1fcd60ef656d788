// One client of the simulator: its session, and what its messages ask of the exchange.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <set>
#include <string>

#include "session/session.h"
#include "sim/dialect.h"
#include "sim/exchange.h"
#include "sim/order_entry.h"
#include "sim/rules.h"

namespace fixdrill::sim {

/// What all clients share. Everything outlives them.
struct Venue {
  Exchange& exchange;
  net::Loop& loop;
  bool echo = false;                 ///< NewOrderSingle(D) goes back as it came: nothing is traded
  bool validate = true;              ///< Reject(3) what the dictionary finds wrong
  bool cancel_on_disconnect = true;  ///< open orders of a client that is gone
  std::function<void(const std::string&)> note;
  Rules* rules = nullptr;            ///< of the simulator; null: the order book alone
  const RuleTable* table = nullptr;  ///< rules of some clients only; they win; may be null
};

/// Nothing that a simulator sends is capped.
profile::Profile uncapped_profile();

/// Serves one identity over all its connections. Reports for a client that is away wait for its
/// next Logon (limits.h), the oldest are dropped first.
class Client final : public session::EventSink, private RuleHost {
 public:
  Client(ClientId id, std::string name, Venue& venue, fix::DictionaryPtr dictionary);

  void use(std::unique_ptr<session::Session> session) { session_ = std::move(session); }
  session::Session& session() { return *session_; }
  ClientId id() const { return id_; }
  const std::string& name() const { return name_; }
  bool connected() const;

  void on_event(session::Event event) override;
  void report(const Execution& execution, std::uint64_t exec_number);
  /// The report about another client's order, as a drop copy has it.
  void report_copy(const Execution& execution, std::uint64_t exec_number);
  void report(const Refused& refused);

 private:
  void on_message(const session::Event& event);
  void on_closed(const session::Event& event);
  /// Whether a rule has dealt with the message.
  bool ruled(const session::Event& event);
  void serve(const fix::Message& message);
  /// False: it is of no type that is served here.
  bool take(const fix::Message& message);
  void on_new_order(const fix::Message& message);
  bool is_known(const std::string& client_order_id) const;
  void echo(const fix::Message& message);
  void on_cancel(const fix::Message& message);
  void on_replace(const fix::Message& message);
  void on_mass_cancel(const fix::Message& message);
  void on_status_request(const fix::Message& message);
  void missing(const fix::Message& message, const FieldMissing& field);
  // For rules.
  void send(fix::OutMessage message) override;
  void send_after(Duration delay, fix::OutMessage message) override;
  void drop() override;
  void disconnect(session::CloseKind kind) override;
  void mute() override;
  void note(const std::string& text) override { venue_.note(name_ + ": " + text); }
  void send_held();
  std::int64_t now_ns() const { return venue_.loop.now().wall_ns; }

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
  std::set<std::string> echoed_;  ///< ClOrdID(11) of what went back
  std::unique_ptr<net::Timer> after_logon_;
  bool leaving_ = false;  ///< has sent its Logout
};

}  // namespace fixdrill::sim
