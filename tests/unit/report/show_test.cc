#include "report/show.h"

#include <gtest/gtest.h>
#include <limits>
#include <sstream>

#include "conversation.h"

namespace fixdrill::report {
namespace {

using record::MessageKind;
using record::Recording;

std::string shown(test::FakeSource source, const Recording* recording = nullptr,
                  const ShowOptions& options = {},
                  const record::DictionaryOf& dictionary = its_fix44) {
  std::ostringstream out;
  Show show(source, dictionary, options, out);
  if (recording != nullptr) {
    show.head(*recording);
    show.add_happenings(happenings(*recording, {options.colour, options.zone}));
  }
  EXPECT_TRUE(show.print().ok());
  show.finish();
  return out.str();
}

TEST(Show, ALogTellsItsSessionsAsTheyCome) {
  EXPECT_EQ(shown(order_talk()), R"(session OE: initiator FIX.4.4 BRK1 -> EXCH
2026-11-22 UTC
06:00:00.001  OE ->  #1  NewOrderSingle(D)  FIX.4.4  MsgSeqNum(34) = 2  BRK1 -> EXCH  T
                ClOrdID(11) = 087
                Side(54) = 1 Buy
                OrderQty(38) = 100
                Symbol(55) = MSFT
                Price(44) = 10.05
              (1 Heartbeat)
06:00:00.003  OE <-  #3  ExecutionReport(8)  FIX.4.4  MsgSeqNum(34) = 3  EXCH -> BRK1  T
                OrderID(37) = O-1
                ClOrdID(11) = 087
                ExecType(150) = 0 New
                OrdStatus(39) = 0 New
                CumQty(14) = 0
                LeavesQty(151) = 100
                NoPartyIDs(453) = 1
                  [1] PartyID(448) = X
                      PartyIDSource(447) = D Proprietary
                      PartyRole(452) = 1 ExecutingFirm
)");
}

TEST(Show, WhatARunSaidStandsBesideItsMessages) {
  test::FakeSource source = order_talk();
  source.messages[0].raw = "8=FIX.4.4\00135=0\00149=A\00156=B\00134=1\00152=T\00110=0\001";
  source.messages[2].raw = source.messages[0].raw;
  Recording recording = order_run();
  recording.result.scenarios = {failed_scenario()};
  EXPECT_EQ(shown(std::move(source), &recording),
            R"(recording 2f6e: scenarios/orders against sim.toml, FAIL
session OE: initiator FIX.4.4 BRK1 -> EXCH
2026-11-22 UTC
06:00:00.000  OE  connected, 127.0.0.1:40000 - 127.0.0.1:9876

FAIL  OE-030  Replace  scenarios/orders/limit.drill:7
06:00:00.001  OE ->  #1  Heartbeat(0)  FIX.4.4  MsgSeqNum(34) = 1  A -> B  T
              + sent by replace.drill:9 send OrderCancelReplaceRequest {
              ! sent by replace.drill:16 expect ExecutionReport
              (1 Heartbeat)
06:00:00.003  OE <-  #3  Heartbeat(0)  FIX.4.4  MsgSeqNum(34) = 1  A -> B  T
              ! candidate by replace.drill:16 expect ExecutionReport
              ! OrderQty(38): expected 150, received 100
              ! LeavesQty(151): expected 150  (150 - 0), received 100
06:00:00.005  FAIL  scenarios/orders/replace.drill:16:7: ExecutionReport on OE differs in 2 of 6 fields
06:00:00.009  OE  closed: peer closed
)");
}

TEST(Show, OfAPartOnlyWhatHappenedInsideIt) {
  test::FakeSource source = order_talk();
  source.messages.pop_front();
  Recording recording = order_run();
  recording.events = {{{kSixOClock + 5 * kMs / 2, 0}, "note", 1, 0, "between"}};
  EXPECT_EQ(shown(std::move(source), &recording, {.all = true, .part = true},
                  [](const auto&) { return fix::DictionaryPtr(); }),
            R"(recording 2f6e: scenarios/orders against sim.toml, FAIL
session OE: initiator FIX.4.4 BRK1 -> EXCH
2026-11-22 UTC
06:00:00.002  OE <-  #2  8=FIX.4.4|9=5|35=0|34=2|49=EXCH|56=BRK1|52=T|10=000|
06:00:00.002  OE  note: between
06:00:00.003  OE <-  #3  8=FIX.4.4|9=5|35=8|34=3|49=EXCH|56=BRK1|52=T|37=O-1|11=087|150=0|39=0|14=0|151=100|453=1|448=X|447=D|452=1|10=000|
)");
}

TEST(Show, HeadersAreUnfoldedAndTimesAreInTheirZoneOnRequest) {
  test::FakeSource source = order_talk();
  source.messages.resize(2);
  source.messages.pop_front();
  const flow::ZoneOffset new_york = [](std::int64_t) { return -5 * 3600 * 1000 * kMs; };
  EXPECT_EQ(shown(std::move(source), nullptr,
                  {.all = true, .header = true, .zone = new_york, .zone_name = "America/New_York"}),
            R"(session OE: initiator FIX.4.4 BRK1 -> EXCH
2026-11-22 America/New_York
01:00:00.002  OE <-  #2  Heartbeat(0)
                BeginString(8) = FIX.4.4
                BodyLength(9) = 5
                MsgType(35) = 0 Heartbeat
                MsgSeqNum(34) = 2
                SenderCompID(49) = EXCH
                TargetCompID(56) = BRK1
                SendingTime(52) = T
                CheckSum(10) = 000
)");
}

TEST(Show, LinesOfALogThatHoldNoMessagePassThrough) {
  test::FakeSource source = order_talk();
  source.messages.resize(2);
  record::MessageView& junk = source.messages[0];
  junk.kind = MessageKind::junk;
  junk.line = "gateway \x1b[31mstarted";
  junk.raw = junk.line;
  junk.number = 1;
  junk.time = {};
  junk.session_id = 0;
  EXPECT_EQ(shown(std::move(source)), "gateway \\x1b[31mstarted\n              (1 Heartbeat)\n");
}

TEST(Show, BytesThatAreNoMessageAndMessagesWithoutADictionary) {
  test::FakeSource source;
  source.out("").in("8=FIX.4.4|35=A|554=***|10=0|").in("8=FIX.4.4|35=A|10=0|");
  source.messages[0].kind = MessageKind::junk;
  source.messages[0].raw = "::error::\x1b[2J\n";
  source.messages[1].masked = true;
  source.messages[2].sum_ok = false;
  Recording recording = order_run();
  recording.connections.clear();
  recording.sealed = false;
  recording.outcome = "";
  for (record::MessageView& view : source.messages) view.time.wall_ns = kSixOClock + view.id * kMs;
  recording.events = {{{kSixOClock + 3 * kMs, 0}, "guard", 1, 0, "withheld\n::notice::x"}};
  EXPECT_EQ(shown(std::move(source), &recording, {.raw = true},
                  [](const auto&) { return fix::DictionaryPtr(); }),
            R"(recording 2f6e: scenarios/orders against sim.toml, not ended, not sealed
session OE: initiator FIX.4.4 BRK1 -> EXCH
2026-11-22 UTC
06:00:00.001  OE ->  #1  junk: ::error::\x1b[2J\x0a
              \x3a:error::\x1b[2J\x0a
06:00:00.002  OE <-  #2  8=FIX.4.4|35=A|554=***|10=0|  (secrets masked)
              8=FIX.4.4|35=A|554=***|10=0|
06:00:00.003  OE <-  #3  8=FIX.4.4|35=A|10=0|  (BodyLength(9) or CheckSum(10) does not hold)
              8=FIX.4.4|35=A|10=0|
06:00:00.003  OE  guard: withheld
06:00:00.003  OE  guard: ::notice::x
)");
}

TEST(Show, ALongMessageIsCutWithItsSize) {
  test::FakeSource source;
  source.out(std::string(1'000'000, 'x'));
  const std::string text =
      shown(std::move(source), nullptr, {}, [](const auto&) { return fix::DictionaryPtr(); });
  EXPECT_TRUE(text.ends_with(std::string(2000, 'x') + "… (1000000 bytes)\n"));
  EXPECT_LT(text.size(), 2'500u);
}

TEST(Show, ASourceThatGrewGoesOn) {
  test::FakeSource source = order_talk();
  source.messages.resize(2);
  std::ostringstream out;
  Show show(source, its_fix44, {}, out);
  EXPECT_TRUE(show.print().ok());
  out.str("");
  source.in("8=FIX.4.4|35=1|112=x|10=0|").in("8=FIX.4.4|35=5|34=9|49=A|56=B|52=T|10=0|");
  EXPECT_TRUE(show.print().ok());
  EXPECT_EQ(out.str(), R"(              (1 Heartbeat, 1 TestRequest)
2025-11-24 UTC
16:00:00.004  OE <-  #4  Logout(5)  FIX.4.4  MsgSeqNum(34) = 9  A -> B  T
)");
}

TEST(Show, AForgedRecordingDoesNoHarm) {
  test::FakeSource source = order_talk();
  source.messages.resize(2);
  source.messages[0].time.wall_ns = std::numeric_limits<std::int64_t>::min();
  source.messages[1].time.wall_ns = std::numeric_limits<std::int64_t>::max();
  source.messages[1].session_id = 77;
  source.messages[1].raw = "";
  const std::string text = shown(std::move(source));
  EXPECT_NE(text.find("1970-01-01 UTC\n00:00:00.000  OE"), std::string::npos) << text;
  EXPECT_NE(text.find(" ? <-  #2  "), std::string::npos) << text;
}

}  // namespace
}  // namespace fixdrill::report
