#include "net/tcp_stream.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <chrono>
#include <sys/socket.h>
#include <utility>
#include <vector>

#include "net/lookup.h"
#include "net/send_queue.h"
#include "net/words.h"

namespace fixdrill::net {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 64u << 10;
constexpr auto kAcceptRetry = std::chrono::milliseconds(100);

Endpoint to_endpoint(const tcp::endpoint& from) {
  return {from.address().to_string(), from.port()};
}

std::vector<tcp::endpoint> to_asio(const LookupAnswer& answer) {
  std::vector<tcp::endpoint> all;
  for (const Address& address : answer.addresses) {
    error_code ec;
    auto parsed = asio::ip::make_address(address.host, ec);
    if (!ec) all.emplace_back(parsed, address.port);
  }
  return all;
}

/// Numeric addresses need no name server.
std::vector<tcp::endpoint> numeric(const Endpoint& endpoint) {
  return to_asio({{{endpoint.host, endpoint.port}}, {}});
}

/// One connection, kept alive by its owner's handle and by operations under way. Its events are
/// always delivered from a handler of the io_context; a call that ends the connection posts one.
class TcpStream : public std::enable_shared_from_this<TcpStream> {
 public:
  TcpStream(const TcpContext& context, tcp::socket socket)
      : context_(context), socket_(std::move(socket)), queue_(context.loop, context.limits, [this] {
          fail(CloseReason::slow_consumer, queue_.stall_text());
        }) {}

  void connect(const Endpoint& to, ByteSink& sink) {
    sink_ = &sink;
    auto addresses = numeric(to);
    if (!addresses.empty()) return connect_to(addresses);
    look_up_aside(to, [weak = weak_from_this(), box = context_.mailbox](LookupAnswer answer) {
      box->post([weak, answer] {
        if (auto self = weak.lock()) self->on_looked_up(answer);
      });
    });
  }

  /// The stream is connected: tells the sink and begins to read.
  void start(ByteSink& sink) {
    error_code ec;
    sink_ = &sink;
    socket_.set_option(tcp::no_delay(true), ec);
    socket_.non_blocking(true, ec);
    auto local = socket_.local_endpoint(ec);
    auto peer = socket_.remote_endpoint(ec);
    if (ec) return finish(CloseReason::reset, socket_words(ec.value()));
    connected_ = true;
    sink_->on_connected(to_endpoint(local), to_endpoint(peer), context_.loop.now());
    if (!sink_) return;
    if (!queue_.empty()) flush();
    after_flush();
    read();
  }

  void write(std::string_view bytes) {
    if (!sink_ || closing_ || half_closed_ || write_error_) return;
    if (connected_ && queue_.empty()) bytes.remove_prefix(send_now(bytes));
    if (write_error_ || bytes.empty()) return;
    if (!queue_.append(bytes))
      return fail_later(CloseReason::slow_consumer, queue_.overflow_text());
    wait_writable();
  }

  void close() {
    if (!sink_ || closing_) return;
    closing_ = true;
    reading_ = true;
    if (!connected_ || queue_.empty()) return finish_later(CloseReason::local, "");
    read();  // after_flush goes on
  }

  void close_half() {
    if (!sink_ || closing_ || half_closed_) return;
    half_closed_ = true;
    after_flush();
  }

  void reset() {
    if (!sink_) return;
    closing_ = true;
    abort_socket();
    finish_later(CloseReason::local, "");
  }

  void stop_reading() { reading_ = false; }

  void resume_reading() {
    if (std::exchange(reading_, true) || !sink_ || !connected_) return;
    asio::post(context_.io, [self = shared_from_this()] { self->deliver_held(); });
  }

  std::size_t queued() const { return queue_.size(); }

  /// The owner has gone: no more calls to the sink.
  void abandon() {
    sink_ = nullptr;
    queue_.clear();
    close_gently();
  }

 private:
  void on_looked_up(const LookupAnswer& answer) {
    if (!sink_ || closing_) return;
    auto addresses = to_asio(answer);
    if (addresses.empty()) return finish(CloseReason::refused, answer.words);
    connect_to(addresses);
  }

  void connect_to(const std::vector<tcp::endpoint>& addresses) {
    asio::async_connect(
        socket_, addresses,
        [self = shared_from_this()](error_code ec, const tcp::endpoint&) { self->on_connect(ec); });
  }

  void on_connect(error_code ec) {
    if (!sink_ || closing_) return;
    if (ec) return finish(CloseReason::refused, socket_words(ec.value()));
    start(*sink_);
  }

