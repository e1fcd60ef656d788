#include "contract/loop_contract.h"

#include <algorithm>
#include <gmock/gmock.h>

namespace fixdrill::net {

using namespace std::chrono_literals;
using testing::HasSubstr;

void End::on_connected(const Endpoint& local_end, const Endpoint& peer_end, Time when) {
  EXPECT_FALSE(connected || closed);
  connected = true;
  local = local_end;
  peer = peer_end;
  heard(when);
}

void End::on_bytes(std::string_view bytes, Time when) {
  EXPECT_TRUE(connected && !closed);
  EXPECT_FALSE(bytes.empty());
  received += bytes;
  ++deliveries;
  heard(when);
}

void End::on_closed(CloseReason why, const std::string& words, Time when) {
  EXPECT_FALSE(closed);
  closed = true;
  reason = why;
  detail = words;
  heard(when);
}

void End::heard(Time when) {
  times.push_back(when);
  if (then) then();
}

ByteSink* Door::on_accept(ConnectionPtr connection, const Endpoint& peer) {
  EXPECT_NE(peer.port, 0);
  if (then) then();
  if (refuse) return nullptr;
  ends.push_back(std::make_unique<End>());
  ends.back()->connection = std::move(connection);
  return ends.back().get();
}

void LoopContract::use_limits(const SendLimits& limits) { loop = GetParam().make(limits); }

bool LoopContract::until(const std::function<bool()>& done) {
  return loop->run_until(done, loop->now() + 30s);
}

void LoopContract::serve(Duration time) {
  EXPECT_FALSE(loop->run_until([] { return false; }, loop->now() + time));
}

void LoopContract::listen() {
  auto made = loop->listen({"127.0.0.1", 0}, door);
  ASSERT_TRUE(made.ok()) << made.error().text;
  listener = std::move(*made);
}

void LoopContract::connect() {
  listen();
  client.connection = loop->connect({"127.0.0.1", listener->port()}, client);
  ASSERT_TRUE(until([&] { return client.connected && door.ends.size() == 1; }));
}

TEST_P(LoopContract, TellsBothEndsWhoTheyAre) {
  connect();
  EXPECT_EQ(client.peer.text(), "127.0.0.1:" + std::to_string(listener->port()));
  EXPECT_EQ(client.local.text(), server().peer.text());
  EXPECT_EQ(client.peer.text(), server().local.text());
}

TEST_P(LoopContract, SaysNothingBeforeItRuns) {
  listen();
  client.connection = loop->connect({"127.0.0.1", listener->port()}, client);
  EXPECT_FALSE(client.connected);
}

TEST_P(LoopContract, CarriesBytesBothWaysInOrder) {
  connect();
  client.connection->write("one ");
  client.connection->write("two");
  server().connection->write("three");
  ASSERT_TRUE(until([&] { return server().received == "one two" && client.received == "three"; }));
  EXPECT_EQ(client.connection->queued(), 0u);
}

TEST_P(LoopContract, KeepsWhatIsWrittenBeforeTheConnectionStands) {
  listen();
  client.connection = loop->connect({"127.0.0.1", listener->port()}, client);
  client.connection->write("early ");
  client.then = [&] {
    if (client.times.size() == 1) client.connection->write("late");
  };
  ASSERT_TRUE(until([&] { return !door.ends.empty() && server().received == "early late"; }));
}

TEST_P(LoopContract, TimesNeverGoBack) {
  auto before = loop->now();
  connect();
  client.connection->write("x");
  ASSERT_TRUE(until([&] { return !server().received.empty(); }));
  for (Time when : server().times) {
    EXPECT_GE(when, before);
    EXPECT_EQ(when.wall_ns - before.wall_ns, when.mono_ns - before.mono_ns);
    before = when;
  }
  EXPECT_GE(loop->now(), before);
}

TEST_P(LoopContract, LocalhostIsFound) {
  listen();
  client.connection = loop->connect({"localhost", listener->port()}, client);
  ASSERT_TRUE(until([&] { return client.connected; }));
}

TEST_P(LoopContract, SaysThatNobodyListens) {
  listen();
  auto port = listener->port();
  listener.reset();
  client.connection = loop->connect({"127.0.0.1", port}, client);
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(client.reason, CloseReason::refused);
  EXPECT_EQ(client.detail, "connection refused");
  EXPECT_FALSE(client.connected);
}

TEST_P(LoopContract, SaysThatAHostIsUnknown) {
  // A label of more than 63 letters is no name, so no name server is asked.
  client.connection = loop->connect({std::string(64, 'x'), 1}, client);
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(client.reason, CloseReason::refused);
  EXPECT_THAT(client.detail, HasSubstr("no such host"));
}

TEST_P(LoopContract, SaysThatAPortIsTaken) {
  listen();
  Endpoint taken{"127.0.0.1", listener->port()};
  auto second = loop->listen(taken, door);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, ErrorKind::environment);
  EXPECT_EQ(second.error().text,
            taken.text() +
                " is already in use by another program; stop that program or choose another port "
                "(0 lets the system choose)");
}

