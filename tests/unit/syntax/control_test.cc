// Blocks, loops, procs, tables: the tree, the layout, and where errors are.
#include <gtest/gtest.h>

#include "syntax/formatter.h"
#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

std::string formatted(const std::string& text) {
  const Parsed all = parsed(text);
  return all.diagnostics.empty() ? format(all.file) : render(all.diagnostics);
}

/// The first line of each error: "3:9: expected …".
std::string found(const std::string& text) {
  std::string all;
  for (const Diagnostic& one : parsed(text).diagnostics) {
    const std::string rendered = render(one);
    const std::string line = rendered.substr(0, rendered.find('\n'));
    all += (all.empty() ? "" : "\n") + line.substr(line.find(':') + 1);
  }
  return all;
}
std::string step_found(const std::string& step) { return found(in_scenario("  " + step)); }

const char* const kTidy = R"(drill 1
session OE initiator
session DC initiator

table cases {
  case     | side | px    | note
  buy      | Buy  | 10.25 | "a | b"       # with a comment
  buy-none | Buy  |       |
  sell     | Sell | ${px} | x y
}

proc order(side, qty = 100, px = ${10 + 1}) -> (nos, er) {
  send NewOrderSingle as nos { Side = ${side} | OrderQty = ${qty} }
  expect ExecutionReport as er within 2s times 2..5 distinct ExecID
}
proc nothing() {
}

setup {
  skip if 1 = 2 because "never"
}

@id X-1
scenario "Row ${case}" for each cases {
  xfail if case = "buy" because "EXCH-1"
  xfail
  OE: call order(side = Buy, px = ${px}) as o
  unordered within 3s {
    OE: expect ExecutionReport
    for each id in (A, "B c", ${o.nos.ClOrdID}) {
      DC: await ExecutionReport as copies { ClOrdID = ${id} }
    }
  }
  either {
    OE: expect ExecutionReport times 3 as fills until { LeavesQty = 0 } { ExecType = Trade }
  } or {
    OE: expect nothing for 1s
  } or {
    OE: expect disconnect
  }
  if has(o.er) and not has(o.nos) {
    check 1 = 1
  } else if count(fills) > 2 {
    repeat ${count(fills)} as i { check i > 0 }
  } else {
    repeat 3 {
    }
  }
}
)";

TEST(ControlSyntax, TidyTextStaysAsItIs) { EXPECT_EQ(formatted(kTidy), kTidy); }

TEST(ControlSyntax, UntidyTextIsLaidOutOnce) {
  const std::string untidy =
      "session OE initiator\nproc p ( a=1 ,b ) ->( x ,y ){\nlet x=a\nlet y=b\n}\n"
      "scenario \"s\"{\nif  1=1{\ncheck 1=1\n}else  if 2=2{\ncheck 1=1\n}else{\ncheck 1=1\n}\n"
      "either{\nexpect News\n}or{\nexpect Logout\n}\nrepeat   3  as  i{\ncheck i>0\n}\n"
      "call p(a=1,b = \"x , y\")as r\nexpect News times 1..3\nexpect News until{Headline=x}\n"
      "for each  s in(A,B){\nlog \"x\"\n}\n}\n";
  const std::string once = formatted(untidy);
  EXPECT_EQ(formatted(once), once);
  EXPECT_NE(once.find("} else if 2 = 2 {"), std::string::npos) << once;
  EXPECT_NE(once.find("} or {"), std::string::npos) << once;
}

TEST(ControlSyntax, TableCells) {
  const Parsed all = parsed("table t {\n  a | b\n  x y | \"p | q\"\n  | ${1 + 1}\n}\n");
  EXPECT_EQ(render(all.diagnostics), "");
  const Table& table = *all.file.table("t");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0].cells[0].literal_text(), "x y");
  EXPECT_EQ(table.rows[0].cells[1].literal_text(), "p | q");
  EXPECT_EQ(table.rows[1].cells[0].literal_text(), "");
  EXPECT_FALSE(table.rows[1].cells[1].literal());
}