  void read() {
    if (!sink_ || read_pending_ || !reading_ || !socket_.is_open()) return;
    read_pending_ = true;
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](error_code ec, std::size_t count) {
                              self->read_pending_ = false;
                              self->on_read(ec, count);
                            });
  }

  void on_read(error_code ec, std::size_t count) {
    if (!sink_ || !socket_.is_open()) return;
    if (closing_) return on_read_while_closing(ec);
    if (ec == asio::error::eof && !write_error_ && !reading_) {
      held_eof_ = true;
    } else if (ec) {
      on_read_end(ec);
    } else if (!reading_) {
      held_.assign(buffer_.data(), count);
    } else {
      sink_->on_bytes({buffer_.data(), count}, context_.loop.now());
      read();
    }
  }

  // The socket is drained while the queue empties, or the peer that waits for us would never read.
  void on_read_while_closing(error_code ec) {
    if (ec) return finish(CloseReason::local, "");
    read();
  }

  void on_read_end(error_code ec) {
    if (ec != asio::error::eof) return finish(CloseReason::reset, socket_words(ec.value()));
    if (write_error_) return finish(CloseReason::reset, socket_words(write_error_));
    finish(CloseReason::peer, "");
  }

  void deliver_held() {
    if (!sink_ || closing_ || !reading_) return;
    if (held_eof_) return finish(CloseReason::peer, "");
    auto held = std::exchange(held_, {});
    if (!held.empty()) sink_->on_bytes(held, context_.loop.now());
    read();
  }

  /// Writes what the socket takes; a failure is remembered for the reading side, which first
  /// delivers what the peer said before it went.
  std::size_t send_now(std::string_view bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      auto rest = bytes.substr(sent);
      ssize_t n = ::send(socket_.native_handle(), rest.data(), rest.size(), MSG_NOSIGNAL);
      if (n >= 0) {
        sent += static_cast<std::size_t>(n);
      } else if (errno != EINTR) {
        if (errno != EAGAIN && errno != EWOULDBLOCK) on_write_error(errno);
        break;
      }
    }
    return sent;
  }

  void on_write_error(int error_number) {
    write_error_ = error_number;
    queue_.clear();
    if (closing_) return finish_later(CloseReason::local, "");
    if (!read_pending_ && !reading_) {
      fail_later(CloseReason::reset, socket_words(error_number));
    }
  }

  void flush() {
    queue_.consume(send_now(queue_.front()));
    if (!queue_.empty()) wait_writable();
  }

  void wait_writable() {
    if (write_pending_ || !connected_) return;
    write_pending_ = true;
    socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](error_code ec) {
      self->write_pending_ = false;
      if (ec || !self->sink_ || !self->socket_.is_open()) return;
      self->flush();
      self->after_flush();
    });
  }

  /// What was asked for once the queue is empty.
  void after_flush() {
    if (!connected_ || !queue_.empty() || !socket_.is_open()) return;
    error_code ec;
    if (half_closed_ && !std::exchange(fin_sent_, true)) {
      socket_.shutdown(tcp::socket::shutdown_send, ec);
    }
    if (closing_) finish_later(CloseReason::local, "");
  }

  void finish_later(CloseReason reason, std::string detail) {
    asio::post(context_.io, [self = shared_from_this(), reason, detail = std::move(detail)] {
      self->finish(reason, detail);
    });
  }

  void fail_later(CloseReason reason, std::string detail) {
    abort_socket();
    finish_later(reason, std::move(detail));
  }

  void fail(CloseReason reason, const std::string& detail) {
    auto self = shared_from_this();
    abort_socket();
    finish(reason, detail);
  }

  void finish(CloseReason reason, const std::string& detail) {
    if (!sink_) return;
    close_gently();
    queue_.clear();
    std::exchange(sink_, nullptr)->on_closed(reason, detail, context_.loop.now());
  }

  // Bytes left unread would make the kernel send RST, and the peer lose what we wrote last.
  void close_gently() {
    error_code ec;
    if (connected_ && socket_.is_open()) {
      socket_.shutdown(tcp::socket::shutdown_send, ec);
      for (std::size_t total = 0; !ec && total < limits::kReceiveBuffer;) {
        total += socket_.read_some(asio::buffer(buffer_), ec);
      }
    }
    socket_.close(ec);
  }

  void abort_socket() {
    error_code ec;
    if (connected_) socket_.set_option(asio::socket_base::linger(true, 0), ec);
    socket_.close(ec);
  }

  TcpContext context_;
  tcp::socket socket_;
  SendQueue queue_;
  ByteSink* sink_ = nullptr;  ///< null: nothing more is said
  std::array<char, kReadBytes> buffer_;
  std::string held_;  ///< read when stop_reading came: at most one buffer
  bool held_eof_ = false;
  bool connected_ = false;
  bool reading_ = true;
  bool read_pending_ = false;
  bool write_pending_ = false;
  bool closing_ = false;
  bool half_closed_ = false;
  bool fin_sent_ = false;
  int write_error_ = 0;
};

