#include "report/show.h"

#include <gtest/gtest.h>
#include <limits>
#include <sstream>

#include "base/text.h"
#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Direction;
using record::MessageKind;
using record::MessageRow;
using record::Outcome;
using record::Recording;

constexpr std::int64_t kSixOClock = 1'795'327'200'000'000'000;  // 2026-11-22T06:00:00Z
constexpr std::int64_t kMs = 1'000'000;

fix::DictionaryPtr small_dictionary() {
  const auto parsed = fix::Dictionary::parse("small.xml", R"(
<fix major="4" minor="4" type="FIX">
  <header><field name="BeginString" required="Y"/><field name="BodyLength" required="Y"/>
    <field name="MsgType" required="Y"/><field name="MsgSeqNum" required="Y"/></header>
  <messages>
    <message name="NewOrderSingle" msgtype="D" msgcat="app"><field name="Side" required="Y"/></message>
    <message name="Heartbeat" msgtype="0" msgcat="admin"/>
  </messages>
  <trailer><field name="CheckSum" required="Y"/></trailer>
  <components/>
  <fields>
    <field number="8" name="BeginString" type="STRING"/><field number="9" name="BodyLength" type="LENGTH"/>
    <field number="35" name="MsgType" type="STRING"/><field number="34" name="MsgSeqNum" type="SEQNUM"/>
    <field number="10" name="CheckSum" type="STRING"/>
    <field number="54" name="Side" type="CHAR"><value enum="1" description="BUY"/></field>
  </fields>
</fix>)");
  EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().text);
  return parsed ? *parsed : nullptr;
}

MessageRow message(std::int64_t id, Direction direction, const std::string& piped) {
  MessageRow row;
  row.id = id;
  row.connection_id = 2;
  row.session_id = 1;
  row.direction = direction;
  row.time.wall_ns = kSixOClock + id * kMs;
  row.raw = pipe_to_soh(piped);
  return row;
}

Recording talk() {
  Recording recording;
  recording.uuid = "2f6e";
  recording.suite = "scenarios/orders";
  recording.target = "sim.toml";
  recording.outcome = "FAIL";
  recording.sealed = true;
  recording.sessions = {{1, {"OE", "initiator", "FIX.4.4", "BRK", "EXCH", "", "wire"}}};
  recording.connections = {{2,
                            {1, {kSixOClock, 0}, "127.0.0.1:40000", "127.0.0.1:9876"},
                            kSixOClock + 9 * kMs,
                            "peer closed"}};
  recording.messages = {
      message(1, Direction::out, "8=FIX.4.4|9=5|35=D|34=2|49=BRK|56=EXCH|52=T|54=1|10=000|"),
      message(2, Direction::in, "8=FIX.4.4|9=5|35=0|34=2|49=EXCH|56=BRK|52=T|10=000|")};
  return recording;
}

std::string shown(const Recording& recording, const ShowOptions& options = {},
                  const fix::DictionaryPtr& dictionary = small_dictionary()) {
  std::ostringstream out;
  show(
      recording, [&](const record::SessionRow&) { return dictionary; }, options, out);
  return out.str();
}

TEST(Show, TheConversationInTheOrderOfTime) {
  EXPECT_EQ(shown(talk()), R"(recording 2f6e: scenarios/orders against sim.toml, FAIL
session OE: initiator FIX.4.4 BRK -> EXCH
06:00:00.000  OE  connected, 127.0.0.1:40000 - 127.0.0.1:9876
06:00:00.001  OE ->  #1  NewOrderSingle(D)  FIX.4.4  MsgSeqNum(34) = 2  BRK -> EXCH  T
                Side(54) = 1 Buy
06:00:00.002  OE <-  #2  Heartbeat(0)  FIX.4.4  MsgSeqNum(34) = 2  EXCH -> BRK  T
06:00:00.009  OE  closed: peer closed
)");
}

