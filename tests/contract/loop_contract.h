// What every net::Loop promises, as one suite. A test program includes this and instantiates it:
//   INSTANTIATE_TEST_SUITE_P(Tcp, LoopContract, Values(LoopMaker{…}));
#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "net/loop.h"

namespace fixdrill::net {

struct LoopMaker {
  std::string name;
  std::function<std::unique_ptr<Loop>(const SendLimits&)> make;

  friend std::ostream& operator<<(std::ostream& out, const LoopMaker& maker) {
    return out << maker.name;
  }
};

/// One end of a connection, as a test sees it: what it was told, in order.
class End : public ByteSink {
 public:
  void on_connected(const Endpoint& local, const Endpoint& peer, Time when) override;
  void on_bytes(std::string_view bytes, Time when) override;
  void on_closed(CloseReason reason, const std::string& detail, Time when) override;

  bool connected = false;
  bool closed = false;
  Endpoint local;
  Endpoint peer;
  std::string received;
  std::size_t deliveries = 0;
  CloseReason reason{};
  std::string detail;
  std::vector<Time> times;
  std::function<void()> then;  ///< called after every event
  ConnectionPtr connection;

 private:
  void heard(Time when);
};

/// Accepts every connection into an End of its own, or refuses.
class Door : public AcceptSink {
 public:
  ByteSink* on_accept(ConnectionPtr connection, const Endpoint& peer) override;

  bool refuse = false;
  std::function<void()> then;  ///< called before the answer
  std::vector<std::unique_ptr<End>> ends;
};

class LoopContract : public testing::TestWithParam<LoopMaker> {
 protected:
  void use_limits(const SendLimits& limits);

  /// Serves until `done`; a test that gets there late has failed, so nothing is timed.
  [[nodiscard]] bool until(const std::function<bool()>& done);
  /// Serves for `time` whatever comes.
  void serve(Duration time);

  void listen();
  /// Both ends connected.
  void connect();

  End& server() { return *door.ends.at(0); }

  std::unique_ptr<Loop> loop = GetParam().make({});
  Door door;
  std::unique_ptr<Listener> listener;
  End client;
};

}  // namespace fixdrill::net
