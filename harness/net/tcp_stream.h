// Connections and listeners of the TCP loop. Asio stays out of sight: only its io_context is named.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>  // for asio after this header: Boost 1.74 uses std::exchange without it

#include "net/loop.h"

namespace boost::asio {
class io_context;
}

namespace fixdrill::net {

/// A way for other threads to reach the loop as long as it lives.
class Mailbox {
 public:
  explicit Mailbox(boost::asio::io_context& io) : io_(&io) {}

  /// The loop goes: what is posted from now on is dropped.
  void close();
  /// Runs `action` from run_until.
  void post(std::function<void()> action);

 private:
  std::mutex mutex_;
  boost::asio::io_context* io_;
};

/// What of the loop its connections need.
struct TcpContext {
  Loop& loop;
  boost::asio::io_context& io;
  std::shared_ptr<Mailbox> mailbox;
  SendLimits limits;
};

ConnectionPtr connect_tcp(const TcpContext& context, const Endpoint& to, ByteSink& sink);

Result<std::unique_ptr<Listener>> listen_tcp(const TcpContext& context, const Endpoint& at,
                                             AcceptSink& sink);

}  // namespace fixdrill::net
