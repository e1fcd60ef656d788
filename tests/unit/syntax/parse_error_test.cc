// Error texts, letter by letter.
#include <gtest/gtest.h>

#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

TEST(ParseError, UnknownStepSuggestsTheNearest) {
  EXPECT_EQ(step_errors("  expct Heartbeat"),
            "t.drill:3:3: error: unknown step 'expct'; did you mean 'expect'?\n"
            "3 |   expct Heartbeat\n"
            "  |   ^^^^^");
}

TEST(ParseError, UnknownWordInAFile) {
  EXPECT_EQ(errors("sesion OE initiator\n"),
            "t.drill:1:1: error: unknown word 'sesion'; did you mean 'session'?\n"
            "1 | sesion OE initiator\n"
            "  | ^^^^^^");
}

TEST(ParseError, StepOutsideAScenario) {
  EXPECT_EQ(errors("send Heartbeat\n"),
            "t.drill:1:1: error: 'send' is a step and stands inside a scenario\n"
            "1 | send Heartbeat\n"
            "  | ^^^^");
}

TEST(ParseError, UnclosedText) {
  EXPECT_EQ(step_errors("  log \"hello"),
            "t.drill:3:7: error: this text is not closed: a '\"' is missing\n"
            "3 |   log \"hello\n"
            "  |       ^");
}

TEST(ParseError, UnclosedBlockNamesWhereItOpened) {
  EXPECT_EQ(errors("scenario \"a\" {\n  sync\n\nscenario \"b\" {\n  sync\n}\n"),
            "t.drill:1:14: error: this block is never closed: a '}' is missing\n"
            "1 | scenario \"a\" {\n"
            "  |              ^");
}

TEST(ParseError, UnclosedMessageEndsAtTheNextStep) {
  const Parsed all = parsed(in_scenario("  send News {\n    148 = x\n  expect News\n  sync"));
  EXPECT_EQ(render(all.diagnostics),
            "t.drill:3:13: error: this '{' is never closed\n"
            "3 |   send News {\n"
            "  |             ^");
  EXPECT_EQ(all.file.scenarios.at(0).block.steps.size(), 2u);
}

TEST(ParseError, UnclosedGroup) {
  EXPECT_EQ(step_errors("  send News { NoLegs [ { 600 = A } }"),
            "t.drill:3:22: error: this '[' is never closed\n"
            "3 |   send News { NoLegs [ { 600 = A } }\n"
            "  |                      ^");
}

// What took the closing sign with it, or is closed nowhere, is told once.
TEST(ParseError, NoErrorFollowsFromAnother) {
  EXPECT_EQ(step_errors("  send News { Headline = \"x }\n  sync"),
            "t.drill:3:26: error: this text is not closed: a '\"' is missing\n"
            "3 |   send News { Headline = \"x }\n"
            "  |                          ^");
  EXPECT_EQ(step_errors("  send News {\n    NoLegs [ { 600 = A }\n  }\n  sync"),
            "t.drill:4:12: error: this '[' is never closed\n"
            "4 |     NoLegs [ { 600 = A }\n"
            "  |            ^");
  EXPECT_EQ(step_errors("  send News { NoLegs [ { 600 = A }\n  sync"),
            "t.drill:3:22: error: this '[' is never closed\n"
            "3 |   send News { NoLegs [ { 600 = A }\n"
            "  |                      ^");
  EXPECT_EQ(errors("session W initiator wire {\n  auto = heartbeat\nscenario \"a\" {\n}\n"),
            "t.drill:1:26: error: this '{' is never closed\n"
            "1 | session W initiator wire {\n"
            "  |                          ^");
}