TEST(ControlSyntax, ARowMayBeginWithAWordOfTheLanguage) {
  EXPECT_EQ(found("table t {\n  a | b\n  session | 1\n  table | 2\n  scenario | 3\n}\n"), "");
}

TEST(ControlSyntax, Times) {
  const auto times_of = [](const std::string& text) {
    return OneStep("  expect News times " + text).as<Expect>().message.times.value();
  };
  EXPECT_EQ(times_of("3").high->literal_text(), "3");
  EXPECT_TRUE(times_of("2..").open);
  EXPECT_EQ(times_of("2..5").low.literal_text(), "2");
  EXPECT_EQ(times_of("2..5").high->literal_text(), "5");
  EXPECT_EQ(times_of("2 .. 5").high->literal_text(), "5");
  const OneStep limited("  expect News times 3 within 2s");
  EXPECT_EQ(limited.as<Expect>().message.times->span.text(), "3");
}

TEST(ControlSyntax, ElseIfIsABlockWithOneStep) {
  const OneStep one("  if 1 = 1 { sync } else if 2 = 2 { sync } else { sync }");
  ASSERT_TRUE(one.clean());
  const If& step = one.as<If>();
  ASSERT_TRUE(step.otherwise);
  ASSERT_EQ(step.otherwise->steps.size(), 1u);
  EXPECT_TRUE(std::get<If>(step.otherwise->steps[0].action).otherwise);
}

TEST(ControlSyntax, ErrorsOfTables) {
  EXPECT_EQ(found("table {\n"), "1:7: error: expected a name after 'table', found '{'");
  EXPECT_EQ(found("table t\n"), "1:8: error: expected '{' or 'from', found the end of the line");
  EXPECT_EQ(found("table t from cases\n"),
            "1:14: error: expected the path of a CSV file in quotes, found 'cases'");
  EXPECT_EQ(found("table t from \"${x}.csv\"\n"),
            "1:14: error: the path of a table is a plain text");
  EXPECT_EQ(found("table t {\n  a | b\n  1\n  1 | 2 | 3\n}\n"),
            "3:3: error: this row has 1 cell, the table has 2 columns\n"
            "4:3: error: this row has 3 cells, the table has 2 columns");
  EXPECT_EQ(found("table t {\n  a\n}\n"), "1:9: error: this table has no rows");
  EXPECT_EQ(found("table t {\n  a | 1\n}\n"),
            "2:7: error: expected the name of a column, found '1'");
  EXPECT_EQ(found("table t {\n  a\n  1\n\nscenario \"s\" {\n}\n"),
            "1:9: error: this table is never closed: a '}' is missing");
  EXPECT_EQ(found("table t {\n  a\n  1\n"),
            "1:9: error: this table is never closed: a '}' is missing");
  EXPECT_EQ(found("table t { a | b\n 1 | 2 }\n"), "");
}

TEST(ControlSyntax, ErrorsOfProcs) {
  EXPECT_EQ(found("proc p {\n}\n"), "1:8: error: expected '(', found '{'");
  EXPECT_EQ(found("proc p(a, ) {\n}\n"),
            "1:11: error: expected the name of a parameter, found ')'");
  EXPECT_EQ(found("proc p(a b) {\n}\n"), "1:10: error: expected ',' or ')', found 'b'");
  EXPECT_EQ(found("proc p() -> x {\n}\n"), "1:13: error: expected '(', found 'x'");
  EXPECT_EQ(found("proc p() -> () {\n}\n"), "1:14: error: expected a name, found ')'");
  EXPECT_EQ(found("proc p()\n"), "1:9: error: expected '{', found the end of the line");
  EXPECT_EQ(step_found("call"),
            "3:7: error: expected the name of a proc, found the end of the line");
  EXPECT_EQ(step_found("call p"), "3:9: error: expected '(', found the end of the line");
  EXPECT_EQ(step_found("call p(1)"), "3:10: error: expected the name of a parameter, found '1'");
  EXPECT_EQ(step_found("call p(a)"), "3:11: error: expected '=', found ')'");
  EXPECT_EQ(step_found("call p(a = 1"),
            "3:15: error: expected ',' or ')', found the end of the line");
  EXPECT_EQ(step_found("call p() as"),
            "3:14: error: expected a name after 'as', found the end of the line");
}

