// What a run executes, and which sessions that takes.
#include "run/plan.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "syntax/parser.h"

namespace fixdrill::run {
namespace {

constexpr const char* kTable = R"(
session OE initiator
table cases {
  case | side
  buy  | Buy
  sell | Sell
}
@id DC-010
scenario "Copies ${case} ${now()}" for each cases { expect ExecutionReport { Side = ${side} } }
scenario "Plain" { expect ExecutionReport }
)";

class Plans : public testing::Test {
 protected:
  void file(const std::string& text) {
    auto parsed = syntax::parse(std::make_shared<const SourceFile>("t.drill", text));
    EXPECT_EQ(render(parsed.diagnostics), "");
    files_.push_back(std::move(parsed.file));
  }
  /// "DC-010/buy/1 Plain//1": title, id and attempt of every case, a line a file.
  static std::string said(const Plan& plan) {
    std::string text;
    for (const FilePlan& planned : plan.files) {
      for (const Case& one : planned.cases)
        text += "[" + one.title + "|" + one.id + "|" + std::to_string(one.attempt) + "]";
      text += "\n";
    }
    return text;
  }
  std::string sessions(const std::string& sessions, const std::string& rest) {
    files_.clear();
    file(sessions + "\n" + rest);
    return join(sessions_of(files_[0], files_[0].scenarios[0]), " ");
  }

  std::vector<syntax::File> files_;
};

TEST_F(Plans, EveryScenarioAndEveryRowInOrder) {
  file(kTable);
  const Plan all = plan(files_);
  EXPECT_EQ(all.cases(), 3u);
  EXPECT_EQ(said(all),
            "[Copies buy ${now()}|DC-010/buy|1][Copies sell ${now()}|DC-010/sell|1][Plain||1]\n");
}

TEST_F(Plans, FilesWithoutScenariosAreLeftOut) {
  file("session OE initiator\n");
  file("session EX acceptor\nscenario \"s\" { expect Logon }\n");
  const Plan all = plan(files_);
  EXPECT_EQ(said(all), "[s||1]\n");
  EXPECT_EQ(declared_sessions(all), std::set<std::string>{"EX"});
}

TEST_F(Plans, RepeatsFileByFileNotScenarioByScenario) {
  file("scenario \"a\" { check 1 = 1 }\n");
  file("scenario \"b\" { check 1 = 1 }\n");
  EXPECT_EQ(said(repeated(plan(files_), 2)), "[a||1]\n[b||1]\n[a||2]\n[b||2]\n");
  EXPECT_EQ(said(repeated(plan(files_), 1)), said(plan(files_)));
}

TEST_F(Plans, CasesMayBeFilesOfTheirOwn) {
  file(kTable);
  file("scenario \"a\" { check 1 = 1 }\n");
  const Plan all = plan(files_);
  const Plan single = case_by_case(all);
  EXPECT_EQ(single.files.size(), 4u);
  EXPECT_EQ(single.cases(), all.cases());
  EXPECT_EQ(said(single),
            "[Copies buy ${now()}|DC-010/buy|1]\n[Copies sell ${now()}|DC-010/sell|1]\n"
            "[Plain||1]\n[a||1]\n");
}

TEST_F(Plans, SessionsOfAScenario) {
  const std::string three = "session A initiator\nsession B initiator\nsession C acceptor";
  EXPECT_EQ(sessions("session A initiator", "scenario \"s\" { expect Logon }"), "A");
  EXPECT_EQ(sessions("", "scenario \"s\" { check 1 = 1 }"), "");
  EXPECT_EQ(sessions(three, "scenario \"s\" {\n B: expect Logon\n A: expect Logon\n}"), "A B");
  EXPECT_EQ(sessions(three,
                     "setup { C: accept }\nteardown { B: logout }\n"
                     "scenario \"s\" { check 1 = 1 }"),
            "B C");
}

TEST_F(Plans, SessionsOfBlocksInBlocksAndOfCalledProcs) {
  const std::string three = "session A initiator\nsession B initiator\nsession C acceptor";
  for (const std::string block :
       {"unordered {\n@\n}", "either {\n@\n} or { A: expect Logon }", "repeat 2 {\n@\n}",
        "if 1 = 2 { check 1 = 1 } else {\n@\n}", "for each x in (1, 2) {\n@\n}"}) {
    std::string text = block;
    text.replace(text.find('@'), 1, "B: expect Logon");
    const std::string found = sessions(three, "scenario \"s\" {\n" + text + "\n}");
    EXPECT_EQ(found, block.starts_with("either") ? "A B" : "B") << block;
  }
  EXPECT_EQ(sessions(three,
                     "proc one() { call two() }\n"
                     "proc two() {\n C: accept\n call one()\n}\n"
                     "scenario \"s\" { call one() }"),
            "C");
}

}  // namespace
}  // namespace fixdrill::run
