// One FIX session as the runner sees it: an engine session (QuickFIX keeps the session rules) or a
// wire session (exactly what the scenario says). Never waits; events arrive at the sink it was
// opened with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fix/dictionary.h"
#include "fix/encoder.h"
#include "fix/message.h"
#include "net/loop.h"
#include "profile/profile.h"
#include "record/mask.h"
#include "record/recorder.h"
#include "session/shape.h"

namespace fixdrill::session {

/// What arrived: rule 1 of scenarios/README.md. Events come in the order in which an expectation
/// must see them.
struct Event {
  enum class Kind { message, garbled, closed };
  Kind kind = Kind::message;
  std::shared_ptr<const fix::Message> message;  ///< message, garbled: the exact bytes
  Time time;                                    ///< of receipt
  std::int64_t id = 0;                          ///< message.id in the recording
  bool side = false;       ///< engine sessions: Logon, Heartbeat, TestRequest, ResendRequest,
                           ///< SequenceReset, asked-for Logout
  bool duplicate = false;  ///< engine sessions: a copy with 43=Y that the engine discards; only
                           ///< `forbid` looks at it
  std::string refused;     ///< engine sessions: why the engine refused it; "" = accepted
  std::string reason;      ///< garbled, closed: why, in words
  bool asked_for = false;  ///< closed: we closed it, or a Logout of ours was answered
  bool by_peer = false;    ///< closed: the peer closed or reset it
  bool ours = false;       ///< closed: a limit of ours cut the line (no Logon in time, resend loop,
                           ///< slow consumer), not the peer
  bool guard = false;      ///< closed: a guard closed it, `reason` says which (exit 5)
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  /// The connection is up and its peer allowed; the Logon is yet to come.
  virtual void on_connected() {}
  virtual void on_event(Event event) = 0;
};

/// A message that left: exact bytes, its number, its id in the recording.
struct Sent {
  std::shared_ptr<const fix::Message> message;
  std::int64_t id = 0;  ///< 0: it waits for the next one, and has no row before that leaves
  Time time;
  std::vector<std::int64_t> joined = {};  ///< ids of those that waited for this one
};

enum class State { idle, listening, connecting, connected, logged_on, closed };
enum class CloseKind { full, half, reset };

/// What a wire session answers for us.
enum class Auto {
  heartbeat,
  testrequest,
  resend,
  logout,
  gap,  ///< a ResendRequest for what is missing, once for each gap
};
enum class AutoMode { on, off, once };
std::optional<Auto> auto_from_name(std::string_view name);

/// What one Logon has beside the profile's fields.
struct LogonFields {
  std::vector<fix::Field> set;  ///< one of the same tag is replaced
  std::vector<int> remove;
};

/// Bytes of messages that were sent and have not left yet.
struct Unsent {
  std::size_t in_parts = 0;  ///< of one that leaves in parts; more than 0 on a connection that is
                             ///< gone: these never left
  std::size_t joined = 0;    ///< of those that wait for the next message
};

class Session {
 public:
  virtual ~Session() = default;

  /// Initiator: starts connecting. Acceptor: listens (kept over reconnects); a guard or environment
  /// error otherwise. May be called again after State::closed: a new connection, numbers run on.
  virtual Status open(EventSink& sink) = 0;
  /// Acceptor: takes a connection that somebody else accepted (FrontDoor), instead of listening.
  /// Gives the sink of that connection; null, and the connection closed, while it has another.
  virtual net::ByteSink* serve(EventSink& sink, net::ConnectionPtr connection,
                               const net::Endpoint& peer) = 0;
  virtual State state() const = 0;
  /// Acceptor: the port it listens on. 0 otherwise.
  virtual std::uint16_t port() const = 0;
  /// Why the last connection ended, in words.
  virtual std::string close_reason() const = 0;