TEST_P(LoopContract, FreesItsPortWithTheListener) {
  listen();
  Endpoint at{"127.0.0.1", listener->port()};
  listener.reset();
  EXPECT_TRUE(loop->listen(at, door).ok());
}

TEST_P(LoopContract, SaysThatAnAddressIsNotOurs) {
  auto made = loop->listen({"192.0.2.1", 9}, door);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().text,
            "cannot listen on 192.0.2.1:9: 192.0.2.1 is not an address of this machine");
}

TEST_P(LoopContract, ARefusedConnectionEnds) {
  door.refuse = true;
  listen();
  client.connection = loop->connect({"127.0.0.1", listener->port()}, client);
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(client.reason, CloseReason::peer);
}

TEST_P(LoopContract, CloseIsHeardByBoth) {
  connect();
  client.connection->write("bye");
  client.connection->close();
  EXPECT_FALSE(client.closed);
  client.connection->write("ignored");
  ASSERT_TRUE(until([&] { return client.closed && server().closed; }));
  EXPECT_EQ(client.reason, CloseReason::local);
  EXPECT_EQ(server().reason, CloseReason::peer);
  EXPECT_EQ(server().received, "bye");
}

TEST_P(LoopContract, CloseFirstWritesWhatIsQueued) {
  connect();
  std::string much(20u << 20, 'x');
  client.connection->write(much);
  EXPECT_GT(client.connection->queued(), 0u);
  client.connection->close();
  ASSERT_TRUE(until([&] { return client.closed && server().closed; }));
  EXPECT_EQ(client.reason, CloseReason::local);
  EXPECT_EQ(server().received.size(), much.size());
}

TEST_P(LoopContract, NoBytesComeAfterClose) {
  connect();
  server().connection->write("late");
  client.connection->close();
  ASSERT_TRUE(until([&] { return client.closed && server().closed; }));
  EXPECT_EQ(client.received, "");
  EXPECT_EQ(server().reason, CloseReason::peer);
}

TEST_P(LoopContract, CloseBeforeTheConnectionStands) {
  listen();
  client.connection = loop->connect({"127.0.0.1", listener->port()}, client);
  client.connection->close();
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(client.reason, CloseReason::local);
  EXPECT_FALSE(client.connected);
}

TEST_P(LoopContract, ResetIsHeardAsReset) {
  connect();
  client.connection->reset();
  ASSERT_TRUE(until([&] { return client.closed && server().closed; }));
  EXPECT_EQ(client.reason, CloseReason::local);
  EXPECT_EQ(server().reason, CloseReason::reset);
  EXPECT_EQ(server().detail, "connection reset by the peer");
}

TEST_P(LoopContract, AHalfClosedEndStillReads) {
  connect();
  server().then = [&] {
    if (server().received == "question" && !server().closed) {
      server().connection->write("answer");
      server().then = nullptr;
    }
  };
  client.connection->write("question");
  client.connection->close_half();
  client.connection->write("ignored");
  ASSERT_TRUE(until([&] { return client.closed && server().closed; }));
  EXPECT_EQ(server().received, "question");
  EXPECT_EQ(server().reason, CloseReason::peer);
  EXPECT_EQ(client.received, "answer");
  EXPECT_EQ(client.reason, CloseReason::peer);
}

TEST_P(LoopContract, BytesArriveBeforeTheEnd) {
  connect();
  server().connection->stop_reading();
  client.connection->write("last words");
  client.connection->close();
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_FALSE(server().closed);
  server().connection->resume_reading();
  ASSERT_TRUE(until([&] { return server().closed; }));
  EXPECT_EQ(server().received, "last words");
  EXPECT_EQ(server().reason, CloseReason::peer);
}

TEST_P(LoopContract, StoppedReadingHoldsTheWriterBack) {
  connect();
  server().connection->stop_reading();
  std::string much(32u << 20, 'x');
  client.connection->write(much);
  serve(20ms);
  EXPECT_EQ(server().received, "");
  EXPECT_GT(client.connection->queued(), 8u << 20);
  server().connection->resume_reading();
  EXPECT_EQ(server().received, "");
  ASSERT_TRUE(until([&] { return server().received.size() == much.size(); }));
  EXPECT_EQ(client.connection->queued(), 0u);
}