TEST(Show, VerdictsStandBesideTheirMessages) {
  Recording recording = talk();
  record::ScenarioResult result = scenario(Outcome::fail, "OE-030", "Replace");
  result.started_ns = kSixOClock + kMs;
  record::Verdict matched;
  matched.messages = {{1, "sent", ""}};
  record::Verdict failed = replace_differs();
  failed.messages = {{2, "candidate", "is a Heartbeat"}};
  record::StepResult send = step_with(matched);
  send.file = "limit.drill";
  send.line = 9;
  send.text = "send NewOrderSingle {";
  record::StepResult expect = step_with(failed);
  expect.file = "limit.drill";
  expect.line = 16;
  expect.text = "expect ExecutionReport";
  expect.ended_ns = kSixOClock + 5 * kMs;
  result.steps = {send, expect};
  recording.result.scenarios = {result};
  recording.connections.clear();
  EXPECT_EQ(shown(recording), R"(recording 2f6e: scenarios/orders against sim.toml, FAIL
session OE: initiator FIX.4.4 BRK -> EXCH

FAIL  OE-030  Replace  scenarios/orders/limit.drill:7
06:00:00.001  OE ->  #1  NewOrderSingle(D)  FIX.4.4  MsgSeqNum(34) = 2  BRK -> EXCH  T
                Side(54) = 1 Buy
              + sent by limit.drill:9 send NewOrderSingle {
06:00:00.002  OE <-  #2  Heartbeat(0)  FIX.4.4  MsgSeqNum(34) = 2  EXCH -> BRK  T
              ! candidate by limit.drill:16 expect ExecutionReport: is a Heartbeat
06:00:00.005  FAIL  scenarios/orders/replace.drill:16:7: ExecutionReport on OE differs in 2 of 6 fields
)");
}

TEST(Show, BytesThatAreNoMessageAndMessagesWithoutADictionary) {
  Recording recording = talk();
  recording.connections.clear();
  recording.sealed = false;
  recording.outcome = "";
  recording.messages[0].kind = MessageKind::junk;
  recording.messages[0].raw = "::error::\x1b[2J\n";
  recording.messages[1].masked = true;
  recording.messages[1].raw = pipe_to_soh("8=FIX.4.4|35=A|554=***|10=0|");
  recording.events = {{{kSixOClock + 3 * kMs, 0}, "guard", 1, 0, "withheld\n::notice::x"}};
  EXPECT_EQ(shown(recording, {.raw = true}, nullptr),
            R"(recording 2f6e: scenarios/orders against sim.toml, not ended, not sealed
session OE: initiator FIX.4.4 BRK -> EXCH
06:00:00.001  OE ->  #1  junk: ::error::\x1b[2J\x0a
              \x3a:error::\x1b[2J\x0a
06:00:00.002  OE <-  #2  8=FIX.4.4|35=A|554=***|10=0|  (secrets masked)
              8=FIX.4.4|35=A|554=***|10=0|
06:00:00.003  OE  guard: withheld
06:00:00.003  OE  guard: ::notice::x
)");
}

TEST(Show, ALongMessageIsCutWithItsSize) {
  Recording recording = talk();
  recording.connections.clear();
  recording.messages.pop_back();
  recording.messages[0].raw = std::string(1'000'000, 'x');
  const std::string text = shown(recording, {}, nullptr);
  EXPECT_TRUE(text.ends_with(std::string(2000, 'x') + "… (1000000 bytes)\n"));
  EXPECT_LT(text.size(), 2500u);
}

TEST(Show, AForgedRecordingDoesNoHarm) {
  Recording recording = talk();
  recording.messages[0].time.wall_ns = std::numeric_limits<std::int64_t>::min();
  recording.messages[1].time.wall_ns = std::numeric_limits<std::int64_t>::max();
  recording.messages[1].session_id = 77;
  recording.messages[1].raw = "";
  EXPECT_NE(shown(recording).find(" ? <-  #2  "), std::string::npos);
}

}  // namespace
}  // namespace fixdrill::report
