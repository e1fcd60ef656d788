// Prompts: what is taken for an answer, what happens without one, and what time does meanwhile.
#include "unit/run/drill_run.h"
#include "unit/run/fake_people.h"

namespace fixdrill::run {
namespace {

class People : public DrillRun {
 protected:
  People() {
    prompter = &person;
    with_loop = [this](net::Loop& loop) { person.lives_on(loop); };
  }

  /// Steps of a scenario with one session that nothing uses. They begin in line 3.
  std::string alone(const std::string& steps) {
    result = runs("session OE initiator wire\nscenario \"s\" {\n" + steps + "\ncheck 1 = 1\n}\n");
    return said(result);
  }
  /// "ask Desk? = A (tester, terminal)", one a line.
  std::string answers_of(const record::RunResult& of) {
    std::vector<std::string> lines;
    for (const record::StepResult& step : of.scenarios.at(0).steps) {
      if (!step.answer) continue;
      const record::Answer& one = *step.answer;
      lines.push_back(fmt::format("{} {} = {} ({}, {})", one.kind, one.question, one.text, one.who,
                                  one.source));
    }
    return join(lines, "\n");
  }

  FakePrompter person;
  record::RunResult result;
};

TEST_F(People, AnAnswerIsKeptWithWhoAndWhen) {
  person.types("", 90s);
  person.types("NY");
  person.types("Yes");
  EXPECT_EQ(alone("let lots = 3\ninstruct \"Buy ${lots} lots\" within 15min\n"
                  "ask \"Desk?\" -> desk\nconfirm \"${desk} sees it\""),
            "PASS s");
  EXPECT_EQ(answers_of(result),
            "instruct Buy 3 lots = done (tester, terminal)\n"
            "ask Desk? = NY (tester, terminal)\n"
            "confirm NY sees it = yes (tester, terminal)");
  const record::StepResult& first = result.scenarios.at(0).steps.at(1);
  EXPECT_EQ(first.answer->at_ns - first.started_ns, 90'000'000'000);
  ASSERT_EQ(person.questions.size(), 3u);
  EXPECT_EQ(person.questions[0].scenario, "s");
  EXPECT_EQ(person.questions[0].how, "press Enter when it is done");
  EXPECT_EQ(person.questions[0].limit, Duration(15min));
}

TEST_F(People, AnAnswerThatWillNotDoIsAskedForAgain) {
  for (const char* text : {"no", "DONE", "", "E", "c  d", "what", "N"}) person.types(text);
  EXPECT_EQ(alone("instruct \"Do\"\nask \"Desk?\" -> d choices (A, \"C D\")\n"
                  "check d = \"C D\"\nconfirm \"ok?\""),
            "FAIL s: 6:9 confirm: not confirmed by tester: ok?");
  EXPECT_EQ(person.said, (std::vector<std::string>{
                             "'no' does not say that it is done; press Enter alone or type done",
                             "an answer is needed", "'E' is none of A, C D", "answer y or n"}));
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(People, NobodyThereIsUnresolvedWhateverTheDefault) {
  person.away = "standard input is not a terminal";
  EXPECT_EQ(alone("ask \"Desk?\" -> d default \"A\"\ncheck d = \"never\""),
            "UNRESOLVED s: 3:1 ask: no answer to this 'ask': standard input is not a terminal; "
            "--answers FILE gives answers beforehand");
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_EQ(result.scenarios.at(0).exit_code, 4);
  prompter = nullptr;
  EXPECT_EQ(alone("instruct \"Do\""),
            "UNRESOLVED s: 3:1 instruct: no answer to this 'instruct': there is nobody to ask; "
            "--answers FILE gives answers beforehand");
}

TEST_F(People, WhoLeavesAnswersNothing) {
  person.types(FakePrompter::kLeaves, 5s);
  EXPECT_EQ(alone("confirm \"ok?\" default \"yes\""),
            "UNRESOLVED s: 3:1 confirm: no answer to this 'confirm': there is nobody at the "
            "terminal");
}

TEST_F(People, ALimitEndsThePromptOrTakesTheDefault) {
  EXPECT_EQ(alone("ask \"Desk?\" -> d within 2min default \"A\" choices (A, B)\ncheck d = \"A\"\n"
                  "confirm \"ok?\" within 30s"),
            "UNRESOLVED s: 5:1 confirm: no answer to this 'confirm': no answer came within 30s");
  EXPECT_EQ(answers_of(result), "ask Desk? = A (nobody, default)");
  EXPECT_EQ(result.elapsed_ns, 150'000'000'000);
  EXPECT_EQ(person.said,
            std::vector<std::string>{"no answer came within 2min; the default holds: A"});
}

TEST_F(People, TheDefaultNeedNotBeAChoice) {
  person.types("");
  person.types("-");
  EXPECT_EQ(alone("ask \"Desk?\" -> d default \"-\" choices (A, B)\n"
                  "ask \"Desk?\" -> e default \"-\" choices (A, B)\ncheck d = \"-\" and e = d"),
            "PASS s");
}

TEST_F(People, ALimitIsNotProlongedByWrongAnswers) {
  person.types("x", 20s);
  person.types("y", 20s);
  EXPECT_EQ(alone("confirm \"ok?\" within 30s"),
            "UNRESOLVED s: 3:1 confirm: no answer to this 'confirm': no answer came within 30s");
}

TEST_F(People, ADefaultThatCouldNotBeTypedIsTheScenariosFault) {
  EXPECT_EQ(alone("let x = \"C\"\nconfirm \"ok?\" default \"${x}\""),
            "FAIL s: 4:23 confirm: the default: answer y or n");
}

TEST_F(People, TheTeardownRunsAndItsFailureIsWorse) {
  person.away = "nobody";
  const std::string file =
      "session OE initiator wire\nteardown {{ {} }}\nscenario \"s\" {{\n"
      "  confirm \"ok?\"\n}}\n";
  result = runs(fmt::format(fmt::runtime(file), "log \"cleaned\""));
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_TRUE(recorder.has_event("log", "cleaned"));
  result = runs(fmt::format(fmt::runtime(file), "check 1 = 2"));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.scenarios.at(0).outcome, record::Outcome::fail);
}

TEST_F(People, ClocksOfExpectationsStandStillMeanwhile) {
  person.types("", 60s);
  EXPECT_EQ(says(pair("OE: expect optional Heartbeat within 2s\ninstruct \"Do\"\n"
                      "EX: send Heartbeat\nEX: expect nothing for 1s")),
            "PASS s");
}

TEST_F(People, AClockThatHadRunOutStaysSo) {
  person.types("", 60s);
  const std::string said_of_it =
      says(pair("OE: expect optional Heartbeat within 2s\nwait 3s\ninstruct \"Do\"\n"
                "EX: send Heartbeat\nEX: expect nothing for 1s"));
  EXPECT_TRUE(said_of_it.starts_with("FAIL s: 2:1 unconsumed: ")) << said_of_it;
}

TEST_F(People, SessionsLiveOnMeanwhile) {
  person.types("", 10min);
  EXPECT_EQ(says(engines("OE: sync\ninstruct \"Do\"\nOE: sync\ncheck 1 = 1")), "PASS s");
  std::size_t heartbeats = 0;
  for (const record::MessageRow& row : recorder.messages) heartbeats += row.msg_type == "0" ? 1 : 0;
  EXPECT_GT(heartbeats, 30u);
}

TEST_F(People, ALineThatDropsIsToldOnceAndAtOnce) {
  network.min_delay = network.max_delay = 1s;
  person.types("x", 20s);
  person.types("y", 20s);
  EXPECT_EQ(says(pair("EX: disconnect\nconfirm \"ok?\"\nOE: expect disconnect")), "PASS s");
  EXPECT_EQ(person.said,
            (std::vector<std::string>{"OE was disconnected: the peer closed the connection",
                                      "answer y or n"}));
}

TEST_F(People, WhatIsForbiddenEndsThePrompt) {
  network.min_delay = network.max_delay = 1s;
  person.types("", 1h);
  result = runs(pair("OE: forbid Heartbeat\nEX: send Heartbeat\ninstruct \"Do\""));
  EXPECT_TRUE(said(result).starts_with("FAIL s: 3:12 forbid: ")) << said(result);
  EXPECT_LT(result.elapsed_ns, 60'000'000'000);
}

TEST_F(People, AStopEndsThePrompt) {
  std::unique_ptr<net::Timer> interrupt;
  with_loop = [&](net::Loop& loop) {
    person.lives_on(loop);
    interrupt = loop.at(loop.now() + 5s, [this] { stop.request(2); });
  };
  EXPECT_EQ(alone("instruct \"Do\""), "UNRESOLVED s; interrupted in scenario");
  EXPECT_EQ(result.exit_code, 130);
}

TEST_F(People, AnswersGivenBeforehandComeFirst) {
  const auto sheet = AnswerSheet::read(std::make_shared<const SourceFile>(
      "a.csv", "scenario,step,answer,who\ns,1,,ann\n,ok?,y,ben\ns,Desk?,C,cy\ns,Desk?,B,cy\n"));
  ASSERT_TRUE(sheet.ok());
  answers = sheet->get();
  person.types("A");
  EXPECT_EQ(alone("instruct \"Do\"\nask \"Desk?\" -> d choices (A, B)\n"
                  "ask \"Desk?\" -> e choices (A, B)\nconfirm \"ok?\"\ncheck d != e"),
            "PASS s");
  EXPECT_EQ(answers_of(result),
            "instruct Do = done (ann, file)\nask Desk? = A (tester, terminal)\n"
            "ask Desk? = B (cy, file)\nconfirm ok? = yes (ben, file)");
  EXPECT_EQ(person.said, std::vector<std::string>{"a.csv:4:9: 'C' is none of A, B"});
}

}  // namespace
}  // namespace fixdrill::run
