// The tap on one connection: every byte of both directions is recorded before a driver sees it.
//
// Incoming bytes are cut by the framer, each piece is a row (message, garbled, junk; what is left
// at the end is `partial`) and then goes to the driver. Outgoing bytes pass the guard first and
// become rows in the same way, so the rows of a direction, in order, are its TCP stream.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fix/framer.h"
#include "fix/message.h"
#include "net/loop.h"
#include "record/mask.h"
#include "record/recorder.h"
#include "session/guard.h"
#include "session/session.h"

namespace fixdrill::session {

/// One piece of the incoming stream, already recorded.
struct Piece {
  fix::Frame::Kind kind = fix::Frame::Kind::message;
  std::shared_ptr<const fix::Message> message;
  std::int64_t id = 0;  ///< message.id in the recording
  Time time;
  std::string reason;  ///< garbled, junk: why, in words
};

/// What a connection brings, from inside Loop::run_until. The tap must not be destroyed in a call.
class TapSink {
 public:
  virtual ~TapSink() = default;
  virtual void on_up(const net::Endpoint& local, const net::Endpoint& peer, Time when) = 0;
  virtual void on_piece(const Piece& piece) = 0;
  /// `unfinished`: bytes of a message that had begun.
  struct Down {
    net::CloseReason reason = net::CloseReason::peer;
    std::string detail;
    std::size_t unfinished = 0;
    Time time;
  };
  virtual void on_down(const Down& down) = 0;
};

/// Everything referred to outlives the tap.
struct TapParts {
  net::Loop& loop;
  record::Recorder& recorder;
  const record::Masker& masker;
  Guard& guard;
  std::int64_t session_id = 0;
  fix::Resync resync = fix::Resync::at_start;  ///< of what arrives
};

/// Bytes that the guard let pass; only a Tap makes them.
class Admitted {
 public:
  const std::shared_ptr<const fix::Message>& message() const { return message_; }
  /// The bytes are one complete message.
  bool whole() const { return whole_; }

 private:
  friend class Tap;
  Admitted(std::string bytes, bool whole);
  std::shared_ptr<const fix::Message> message_;
  bool whole_ = false;
};

class Tap final : public net::ByteSink {
 public:
  Tap(const TapParts& parts, TapSink& sink) : parts_(parts), sink_(sink), framer_(parts.resync) {}
  ~Tap() override;
  Tap(const Tap&) = delete;
  Tap& operator=(const Tap&) = delete;

  /// Takes the connection whose sink this is. Once.
  void attach(net::ConnectionPtr connection) { connection_ = std::move(connection); }

  /// Asks the guard. Guard error: nothing was sent, nothing counted.
  Result<Admitted> admit(std::string bytes, Origin origin);
  /// Asks the guard about a message that is yet to be made whole: type and body.
  Status ask(std::string body, Origin origin);
  /// For a whole message whose body the guard has let pass and counted before.
  Admitted asked_before(std::string bytes) const;
  /// The same message, spoilt.
  Admitted spoilt(std::string bytes) const;
  /// Writes, together with what is held, and records.
  Sent write(const Admitted& admitted);

  /// Waits for the next write and leaves with it; its id is known then.
  Sent hold(const Admitted& admitted);
  /// Writes what is held.
  void release() { put({}); }
  std::size_t held() const { return held_bytes_.size(); }

  /// A message that leaves in parts: nothing is written yet. One at a time.
  Sent begin(const Admitted& admitted);
  /// The next `size` bytes of it; the last ones record the message. The first ones take along what
  /// is held: its ids.
  std::vector<std::int64_t> write_part(std::size_t size);
  /// What is left of it waits for the next write.
  void hold_rest();
  /// Bytes of it that are neither written nor held, also when the connection is gone.
  std::size_t unsent() const;

  /// False: what arrives stays in the socket, so that the peer feels it.
  void set_reading(bool on);

  /// Connected, and not closed by us.
  bool can_write() const { return open_ && !closing_; }
  /// Closes; on_down follows unless the kind is half. Bytes that still arrive in this turn are
  /// recorded, not delivered.
  void close(CloseKind kind);

  void on_connected(const net::Endpoint& local, const net::Endpoint& peer, Time when) override;
  void on_bytes(std::string_view bytes, Time when) override;
  void on_closed(net::CloseReason reason, const std::string& detail, Time when) override;

 private:
  /// A message on its way out.
  struct Leaving {
    Sent sent;
    bool whole = false;
    std::uint64_t start = 0;  ///< in the outgoing stream
    std::size_t written = 0;
  };
  Leaving leaving(const Admitted& admitted, std::int64_t id);
  std::vector<std::int64_t> put(std::string_view bytes);
  std::int64_t settle(const Leaving& message);
  void settle_begun(const Leaving& message);
  void deliver(const fix::Frame& frame, Time when);
  void record_cut(std::uint64_t start, const Sent& sent);
  void remember_unfinished(std::string_view bytes);
  struct Row {
    record::Direction direction;
    std::uint64_t offset;
    record::MessageKind kind;
    bool sum_ok;
  };
  void record(const fix::Message& message, const Row& row, std::int64_t id, Time when);
  void finish(const std::string& reason, Time when);

  TapParts parts_;
  TapSink& sink_;
  net::ConnectionPtr connection_;
  fix::Framer framer_;
  std::string unfinished_out_;  ///< raw bytes sent that are no whole message yet, for the guard
  std::vector<Leaving> held_;   ///< messages that are complete once held_bytes_ are written
  std::string held_bytes_;
  std::optional<Leaving> leaving_;  ///< in parts
  std::int64_t connection_id_ = 0;
  std::uint64_t bytes_in_ = 0;
  std::uint64_t bytes_out_ = 0;
  bool open_ = false;
  bool closing_ = false;
};

}  // namespace fixdrill::session
