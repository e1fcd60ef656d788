// Prompts and exec as they are written.
#include <gtest/gtest.h>

#include "syntax/formatter.h"
#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

using namespace std::chrono_literals;

TEST(People, APromptWithEveryModifierInAnyOrder) {
  const OneStep one(
      "OE: ask \"Desk ${n}?\" -> who choices (A, \"B, C\") default \"-\" within 15min  # why");
  ASSERT_TRUE(one.clean()) << render(one.all.diagnostics);
  EXPECT_EQ(one.step().session->text, "OE");
  const auto& prompt = one.as<Prompt>();
  EXPECT_EQ(prompt.kind, PromptKind::ask);
  EXPECT_EQ(prompt.text.pieces.size(), 3u);
  EXPECT_EQ(prompt.into->text, "who");
  EXPECT_EQ(prompt.within->literal, Duration(15min));
  EXPECT_EQ(prompt.otherwise->literal_text(), "-");
  ASSERT_EQ(prompt.choices->size(), 2u);
  EXPECT_EQ(prompt.choices->at(1).literal_text(), "B, C");
  EXPECT_EQ(prompt.choices_span.text(), "(A, \"B, C\")");
}

TEST(People, PromptsWithoutModifiers) {
  EXPECT_EQ(OneStep("instruct \"do { it\"").as<Prompt>().kind, PromptKind::instruct);
  EXPECT_EQ(OneStep("confirm \"ok?\"").as<Prompt>().kind, PromptKind::confirm);
  EXPECT_EQ(OneStep("attach \"screen\" within ${limit}").as<Prompt>().kind, PromptKind::attach);
}

TEST(People, AProgramWithItsArguments) {
  const OneStep one("exec \"./gw\" \"buy ${n}\" \"\" -> out");
  ASSERT_TRUE(one.clean()) << render(one.all.diagnostics);
  const auto& exec = one.as<Exec>();
  ASSERT_EQ(exec.arguments.size(), 3u);
  EXPECT_EQ(exec.into->text, "out");
  EXPECT_EQ(exec.status().text, "out_status");
}

TEST(People, TheFileKnowsAllItsPrograms) {
  const Parsed all = parsed(
      "session OE initiator\nsetup { exec \"a\" }\nteardown { exec \"b\" }\n"
      "scenario \"s\" {\n  exec \"c\" \"1\"\n}\n");
  ASSERT_EQ(all.file.execs.size(), 3u) << render(all.diagnostics);
  EXPECT_EQ(all.file.execs[2].text(), "exec \"c\" \"1\"");
}

TEST(People, ProgramsOfIncludedFilesCount) {
  const Parsed all = parse(source("include \"a.drill\"\n"), [](const auto& path, const auto&) {
    return Result<SourcePtr>(std::make_shared<const SourceFile>(path, "setup { exec \"a\" }\n"));
  });
  EXPECT_EQ(all.file.execs.size(), 1u);
}

TEST(People, SeveralOnOneLineAndWhatFollows) {
  EXPECT_EQ(
      step_errors("exec \"a\" }"),
      "t.drill:4:1: error: expected a scenario or another item of a file, found '}'\n4 | }\n  | ^")
      << "a block may end behind it";
}

TEST(People, LaidOutAnew) {
  const std::string tidy =
      "scenario \"s\" {\n"
      "  ask \"Desk?\" -> who within 15min default \"-\" choices (A, B) # why\n"
      "  exec \"./gw\" \"buy\" -> out\n}\n";
  const Parsed loose = parsed(
      "scenario \"s\"{\n ask \"Desk?\"->who   within 15min default\"-\" choices( A ,B )# why\n"
      "\texec \"./gw\"\"buy\"->out\n}\n");
  ASSERT_TRUE(loose.diagnostics.empty()) << render(loose.diagnostics);
  EXPECT_EQ(format(loose.file), tidy);
  EXPECT_EQ(format(parsed(tidy).file), tidy);
}

}  // namespace
}  // namespace fixdrill::syntax::testing
