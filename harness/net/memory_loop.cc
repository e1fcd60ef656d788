#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <map>
#include <random>
#include <utility>

#include "net/loop.h"
#include "net/send_queue.h"
#include "net/timer_queue.h"
#include "net/words.h"

namespace fixdrill::net {

namespace {

constexpr std::uint16_t kFirstListenPort = 20000;
constexpr std::uint16_t kFirstConnectPort = 40000;

/// What travels from one end to the other.
struct Packet {
  enum class Kind { bytes, fin, rst } kind;
  std::string bytes;
};

/// Time, chance and events, shared by everything on the in-memory network.
struct World {
  World(Loop& loop, Time start, const MemoryNetwork& network)
      : loop(loop), now(start), network(network), random(network.seed) {}

  Duration delay() {
    auto spread = (network.max_delay - network.min_delay).count();
    if (spread <= 0) return network.min_delay;
    return network.min_delay + Duration(random() % static_cast<std::uint64_t>(spread + 1));
  }

  std::size_t slice(std::size_t most) {
    if (network.max_slice == 0) return most;
    return std::min<std::size_t>(most, 1 + random() % network.max_slice);
  }

  Loop& loop;
  Time now;
  MemoryNetwork network;
  std::mt19937_64 random;  // its numbers are fixed by the standard: the same run everywhere
  TimerQueue events;
};

/// One end of a connection, kept alive by its owner's handle and by packets under way.
class MemoryStream : public std::enable_shared_from_this<MemoryStream> {
 public:
  explicit MemoryStream(World& world)
      : world_(world), queue_(world.loop, world.network.send, [this] {
          fail(CloseReason::slow_consumer, queue_.stall_text());
        }) {}

  void attach(ByteSink& sink) { sink_ = &sink; }

  /// Both ends know each other from now on; on_connected follows by a call of its own.
  static void join(MemoryStream& a, MemoryStream& b) {
    a.peer_ = b.shared_from_this();
    b.peer_ = a.shared_from_this();
  }

  void tell_connected(const Endpoint& local, const Endpoint& peer) {
    if (!sink_ || closing_) return;
    connected_ = true;
    sink_->on_connected(local, peer, world_.now);
    if (!sink_) return;
    pump();
    deliver();
  }

  void tell_refused(const std::string& words) {
    if (!closing_) finish(CloseReason::refused, words);
  }

  void write(std::string_view bytes) {
    if (!sink_ || closing_ || half_closed_) return;
    // What the network takes at once never waits, so it does not count against the limit.
    while (connected_ && queue_.empty() && !bytes.empty() && window() > 0) {
      auto count = world_.slice(std::min(bytes.size(), window()));
      send({Packet::Kind::bytes, std::string(bytes.substr(0, count))});
      bytes.remove_prefix(count);
    }
    if (!queue_.append(bytes)) fail_later(CloseReason::slow_consumer, queue_.overflow_text());
  }

  void close() {
    if (!sink_ || closing_) return;
    closing_ = true;
    reading_ = true;
    if (!connected_ || queue_.empty()) return finish_later(CloseReason::local, "");
    post([](MemoryStream& self) { self.deliver(); });
  }

  void close_half() {
    if (!sink_ || closing_ || half_closed_) return;
    half_closed_ = true;
    pump();
  }

  void reset() {
    if (!sink_) return;
    closing_ = true;
    send_rst();
    finish_later(CloseReason::local, "");
  }

  void stop_reading() { reading_ = false; }

  void resume_reading() {
    if (std::exchange(reading_, true) || !sink_) return;
    post([](MemoryStream& self) { self.deliver(); });
  }

  std::size_t queued() const { return queue_.size(); }

  /// The owner has gone: no more calls to the sink.
  void abandon() {
    sink_ = nullptr;
    queue_.clear();
    send_fin();
  }

  bool open() const { return sink_ != nullptr; }

  /// The peer hears nothing of us before it knows that it is connected.
  void hold_until(Time when) { last_arrival_ = when; }

 private:
  std::size_t window() const {
    auto peer = peer_.lock();
    if (!peer || !peer->open()) return world_.network.buffer;
    return world_.network.buffer - std::min(peer->unread_, world_.network.buffer);
  }

  /// Hands over what the window takes.
  void pump() {
    if (!connected_ || !open()) return;
    while (!queue_.empty() && window() > 0) {
      auto count = world_.slice(std::min(queue_.size(), window()));
      send({Packet::Kind::bytes, std::string(queue_.front().substr(0, count))});
      queue_.consume(count);
    }
    if (!queue_.empty()) return;
    if (half_closed_) send_fin();
    if (closing_) finish_later(CloseReason::local, "");
  }

