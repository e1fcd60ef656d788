#include "run/answer_sheet.h"

#include <gtest/gtest.h>

namespace fixdrill::run {
namespace {

std::unique_ptr<AnswerSheet> sheet_of(const std::string& rows) {
  auto sheet = AnswerSheet::read(std::make_shared<const SourceFile>(
      "a.csv", "\xEF\xBB\xBFScenario, Step, Answer, Who\r\n" + rows));
  EXPECT_TRUE(sheet.ok()) << (sheet.ok() ? "" : sheet.error().text);
  return sheet.ok() ? std::move(*sheet) : nullptr;
}

std::string taken(AnswerSheet& sheet, const AnswerSheet::Prompt& prompt) {
  const AnswerSheet::Row* row = sheet.take(prompt);
  return row ? row->answer + " by " + row->who : "none";
}

TEST(AnswerSheet, ARowIsFoundByIdTitleTextOrNumber) {
  const auto sheet = sheet_of(
      "A-1,Desk?,x,ann\r\nThe title,2,y,ben\r\n\r\n# nobody\r\n,ok?,\"y, really\",\"Cy "
      "\"\"C\"\"\"");
  EXPECT_EQ(taken(*sheet, {"A-1", "The title", "Desk?", 1, 0}), "x by ann");
  EXPECT_EQ(taken(*sheet, {"A-1", "The title", "whatever", 2, 0}), "y by ben");
  EXPECT_EQ(taken(*sheet, {"B-1", "Other", "ok?", 3, 0}), "y, really by Cy \"C\"");
  EXPECT_EQ(taken(*sheet, {"B-1", "Other", "Desk?", 1, 0}), "none");
}

TEST(AnswerSheet, TheSameQuestionAgainTakesTheNextRowAndThenNone) {
  const auto sheet = sheet_of(",ok?,3,a\nS,ok?,1,a\nS,ok?,2,a\n");
  EXPECT_EQ(taken(*sheet, {"S", "", "ok?", 1, 0}), "1 by a");
  EXPECT_EQ(taken(*sheet, {"S", "", "ok?", 2, 1}), "2 by a");
  EXPECT_EQ(taken(*sheet, {"S", "", "ok?", 3, 2}), "3 by a");
  EXPECT_EQ(taken(*sheet, {"S", "", "ok?", 4, 3}), "none");
  EXPECT_EQ(taken(*sheet, {"S", "", "ok?", 1, 0}), "1 by a") << "a repeated scenario begins anew";
}

TEST(AnswerSheet, WhatNobodyAskedForIsTold) {
  const auto sheet = sheet_of("S,ok?,y,a\nS,Desk?,x,a\n");
  EXPECT_EQ(taken(*sheet, {"S", "", "ok?", 1, 0}), "y by a");
  const std::vector<Diagnostic> unused = sheet->unused();
  ASSERT_EQ(unused.size(), 1u);
  EXPECT_EQ(render(unused[0]).substr(0, 13), "a.csv:3:9: wa");
}

TEST(AnswerSheet, TheAnswersOfARunAreSuchAFile) {
  record::RunResult run;
  run.scenarios.resize(2);
  run.scenarios[0].case_id = "A-1";
  run.scenarios[1].title = "no id, but a title";
  run.scenarios[0].steps.resize(2);
  run.scenarios[0].steps[1].answer = {"ask", "#1 \"Desk\", please", "a, b", "ann", "terminal", 0,
                                      ""};
  run.scenarios[1].steps.resize(1);
  run.scenarios[1].steps[0].answer = {"confirm", "ok?", "yes", "nobody", "default", 1, ""};
  const std::string text = answers_csv(run);
  EXPECT_EQ(text,
            "scenario,step,answer,who,when\n"
            "A-1,\"#1 \"\"Desk\"\", please\",\"a, b\",ann,1970-01-01T00:00:00Z\n"
            "\"no id, but a title\",ok?,yes,nobody,1970-01-01T00:00:00Z\n");
  const auto sheet = AnswerSheet::read(std::make_shared<const SourceFile>("b.csv", text));
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(taken(**sheet, {"A-1", "", "#1 \"Desk\", please", 1, 0}), "a, b by ann");
  EXPECT_EQ(taken(**sheet, {"", "no id, but a title", "ok?", 1, 0}), "yes by nobody");
}

}  // namespace
}  // namespace fixdrill::run