  /// Engine initiator: sends Logon (engine acceptors answer by themselves). Wire sessions: a
  /// programming error.
  virtual Status logon() = 0;
  /// Engine: the Logons to come have these; `{}`: the profile's only. Wire sessions send their
  /// Logon themselves and ignore it.
  virtual void set_logon_fields(const LogonFields& fields) = 0;
  /// Logout; on engine sessions the answer and the close follow as events with asked_for.
  virtual Status logout() = 0;
  /// Header, trailer and numbers by the driver's policy. Guard errors: nothing was sent.
  virtual Result<Sent> send(const fix::OutMessage& message) = 0;
  /// Wire sessions: as send, spoilt or in another way; what is in parts goes on from run_until.
  /// Input errors: a shape that this message cannot have.
  virtual Result<Sent> send_shaped(const fix::OutMessage& message, const Shape& shape) = 0;
  virtual Unsent unsent() const = 0;
  /// What waits for the next message leaves now.
  virtual void release() = 0;
  /// Engine, inside on_event of a session message: what the engine would answer to it is not sent
  /// and takes no number. Wire sessions: nothing to do.
  virtual void drop_answer() {}
  /// Engine, inside on_event of an application message: the engine answers that its type is not
  /// supported. Wire sessions: nothing to do.
  virtual void refuse_as_unsupported() {}
  /// Exactly these bytes. Refused by engine sessions.
  virtual Result<Sent> send_bytes(std::string_view bytes) = 0;
  virtual void close(CloseKind kind) = 0;
  /// True: nothing is read from the connection, so that the peer feels it; false: what came
  /// meanwhile arrives. A new connection is read. Environment error: there is none to mute.
  virtual Status mute(bool on) = 0;

  virtual std::int64_t next_in() const = 0;
  virtual std::int64_t next_out() const = 0;
  virtual Status set_next_in(std::int64_t number) = 0;
  virtual Status set_next_out(std::int64_t number) = 0;

  // Wire sessions only; input errors otherwise.
  virtual Status set_auto(std::set<Auto> answers) = 0;
  /// `once`: the next one is answered, then it is off.
  virtual Status switch_auto(Auto answer, AutoMode mode) = 0;
  /// The next so many messages that arrive, over connections, are recorded and nothing else: not
  /// counted, not answered, no events. Replaces what an earlier call left.
  virtual Status drop_next(std::size_t count) = 0;
  /// Both numbers 1, nothing kept for resends. Environment error: it cannot be written.
  virtual Status lose_state() = 0;

  /// session.id in the recording.
  virtual std::int64_t recorded_id() const = 0;
};

/// Counts and caps of guard 3, shared by all sessions of a run (orders a run, messages a second).
class Guard;
std::shared_ptr<Guard> make_guard(const profile::Profile& profile);

/// What both drivers are made of. Everything referred to outlives the session.
struct Context {
  net::Loop& loop;
  record::Recorder& recorder;
  const profile::Profile& profile;
  const profile::Session& config;
  std::shared_ptr<Guard> guard;
  const record::Masker& masker;
  fix::DictionaryPtr dictionary;  ///< may be null
  std::string store_folder;       ///< for StoreKind::file
  std::string password;           ///< resolved; "" = none
  bool acceptor = false;
  profile::DenyList deny;
  std::vector<std::string> dictionary_hashes{};  ///< SHA-256 of its texts, as recorded
  /// Dictionary files for the engine, only used with validate = "reject".
  std::vector<std::string> dictionary_paths{};
  /// … and then: `58=` is refused.
  bool fields_have_values = true;
  /// … and then: as an acceptor of QuickFIX's own, its defects included. Messages leave whole, in
  /// its order of fields, and garbled bytes end where it takes them to end.
  bool as_quickfix = false;
};

Result<std::unique_ptr<Session>> make_engine_session(const Context& context);
Result<std::unique_ptr<Session>> make_wire_session(const Context& context, std::set<Auto> answers);

}  // namespace fixdrill::session
