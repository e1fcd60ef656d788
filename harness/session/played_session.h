// A session of a recorded conversation: what it receives is what came, what it would send must have
// been sent. Takes the place of an engine or a wire session.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "session/playback.h"
#include "session/session.h"

namespace fixdrill::session {

struct PlayedKind {
  bool wire = false;
  std::set<Auto> answers = {};  ///< of a wire session: what was answered for the scenario
};

/// Input error: the recording has no session that the profile's can mean.
Result<std::unique_ptr<Session>> make_played_session(const Context& context, Playback& playback,
                                                     const PlayedKind& kind);

class PlayedSession final : public Session, private Player {
 public:
  PlayedSession(const Context& context, Playback& playback, const PlayedKind& kind,
                std::set<std::int64_t> sessions);
  ~PlayedSession() override;

  Status open(EventSink& sink) override;
  net::ByteSink* serve(EventSink&, net::ConnectionPtr, const net::Endpoint&) override {
    return nullptr;
  }
  State state() const override { return state_; }
  std::uint16_t port() const override { return 0; }
  std::string close_reason() const override { return close_reason_; }
  Status logon() override;
  void set_logon_fields(const LogonFields& fields) override;
  Status logout() override;
  Result<Sent> send(const fix::OutMessage& message) override;
  Result<Sent> send_shaped(const fix::OutMessage& message, const Shape& shape) override;
  Unsent unsent() const override { return {}; }
  void release() override {}
  Result<Sent> send_bytes(std::string_view bytes) override;
  void close(CloseKind kind) override;
  Status mute(bool) override { return {}; }
  std::int64_t next_in() const override { return next(record::Direction::in); }
  std::int64_t next_out() const override { return next(record::Direction::out); }
  Status set_next_in(std::int64_t number) override;
  Status set_next_out(std::int64_t number) override;
  Status set_auto(std::set<Auto> answers) override;
  Status switch_auto(Auto answer, AutoMode mode) override;
  Status drop_next(std::size_t count) override;
  Status lose_state() override { return {}; }
  std::int64_t recorded_id() const override { return recorded_id_; }

 private:
  using Compare = std::function<SentFit(const fix::Message&)>;

  void begin() override;
  void play(const Played& piece) override;

  bool up() const { return state_ == State::connected || state_ == State::logged_on; }
  bool mine(std::size_t index) const;
  std::optional<std::size_t> next_of_mine() const;
  bool another_connection() const;
  void settle_listening();
  void come_up(const Played& piece);
  void sent_by_us(const Played& piece, const fix::Message& message);
  void received(const Played& piece, const std::shared_ptr<const fix::Message>& message);
  void in_order(const Event& event);
  void ended(const Played& piece);
  void both_said_goodbye();
  void emit(Event event);
  Event event_of(const Played& piece, std::shared_ptr<const fix::Message> message) const;
  bool answered(const fix::Message& message);
  bool take_answer(Auto what);
  void record(const Played& piece, const fix::Message& message);
  std::int64_t next(record::Direction direction) const;
  std::optional<std::size_t> session_message(std::string_view type) const;
  Result<Sent> look_for(std::string_view type, const Compare& compare);
  Result<Sent> sent(std::size_t index, const Learned& learned);
  std::string label(std::string_view type) const;

  Context context_;
  Playback& playback_;
  bool wire_;
  std::set<std::int64_t> sessions_;
  std::map<Auto, AutoMode> answers_;
  std::int64_t recorded_id_ = 0;
  EventSink* sink_ = nullptr;
  State state_ = State::idle;
  std::string close_reason_;
  std::size_t from_ = 0;             ///< behind what a send has found last
  std::int64_t connection_ = 0;      ///< of the source
  std::int64_t left_ = 0;            ///< the one that we closed: what it still brings is nobody's
  std::int64_t connection_row_ = 0;  ///< in the recording of this run
  std::uint64_t bytes_[2] = {0, 0};  ///< of it
  std::set<std::int64_t> recorded_;
  std::optional<LogonFields> logon_fields_;  ///< of a `logon` step
  bool logon_in_ = false, logon_out_ = false, logout_in_ = false, logout_out_ = false;
  bool logout_asked_ = false;
  bool goes_on_ = false;  ///< both said goodbye unasked: the next connection is this session's too
  std::size_t dropping_ = 0;
  std::int64_t next_in_ = 0;  ///< 0 = not known yet
  std::int64_t next_out_ = 0;
  std::map<std::int64_t, Event> held_;  ///< by number: wait for a gap to be filled
};

}  // namespace fixdrill::session
