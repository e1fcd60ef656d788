// What `run --update` would write: which values, and which not and why.

#include "run/update.h"

#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

std::string report(const std::string& more) {
  return "  EX: send ExecutionReport { OrderID = O1 | ExecID = E1 | Symbol = MSFT | Side = Buy | "
         "CumQty = 0 | AvgPx = 0 | " +
         more + " }\n";
}
const std::string kFilled = report("ExecType = F | OrdStatus = Filled | LeavesQty = 0");

class UpdateOfARun : public DrillRun {
 protected:
  /// The file after a run that fails, "" when it stays.
  std::string after(const std::string& text) {
    EXPECT_EQ(runs(text).exit_code, 1);
    return update.files.empty() ? "" : update.files.at(0).text;
  }
  /// The steps after a run of them, or what was told.
  std::string steps_after(const std::string& steps) {
    const std::string text = after(pair(steps));
    if (text.empty()) return join(update.kept, "\n");
    const std::string before = pair("");
    const std::size_t begin = before.find("{\n") + 2;
    const std::string now = text.substr(begin, text.size() - begin - 3);
    EXPECT_EQ(says(text), "PASS s");
    return now;
  }
};

TEST_F(UpdateOfARun, SeveralValuesOfOneLine) {
  EXPECT_EQ(steps_after(kFilled + "  OE: expect ExecutionReport { ExecType = New | OrdStatus = 0 | "
                                  "LeavesQty = 100 | Side = Buy }  # first"),
            kFilled +
                "  OE: expect ExecutionReport { ExecType = Trade | OrdStatus = 2 | "
                "LeavesQty = 0 | Side = Buy }  # first");
  EXPECT_EQ(update.files.size(), 0u);  // of the second run, which passes
}

TEST_F(UpdateOfARun, NothingElseInTheFileChanges) {
  const std::string head = "include \"pair.drill\"\r\n# ünï → côdé\r\nscenario \"s\" {\r\n";
  const std::string tail = "  | Side = Buy   }\r\n\r\n}  # end";
  EXPECT_EQ(after(head + kFilled + "  OE: expect ExecutionReport {\tOrdStatus =   New\r\n" + tail),
            head + kFilled + "  OE: expect ExecutionReport {\tOrdStatus =   Filled\r\n" + tail);
  EXPECT_EQ(update.files.at(0).values, 1u);
}

TEST_F(UpdateOfARun, APastedMessage) {
  EXPECT_EQ(steps_after(kFilled + "  OE: expect 35=8|150=0|39=0|37=*|54=1| within 2s"),
            kFilled + "  OE: expect 35=8|150=F|39=2|37=*|54=1| within 2s");
}

TEST_F(UpdateOfARun, AnotherTestThatFailsKeepsTheMessage) {
  EXPECT_EQ(
      steps_after(kFilled + "  OE: expect ExecutionReport { OrdStatus = New | LeavesQty > 5 }"),
      "a.drill:4:50: LeavesQty(151): only plain '=' values are rewritten");
}

TEST_F(UpdateOfARun, AnIdKeepsTheMessage) {
  EXPECT_EQ(
      steps_after(kFilled + "  OE: expect ExecutionReport { OrdStatus = New | OrderID = O2 }"),
      "a.drill:4:50: OrderID(37): it is an id, another one in every run; write '= *', or "
      "what it must be equal to, as in ${nos.ClOrdID}");
}

TEST_F(UpdateOfARun, NeitherTimeoutsNorOtherTypesNorClosesOfferAnything) {
  for (const std::string& steps :
       {std::string("  OE: expect ExecutionReport { OrdStatus = New }"),
        kFilled + "  OE: await ExecutionReport within 1s { OrdStatus = New }",
        kFilled + "  OE: expect News { Headline = x }", kFilled + "  OE: expect nothing for 1s",
        std::string("  EX: disconnect\n  OE: expect ExecutionReport { OrdStatus = New }"),
        "  OE: forbid ExecutionReport { LeavesQty = 0 }\n" + kFilled +
            "  OE: expect ExecutionReport { OrdStatus = New }"}) {
    EXPECT_EQ(steps_after(steps), "") << steps;
    EXPECT_TRUE(update.kept.empty()) << steps;
  }
}

TEST_F(UpdateOfARun, AnAbsentFieldAndOneThatMustBeAbsent) {
  EXPECT_EQ(steps_after(kFilled + "  OE: expect ExecutionReport { Text = no | !LeavesQty }"),
            "a.drill:4:32: Text(58): it did not come at all\n"
            "a.drill:4:44: LeavesQty(151): only plain '=' values are rewritten");
}

