// Spoilt messages, parts, joined writes and mute in scenarios, between two wire sessions.
#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

class WireSteps : public DrillRun {};

TEST_F(WireSteps, TheStepEndsWhenAllPartsAreWritten) {
  EXPECT_EQ(
      says(pair("  let at = 10\n"
                "  let before = now()\n"
                "  OE: send Heartbeat as beat with split ${at} ${at + 20} every ${1}\n"
                "  check elapsed(before, now()) = 2s\n"
                "  EX: expect Heartbeat as got\n"
                "  check elapsed(beat, got) < 1s and beat.MsgSeqNum = 2 and OE.next_out = 3")),
      "PASS s");
}

TEST_F(WireSteps, SplitsBehindTheEndAndNumbersThatAreNoneFail) {
  EXPECT_EQ(says(pair("  OE: send Heartbeat with split 12 400\n  EX: expect Heartbeat")),
            "FAIL s: 3:27 send: cannot split it at byte 400: the message is 73 bytes long");
  EXPECT_EQ(says(pair("  let n = \"x\"\n  OE: send Heartbeat with seqnum ${n}\n"
                      "  EX: expect Heartbeat")),
            "FAIL s: 4:34 send: a whole number is needed, not 'x'");
  EXPECT_EQ(says(pair("  OE: send Heartbeat with split 9 ${3 * 3}\n  EX: expect Heartbeat")),
            "FAIL s: 3:35 send: the places of a split ascend from 1; 9 comes after 9");
  EXPECT_EQ(says(pair("  OE: send Heartbeat with duplicate TestReqID\n  EX: expect Heartbeat")),
            "FAIL s: 3:27 send: the message has no TestReqID(112)");
}

TEST_F(WireSteps, APeerThatGoesInTheMiddleOfTheParts) {
  EXPECT_EQ(says(pair("  EX: send Logout\n  EX: disconnect\n"
                      "  OE: send Heartbeat with split 10 20 every 1s\n  OE: expect Logout")),
            "FAIL s: 5:7 send: OE went down after 10 of 73 bytes: the peer closed the connection");
}

TEST_F(WireSteps, JoinedMessagesLeaveWithTheNextOne) {
  EXPECT_EQ(says(pair("  OE: send Heartbeat with joined { TestReqID = A }\n"
                      "  EX: expect nothing for 1s\n"
                      "  OE: send Heartbeat { TestReqID = B }\n"
                      "  EX: expect Heartbeat as a { TestReqID = A }\n"
                      "  EX: expect Heartbeat as b { TestReqID = B }\n"
                      "  check elapsed(a, b) = 0s")),
            "PASS s");
}

TEST_F(WireSteps, ADisconnectSendsWhatWaits) {
  EXPECT_EQ(says(pair("  OE: send Logout with joined\n  OE: disconnect\n"
                      "  EX: expect Logout\n  EX: expect disconnect")),
            "PASS s");
}

TEST_F(WireSteps, WhatWaitsAtTheEndWasNeverSent) {
  EXPECT_EQ(says(pair("  OE: send Heartbeat with joined\n  EX: expect nothing for 1s")),
            "FAIL s: 3:27 send: this message never left OE: 'joined' waits for the next one, and "
            "nothing was sent after it");
}

TEST_F(WireSteps, WhatComesWhileMuteArrivesAfterwards) {
  EXPECT_EQ(says(pair("  EX: mute\n  OE: send Heartbeat as beat\n  wait 3s\n  EX: unmute\n"
                      "  EX: expect Heartbeat as got\n"
                      "  check elapsed(beat, got) >= 3s")),
            "PASS s");
}

TEST_F(WireSteps, MuteEndsWithTheScenario) {
  EXPECT_EQ(says(pair("  EX: expect nothing for 1s\n  EX: mute\n  OE: send Heartbeat")),
            "FAIL s: 2:1 unconsumed: expected nothing more on EX, but Heartbeat came");
  EXPECT_EQ(
      says(engines("  OE: sync\n  EX: mute\n  OE: send News { Headline = x | NoLinesOfText [ { "
                   "Text = y } ] }\n  wait 2s\n  EX: unmute\n  EX: expect News")),
      "PASS s");
}

TEST_F(WireSteps, OnlyAConnectionIsMute) {
  EXPECT_EQ(says("session OE initiator wire\nscenario \"s\" {\n  OE: mute\n  OE: unmute\n"
                 "  OE: expect nothing for 1s\n}\n"),
            "ERROR s: 3:7 mute: cannot mute OE: it is not connected");
}

}  // namespace
}  // namespace fixdrill::run
