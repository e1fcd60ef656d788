#include "report/gaps.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "flow/gaps.h"
#include "support/fake_source.h"

namespace fixdrill::report {
namespace {

record::DictionaryOf standard() {
  return [](const record::SessionRow&) {
    static const fix::DictionaryPtr kDictionary =
        *fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
    return kDictionary;
  };
}

struct Told {
  explicit Told(test::FakeSource source) : source_(std::move(source)) {
    for (const record::MessageView& view : source_.messages)
      gaps_.add(view, fix::Message(std::string(view.raw)));
  }
  std::string text() const {
    std::ostringstream out;
    put_gaps(gaps_.streams(), source_, standard(), {}, out);
    return out.str() + gaps_total(gaps_.streams()) + '\n';
  }
  std::string json() const {
    std::ostringstream out;
    gaps_json(gaps_.streams(), source_, out);
    return out.str();
  }

  test::FakeSource source_;
  flow::Gaps gaps_;
};

TEST(GapsText, OrderlyNumbersAreALineEach) {
  test::FakeSource source;
  source.out("35=A|34=1|").in("35=A|34=1|").in("35=0|34=2|");
  EXPECT_EQ(Told(std::move(source)).text(),
            "OE out: BRK1 -> EXCH, 1 to 1, 1 message: no gap\n"
            "OE in: EXCH -> BRK1, 1 to 2, 2 messages: no gap\n"
            "no gaps\n");
}

TEST(GapsText, TellsWhatBecameOfEveryNumber) {
  test::FakeSource source;
  source.out("35=A|34=1|")
      .out("35=D|34=2|11=A|44=10|")
      .out("35=D|34=3|11=B|")
      .out("35=0|34=4|")
      .in("35=A|34=1|")
      .in("35=2|34=2|7=1|16=0|")
      .out("35=A|34=1|43=Y|")
      .out("35=D|34=2|43=Y|11=A|44=11|58=x|")
      .out("35=D|34=3|43=Y|11=B|")
      .out("35=4|34=4|43=Y|123=Y|36=5|")
      .in("35=8|34=6|")
      .out("35=2|34=5|7=3|16=0|")
      .in("35=8|34=3|43=Y|")
      .in("35=8|34=4|43=Y|")
      .in("35=A|34=1|141=Y|");
  EXPECT_EQ(
      Told(std::move(source)).text(),
      "OE out: BRK1 -> EXCH, 1 to 5, 9 messages, 4 of them again\n"
      "  16:00:00.006  #6  ResendRequest asks for 1 to 4\n"
      "!     1: sent again by #7, Logon is never sent again: a GapFill is due\n"
      "!     2: sent again by #8, differs from #2: Price(44) 10 -> 11, Text(58) x is new\n"
      "      3: sent again by #9, as before\n"
      "      4: gap-filled by #10, in place of 1 Heartbeat\n"
      "OE in: EXCH -> BRK1, 1 to 1, 6 messages, 2 of them again\n"
      "  16:00:00.011  #11  ExecutionReport skips 3 to 5, asked for by #12\n"
      "      3 to 4: sent again by #13 to #14, the original is not here\n"
      "!     5: missing; #15 began anew before it came\n"
      "  16:00:00.015  #15  numbers begin anew with 1 (Logon with ResetSeqNumFlag(141)); 7 was "
      "due\n"
      "2 gaps, 2 with what is missing or differs\n");
}

TEST(GapsText, SeveralDaysHaveTheirDates) {
  test::FakeSource source;
  source.in("35=A|34=1|").in("35=4|34=2|36=5|").in("35=4|34=5|36=9|");
  source.messages.back().time.wall_ns += 86'400'000'000'000;
  EXPECT_EQ(Told(std::move(source)).text(),
            "OE out: BRK1 -> EXCH, nothing\n"
            "OE in: EXCH -> BRK1, 1 to 8, 3 messages\n"
            "  2025-11-24 16:00:00.002  #2  SequenceReset(4) to 5; 2 was due\n"
            "  2025-11-25 16:00:00.003  #3  SequenceReset(4) to 9; 5 was due\n"
            "no gaps\n");
}

TEST(GapsText, FaultsAreCounted) {
  test::FakeSource source;
  source.in("35=A|34=5|").in("35=8|34=4|").in("35=8|34=3|43=Y|");
  EXPECT_EQ(Told(std::move(source)).text(),
            "OE out: BRK1 -> EXCH, nothing\n"
            "OE in: EXCH -> BRK1, 5 to 5, 3 messages, 1 of them again\n"
            "! 16:00:00.002  #2  MsgSeqNum(34) 4 without PossDupFlag(43); 6 was due\n"
            "  16:00:00.003  #3  3 sent again, which nobody asked for\n"
            "      3: sent again by #3, the original is not here\n"
            "1 gap, all in order; 1 fault\n");
}

TEST(GapsJson, HasEveryNumber) {
  test::FakeSource source;
  source.in("35=A|34=1|").in("35=D|34=2|11=A|").in("35=D|34=4|").in("35=D|34=2|43=Y|11=B|");
  EXPECT_EQ(Told(std::move(source)).json(), R"({
  "format": "fixdrill-gaps",
  "version": 1,
  "streams": [
    {
      "session": "OE",
      "direction": "out",
      "first": 0,
      "last": 0,
      "messages": 0,
      "again": 0,
      "verdict": "ok",
      "gaps": [],
      "notes": []
    },
    {
      "session": "OE",
      "direction": "in",
      "first": 1,
      "last": 4,
      "messages": 4,
      "again": 1,
      "verdict": "wrong",
      "gaps": [
        {
          "kind": "jump",
          "from": 3,
          "to": 3,
          "message": 3,
          "msg_type": "D",
          "time_ns": "1764000000003000000",
          "verdict": "wrong",
          "requests": [],
          "recovered": [],
          "missing": [
            {
              "from": 3,
              "to": 3
            }
          ]
        },
        {
          "kind": "unasked",
          "from": 2,
          "to": 2,
          "message": 4,
          "msg_type": "D",
          "time_ns": "1764000000004000000",
          "verdict": "wrong",
          "requests": [],
          "recovered": [
            {
              "from": 2,
              "to": 2,
              "how": "sent-again",
              "message": 4,
              "original": 2,
              "msg_types": {
                "D": 1
              },
              "differences": [
                {
                  "tag": 11,
                  "nth": 0,
                  "was": "A",
                  "is": "B"
                }
              ]
            }
          ],
          "missing": []
        }
      ],
      "notes": []
    }
  ]
}
)");
}

}  // namespace
}  // namespace fixdrill::report
