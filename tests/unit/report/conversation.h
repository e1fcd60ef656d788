// A short conversation and what a run said of it, for what prints conversations.
#pragma once

#include <string>

#include "report_fixture.h"
#include "support/fake_source.h"

namespace fixdrill::report {

inline constexpr std::int64_t kSixOClock = 1'795'327'200'000'000'000;  // 2026-11-22T06:00:00Z
inline constexpr std::int64_t kMs = 1'000'000;

inline fix::DictionaryPtr fix44() {
  static const fix::DictionaryPtr kDictionary =
      fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"}).value();
  return kDictionary;
}

inline fix::DictionaryPtr its_fix44(const record::SessionRow&) { return fix44(); }

/// An order of six o'clock, its answer, and heartbeats, a millisecond from one to the next.
inline test::FakeSource order_talk() {
  test::FakeSource source;
  source
      .out(
          "8=FIX.4.4|9=5|35=D|34=2|49=BRK1|56=EXCH|52=T|11=087|54=1|38=100|55=MSFT|44=10.05|10="
          "000|")
      .in("8=FIX.4.4|9=5|35=0|34=2|49=EXCH|56=BRK1|52=T|10=000|")
      .in("8=FIX.4.4|9=5|35=8|34=3|49=EXCH|56=BRK1|52=T|37=O-1|11=087|150=0|39=0|14=0|151=100|"
          "453=1|448=X|447=D|452=1|10=000|");
  for (record::MessageView& view : source.messages)
    view.time = {kSixOClock + view.id * kMs, view.id * kMs};
  return source;
}

/// What a recording of it holds beside the messages.
inline record::Recording order_run() {
  record::Recording recording;
  recording.uuid = "2f6e";
  recording.suite = "scenarios/orders";
  recording.target = "sim.toml";
  recording.outcome = "FAIL";
  recording.sealed = true;
  recording.sessions = {{1, {"OE", "initiator", "FIX.4.4", "BRK1", "EXCH", "", "wire"}}};
  recording.connections = {{2,
                            {1, {kSixOClock, 0}, "127.0.0.1:40000", "127.0.0.1:9876"},
                            kSixOClock + 9 * kMs,
                            "peer closed"}};
  return recording;
}

/// A step of replace.drill that sent message 1, and one that failed on message 3.
inline record::ScenarioResult failed_scenario() {
  record::ScenarioResult result = scenario(record::Outcome::fail, "OE-030", "Replace");
  result.id = 5;
  result.started_ns = kSixOClock + kMs;
  result.ended_ns = kSixOClock + 5 * kMs;
  record::Verdict sent;
  sent.messages = {{1, "sent", ""}};
  record::Verdict failed = replace_differs();
  failed.messages = {{3, "candidate", ""}, {1, "sent", ""}};
  record::StepResult send = step_with(sent);
  send.session = "OE";
  send.file = "replace.drill";
  send.line = 9;
  send.text = "send OrderCancelReplaceRequest {";
  record::StepResult expect = step_with(failed);
  expect.session = "OE";
  expect.file = "replace.drill";
  expect.line = 16;
  expect.text = "expect ExecutionReport";
  expect.ended_ns = kSixOClock + 5 * kMs;
  result.steps = {send, expect};
  return result;
}

}  // namespace fixdrill::report
