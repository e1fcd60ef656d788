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
/// outlive the connection or detach by closing it. No call comes after on_closed.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void on_connected(const Endpoint& local, const Endpoint& peer, Time when) = 0;
  virtual void on_bytes(std::string_view bytes, Time when) = 0;
  virtual void on_closed(CloseReason reason, const std::string& detail, Time when) = 0;
};

/// One TCP connection. Destroying it closes it without another call to the sink.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Queues bytes and writes what the socket takes at once; the rest follows in order. Ignored
  /// after a close.
  virtual void write(std::string_view bytes) = 0;
  /// Closes after the queued bytes are written. The sink hears CloseReason::local.
  virtual void close() = 0;
  /// FIN after the queued bytes; still reads.
  virtual void close_half() = 0;
  /// RST at once; the sink hears CloseReason::local.
  virtual void reset() = 0;
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

/// Listens until destroyed.
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
  /// Runs `action` once from run_until, not before `when` (monotonic). A moment in the past is
  /// soon.
  virtual std::unique_ptr<Timer> at(Time when, std::function<void()> action) = 0;
  /// Port 0: the system chooses. Environment error when the port is taken or the host is not ours.
  virtual Result<std::unique_ptr<Listener>> listen(const Endpoint& at, AcceptSink& sink) = 0;
  /// Starts connecting; the outcome arrives at the sink: on_connected or on_closed(refused).
  virtual ConnectionPtr connect(const Endpoint& to, ByteSink& sink) = 0;
  /// Serves events until `done` holds (asked first, and after every event) or `deadline` has come:
  /// false.
  virtual bool run_until(const std::function<bool()>& done, Time deadline) = 0;
  /// Makes run_until return false soon. The only member that other threads and signal handlers'
  /// threads may call.
  virtual void interrupt() = 0;
};

/// Boost.Asio over TCP. `start` is now: wall time is start + monotonic time since, so a clock step
/// changes nothing.
std::unique_ptr<Loop> make_tcp_loop(Time start);

/// How the in-memory network misbehaves. Same seed, same run.
struct MemoryNetwork {
  std::uint64_t seed = 1;
  Duration min_delay{0};
  Duration max_delay{0};
  std::size_t max_slice =
      0;  ///< bytes delivered at once are cut at random up to this; 0 = never cut
  std::size_t buffer = 4u << 20;  ///< bytes in flight before the writer's queue grows
};

/// In-memory twin on virtual time: run_until jumps to the next event, so a day passes in no time.
/// Connects to its own listeners only.
std::unique_ptr<Loop> make_memory_loop(Time start, const MemoryNetwork& network = {});

}  // namespace fixdrill::net