  /// Packets arrive in order, each after a delay of its own.
  void send(Packet packet) {
    auto peer = peer_.lock();
    if (!peer) return;
    last_arrival_ = std::max(last_arrival_, world_.now + world_.delay());
    peer->unread_ += packet.bytes.size();
    world_.events.post(last_arrival_, [peer, packet = std::move(packet)] { peer->arrive(packet); });
  }

  void send_fin() {
    if (std::exchange(ended_, true)) return;
    send({Packet::Kind::fin, ""});
  }

  void send_rst() {
    queue_.clear();
    ended_ = true;
    send({Packet::Kind::rst, ""});
  }

  void arrive(const Packet& packet) {
    if (!open()) return answer_closed(packet);
    switch (packet.kind) {
      case Packet::Kind::bytes:
        inbox_ += packet.bytes;
        break;
      case Packet::Kind::fin:
        fin_arrived_ = true;
        break;
      case Packet::Kind::rst:
        return finish(closing_ ? CloseReason::local : CloseReason::reset,
                      closing_ ? "" : socket_words(ECONNRESET));
    }
    deliver();
  }

  // As TCP does: bytes for an end that is closed are answered with RST.
  void answer_closed(const Packet& packet) {
    if (packet.kind == Packet::Kind::bytes) send({Packet::Kind::rst, ""});
  }

  /// Gives what has arrived to the sink, as far as it reads.
  void deliver() {
    if (!open() || !connected_ || !reading_) return;
    auto bytes = std::exchange(inbox_, {});
    unread_ -= bytes.size();
    if (!bytes.empty() && !closing_) sink_->on_bytes(bytes, world_.now);
    if (auto peer = peer_.lock(); peer && !bytes.empty()) peer->pump();
    if (fin_arrived_ && open() && (reading_ || closing_)) {
      finish(closing_ ? CloseReason::local : CloseReason::peer, "");
    }
  }

  template <class Action>
  void post(Action action) {
    world_.events.post(world_.now, [self = shared_from_this(), action] { action(*self); });
  }

  void finish_later(CloseReason reason, const std::string& detail) {
    post([reason, detail](MemoryStream& self) { self.finish(reason, detail); });
  }

  void fail_later(CloseReason reason, const std::string& detail) {
    send_rst();
    finish_later(reason, detail);
  }

  void fail(CloseReason reason, const std::string& detail) {
    auto self = shared_from_this();
    send_rst();
    finish(reason, detail);
  }

  void finish(CloseReason reason, const std::string& detail) {
    if (!open()) return;
    queue_.clear();
    if (reason == CloseReason::reset) ended_ = true;
    send_fin();
    std::exchange(sink_, nullptr)->on_closed(reason, detail, world_.now);
  }

  World& world_;
  SendQueue queue_;
  ByteSink* sink_ = nullptr;  ///< null: closed
  std::weak_ptr<MemoryStream> peer_;
  Time last_arrival_;
  std::string inbox_;
  std::size_t unread_ = 0;  ///< bytes on the way to us or in our inbox
  bool connected_ = false;
  bool reading_ = true;
  bool closing_ = false;
  bool half_closed_ = false;
  bool ended_ = false;  ///< FIN or RST sent
  bool fin_arrived_ = false;
};

class MemoryConnection : public Connection {
 public:
  explicit MemoryConnection(std::shared_ptr<MemoryStream> stream) : stream_(std::move(stream)) {}
  ~MemoryConnection() override { stream_->abandon(); }

  void write(std::string_view bytes) override { stream_->write(bytes); }
  void close() override { stream_->close(); }
  void close_half() override { stream_->close_half(); }
  void reset() override { stream_->reset(); }
  void stop_reading() override { stream_->stop_reading(); }
  void resume_reading() override { stream_->resume_reading(); }
  std::size_t queued() const override { return stream_->queued(); }

 private:
  std::shared_ptr<MemoryStream> stream_;
};

using Listening = std::map<std::uint16_t, AcceptSink*>;

class MemoryListener : public Listener {
 public:
  MemoryListener(std::weak_ptr<Listening> listening, std::uint16_t port)
      : listening_(std::move(listening)), port_(port) {}
  ~MemoryListener() override {
    if (auto listening = listening_.lock()) listening->erase(port_);
  }

  std::uint16_t port() const override { return port_; }

