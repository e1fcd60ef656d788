// Hostile files: bounded, linear, never a crash.
#include "base/limits.h"

#include <gtest/gtest.h>
#include <map>

#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Limits, FileSize) {
  EXPECT_EQ(parsed(std::string(limits::kScenarioFile + 1, '#')).diagnostics.at(0).message,
            "the file is larger than 4 MiB");
  EXPECT_TRUE(parsed(std::string(limits::kScenarioFile, '#')).diagnostics.empty());
}

TEST(Limits, NestingOfExpressionsAndGroups) {
  const std::string open[] = {
      "check " + repeated("(", 100'000),          "check " + repeated("-", 100'000),
      "check " + repeated("not ", 100'000),       "check " + repeated("f(", 100'000),
      "log " + repeated("\"${", 100'000),         "check a" + repeated("[a", 100'000),
      "send D { " + repeated("453 [ { ", 100'000)};
  for (const std::string& text : open) {
    const Parsed all = parsed(in_scenario(text));
    ASSERT_FALSE(all.diagnostics.empty());
    EXPECT_EQ(all.diagnostics[0].message, "nested more than 200 levels deep") << text.substr(0, 20);
  }
  const std::string fits = repeated("(", 190) + "1" + repeated(")", 190);
  EXPECT_EQ(step_errors("check " + fits), "");
}

TEST(Limits, LengthOfAnExpression) {
  EXPECT_EQ(parsed(in_scenario("check 1" + repeated("+1", 100'000))).diagnostics.at(0).message,
            "this expression is too long");
  EXPECT_EQ(step_errors("check 1" + repeated("+1", 400)), "");
}

TEST(Limits, AMillionErrorsAreAHundred) {
  const Parsed all = parsed(repeated("junk }\n", 500'000));
  ASSERT_EQ(all.diagnostics.size(), 101u);
  EXPECT_EQ(all.diagnostics.back().message, "too many errors; the rest is not read");
}

TEST(Limits, LongLinesAreReadOnce) {
  constexpr std::size_t kMany = 30'000;
  EXPECT_EQ(step_errors("send 35=D" + repeated("|1=a", kMany)), "");
  EXPECT_EQ(step_errors("send D {" + repeated("1=a|", kMany) + "}"), "");
  EXPECT_FALSE(step_errors("send 35=D" + repeated("|1", kMany)).empty());
  EXPECT_FALSE(step_errors("expct" + repeated("t", kMany)).empty());
}

/// Files by path, as include sees them.
class Includes : public ::testing::Test {
 protected:
  Parsed parse_main() {
    return parse(std::make_shared<const SourceFile>("main.drill", files_["main.drill"]),
                 [this](const std::string& path, const SourceFile&) -> Result<SourcePtr> {
                   const auto at = files_.find(path);
                   if (at == files_.end()) return input_error("cannot read '" + path + "'");
                   return SourcePtr(std::make_shared<const SourceFile>(path, at->second));
                 });
  }
  std::map<std::string, std::string> files_;
};

TEST_F(Includes, ItemsComeFirstAndOnce) {
  files_ = {{"main.drill", "include \"a.drill\"\ninclude \"b.drill\"\nparam m = 1\n"},
            {"a.drill", "include \"b.drill\"\nparam a = 1\nsetup { sync }\n"},
            {"b.drill", "param b = 1\n"}};
  const Parsed all = parse_main();
  ASSERT_EQ(render(all.diagnostics), "");
  ASSERT_EQ(all.file.params.size(), 3u);
  EXPECT_EQ(all.file.params[0].name.text, "b");
  EXPECT_EQ(all.file.params[1].name.text, "a");
  EXPECT_EQ(all.file.params[2].name.text, "m");
  EXPECT_TRUE(all.file.setup);
  EXPECT_EQ(all.file.included.size(), 2u);
}

TEST_F(Includes, CyclesMissingFilesAndTwoSetups) {
  files_ = {{"main.drill", "include \"a.drill\"\ninclude \"gone.drill\"\nsetup { sync }\n"},
            {"a.drill", "include \"main.drill\"\nsetup { sync }\nbroken\n"}};
  EXPECT_EQ(render(parse_main().diagnostics),
            "a.drill:3:1: error: unknown word 'broken'\n"
            "3 | broken\n"
            "  | ^^^^^^\n"
            "a.drill:1:9: error: 'main.drill' includes itself\n"
            "1 | include \"main.drill\"\n"
            "  |         ^^^^^^^^^^^^\n"
            "main.drill:2:9: error: cannot read 'gone.drill'\n"
            "2 | include \"gone.drill\"\n"
            "  |         ^^^^^^^^^^^^\n"
            "main.drill:3:7: error: a second 'setup'; a file and what it includes have one\n"
            "3 | setup { sync }\n"
            "  |       ^");
}

TEST_F(Includes, Depth) {
  files_["main.drill"] = "include \"1\"\n";
  for (int i = 1; i < 40; ++i)
    files_[std::to_string(i)] = "include \"" + std::to_string(i + 1) + "\"\n";
  const Parsed all = parse_main();
  ASSERT_EQ(all.diagnostics.size(), 1u);
  EXPECT_EQ(all.diagnostics[0].message, "includes are nested more than 16 deep");
}

}  // namespace
}  // namespace fixdrill::syntax::testing
