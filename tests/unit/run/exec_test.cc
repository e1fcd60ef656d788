// exec: what a program's end means for its step.
#include "unit/run/drill_run.h"
#include "unit/run/fake_people.h"

namespace fixdrill::run {
namespace {

class Exec : public DrillRun {
 protected:
  Exec() {
    programs = &machine;
    with_loop = [this](net::Loop& loop) { machine.lives_on(loop); };
  }
  std::string alone(const std::string& steps) {
    return says("session OE initiator wire\nscenario \"s\" {\n" + steps + "\ncheck 1 = 1\n}\n");
  }
  FakePrograms machine;
};

TEST_F(Exec, ArgumentsAreFilledInAndPassedAsTheyAre) {
  machine.takes = 3s;
  EXPECT_EQ(alone("let q = 100\nexec \"./gw\" \"buy ${q}\" \"\" \"$HOME;*\""), "PASS s");
  EXPECT_EQ(machine.started,
            (std::vector<std::vector<std::string>>{{"./gw", "buy 100", "", "$HOME;*"}}));
  EXPECT_EQ(machine.killed, 0u);
  EXPECT_TRUE(recorder.has_event("exec",
                                 "\"./gw\" \"buy 100\" \"\" \"$HOME;*\" left with exit "
                                 "status 0"));
}

TEST_F(Exec, ANonZeroExitFailsAndShowsTheEndOfWhatItWrote) {
  machine.end.status = 3;
  for (int i = 1; i <= 12; ++i) machine.end.err += fmt::format("line {}\n", i);
  const record::RunResult result =
      runs("session OE initiator wire\nscenario \"s\" {\nexec \"gw\"\ncheck 1 = 1\n}\n");
  EXPECT_EQ(said(result), "FAIL s: 3:1 exec: \"gw\" left with exit status 3");
  const std::vector<std::string>& details = failures(result.scenarios.at(0)).at(0)->details;
  ASSERT_EQ(details.size(), 11u);
  EXPECT_EQ(details.front(), "stderr: … 2 lines before");
  EXPECT_EQ(details.back(), "stderr: line 12");
}

TEST_F(Exec, ACapturedOneDoesNotFail) {
  machine.end.status = 3;
  machine.end.out = "ORD-1\r\n\n";
  machine.end.err = "warning";
  EXPECT_EQ(alone("exec \"gw\" -> id\ncheck id = \"ORD-1\" and id_status = 3"), "PASS s");
  EXPECT_TRUE(recorder.has_event("exec", "stdout: ORD-1\nstderr: warning"));
}

TEST_F(Exec, ASignalIsNoExitStatus) {
  machine.end = {137, 9, "", "", true};
  EXPECT_EQ(alone("exec \"gw\""), "FAIL s: 3:1 exec: \"gw\" was ended by signal 9");
  EXPECT_TRUE(recorder.has_event("exec", "more than that was not kept"));
}

TEST_F(Exec, OneThatDoesNotEndIsKilled) {
  machine.takes = 61s;
  EXPECT_EQ(alone("exec \"gw\""),
            "FAIL s: 3:1 limit: \"gw\" did not end within 60 s and was killed");
  EXPECT_EQ(machine.killed, 1u);
}

TEST_F(Exec, AStopKillsIt) {
  machine.takes = 30s;
  std::unique_ptr<net::Timer> interrupt;
  with_loop = [&](net::Loop& loop) {
    machine.lives_on(loop);
    interrupt = loop.at(loop.now() + 5s, [this] { stop.request(2); });
  };
  EXPECT_EQ(alone("exec \"gw\""), "UNRESOLVED s; interrupted in scenario");
  EXPECT_EQ(machine.killed, 1u);
}

TEST_F(Exec, WhatCannotBeStartedIsAnError) {
  machine.refusal = "cannot start gw: No such file or directory";
  EXPECT_EQ(alone("exec \"gw\""), "ERROR s: 3:6 exec: cannot start gw: No such file or directory");
  programs = nullptr;
  EXPECT_EQ(alone("exec \"gw\""), "ERROR s: 3:1 exec: 'exec' needs the option --allow-exec");
}

TEST_F(Exec, SessionsLiveOnMeanwhile) {
  machine.takes = 50s;
  EXPECT_EQ(says(pair("OE: expect optional Heartbeat within 2s\nexec \"gw\"\nEX: send Heartbeat\n"
                      "EX: expect nothing for 1s"))
                .substr(0, 23),
            "FAIL s: 2:1 unconsumed:")
      << "no clock stands still for a program";
}

}  // namespace
}  // namespace fixdrill::run
