// Which cases of a plan are asked for.
#include "run/selection.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "syntax/parser.h"

namespace fixdrill::run {
namespace {

using record::ScenarioResult;

constexpr const char* kText = R"(session OE initiator
table cases {
  case | side
  buy  | Buy
  sell | Sell
}
@id OE-001
@tags smoke, orders
scenario "Limit BUY" {
  expect Logon
}
@id DC-010
@tags	orders  slow,
scenario "Copies ${case}" for each cases { expect ExecutionReport { Side = ${side} } }
scenario "Plain" { expect Logon }
scenario "At ${now()}" { expect Logon }
)";

class Selecting : public testing::Test {
 protected:
  void SetUp() override {
    add("t.drill", kText);
    plan_ = plan(files_);
  }
  void add(const std::string& path, const std::string& text) {
    auto parsed = syntax::parse(std::make_shared<const SourceFile>(path, text));
    EXPECT_EQ(render(parsed.diagnostics), "");
    files_.push_back(std::move(parsed.file));
    plan_ = plan(files_);
  }
  /// Ids, else titles, of what is left; or the message.
  std::string left(const Selection& selection) const {
    const auto some = select(plan_, selection);
    if (!some) {
      EXPECT_EQ(some.error().kind, ErrorKind::nothing);
      return some.error().text;
    }
    std::vector<std::string> names;
    for (const FilePlan& planned : some->files) {
      for (const Case& one : planned.cases) names.push_back(one.id.empty() ? one.title : one.id);
    }
    return join(names, " ");
  }
  static ScenarioResult failed(const std::string& id, const std::string& title,
                               std::size_t line = 1, const std::string& path = "t.drill") {
    ScenarioResult result;
    result.case_id = id;
    result.title = title;
    result.path = path;
    result.line = line;
    return result;
  }
  std::string left_of(std::vector<ScenarioResult> failed) const {
    return left({.earlier = Earlier{"runs/a.db", std::move(failed)}, .asked = "--last-failed"});
  }

  std::vector<syntax::File> files_;
  Plan plan_;
};

TEST_F(Selecting, NothingAskedIsEverything) {
  EXPECT_EQ(left({}), "OE-001 DC-010/buy DC-010/sell Plain At ${now()}");
}

TEST_F(Selecting, TagsArePartedByCommasOrBlanks) {
  EXPECT_EQ(left({.tags = {"slow"}}), "DC-010/buy DC-010/sell");
  EXPECT_EQ(left({.tags = {"slow", "smoke"}}), "OE-001 DC-010/buy DC-010/sell");
  EXPECT_EQ(left({.excluded_tags = {"slow"}}), "OE-001 Plain At ${now()}");
  EXPECT_EQ(left({.tags = {"orders"}, .excluded_tags = {"slow"}}), "OE-001");
  EXPECT_EQ(
      left({.tags = {"Smoke"}}),
      "nothing selected: no scenario has the tag 'Smoke'; did you mean smoke?; 'fixdrill list' "
      "shows them");
}

TEST_F(Selecting, AnIdOfATableIsAllItsRows) {
  EXPECT_EQ(left({.ids = {"DC-010"}}), "DC-010/buy DC-010/sell");
  EXPECT_EQ(left({.ids = {"DC-010/sell"}}), "DC-010/sell");
  EXPECT_EQ(left({.ids = {"DC-010/sel"}}),
            "nothing selected: no scenario has the id 'DC-010/sel'; did you mean DC-010/sell?; "
            "'fixdrill list' shows them");
  EXPECT_EQ(
      left({.ids = {"dc-10"}}),
      "nothing selected: no scenario has the id 'dc-10'; did you mean DC-010?; 'fixdrill list' "
      "shows them");
}

TEST_F(Selecting, TextIsSoughtInTitleAndIdWhateverItsCase) {
  EXPECT_EQ(left({.texts = {"buy"}}), "OE-001 DC-010/buy");
  EXPECT_EQ(left({.texts = {"COPIES S"}}), "DC-010/sell");
  EXPECT_EQ(left({.texts = {"dc-", "plain"}}), "DC-010/buy DC-010/sell Plain");
}

TEST_F(Selecting, LinesNarrowOneFileOnly) {
  add("u.drill", "session OE initiator\nscenario \"Other\" { expect Logon }\n");
  EXPECT_EQ(left({.lines = {{"t.drill", {7}}}}), "OE-001 Other");
  EXPECT_EQ(left({.lines = {{"t.drill", {11, 15}}}}), "OE-001 Plain Other");
  EXPECT_EQ(left({.lines = {{"t.drill", {14}}, {"u.drill", {2}}}}), "DC-010/buy DC-010/sell Other");
  EXPECT_EQ(left({.lines = {{"t.drill", {4}}}}),
            "nothing selected: t.drill:4 is in no scenario; the nearest begins on line 9");
}

TEST_F(Selecting, KindsNarrowEachOther) {
  EXPECT_EQ(left({.tags = {"orders"}, .texts = {"buy"}, .lines = {{"t.drill", {14}}}}),
            "DC-010/buy");
  EXPECT_EQ(left({.tags = {"smoke"}, .ids = {"DC-010"}, .asked = "-t smoke --id DC-010"}),
            "nothing selected: none of 5 scenarios fits -t smoke --id DC-010");
}

TEST_F(Selecting, WhatFailedIsFoundAgainById) {
  EXPECT_EQ(left_of({failed("DC-010/sell", "renamed since"), failed("OE-001", "", 99)}),
            "OE-001 DC-010/sell");
  EXPECT_EQ(left_of({failed("OE-001", "", 1, "./x/../t.drill")}), "OE-001");
  EXPECT_EQ(left_of({failed("OE-001", "", 1, "other/t.drill")}),
            "nothing selected: none of 5 scenarios fits --last-failed");
  EXPECT_EQ(left_of({}), "nothing selected: every scenario passed in runs/a.db");
}

TEST_F(Selecting, WhatFailedWithoutIdIsFoundAgainByTitle) {
  EXPECT_EQ(left_of({failed("", "Plain", 99)}), "Plain");
  EXPECT_EQ(left_of({failed("", "At 20261122-06:00:00", 16)}), "At ${now()}")
      << "its title is another one in every run, so the line says which";
  EXPECT_EQ(not_found(plan_, {"a.db",
                              {failed("", "Plain"), failed("OE-9", "x"), failed("", "y"),
                               failed("", "z", 1, "u.drill")}}),
            (std::vector<std::string>{"OE-9", "y"}));
}

}  // namespace
}  // namespace fixdrill::run
