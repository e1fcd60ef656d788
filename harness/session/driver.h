// What both drivers share: the connection with its tap, listening, guard 2, limits before logon,
// the number store, and the events for the runner.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "session/number_store.h"
#include "session/session.h"
#include "session/tap.h"

namespace fixdrill::session {

/// A Logon with ResetSeqNumFlag(141)=Y: numbers begin anew.
bool is_reset_logon(const fix::Message& message);

/// Counts ResendRequests: an identical one is served kIdenticalResends times, then it is a loop,
/// over several connections too.
class ResendCounter {
 public:
  /// False: once too often.
  bool may_serve(const fix::Message& resend_request);
  /// The same range now means other messages.
  void numbers_begin_anew() { count_ = 0; }

 private:
  std::string last_;
  std::size_t count_ = 0;
};

class Driver : public Session, protected TapSink, private net::AcceptSink {
 public:
  ~Driver() override;

  Status open(EventSink& sink) override;
  net::ByteSink* serve(EventSink& sink, net::ConnectionPtr connection,
                       const net::Endpoint& peer) override;
  State state() const override { return state_; }
  std::uint16_t port() const override { return listener_ ? listener_->port() : 0; }
  std::string close_reason() const override { return close_reason_; }
  void close(CloseKind kind) override;
  Status mute(bool on) override;
  Unsent unsent() const override;
  void release() override;
  std::int64_t recorded_id() const override { return recorded_id_; }

 protected:
  Driver(const Context& context, std::shared_ptr<NumberStore> store);

  /// The connection is up and its peer allowed.
  virtual void on_peer() = 0;
  virtual void on_received(const Piece& piece) = 0;
  virtual void on_gone() = 0;

  bool up() const { return state_ == State::connected || state_ == State::logged_on; }
  bool acceptor() const { return context_.acceptor; }
  const std::string& name() const { return context_.config.name; }
  /// Up, and not closing.
  bool can_send() const { return up() && tap_->can_write(); }
  Error not_connected(const std::string& what) const;

  /// Closes for a reason of ours, which becomes the reason of the closed event.
  void end(const std::string& reason);
  /// As end, for a limit of ours.
  void cut(const std::string& reason);
  /// As end, for a guard: recorded, and the closed event is marked.
  void end_by_guard(const std::string& reason);
  void set_logged_on();
  void set_asked_for() { asked_for_ = true; }
  /// The peer's Logon has come: the limits before logon are over.
  void end_of_pre_logon() { pre_logon_timer_.reset(); }
  void note(const std::string& kind, const std::string& text);
  void emit(Event event);
  static Event event_of(const Piece& piece);

  Tap& tap() { return *tap_; }
  net::Loop& loop() const { return context_.loop; }
  const Context& context() const { return context_; }
  NumberStore& store() { return *store_; }
  const NumberStore& store() const { return *store_; }

 private:
  net::ByteSink* on_accept(net::ConnectionPtr connection, const net::Endpoint& peer) override;
  void on_up(const net::Endpoint& local, const net::Endpoint& peer, Time when) override;
  void on_piece(const Piece& piece) override;
  void on_down(const Down& down) override;
  bool guards_target() const;
  Status listen();
  void new_tap();
  void start_pre_logon();
  std::string reason_of(const Down& down) const;
  std::string describe_end(const Down& down) const;

  Context context_;
  std::shared_ptr<NumberStore> store_;
  std::int64_t recorded_id_ = 0;
  EventSink* sink_ = nullptr;
  State state_ = State::idle;
  std::string close_reason_;
  std::string own_reason_;  ///< why we are closing
  bool asked_for_ = false;
  bool by_guard_ = false;
  bool by_limit_ = false;
  std::size_t pre_logon_bytes_ = 0;
  std::unique_ptr<net::Timer> pre_logon_timer_;
  std::unique_ptr<Tap> tap_;
  std::unique_ptr<net::Listener> listener_;
};

}  // namespace fixdrill::session