TEST(ParseError, SeveralErrorsOfOneFile) {
  EXPECT_EQ(errors("param = 3\n"
                   "scenario \"a\" {\n"
                   "  wait 5\n"
                   "  expect News { Headline == x | Text = ok | RawData in 1 }\n"
                   "  set color 3 4\n"
                   "}\n"),
            "t.drill:1:7: error: expected a name after 'param', found '='\n"
            "1 | param = 3\n"
            "  |       ^\n"
            "t.drill:3:8: error: a duration needs a unit directly behind the number, as in 500ms, "
            "5s, 2min "
            "or 1h\n"
            "3 |   wait 5\n"
            "  |        ^\n"
            "t.drill:4:26: error: a field takes one '='\n"
            "4 |   expect News { Headline == x | Text = ok | RawData in 1 }\n"
            "  |                          ^^\n"
            "t.drill:4:58: error: expected '..' and a number; several values stand in "
            "parentheses, found '}'\n"
            "4 |   expect News { Headline == x | Text = ok | RawData in 1 }\n"
            "  |                                                          ^\n"
            "t.drill:5:15: error: expected the end of the line, found '4'\n"
            "5 |   set color 3 4\n"
            "  |               ^");
}

TEST(ParseError, AStepThatIsNotUnderstoodAndEndsInABackslash) {
  EXPECT_EQ(errors("scenario \"a\" {\n  sned \"\\"),
            "t.drill:2:3: error: unknown step 'sned'; did you mean 'send'?\n"
            "2 |   sned \"\\\n"
            "  |   ^^^^\n"
            "t.drill:1:14: error: this block is never closed: a '}' is missing\n"
            "1 | scenario \"a\" {\n"
            "  |              ^");
}

TEST(ParseError, StrayTextBehindAStep) {
  EXPECT_EQ(step_errors("  sync now"),
            "t.drill:3:8: error: expected the end of the line, found 'now'\n"
            "3 |   sync now\n"
            "  |        ^^^");
}

TEST(ParseError, StrayTextBehindAPastedMessage) {
  EXPECT_EQ(step_errors("  send 35=0|112=x| whatever"),
            "t.drill:3:20: error: expected the end of the line, found 'whatever'\n"
            "3 |   send 35=0|112=x| whatever\n"
            "  |                    ^^^^^^^^");
}

TEST(ParseError, ModifierTwice) {
  EXPECT_EQ(step_errors("  expect News as a as b"),
            "t.drill:3:20: error: 'as' is given twice\n"
            "3 |   expect News as a as b\n"
            "  |                    ^^");
}

TEST(ParseError, MissingValue) {
  EXPECT_EQ(step_errors("  send News { Headline = | Text = x }"),
            "t.drill:3:26: error: expected a value (\"\" is the empty text), found '|'\n"
            "3 |   send News { Headline = | Text = x }\n"
            "  |                          ^");
}

TEST(ParseError, BadExpressions) {
  EXPECT_EQ(step_errors("  check (1 + 2"),
            "t.drill:3:15: error: expected an operator or ')', found the end of the line\n"
            "3 |   check (1 + 2\n"
            "  |               ^");
  EXPECT_EQ(step_errors("  check 1 < 2 < 3"),
            "t.drill:3:15: error: comparisons do not chain; use 'and'\n"
            "3 |   check 1 < 2 < 3\n"
            "  |               ^");
  EXPECT_EQ(step_errors("  send News { 148 = ${a + } }"),
            "t.drill:3:27: error: expected a value, a name or '(', found '}'\n"
            "3 |   send News { 148 = ${a + } }\n"
            "  |                           ^");
}