class TcpConnection : public Connection {
 public:
  explicit TcpConnection(std::shared_ptr<TcpStream> stream) : stream_(std::move(stream)) {}
  ~TcpConnection() override { stream_->abandon(); }

  void write(std::string_view bytes) override { stream_->write(bytes); }
  void close() override { stream_->close(); }
  void close_half() override { stream_->close_half(); }
  void reset() override { stream_->reset(); }
  void stop_reading() override { stream_->stop_reading(); }
  void resume_reading() override { stream_->resume_reading(); }
  std::size_t queued() const override { return stream_->queued(); }

 private:
  std::shared_ptr<TcpStream> stream_;
};

class TcpAcceptor : public std::enable_shared_from_this<TcpAcceptor> {
 public:
  TcpAcceptor(const TcpContext& context, AcceptSink& sink)
      : context_(context), acceptor_(context.io), sink_(&sink) {}

  error_code open(const tcp::endpoint& at) {
    error_code ec;
    acceptor_.open(at.protocol(), ec);
    if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor_.bind(at, ec);
    if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
    if (!ec) accept();
    return ec;
  }

  std::uint16_t port() const {
    error_code ec;
    return acceptor_.local_endpoint(ec).port();
  }

  void abandon() {
    sink_ = nullptr;
    error_code ec;
    acceptor_.close(ec);
  }

 private:
  void accept() {
    acceptor_.async_accept([self = shared_from_this()](error_code ec, tcp::socket socket) {
      if (!self->sink_) return;
      if (ec) return self->retry();
      self->on_accept(std::move(socket));
      if (self->sink_) self->accept();
    });
  }

  void on_accept(tcp::socket socket) {
    error_code ec;
    auto peer = socket.remote_endpoint(ec);
    if (ec) return;  // gone before we looked
    auto stream = std::make_shared<TcpStream>(context_, std::move(socket));
    auto* sink = sink_->on_accept(std::make_unique<TcpConnection>(stream), to_endpoint(peer));
    // Ours is the last reference when the sink let the connection go.
    if (!sink || stream.use_count() == 1) return stream->abandon();
    stream->start(*sink);
  }

  // Out of file descriptors, most likely: a wait keeps the loop from spinning.
  void retry() {
    retry_ = context_.loop.at(context_.loop.now() + kAcceptRetry, [weak = weak_from_this()] {
      auto self = weak.lock();
      if (self && self->sink_) self->accept();
    });
  }

  TcpContext context_;
  tcp::acceptor acceptor_;
  AcceptSink* sink_;
  std::unique_ptr<Timer> retry_;
};

class TcpListener : public Listener {
 public:
  explicit TcpListener(std::shared_ptr<TcpAcceptor> acceptor)
      : acceptor_(std::move(acceptor)), port_(acceptor_->port()) {}
  ~TcpListener() override { acceptor_->abandon(); }

  std::uint16_t port() const override { return port_; }

 private:
  std::shared_ptr<TcpAcceptor> acceptor_;
  std::uint16_t port_;
};

}  // namespace

void Mailbox::close() {
  std::lock_guard lock(mutex_);
  io_ = nullptr;
}

void Mailbox::post(std::function<void()> action) {
  std::lock_guard lock(mutex_);
  if (io_) asio::post(*io_, std::move(action));
}

ConnectionPtr connect_tcp(const TcpContext& context, const Endpoint& to, ByteSink& sink) {
  auto stream = std::make_shared<TcpStream>(context, tcp::socket(context.io));
  stream->connect(to, sink);
  return std::make_unique<TcpConnection>(std::move(stream));
}

Result<std::unique_ptr<Listener>> listen_tcp(const TcpContext& context, const Endpoint& at,
                                             AcceptSink& sink) {
  auto addresses = numeric(at);
  if (addresses.empty()) {
    auto answer = look_up(at);
    addresses = to_asio(answer);
    if (addresses.empty()) return listen_lookup_error(at, answer.words);
  }
  auto acceptor = std::make_shared<TcpAcceptor>(context, sink);
  if (auto ec = acceptor->open(addresses.front())) return listen_error(at, ec.value());
  return std::unique_ptr<Listener>(std::make_unique<TcpListener>(std::move(acceptor)));
}

}  // namespace fixdrill::net