 private:
  std::weak_ptr<Listening> listening_;
  std::uint16_t port_;
};

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

bool is_numeric(const std::string& host) {
  return host.find(':') != std::string::npos ||
         std::all_of(host.begin(), host.end(),
                     [](unsigned char c) { return std::isdigit(c) || c == '.'; });
}

class MemoryLoop : public Loop {
 public:
  MemoryLoop(Time start, const MemoryNetwork& network) : world_(*this, start, network) {}

  Time now() const override { return world_.now; }

  std::unique_ptr<Timer> at(Time when, std::function<void()> action) override {
    return world_.events.add(std::max(when, world_.now), std::move(action));
  }

  Result<std::unique_ptr<Listener>> listen(const Endpoint& at, AcceptSink& sink) override {
    if (!is_loopback(at.host)) {
      if (is_numeric(at.host)) return listen_error(at, EADDRNOTAVAIL);
      return listen_lookup_error(at, "no such host");
    }
    auto port = at.port;
    if (port == 0) {
      while (listening_->count(next_listen_port_)) ++next_listen_port_;
      port = next_listen_port_++;
    }
    if (!listening_->emplace(port, &sink).second) return listen_error(at, EADDRINUSE);
    return std::unique_ptr<Listener>(std::make_unique<MemoryListener>(listening_, port));
  }

  ConnectionPtr connect(const Endpoint& to, ByteSink& sink) override {
    auto stream = std::make_shared<MemoryStream>(world_);
    stream->attach(sink);
    Endpoint local{"127.0.0.1", next_connect_port_++};
    if (next_connect_port_ == 0) next_connect_port_ = kFirstConnectPort;
    world_.events.post(world_.now + world_.delay(),
                       [this, stream, to, local] { reach(stream, to, local); });
    return std::make_unique<MemoryConnection>(std::move(stream));
  }

  bool run_until(const std::function<bool()>& done, Time deadline) override {
    for (;;) {
      if (done()) return true;
      if (interrupted_.exchange(false)) return false;
      auto next = world_.events.next_mono_ns();
      if (!next || *next > deadline.mono_ns) break;
      advance(*next);
      world_.events.take_next()();
    }
    advance(deadline.mono_ns);
    return false;
  }

  void interrupt() override { interrupted_ = true; }

 private:
  void advance(std::int64_t mono_ns) {
    if (mono_ns <= world_.now.mono_ns) return;
    world_.now = world_.now + Duration(mono_ns - world_.now.mono_ns);
  }

  /// The connection request arrives where it was sent to.
  void reach(const std::shared_ptr<MemoryStream>& client, const Endpoint& to,
             const Endpoint& from) {
    if (!client->open()) return;
    auto found = is_loopback(to.host) ? listening_->find(to.port) : listening_->end();
    if (found == listening_->end()) return refuse(client, to);
    auto server = std::make_shared<MemoryStream>(world_);
    MemoryStream::join(*client, *server);
    Endpoint at{"127.0.0.1", to.port};
    auto known = world_.now + world_.delay();
    server->hold_until(known);
    world_.events.post(known, [client, from, at] { client->tell_connected(from, at); });
    accept(*found->second, server, {at, from});
  }

  struct Ends {
    Endpoint local;
    Endpoint peer;
  };

  void accept(AcceptSink& sink, const std::shared_ptr<MemoryStream>& server, const Ends& ends) {
    auto* bytes = sink.on_accept(std::make_unique<MemoryConnection>(server), ends.peer);
    // Ours is the last reference when the sink let the connection go.
    if (!bytes || server.use_count() == 1) return server->abandon();
    server->attach(*bytes);
    server->tell_connected(ends.local, ends.peer);
  }

  void refuse(const std::shared_ptr<MemoryStream>& client, const Endpoint& to) {
    bool known = is_loopback(to.host) || is_numeric(to.host);
    auto words = known ? socket_words(ECONNREFUSED) : std::string("no such host");
    world_.events.post(world_.now + world_.delay(),
                       [client, words] { client->tell_refused(words); });
  }

  World world_;
  std::shared_ptr<Listening> listening_ = std::make_shared<Listening>();
  std::uint16_t next_listen_port_ = kFirstListenPort;
  std::uint16_t next_connect_port_ = kFirstConnectPort;
  std::atomic<bool> interrupted_ = false;
};

}  // namespace

std::unique_ptr<Loop> make_memory_loop(Time start, const MemoryNetwork& network) {
  return std::make_unique<MemoryLoop>(start, network);
}

}  // namespace fixdrill::net
