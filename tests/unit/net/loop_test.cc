#include "net/loop.h"

#include <thread>

#include "contract/loop_contract.h"

namespace fixdrill::net {

using namespace std::chrono_literals;

namespace {

constexpr Time kStart{1'795'000'000'000'000'000, 1'000'000'000};

std::string name_of(const testing::TestParamInfo<LoopMaker>& info) { return info.param.name; }

LoopMaker memory(const std::string& name, MemoryNetwork network) {
  return {name, [network](const SendLimits& limits) mutable {
            network.send = limits;
            return make_memory_loop(kStart, network);
          }};
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Tcp, LoopContract,
                         testing::Values(LoopMaker{"Tcp",
                                                   [](const SendLimits& limits) {
                                                     return make_tcp_loop(kStart, limits);
                                                   }}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(
    Memory, LoopContract,
    testing::Values(memory("Plain", {}),
                    memory("Delayed", {.seed = 7, .min_delay = 10us, .max_delay = 300us}),
                    memory("Sliced", {.seed = 8, .max_delay = 50us, .max_slice = 40'000})),
    name_of);

namespace {

/// Both ends on one in-memory network; the client says `text`.
struct Conversation {
  explicit Conversation(const MemoryNetwork& network) : loop(make_memory_loop(kStart, network)) {}

  std::vector<std::int64_t> says(const std::string& text) {
    auto listener = loop->listen({"127.0.0.1", 0}, door);
    client.connection = loop->connect({"127.0.0.1", (*listener)->port()}, client);
    client.connection->write(text);
    EXPECT_TRUE(loop->run_until(
        [&] { return !door.ends.empty() && door.ends[0]->received == text; }, kStart + 1h));
    std::vector<std::int64_t> moments;
    for (Time when : door.ends[0]->times) moments.push_back(when.mono_ns);
    return moments;
  }

  std::unique_ptr<Loop> loop;
  Door door;
  End client;
};

TEST(MemoryLoop, ADayPassesAtOnce) {
  auto loop = make_memory_loop(kStart);
  int beats = 0;
  std::unique_ptr<Timer> timer;
  std::function<void()> beat = [&] {
    ++beats;
    timer = loop->at(loop->now() + 30s, beat);
  };
  beat();
  EXPECT_FALSE(loop->run_until([] { return false; }, kStart + 24h));
  EXPECT_EQ(beats, 1 + 24 * 60 * 2);
  EXPECT_EQ(loop->now(), kStart + 24h);
  EXPECT_EQ(loop->now().wall_ns, (kStart + 24h).wall_ns);
}

TEST(MemoryLoop, TheSameSeedIsTheSameRun) {
  MemoryNetwork network{.seed = 3, .max_delay = 1ms, .max_slice = 5};
  std::string text = "a text that is cut into several pieces";
  auto first = Conversation(network).says(text);
  EXPECT_EQ(Conversation(network).says(text), first);
  network.seed = 4;
  EXPECT_NE(Conversation(network).says(text), first);
}

TEST(MemoryLoop, CutsAsAsked) {
  Conversation talk({.max_slice = 1});
  talk.says("12345");
  EXPECT_EQ(talk.door.ends[0]->deliveries, 5u);
}

TEST(MemoryLoop, DelaysAsAsked) {
  Conversation talk({.min_delay = 5ms, .max_delay = 5ms});
  auto moments = talk.says("x");
  // The request needs 5 ms, the answer 5 ms, the bytes 5 ms.
  EXPECT_EQ(moments, (std::vector<std::int64_t>{(kStart + 5ms).mono_ns, (kStart + 15ms).mono_ns}));
}

TEST(MemoryLoop, TheBufferIsTheWindow) {
  Conversation talk({.buffer = 100});
  talk.says("x");
  auto& server = *talk.door.ends[0];
  server.connection->stop_reading();
  talk.client.connection->write(std::string(250, 'y'));
  EXPECT_EQ(talk.client.connection->queued(), 150u);
  server.connection->resume_reading();
  EXPECT_TRUE(talk.loop->run_until([&] { return server.received.size() == 251; }, kStart + 1h));
  EXPECT_EQ(talk.client.connection->queued(), 0u);
}

TEST(TcpLoop, WallTimeIsStartPlusMonotonicTime) {
  auto loop = make_tcp_loop(kStart);
  auto now = loop->now();
  EXPECT_GE(now, kStart);
  EXPECT_EQ(now.wall_ns - kStart.wall_ns, now.mono_ns - kStart.mono_ns);
}

TEST(TcpLoop, InterruptWakesAWaitingLoop) {
  auto loop = make_tcp_loop(kStart);
  std::unique_ptr<Timer> started;
  std::thread other;
  started = loop->at(loop->now(), [&] { other = std::thread([&] { loop->interrupt(); }); });
  auto deadline = loop->now() + 30s;
  EXPECT_FALSE(loop->run_until([] { return false; }, deadline));
  EXPECT_LT(loop->now(), deadline);
  other.join();
}

TEST(TcpLoop, LoopsOnSeveralThreadsReachEachOther) {
  auto here = make_tcp_loop(kStart);
  Door door;
  auto listener = here->listen({"127.0.0.1", 0}, door);
  ASSERT_TRUE(listener.ok());
  auto port = (*listener)->port();
  std::string heard;
  std::thread other([port, &heard] {
    auto there = make_tcp_loop(kStart);
    End client;
    client.connection = there->connect({"127.0.0.1", port}, client);
    client.connection->write("ping");
    there->run_until([&] { return client.received == "pong"; }, there->now() + 30s);
    heard = client.received;
  });
  EXPECT_TRUE(here->run_until(
      [&] { return !door.ends.empty() && door.ends[0]->received == "ping"; }, here->now() + 30s));
  door.ends[0]->connection->write("pong");
  EXPECT_TRUE(here->run_until([&] { return door.ends[0]->closed; }, here->now() + 30s));
  other.join();
  EXPECT_EQ(heard, "pong");
}

}  // namespace
}  // namespace fixdrill::net
