// The table and the document of the scenarios there are.
#include "report/list.h"

#include <gtest/gtest.h>
#include <sstream>

namespace fixdrill::report {
namespace {

std::string table(const std::vector<Listed>& listed) {
  std::ostringstream out;
  put_list(out, listed);
  return out.str();
}

TEST(List, ColumnsThatNobodyFillsAreLeftOut) {
  EXPECT_EQ(table({}), "");
  EXPECT_EQ(table({{"", "T", {}, {}, {}, "a.drill", 7}}), "TITLE  PLACE\nT      a.drill:7\n");
}

TEST(List, ColumnsAreAlignedByCharacters) {
  EXPECT_EQ(
      table({{"OE-001", "Größe", {"smoke", "slow"}, {"3.2", "3.3"}, {"OE", "DC"}, "a.drill", 7},
             {"", "Plain", {}, {}, {"OE"}, "long/b.drill", 12}}),
      "ID      TITLE  TAGS        SESSIONS  PLACE            REQUIREMENTS\n"
      "OE-001  Größe  smoke,slow  OE,DC     a.drill:7        3.2; 3.3\n"
      "        Plain              OE        long/b.drill:12\n");
}

TEST(List, OneLongTitleDoesNotPushTheOthers) {
  const std::string text = table(
      {{"", std::string(100, 'x'), {}, {}, {}, "a.drill", 1}, {"", "y", {}, {}, {}, "b.drill", 2}});
  EXPECT_NE(text.find("\ny" + std::string(61, ' ') + "b.drill:2\n"), std::string::npos) << text;
}

TEST(List, NothingInATextActsOnTheTerminal) {
  EXPECT_EQ(table({{"", "\x1b[2J", {}, {}, {}, "::error::", 1}}),
            "TITLE    PLACE\n\\x1b[2J  ::error:::1\n");
  EXPECT_EQ(table({{"::error::", "T", {}, {}, {}, "a.drill", 1}}),
            "ID         TITLE  PLACE\n\\x3a:error::  T      a.drill:1\n");
}

TEST(List, Document) {
  EXPECT_EQ(list_json({}),
            "{\n  \"format\": \"fixdrill-list\",\n  \"version\": 1,\n"
            "  \"scenarios\": []\n}\n");
  EXPECT_EQ(list_json({{"OE-001", "\"T\xff", {"a"}, {}, {"OE"}, "a.drill", 7}}), R"({
  "format": "fixdrill-list",
  "version": 1,
  "scenarios": [
    {
      "id": "OE-001",
      "title": "\"T�",
      "tags": [
        "a"
      ],
      "requirements": [],
      "sessions": [
        "OE"
      ],
      "path": "a.drill",
      "line": 7
    }
  ]
}
)");
}

}  // namespace
}  // namespace fixdrill::report
