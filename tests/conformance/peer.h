// A peer on a loop: one session with its connections, as acceptor or as initiator.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "conformance/session.h"
#include "net/loop.h"

namespace fixdrill::conformance {

/// Listens on 127.0.0.1 from the beginning, or calls there until it is answered and again whenever
/// the connection is lost. Outlives nothing of the loop.
class Peer final : public LineOwner, public net::AcceptSink {
 public:
  Peer(net::Loop& loop, const Settings& settings, const Fault& fault);
  ~Peer() override = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  Session& session() { return session_; }
  Time now() const { return loop_.now(); }
  std::unique_ptr<net::Timer> later(Duration delay, std::function<void()> action) {
    return loop_.at(loop_.now() + delay, std::move(action));
  }

  net::ByteSink* on_accept(net::ConnectionPtr connection, const net::Endpoint&) override;
  void on_open(Line& line) override;
  void on_piece(Line& line, std::string bytes) override;
  void on_gone(Line& line) override;

 private:
  Line& new_line();
  void dial();
  void look_again();
  void tick();

  net::Loop& loop_;
  Session session_;
  std::vector<std::unique_ptr<Line>> lines_;
  std::unique_ptr<net::Listener> listener_;
  std::unique_ptr<net::Timer> clock_;
  Time dial_at_{};
};

}  // namespace fixdrill::conformance
