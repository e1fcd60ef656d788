// What else lives on a lane's Loop, and that a run against it on virtual time repeats itself.
#include "unit/record/recording_fixture.h"
#include "unit/run/drill_run.h"
#include "unit/run/little_exchange.h"

namespace fixdrill::run {
namespace {

using record::RunRow;

const std::string kScenario =
    "session OE initiator\n"
    "scenario \"acknowledged\" {\n"
    "  send NewOrderSingle { ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 1 | "
    "OrdType = Market | TransactTime = ${now()} }\n"
    "  expect ExecutionReport { ExecType = New }\n}\n"
    "scenario \"filled\" {\n"
    "  send NewOrderSingle { ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 1 | "
    "OrdType = Market | TransactTime = ${now()} }\n"
    "  expect ExecutionReport { ExecType = Trade }\n}\n";
const std::string kSaid =
    "PASS acknowledged\n"
    "FAIL filled: 8:28 expect: ExecutionReport on OE differs in 1 of 1 field";

class Attach : public DrillRun {
 protected:
  void exchange_lives_on_the_loop() {
    attach = [](net::Loop& loop) { return std::make_shared<LittleExchange>(loop); };
  }

  struct Recorded {
    std::string uuid;
    std::string file;
  };
  Recorded recorded(std::uint64_t seed) {
    const record::TempFolder folder;
    RunRow row;
    row.suite = "a.drill";
    row.seed = seed;
    row.reproducible = true;
    auto made = record::create_recording(folder.file("a.db"), row, test::kStart);
    EXPECT_TRUE(made.ok());
    recorder_in_use = made->get();
    const record::RunResult result = runs(kScenario);
    EXPECT_EQ(said(result), kSaid);
    EXPECT_EQ(result.exit_code, 1);
    return {result.uuid, record::bytes_of(folder.file("a.db"))};
  }
};

TEST_F(Attach, ScenariosTalkToWhatIsThere) {
  exchange_lives_on_the_loop();
  EXPECT_EQ(says(kScenario), kSaid);
}

TEST_F(Attach, IsMadeBeforeTheSessionsAndGoesAfterThemAndBeforeTheLoop) {
  struct Witness {
    net::Loop& loop;
    std::vector<std::string>& seen;
    const test::FakeRecorder& recorder;
    ~Witness() {
      bool open = false;
      for (const auto& connection : recorder.connections) open = open || !connection.closed;
      seen.push_back(loop.now().wall_ns >= test::kStart.wall_ns && !open ? "gone"
                                                                         : "gone too early");
    }
  };
  std::vector<std::string> seen;
  with_loop = [&](net::Loop&) { seen.emplace_back("loop"); };
  attach = [&](net::Loop& loop) {
    seen.push_back(recorder.sessions.empty() ? "made" : "made too late");
    return std::shared_ptr<Witness>(new Witness{loop, seen, recorder});
  };
  EXPECT_EQ(says(engines("  OE: sync\n  check 1 = 1")), "PASS s");
  EXPECT_EQ(seen, (std::vector<std::string>{"loop", "made", "gone"}));
}

// Files are compared as truth values: a failure must not print megabytes.
TEST_F(Attach, TheSameSeedGivesTheSameFile) {
  exchange_lives_on_the_loop();
  const Recorded first = recorded(7);
  const Recorded second = recorded(7);
  EXPECT_EQ(second.uuid, first.uuid);
  EXPECT_TRUE(second.file == first.file);
  const Recorded other = recorded(8);
  EXPECT_NE(other.uuid, first.uuid);
  EXPECT_FALSE(other.file == first.file);
}

}  // namespace
}  // namespace fixdrill::run
