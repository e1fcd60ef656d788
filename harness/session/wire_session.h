// The wire driver: sends exactly what the scenario says and answers only what `auto` allows.
//
// MsgSeqNum(34) is filled in from the store unless the message gives it. A number given by hand, or
// by `with seqnum`, that is at or beyond the next one moves the next one behind it; a lower one
// changes nothing; NewSeqNo(36) of a SequenceReset moves it up. So after Heartbeats 2 and 3,
// `SequenceReset with seqnum 2 { NewSeqNo = 4 }` is followed by 4. A message that is spoilt counts
// like any other, and a resend of it is whole; one without MsgSeqNum(34) takes no number.
// Incoming numbers are counted, never judged: that is the scenario's work. The next one in is the
// highest that came and one, whatever is missing below it; NewSeqNo(36) of a SequenceReset sets it,
// of a GapFill only upwards; a Logon with ResetSeqNumFlag(141)=Y starts it anew. `auto gap` asks
// for what a message jumps over, once.
//
// Dropped messages never came: they are recorded, and neither counted, answered nor events.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "session/driver.h"
#include "session/split_sender.h"

namespace fixdrill::session {

class WireSession final : public Driver {
 public:
  WireSession(const Context& context, std::shared_ptr<NumberStore> store, std::set<Auto> answers);

  Status logon() override;
  void set_logon_fields(const LogonFields&) override {}
  Status logout() override;
  Result<Sent> send(const fix::OutMessage& message) override;
  Result<Sent> send_shaped(const fix::OutMessage& message, const Shape& shape) override;
  Result<Sent> send_bytes(std::string_view bytes) override;

  std::int64_t next_in() const override { return store().next_target(); }
  std::int64_t next_out() const override { return store().next_sender(); }
  Status set_next_in(std::int64_t number) override;
  Status set_next_out(std::int64_t number) override;
  Status set_auto(std::set<Auto> answers) override;
  Status switch_auto(Auto answer, AutoMode mode) override;
  Status drop_next(std::size_t count) override;
  Status lose_state() override;

 private:
  /// A ResendRequest that is being served, a turn after another.
  struct Resend {
    std::int64_t next = 0;
    std::int64_t end = 0;  ///< the last number asked for
  };

  void on_peer() override;
  void on_received(const Piece& piece) override;
  void on_gone() override;

  std::string encoded(const fix::OutMessage& message);
  Result<std::string> numbered(const fix::OutMessage& message, const Shape& shape);
  Result<std::string> spoilt(const fix::OutMessage& message, const std::string& bytes,
                             const Shape& shape) const;
  Result<Sent> leave(const Admitted& admitted, const Shape& shape);
  void parts_left();
  Result<Sent> transmit(std::string bytes, Origin origin);
  bool count_out(const fix::Message& message);
  void count_in(const fix::Message& message);
  void after_sending(const fix::Message& message);
  void start_heartbeats(const fix::Message& logon);
  void check_heartbeat();

  bool answers(Auto what) const { return answers_.contains(what); }
  bool take_answer(Auto what);
  bool answer(const fix::Message& message);
  void note_gap(const fix::Message& message);
  void ask_for_gap();
  void answer_with(const fix::OutMessage& message);
  void serve_resend(const fix::Message& resend_request);
  void serve_turn();
  void resend_one(std::int64_t number);
  void fill_gap(std::int64_t from, std::int64_t to);
  std::string sending_time() const;

  fix::Header header_;
  SplitSender split_;
  std::vector<std::function<void()>> deferred_;  ///< answers that wait for the last part
  std::map<Auto, AutoMode> answers_;             ///< those that are not off
  std::size_t dropping_ = 0;                     ///< so many messages to come
  std::int64_t gap_from_ = 0;  ///< the first missing number, to be asked for; 0: none
  ResendCounter resend_counter_;
  Resend resend_;
  std::unique_ptr<net::Timer> resend_timer_;
  std::unique_ptr<net::Timer> heartbeat_timer_;
  Duration heartbeat_{0};
  Time last_sent_;
  unsigned time_digits_ = 3;
  bool sent_logon_ = false;
  bool got_logon_ = false;
  bool sent_logout_ = false;
};

}  // namespace fixdrill::session
