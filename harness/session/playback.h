// A recorded conversation played again: its messages come when they came, on the clock of then,
// and what a scenario would send is looked for among what was sent. Nothing leaves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "net/loop.h"
#include "profile/profile.h"
#include "record/message_source.h"
#include "record/reader.h"
#include "session/minted.h"

namespace fixdrill::session {

/// One message of the conversation, or the end of a connection. Both clocks of `time` are the
/// recording's wall clock.
struct Played {
  enum class Kind { message, garbled, closed };
  Kind kind = Kind::message;
  std::int64_t id = 0;  ///< in its source, and in the recording of the run that judges it
  std::int64_t session_id = 0;
  std::int64_t connection_id = 0;
  record::Direction direction = record::Direction::in;
  Time time;
  bool masked = false;
  std::string bytes;  ///< closed: why, in words

  bool sent() const { return kind != Kind::closed && direction == record::Direction::out; }
};

/// MsgType(35) of a message, without taking it apart; "" = none.
std::string_view type_of(std::string_view bytes);

/// Takes what one session of a scenario was sent and sent itself, in order.
class Player {
 public:
  virtual ~Player() = default;
  /// A scenario begins: what comes next of the conversation is known.
  virtual void begin() = 0;
  virtual void play(const Played& piece) = 0;
};

/// Which scenario is judged: what finds it again in a recording of ours.
struct JudgedCase {
  std::string path;
  std::string id;
  std::string title;
  std::size_t attempt = 1;
};

/// Holds the whole conversation. Used from one thread; outlives its loop and its sessions.
class Playback {
 public:
  struct Session {
    std::int64_t id = 0;
    record::SessionRow row;
  };

  /// All of the source; `own` is the same recording when it is one of ours: its scenarios say where
  /// their conversations begin and end. Input error: no message in it.
  static Result<std::unique_ptr<Playback>> read(record::MessageSource& source,
                                                const record::Recording* own);

  const std::vector<Session>& sessions() const { return sessions_; }
  /// Those that the session of a profile means: its name and role, else its CompIDs.
  std::set<std::int64_t> meant_by(const profile::Session& session, bool acceptor) const;

  /// Where the scenario's conversation stands: of a recording of ours where it ran, else behind the
  /// beginning of the scenario before; then its first message sent says where exactly, and answers
  /// to orders that it did not send are not its own.
  void begin(const JudgedCase& judged);
  void join(const std::set<std::int64_t>& sessions, Player& player);
  void leave(const Player& player);

  Time now() const { return clock_; }
  /// Plays the next piece that is not later than `deadline`. False: there is none, and the clock
  /// stands at `deadline`.
  bool play_next(Time deadline);
  /// Plays what came before the next message that a scenario might send.
  void catch_up();
  /// The same at the end of a scenario; of the orders that it sent also what came later.
  void finish();
  /// When the next such message was sent; empty = none is left.
  std::optional<Time> next_sent() const;
  /// The clock goes on to that moment.
  void approach_sent();
  /// The clock goes on to what comes next: nobody knows how long people took before it.
  void approach_next();
  /// What was answered to this question when the scenario ran; each answer is given once. Empty: of
  /// a log, or it was not asked.
  std::optional<record::Answer> answer_to(const std::string& question);

  /// Whether it was recorded when connections ended; a log shows only where another begins.
  bool knows_ends() const { return knows_ends_; }
  /// The scenario is looked for in the whole conversation, over all its connections.
  bool looked_for() const { return !in_part_; }
  /// Whether it is known where the scenario's conversation begins.
  bool anchored() const { return anchored_; }
  /// Indices of pieces from the scenario's beginning to its end.
  std::size_t first() const { return begin_; }
  std::size_t end() const { return end_; }
  const Played& operator[](std::size_t index) const { return pieces_[index]; }
  /// Not yet found by a send, and of this scenario.
  bool is_free(std::size_t index) const { return !taken_[index] && mine(index); }
  /// Whether it has been played.
  bool is_past(std::size_t index) const { return index < cursor_; }
  /// The piece is what a step sent: all before it is played, unless the conversation only begins
  /// here.
  void take(std::size_t index);
  /// Plays everything up to this piece.
  void play_through(std::size_t index);

  Minted& minted() { return minted_; }

 private:
  struct Part {
    JudgedCase judged;
    Time started;
    Time ended;
    std::int64_t first_id = 0;  ///< of the messages that its steps name; 0 = none
    std::int64_t last_id = 0;
    std::set<std::int64_t> sessions;
    std::vector<record::Answer> answers;
  };

  void add(const record::MessageView& view);
  void add_ends(const record::Recording* own);
  void add_flows();
  void add_parts(const record::Recording& own);
  const Part* part_of(const JudgedCase& judged) const;
  void open_window(const Part& part);
  bool mine(std::size_t index) const { return !foreign_.contains(pieces_[index].session_id); }
  void play(std::size_t index);
  bool of_others(std::size_t index) const;
  std::size_t next_free_order() const;

  std::vector<Session> sessions_;
  std::vector<Played> pieces_;
  std::vector<bool> taken_;
  std::vector<std::size_t> flow_of_;     ///< by piece; flow::Chains::kNone
  std::set<std::size_t> opened_by_us_;   ///< flows that a message sent begins
  std::set<std::size_t> flows_of_case_;  ///< that the scenario has sent something of
  std::vector<Part> parts_;
  std::map<std::int64_t, Player*> players_;
  std::set<std::int64_t> foreign_;       ///< sessions of other lanes, of the same name
  std::vector<record::Answer> answers_;  ///< of the scenario, those not given yet
  std::size_t begin_ = 0;
  std::size_t cursor_ = 0;  ///< the next to be played
  std::size_t end_ = 0;
  std::size_t behind_ = 0;  ///< where a scenario begins that the recording does not name
  bool knows_ends_ = false;
  bool in_part_ = false;
  bool anchored_ = false;
  Time clock_;
  Minted minted_;
};

/// Time is the playback's; there is no network.
std::unique_ptr<net::Loop> make_playback_loop(Playback& playback);

}  // namespace fixdrill::session