TEST_P(LoopContract, ReadingCanStopInsideADelivery) {
  connect();
  server().then = [&] { server().connection->stop_reading(); };
  client.connection->write(std::string(1u << 20, 'x'));
  ASSERT_TRUE(until([&] { return server().deliveries == 1; }));
  serve(5ms);
  EXPECT_EQ(server().deliveries, 1u);
  server().then = nullptr;
  server().connection->resume_reading();
  ASSERT_TRUE(until([&] { return server().received.size() == 1u << 20; }));
}

TEST_P(LoopContract, AFullSendQueueIsASlowConsumer) {
  use_limits({.queue = 1u << 20, .stall = 30s});
  connect();
  server().connection->stop_reading();
  std::string part(1u << 20, 'x');
  for (int i = 0; i < 64 && !client.closed; ++i) {
    client.connection->write(part);
    EXPECT_LE(client.connection->queued(), 1u << 20);
    serve(1ms);
  }
  ASSERT_TRUE(client.closed);
  EXPECT_EQ(client.reason, CloseReason::slow_consumer);
  EXPECT_EQ(client.detail, "the peer reads too slowly: more than 1048576 bytes wait to be sent");
}

TEST_P(LoopContract, AQueueWithoutProgressIsASlowConsumer) {
  use_limits({.queue = 64u << 20, .stall = 50ms});
  connect();
  server().connection->stop_reading();
  client.connection->write(std::string(32u << 20, 'x'));
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(client.reason, CloseReason::slow_consumer);
  EXPECT_THAT(client.detail, HasSubstr("bytes made no progress for 0.05 s"));
}

TEST_P(LoopContract, AConnectionMayGoInsideItsDelivery) {
  connect();
  server().then = [&] { server().connection.reset(); };
  client.connection->write("x");
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(server().received, "x");
  EXPECT_FALSE(server().closed);
}

TEST_P(LoopContract, AConnectionMayGoInsideItsEnd) {
  connect();
  client.then = [&] { client.connection.reset(); };
  server().connection->close();
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(client.reason, CloseReason::peer);
}

TEST_P(LoopContract, AConnectionMayGoWhenItStands) {
  listen();
  client.then = [&] { client.connection.reset(); };
  client.connection = loop->connect({"127.0.0.1", listener->port()}, client);
  ASSERT_TRUE(until([&] { return !door.ends.empty() && server().closed; }));
  EXPECT_FALSE(client.closed);
}

TEST_P(LoopContract, AListenerMayGoInsideItsAccept) {
  door.then = [&] { listener.reset(); };
  listen();
  auto port = listener->port();
  client.connection = loop->connect({"127.0.0.1", port}, client);
  ASSERT_TRUE(until([&] { return client.connected && door.ends.size() == 1; }));
  End second;
  second.connection = loop->connect({"127.0.0.1", port}, second);
  ASSERT_TRUE(until([&] { return second.closed; }));
  EXPECT_EQ(second.reason, CloseReason::refused);
}

TEST_P(LoopContract, DestroyingEndsWithoutACall) {
  connect();
  client.connection->write("x");
  client.connection.reset();
  ASSERT_TRUE(until([&] { return server().closed; }));
  EXPECT_EQ(server().received, "x");
  EXPECT_FALSE(client.closed);
}

TEST_P(LoopContract, WritingToAPeerThatHasGoneEndsOnce) {
  connect();
  server().connection->write("farewell");
  server().connection->close();
  ASSERT_TRUE(until([&] { return server().closed; }));
  for (int i = 0; i < 10; ++i) client.connection->write("is anybody there?");
  ASSERT_TRUE(until([&] { return client.closed; }));
  EXPECT_EQ(client.received, "farewell");
}

TEST_P(LoopContract, ManyConnectionsDoNotMix) {
  listen();
  std::vector<std::unique_ptr<End>> clients;
  for (int i = 0; i < 50; ++i) {
    auto& end = *clients.emplace_back(std::make_unique<End>());
    end.connection = loop->connect({"127.0.0.1", listener->port()}, end);
    end.connection->write(std::to_string(i));
  }
  auto all_heard = [&] {
    return door.ends.size() == 50 && std::all_of(door.ends.begin(), door.ends.end(),
                                                 [](auto& end) { return !end->received.empty(); });
  };
  ASSERT_TRUE(until(all_heard));
  for (auto& end : door.ends) end->connection->write("for " + end->peer.text());
  ASSERT_TRUE(until([&] {
    return std::all_of(clients.begin(), clients.end(),
                       [](auto& end) { return end->received == "for " + end->local.text(); });
  }));
}

}  // namespace fixdrill::net