TEST(ControlSyntax, ErrorsOfBlocks) {
  EXPECT_EQ(
      step_found("either { sync }"),
      "3:18: error: expected 'or {' behind the '}': 'either' has at least two arms, found the "
      "end of the line");
  EXPECT_EQ(step_found("either { sync } or sync"), "3:22: error: expected '{', found 'sync'");
  EXPECT_EQ(step_found("unordered expect News"), "3:13: error: expected '{', found 'expect'");
  EXPECT_EQ(step_found("if { sync }"), "3:6: error: expected a value, a name or '(', found '{'");
  EXPECT_EQ(step_found("if 1 = 1 sync"), "3:12: error: expected '{', found 'sync'");
  EXPECT_EQ(step_found("if 1 = 1 { sync } else sync"), "3:26: error: expected '{', found 'sync'");
  EXPECT_EQ(step_found("else { sync }"),
            "3:3: error: 'else' stands on the line of the '}' before it");
  EXPECT_EQ(step_found("or { sync }"), "3:3: error: 'or' stands on the line of the '}' before it");
}

TEST(ControlSyntax, ErrorsOfLoops) {
  EXPECT_EQ(step_found("repeat { sync }"),
            "3:10: error: expected how often, as in 'repeat 3', found '{'");
  EXPECT_EQ(step_found("repeat 2.5 { sync }"), "3:11: error: expected '{', found '.'");
  EXPECT_EQ(step_found("repeat 3 as { sync }"),
            "3:15: error: expected a name after 'as', found '{'");
  EXPECT_EQ(step_found("for s in (A) { sync }"),
            "3:7: error: expected 'each', as in 'for each symbol in (A, B)', found 's'");
  EXPECT_EQ(step_found("for each s (A) { sync }"), "3:14: error: expected 'in', found '('");
  EXPECT_EQ(step_found("for each s in A { sync }"), "3:17: error: expected '(', found 'A'");
  EXPECT_EQ(step_found("for each s in () { sync }"),
            "3:18: error: expected a value (\"\" is the empty text), found ')'");
}

TEST(ControlSyntax, ErrorsOfRepetitions) {
  EXPECT_EQ(step_found("expect News times"),
            "3:20: error: expected a number, as in 'times 3' or 'times 2..5', found the end of the "
            "line");
  EXPECT_EQ(step_found("expect News until Headline = x"),
            "3:21: error: expected '{' and what the last message fits, found 'Headline'");
  EXPECT_EQ(step_found("expect News times 2 times 3"), "3:23: error: 'times' is given twice");
}

TEST(ControlSyntax, ErrorsOfSkipAndXfail) {
  EXPECT_EQ(step_found("skip"),
            "3:7: error: expected 'if' and a condition, found the end of the line");
  EXPECT_EQ(step_found("skip if"),
            "3:10: error: expected a value, a name or '(', found the end of the line");
  EXPECT_EQ(step_found("skip if 1 = 1 because no desk"),
            "3:25: error: expected a text in quotes, found 'no'");
  EXPECT_EQ(step_found("xfail because"),
            "3:16: error: expected a text in quotes, found the end of the line");
}

TEST(ControlSyntax, DeepNestingIsRefusedNotFatal) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "if 1 = 1 {\n";
  const std::string said = found(in_scenario(deep));
  EXPECT_NE(said.find("nested"), std::string::npos) << said.substr(0, 300);
  std::string chain = "if 1 = 1 { sync }";
  for (int i = 0; i < 10'000; ++i) chain += " else if 1 = 1 { sync }";
  const std::string long_chain = found(in_scenario(chain));
  EXPECT_NE(long_chain.find("nested"), std::string::npos) << long_chain.substr(0, 300);
}

}  // namespace
}  // namespace fixdrill::syntax::testing