TEST(ParseError, GroupsAndTheirWords) {
  EXPECT_EQ(step_errors("  expect 8 { 453 contains [ ] }"),
            "t.drill:3:27: error: 'contains' needs a member, as in [ { … } ]\n"
            "3 |   expect 8 { 453 contains [ ] }\n"
            "  |                           ^");
  EXPECT_EQ(step_errors("  expect 8 { 453 unordered { 448 = A } }"),
            "t.drill:3:28: error: expected '[' and the members of the group, found '{'\n"
            "3 |   expect 8 { 453 unordered { 448 = A } }\n"
            "  |                            ^");
  EXPECT_EQ(step_errors("  expect 8 { 453 each [ { 448 = A } ] }"),
            "t.drill:3:23: error: expected '{' and the fields that every entry has, found '['\n"
            "3 |   expect 8 { 453 each [ { 448 = A } ] }\n"
            "  |                       ^");
  EXPECT_EQ(step_errors("  send 8 { 453 [ for each p (A) { 448 = x } ] }"),
            "t.drill:3:29: error: expected 'in' and the values, as in (A, B), found '('\n"
            "3 |   send 8 { 453 [ for each p (A) { 448 = x } ] }\n"
            "  |                             ^");
  EXPECT_EQ(step_errors("  send 8 { 453 [ for each p in (A) ] }"),
            "t.drill:3:36: error: expected '{' of the member that is made for each value, found "
            "']'\n"
            "3 |   send 8 { 453 [ for each p in (A) ] }\n"
            "  |                                    ^");
  EXPECT_EQ(step_errors("  send 8 { 453 [ 448 = A ] }"),
            "t.drill:3:18: error: expected '{' of a group member, 'for each' or ']', found '448'\n"
            "3 |   send 8 { 453 [ 448 = A ] }\n"
            "  |                  ^^^");
}

TEST(ParseError, ExactAndIgnoring) {
  EXPECT_EQ(step_errors("  expect News exact ignoring (148) exact"),
            "t.drill:3:36: error: 'exact' is given twice\n"
            "3 |   expect News exact ignoring (148) exact\n"
            "  |                                    ^^^^^");
  EXPECT_EQ(step_errors("  expect News ignoring 148"),
            "t.drill:3:24: error: expected '(' and the fields, as in ignoring (17, ExecID), found "
            "'148'\n"
            "3 |   expect News ignoring 148\n"
            "  |                        ^^^");
  EXPECT_EQ(step_errors("  expect News ignoring (148 58)"),
            "t.drill:3:29: error: expected ',' or ')', found '58'\n"
            "3 |   expect News ignoring (148 58)\n"
            "  |                             ^^");
}

TEST(ParseError, AnnotationWithoutAScenario) {
  EXPECT_EQ(errors("@id X-1\nsession OE initiator\n"),
            "t.drill:1:1: error: no scenario follows this line\n"
            "1 | @id X-1\n"
            "  | ^^^^^^^");
}

TEST(ParseError, SecretsAreNeverLiterals) {
  EXPECT_EQ(errors("secret PASSWORD = hunter2\n"),
            "t.drill:1:17: error: a secret has no value here; the profile says where it is\n"
            "1 | secret PASSWORD = hunter2\n"
            "  |                 ^");
}

TEST(ParseError, LaterVersionOfTheLanguage) {
  EXPECT_EQ(errors("drill 2\n"),
            "t.drill:1:7: error: this fixdrill reads version 1 of the language only\n"
            "1 | drill 2\n"
            "  |       ^");
}

TEST(ParseError, RulesStandInSimulators) {
  EXPECT_EQ(errors("rule \"x\" when News then { drop }\n"),
            "t.drill:1:1: error: 'rule' stands inside a simulator\n"
            "1 | rule \"x\" when News then { drop }\n"
            "  | ^^^^");
  EXPECT_EQ(errors("simulator E acceptor {\n  rul when News then { drop }\n}\n"),
            "t.drill:2:3: error: a simulator holds 'store' and 'rule', not 'rul'; did you mean "
            "'rule'?\n"
            "2 |   rul when News then { drop }\n"
            "  |   ^^^");
  EXPECT_EQ(errors("simulator E acceptor {\n  rule when News { 148 = x } { drop }\n}\n"),
            "t.drill:2:30: error: expected 'where', 'once' or 'then', found '{'\n"
            "2 |   rule when News { 148 = x } { drop }\n"
            "  |                              ^");
}

}  // namespace
}  // namespace fixdrill::syntax::testing
