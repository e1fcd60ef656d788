// The engine driver: QuickFIX keeps the session rules, this class gives it bytes and time and turns
// what it says into events. Frames pass the pre-validator first; what it blocks never reaches the
// engine and is told as refused.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "session/driver.h"

namespace fixdrill::session {

class EngineSession final : public Driver, private engine::Listener {
 public:
  /// Input error: a configuration that the engine does not take.
  static Result<std::unique_ptr<Session>> make(const Context& context,
                                               std::shared_ptr<NumberStore> store);
  ~EngineSession() override;

  Status logon() override;
  void set_logon_fields(const LogonFields& fields) override;
  Status logout() override;
  Result<Sent> send(const fix::OutMessage& message) override;
  Result<Sent> send_shaped(const fix::OutMessage& message, const Shape& shape) override;
  Result<Sent> send_bytes(std::string_view bytes) override;
  void drop_answer() override { dropping_ = true; }
  void refuse_as_unsupported() override { engine_->refuse_as_unsupported(); }

  std::int64_t next_in() const override { return engine_->next_target(); }
  std::int64_t next_out() const override { return engine_->next_sender(); }
  Status set_next_in(std::int64_t number) override;
  Status set_next_out(std::int64_t number) override;
  Status set_auto(std::set<Auto> answers) override;
  Status switch_auto(Auto answer, AutoMode mode) override;
  Status drop_next(std::size_t count) override;
  Status lose_state() override;

 private:
  EngineSession(const Context& context, std::shared_ptr<NumberStore> store);
  void start_ticking();
  void check_half_open();

  void on_peer() override;
  void on_received(const Piece& piece) override;
  void on_gone() override;

  bool dropped(const std::string& bytes);
  void give_back_number();
  void transmit(const std::string& bytes) override;
  void accepted(const std::string& bytes, bool admin) override;
  void refused(const std::string& bytes, const std::string& reason) override;
  void discarded(const std::string& bytes) override;
  void held(const std::string& bytes) override;
  void logged_on() override;
  void logged_out() override {}
  void disconnect(const std::string& reason) override;
  void event(const std::string& text) override;

  /// Why this message must not reach the engine; empty = it may.
  std::optional<std::string> blocked(const fix::Message& message) const;
  bool is_stranger(const Piece& piece) const;
  Event event_for(const std::string& bytes);
  bool is_side(const fix::Message& message) const;

  std::unique_ptr<engine::Session> engine_;
  engine::LogonFields profile_logon_;
  std::unique_ptr<net::Timer> tick_timer_;
  ResendCounter resend_counter_;
  const Piece* current_ = nullptr;           ///< what the engine looks at now
  std::multimap<std::int64_t, Piece> held_;  ///< beyond a gap, by MsgSeqNum(34)
  std::optional<Sent> last_sent_;            ///< by the engine
  bool dropping_ = false;                    ///< answers to the message of the moment
  std::optional<std::int64_t> unused_;       ///< number of an answer that was dropped
  Time last_in_;                             ///< when bytes of the peer came
  bool sending_ = false;                     ///< a message of the scenario, admitted before
  bool logout_asked_ = false;
  bool first_message_ = true;
};

}  // namespace fixdrill::session
