#include "report/ladder.h"

#include <gtest/gtest.h>
#include <sstream>

#include "conversation.h"
#include "report/brief.h"

namespace fixdrill::report {
namespace {

std::string drawn(test::FakeSource source, const std::vector<std::int64_t>& sessions,
                  const LadderOptions& options, const record::Recording* recording = nullptr) {
  std::ostringstream out;
  std::vector<record::RecordedSession> drawn;
  for (const std::int64_t id : sessions) drawn.push_back({id, *source.session(id)});
  Ladder ladder(drawn, its_fix44, options);
  if (recording != nullptr) {
    ladder.add_beside(beside_messages(*recording));
    ladder.add_happenings(happenings(*recording, {}));
  }
  ladder.head(out);
  while (const record::MessageView* view = source.next().value()) ladder.put(*view, out);
  ladder.finish(out);
  return out.str();
}

TEST(Ladder, OneLifelineForUsAndOneForTheSession) {
  EXPECT_EQ(
      drawn(order_talk(), {1}, {.width = 100}),
      R"(                         BRK1                                                        OE EXCH
                         │                                                                 │
2026-11-22 UTC
06:00:00.001             │── NewOrderSingle 087 Buy 100 MSFT @ 10.05 ─────────────────────▶│  #1
06:00:00.003       +2 ms │◀─ ExecutionReport New 087 ──────────────────────────────────────│  #3
)");
}

TEST(Ladder, SeveralSessionsAndWrappedWords) {
  test::FakeSource source = order_talk();
  source.sessions.push_back({"DC", "initiator", "FIX.4.4", "BRK1", "CLEAR", "", "wire"});
  source.in("8=FIX.4.4|35=j|45=7|380=3|58=no such thing here, and a long story about it|10=0|");
  source.messages.back().time = {kSixOClock + 1500 * kMs, 1500 * kMs};
  source.messages.back().session_id = 2;
  EXPECT_EQ(
      drawn(std::move(source), {1, 2}, {.width = 100, .ascii = true}),
      R"(                         BRK1                       OE EXCH                         DC CLEAR
                         |                                |                                |
2026-11-22 UTC
06:00:00.001             |-- NewOrderSingle 087 Buy ----->|                                |  #1
                         |   100 MSFT @ 10.05             |                                |
06:00:00.003       +2 ms |<- ExecutionReport New 087 -----|                                |  #3
06:00:01.500     +1.50 s |<- BusinessMessageReject UnsupportedMessageType refuses #7 ------|  #4
                         |   "no such thing here, and a long story about it"               |
)");
}

TEST(Ladder, MoreSessionsThanFitShareALifeline) {
  test::FakeSource source = order_talk();
  source.sessions.push_back({"DC", "initiator", "FIX.4.4", "BRK2", "CLEAR", "", "wire"});
  source.messages[1].session_id = 2;
  EXPECT_EQ(drawn(std::move(source), {1, 2}, {.width = 80, .all = true}),
            R"(                         us                                       OE, DC
                         │                                             │
2026-11-22 UTC
06:00:00.001             │── OE: NewOrderSingle 087 Buy 100 MSFT @ ───▶│  #1
                         │   10.05                                     │
06:00:00.002       +1 ms │◀─ DC: Heartbeat ────────────────────────────│  #2
06:00:00.003       +1 ms │◀─ OE: ExecutionReport New 087 ──────────────│  #3
)");
}

TEST(Ladder, ScenariosAndWhatFailed) {
  record::Recording recording = order_run();
  recording.result.scenarios = {failed_scenario()};
  EXPECT_EQ(drawn(order_talk(), {1}, {.width = 80}, &recording),
            R"(                         BRK1                                    OE EXCH
                         │                                             │
2026-11-22 UTC

FAIL  OE-030  Replace  scenarios/orders/limit.drill:7
06:00:00.001             │── NewOrderSingle 087 Buy 100 MSFT @ ───────▶│  #1
                         │   10.05                                     │
06:00:00.003       +2 ms │◀─ ExecutionReport New 087 ──────────────────│  #3
                           ! candidate by replace.drill:16 expect ExecutionReport
                           ! OrderQty(38): expected 150, received 100
                           ! LeavesQty(151): expected 150  (150 - 0), received 100
06:00:00.005  FAIL  scenarios/orders/replace.drill:16:7: ExecutionReport on OE differs in 2 of 6 fields
)");
}

TEST(Brief, TheFieldsThatPeopleLookAtFirst) {
  const auto said = [](const std::string& piped, bool known = true) {
    return brief(fix::Message(pipe_to_soh(piped)), known ? fix44().get() : nullptr);
  };
  EXPECT_EQ(said("35=D|11=087|54=1|38=100|55=MSFT|44=10.05|"),
            "NewOrderSingle 087 Buy 100 MSFT @ 10.05");
  EXPECT_EQ(said("35=8|11=087|150=F|39=1|54=1|38=100|32=40|31=10.05|14=40|151=60|"),
            "ExecutionReport PartiallyFilled 087 filled 40 @ 10.05 cum 40 leaves 60");
  EXPECT_EQ(said("35=8|11=087|150=8|39=8|14=0|151=0|58=too late|"),
            "ExecutionReport Rejected 087 \"too late\"");
  EXPECT_EQ(said("35=2|7=3|16=0|"), "ResendRequest from 3 to 0");
  EXPECT_EQ(said("35=D|11=087|54=1|", false), "35=D 087 54=1");
  EXPECT_EQ(said("35=U7|58=" + std::string(99, 'x') + "|"),
            "35=U7 \"" + std::string(60, 'x') + "…\"");
}

}  // namespace
}  // namespace fixdrill::report
