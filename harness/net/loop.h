// The network and the clock of one lane. The only place that waits; used from one thread.
//
// Two implementations with one contract (tests/contract/loop_contract.h): Boost.Asio over TCP, and
// an in-memory twin on virtual time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "base/time.h"

namespace fixdrill::net {

struct Endpoint {
  std::string host;  ///< name or address
  std::uint16_t port = 0;

  std::string text() const { return host + ":" + std::to_string(port); }
};

enum class CloseReason {
  peer,           ///< the peer closed its side (FIN)
  reset,          ///< connection reset
  refused,        ///< could not connect: `detail` says why
  local,          ///< we closed it
  slow_consumer,  ///< send queue over its limit or without progress (limits.h)
};

/// Receives what happens on one connection, always from inside Loop::run_until, in order. Must
/// outlive the connection or detach by destroying it, which is allowed in every call. No bytes come
/// after Connection::close or reset, and no call after on_closed.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void on_connected(const Endpoint& local, const Endpoint& peer, Time when) = 0;
  virtual void on_bytes(std::string_view bytes, Time when) = 0;
  virtual void on_closed(CloseReason reason, const std::string& detail, Time when) = 0;
};

/// One TCP connection. Destroying it closes it at once, without another call to the sink. Must not
/// outlive its loop.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Writes what the socket takes at once and queues the rest; before on_connected all of it.
  /// Ignored after a close. A queue over SendLimits ends the connection: slow_consumer.
  virtual void write(std::string_view bytes) = 0;
  /// Closes after the queued bytes are written. The sink hears CloseReason::local.
  virtual void close() = 0;
  /// FIN after the queued bytes; still reads.
  virtual void close_half() = 0;
  /// RST at once; the sink hears CloseReason::local.
  virtual void reset() = 0;
  /// No on_bytes until resume_reading: what arrives stays in the socket, so the peer feels it. The
  /// peer's FIN is heard after the bytes before it.
  virtual void stop_reading() = 0;
  virtual void resume_reading() = 0;
  virtual std::size_t queued() const = 0;  ///< bytes not yet written to the socket
};

using ConnectionPtr = std::unique_ptr<Connection>;

/// Decides what becomes of an accepted connection: gives its sink, and takes the connection itself.
/// on_connected of the sink follows. Returning null refuses: the connection is closed at once.
class AcceptSink {
 public:
  virtual ~AcceptSink() = default;
  virtual ByteSink* on_accept(ConnectionPtr connection, const Endpoint& peer) = 0;
};

/// Listens until destroyed. Must not outlive its loop.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual std::uint16_t port() const = 0;
};

/// Cancels when destroyed.
class Timer {
 public:
  virtual ~Timer() = default;
};

class Loop {
 public:
  virtual ~Loop() = default;

  virtual Time now() const = 0;
  /// Runs `action` once from run_until, not before `when` (monotonic); of equal moments the one
  /// asked for first. A moment in the past is soon. The action may destroy its timer.
  virtual std::unique_ptr<Timer> at(Time when, std::function<void()> action) = 0;
  /// Port 0: the system chooses. Environment error when the port is taken or the host is not ours.
  virtual Result<std::unique_ptr<Listener>> listen(const Endpoint& at, AcceptSink& sink) = 0;
  /// Starts connecting; the outcome arrives at the sink: on_connected or on_closed(refused).
  virtual ConnectionPtr connect(const Endpoint& to, ByteSink& sink) = 0;
  /// Serves events until `done` holds (asked first, and after every event) or `deadline` has come:
  /// false. Not to be called from inside itself.
  virtual bool run_until(const std::function<bool()>& done, Time deadline) = 0;
  /// Makes run_until return false soon: the one that runs or, if none does, the next that would
  /// wait. The only member that other threads and signal handlers' threads may call.
  virtual void interrupt() = 0;
};

/// When a peer counts as a slow consumer.
struct SendLimits {
  std::size_t queue = limits::kSendQueue;  ///< bytes waiting for the socket
  Duration stall = limits::kSendStall;     ///< time without progress while bytes wait
};

/// Boost.Asio over TCP. `start` is now: wall time is start + monotonic time since, so a clock step
/// changes nothing.
std::unique_ptr<Loop> make_tcp_loop(Time start, const SendLimits& limits = {});

/// How the in-memory network misbehaves. Same seed, same run.
struct MemoryNetwork {
  std::uint64_t seed = 1;
  Duration min_delay{0};
  Duration max_delay{0};
  std::size_t max_slice =
      0;  ///< bytes delivered at once are cut at random up to this; 0 = never cut
  std::size_t buffer = 4u << 20;  ///< bytes in flight before the writer's queue grows
  SendLimits send{};
};

/// In-memory twin on virtual time: run_until jumps to the next event, so a day passes in no time.
/// Connects to its own listeners only.
std::unique_ptr<Loop> make_memory_loop(Time start, const MemoryNetwork& network = {});

}  // namespace fixdrill::net