TEST_F(UpdateOfARun, AValueOfAProc) {
  EXPECT_EQ(after("include \"pair.drill\"\nproc done() {\n" + kFilled +
                  "  OE: expect ExecutionReport { OrdStatus = New }\n}\nscenario \"s\" {\n"
                  "  call done()\n}\n"),
            "");
  EXPECT_EQ(join(update.kept, "\n"),
            "a.drill:4:32: OrdStatus(39): it stands in the proc 'done', which others call too; "
            "change it by hand");
}

TEST_F(UpdateOfARun, AStepThatPassedBefore) {
  const std::string body =
      "    EX: send News { Headline = ${x} }\n"
      "    OE: expect News { Headline = a }\n";
  EXPECT_EQ(steps_after("  for each x in (a, b) {\n" + body + "  }"),
            "a.drill:5:23: Headline(148): the step passed elsewhere in this run with the value it "
            "has");
}

TEST_F(UpdateOfARun, RowsThatWantOneValueAndRowsThatWantSeveral) {
  const auto rows = [](const std::string& first, const std::string& second) {
    return "include \"pair.drill\"\ntable t {\n  row | x\n  1 | " + first + "\n  2 | " + second +
           "\n}\nscenario \"${row}\" for each t {\n  EX: send News { Headline = ${x} }\n"
           "  OE: expect News { Headline = a }\n}\n";
  };
  const std::string same = after(rows("b", "b"));
  EXPECT_NE(same.find("expect News { Headline = b }"), std::string::npos) << same;
  EXPECT_EQ(update.files.at(0).values, 1u);
  EXPECT_EQ(after(rows("b", "c")), "");
  EXPECT_EQ(join(update.kept, "\n"),
            "a.drill:9:21: Headline(148): the step ran several times in this run and other values "
            "came each time");
}

TEST_F(UpdateOfARun, AFailureThatIsExpectedOffersNothing) {
  runs(pair("  xfail because \"bug\"\n" + kFilled +
            "  OE: expect ExecutionReport { OrdStatus = New }"));
  EXPECT_TRUE(update.files.empty());
  EXPECT_TRUE(update.kept.empty());
}

TEST_F(UpdateOfARun, WhereSeveralExpectationsAreOpenItWouldBeAGuess) {
  EXPECT_EQ(steps_after(kFilled + "  unordered {\n    OE: expect ExecutionReport { OrdStatus = New "
                                  "}\n    OE: expect ExecutionReport { OrdStatus = 8 }\n  }"),
            "a.drill:5:16: several expectations were open, so it would be a guess");
  EXPECT_EQ(steps_after(kFilled + "  OE: expect optional ExecutionReport { OrdStatus = 8 }\n"
                                  "  OE: expect ExecutionReport { OrdStatus = New }"),
            "a.drill:5:14: an optional expectation of this type was open too, so it would be a "
            "guess");
  EXPECT_EQ(steps_after(kFilled + "  OE: expect ExecutionReport times 2 { OrdStatus = New }"),
            "a.drill:4:14: one expectation takes several messages here");
}

TEST_F(UpdateOfARun, OfTwoScenariosOfOneFile) {
  const std::string one =
      "scenario \"s\" {\n" + kFilled + "  OE: expect ExecutionReport { OrdStatus = New }\n}\n";
  const std::string now =
      "scenario \"s\" {\n" + kFilled + "  OE: expect ExecutionReport { OrdStatus = Filled }\n}\n";
  EXPECT_EQ(after("include \"pair.drill\"\n" + one + one), "include \"pair.drill\"\n" + now + now);
}

TEST_F(UpdateOfARun, ASecretIsNeverWritten) {
  masker = record::Masker({1}, {"hunter2"});
  EXPECT_EQ(steps_after(report("ExecType = F | OrdStatus = Filled | LeavesQty = 0 | Account = A1") +
                        "  OE: expect ExecutionReport { Account = A2 }"),
            "a.drill:4:32: Account(1): it is secret");
  EXPECT_EQ(steps_after("  EX: send News { Headline = \"not hunter2\" }\n"
                        "  OE: expect News { Headline = x }"),
            "a.drill:4:21: Headline(148): it is secret");
}

}  // namespace
}  // namespace fixdrill::run
