// What the checker finds in blocks, loops, procs and tables, letter by letter.
#include <gtest/gtest.h>

#include "eval/check.h"
#include "unit/eval/drill_lab.h"

namespace fixdrill::eval {
namespace {

/// Sessions OE and EX (wire) of FIX 4.4 and OLD of FIX 4.2.
class CheckControl : public testing::Test {
 protected:
  CheckControl() {
    for (const char* name : {"OE", "EX"})
      context_.sessions[name] = {dictionary_of("FIX44"), "BRK", "EXCH"};
    context_.sessions["OLD"] = {dictionary_of("FIX42"), "BRK", "EXCH"};
    context_.have_profile = true;
  }

  std::string found(const std::string& text) {
    const syntax::Parsed parsed =
        syntax::parse(std::make_shared<const SourceFile>("t.drill", text));
    EXPECT_EQ(render(parsed.diagnostics), "") << text;
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : check(parsed.file, context_)) {
      const std::string all = render(diagnostic);
      const std::string line = all.substr(0, all.find('\n'));
      lines.push_back(line.substr(line.find(':') + 1));
    }
    return join(lines, "\n");
  }
  /// Steps of one scenario on one session begin in line 3.
  std::string in(const std::string& steps, const std::string& items = "") {
    return found("session OE initiator\n" + items + "scenario \"s\" {\n" + steps +
                 "\nexpect nothing for 1s\n}\n");
  }
  /// Steps of one scenario on OE and EX begin in line 4.
  std::string on_two(const std::string& steps, const std::string& items = "") {
    return found("session OE initiator\nsession EX acceptor\n" + items + "scenario \"s\" {\n" +
                 steps + "\nOE: expect nothing for 1s\n}\n");
  }

  CheckContext context_;
};

// ---- names that are set on some ways

TEST_F(CheckControl, ANameOfOneArmIsNotCertainBehindIt) {
  const std::string either = "either {\n  expect News as n\n} or {\n  expect Logout within 3s\n}\n";
  EXPECT_EQ(in(either + "check n.Headline = \"x\""),
            "8:7: error: 'n' may not be set here: line 4 sets it on some ways only; ask has(n) "
            "first");
  EXPECT_EQ(in(either + "check has(n)"), "");
}

TEST_F(CheckControl, ANameOfAllArmsIsCertain) {
  EXPECT_EQ(in("either {\n  expect News as n { Headline = a }\n} or {\n  expect News as n\n}\n"
               "check n.Headline = \"x\""),
            "");
  EXPECT_EQ(in("if 1 = 1 { let a = 1 } else { let a = 2 }\ncheck a = 1"), "");
  EXPECT_EQ(in("if 1 = 1 { let a = 1 } else if 1 = 2 { let a = 2 } else { let a = 3 }\n"
               "check a = 1"),
            "");
}

TEST_F(CheckControl, AnIfWithoutElseSetsOnOneWay) {
  EXPECT_EQ(in("if 1 = 1 { let a = 1 }\ncheck a = 1"),
            "4:7: error: 'a' may not be set here: line 3 sets it on some ways only; ask has(a) "
            "first");
  EXPECT_EQ(in("if 1 = 1 { let a = 1 } else if 1 = 2 { let a = 2 }\ncheck a = 1"),
            "4:7: error: 'a' may not be set here: line 3 sets it on some ways only; ask has(a) "
            "first");
}

TEST_F(CheckControl, ANameThatWasSetBeforeStaysCertain) {
  EXPECT_EQ(in("let a = 0\nif 1 = 1 { let a = 1 }\ncheck a = 1"), "");
}

TEST_F(CheckControl, HasGuards) {
  const std::string some = "expect optional News as n\n";
  const std::string uses = "n.Headline = \"x\"";
  const std::string error =
      "4:%: error: 'n' may not be set here: line 3 sets it on some ways only; ask has(n) first";
  const auto at = [&](const std::string& column) {
    std::string text = error;
    return text.replace(text.find('%'), 1, column);
  };
  EXPECT_EQ(in(some + "check has(n) and " + uses), "");
  EXPECT_EQ(in(some + "check has(n.Headline) and " + uses), "");
  EXPECT_EQ(in(some + "check not has(n) or " + uses), "");
  EXPECT_EQ(in(some + "check not (not has(n)) and " + uses), "");
  EXPECT_EQ(in(some + "if has(n) { check " + uses + " }"), "");
  EXPECT_EQ(in(some + "if not has(n) { log \"none\" } else { check " + uses + " }"), "");
  EXPECT_EQ(in(some + "if not has(n) or 1 = 2 { log \"none\" } else { check " + uses + " }"), "");
  EXPECT_EQ(in(some + "if 1 = 1 { if has(n) and 1 = 1 { check " + uses + " } }"), "");
  EXPECT_EQ(in(some + "check " + uses + " and has(n)"), at("7"));
  EXPECT_EQ(in(some + "check has(n) or " + uses), at("17"));
  EXPECT_EQ(in(some + "check not has(n) and " + uses), at("22"));
  EXPECT_EQ(in(some + "if has(n) or 1 = 1 { check " + uses + " }"), at("28"));
  EXPECT_EQ(in(some + "if has(n) { log \"n\" } else { check " + uses + " }"), at("36"));
}

TEST_F(CheckControl, AStepThatEndsTheScenarioIsAGuard) {
  const std::string some = "expect optional News as n\n";
  EXPECT_EQ(in(some + "check has(n)\ncheck n.Headline = \"x\""), "");
  EXPECT_EQ(in(some + "skip if not has(n)\ncheck n.Headline = \"x\""), "");
  EXPECT_EQ(in(some + "if 1 = 1 { check has(n) }\ncheck n.Headline = \"x\""),
            "5:7: error: 'n' may not be set here: line 3 sets it on some ways only; ask has(n) "
            "first");
}

TEST_F(CheckControl, WhatIsReadWhereItIsSetIsSet) {
  EXPECT_EQ(
      in("expect optional News as n\nif has(n) { let k = n\ncall p(m = n)\ncheck k.Headline = "
         "\"x\" }",
         "proc p(m) { check m.Headline = \"x\" }\n"),
      "");
}

TEST_F(CheckControl, LoopsAreTakenToRun) {
  EXPECT_EQ(in("let n = 2\nrepeat ${n} as i { let a = i }\ncheck a = 2 and i = 2"), "");
  EXPECT_EQ(in("for each s in (1, 2) { let a = s }\ncheck a = 1 and s = 2"), "");
}

TEST_F(CheckControl, ANameThatIsDifferentThingsIsNotJudged) {
  EXPECT_EQ(in("if 1 = 1 { let a = 1 } else { expect News as a }\ncheck has(a) or a = 1"), "");
  EXPECT_EQ(found("session OE initiator\nsession OLD initiator\nscenario \"s\" {\n"
                  "either { OE: expect NewOrderSingle as a } or { OLD: expect NewOrderSingle as a "
                  "}\ncheck a.HandlInst = 1 and has(a.Rule80A) and has(a.NoPartyIDs)\n}\n"),
            "");
}

TEST_F(CheckControl, CapturesOfAnOptionalOneAreNotCertain) {
  EXPECT_EQ(in("expect optional News { Headline -> h }\ncheck h = \"x\""),
            "4:7: error: 'h' may not be set here: line 3 sets it on some ways only; ask has(h) "
            "first");
}

// ---- procs

const std::string kProc =
    "proc fill(order, qty, px = 1) -> (er) {\n  expect ExecutionReport as er { LastQty = ${qty} | "
    "ClOrdID = ${order.ClOrdID} | LastPx = ${px} }\n}\n";

TEST_F(CheckControl, Arguments) {
  const std::string nos = "send NewOrderSingle as nos { ClOrdID = ${uid()} }\n";
  EXPECT_EQ(in(nos + "call fill(order = nos, qty = 5) as f\ncheck f.er.LastPx = 1", kProc), "");
  EXPECT_EQ(in(nos + "call fill(order = nos)", kProc),
            "7:6: error: 'fill' needs a value for 'qty'");
  EXPECT_EQ(in(nos + "call fill(order = nos, qty = 5, qtyy = 6)", kProc),
            "7:33: error: 'fill' has no parameter 'qtyy'; did you mean qty?");
  EXPECT_EQ(in(nos + "call fill(order = nos, qty = 5, qty = 6)", kProc),
            "7:33: error: 'qty' is given twice");
  EXPECT_EQ(in("call fil(order = nos)", kProc), "6:6: error: no proc 'fil'; did you mean fill?");
  EXPECT_EQ(in("call fill(order = ${nobody}, qty = 5)", kProc),
            "6:21: error: no variable or message 'nobody'");
}

TEST_F(CheckControl, ResultsOfACall) {
  const std::string nos = "send NewOrderSingle as nos { ClOrdID = ${uid()} }\n";
  EXPECT_EQ(in(nos + "call fill(order = nos, qty = 5) as f\ncheck f.err.LastPx = 1", kProc),
            "8:9: error: 'f' has no result 'err'; did you mean er?");
  EXPECT_EQ(in(nos + "call fill(order = nos, qty = 5) as f\ncheck f.er.LastPxx = 1", kProc),
            "8:12: error: no field 'LastPxx' in FIX 4.4; did you mean LastPx?");
  EXPECT_EQ(in(nos + "call fill(order = nos, qty = 5) as got\nsend got", kProc),
            "8:6: error: 'got' is what a call gave; name one of its results, as in got.er");
  EXPECT_EQ(in("call p() as x", "proc p() {\n  sync\n}\n"),
            "6:13: error: 'p' gives nothing back: its head has no '-> (…)'");
}

TEST_F(CheckControl, AProcSeesOnlyWhatItIsGiven) {
  EXPECT_EQ(in("let mine = 1\ncall p()", "param known = 1\nproc p() {\n  check mine = known\n}\n"),
            "4:9: error: no variable or message 'mine'\n8:6: note: called from here");
}

TEST_F(CheckControl, FindingsInAProcSayWhoCalled) {
  EXPECT_EQ(in("let n = 5\ncall p(m = n)", "proc p(m) {\n  check m.Headline = \"x\"\n}\n"),
            "3:9: error: 'm' is not a message and has no fields\n"
            "7:6: note: called from here");
}

TEST_F(CheckControl, AProcThatCallsItself) {
  EXPECT_EQ(in("call a()", "proc a() {\n  call b()\n}\nproc b() {\n  call a()\n}\n"),
            "3:8: error: 'b' calls itself through 'a'\n6:8: error: 'a' calls itself through 'b'");
  EXPECT_EQ(in("sync", "proc a() {\n  if 1 = 1 { call a() }\n}\n"),
            "3:19: error: 'a' calls itself");
}

TEST_F(CheckControl, HostileCalls) {
  std::string chain;
  for (int i = 0; i < 1'000; ++i)
    chain += "proc p" + std::to_string(i) + "() { call p" + std::to_string(i + 1) + "() }\n";
  const std::string deep = in("call p0()", chain + "proc p1000() { sync }\n");
  EXPECT_NE(deep.find("error: blocks and calls are nested more than 500 deep here"),
            std::string::npos)
      << deep.substr(0, 300);
  // Each calls the next one twice, and hands on what both gave.
  std::string twice = "proc p0(m) -> (a, b) {\n  let a = m\n  let b = m\n}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string next = "call p" + std::to_string(i - 1);
    twice += "proc p" + std::to_string(i) + "(m) -> (a, b) {\n  " + next + "(m = m) as a\n  " +
             next + "(m = a) as b\n}\n";
  }
  EXPECT_EQ(in("call p39(m = 1)", twice), "");
}

TEST_F(CheckControl, AProcThatSetsNotWhatItGives) {
  EXPECT_EQ(in("sync", "proc p() -> (x, y) {\n  let x = 1\n}\n"),
            "2:17: error: no step of 'p' sets 'y'");
}

TEST_F(CheckControl, AResultThatIsSetOnSomeWays) {
  const std::string proc = "proc p() -> (n) {\n  expect optional News as n\n}\n";
  EXPECT_EQ(in("call p() as r\ncheck r.n.Headline = \"x\"", proc),
            "7:7: error: 'r.n' may not be set here: line 3 sets it on some ways only; ask has(r.n) "
            "first");
  EXPECT_EQ(in("call p() as r\ncheck has(r.n) and r.n.Headline = \"x\"", proc), "");
}

TEST_F(CheckControl, SecondsOfAName) {
  EXPECT_EQ(in("sync", "proc p(a, a) {\n}\nproc p() {\n}\n"),
            "2:11: error: a second parameter 'a'\n4:6: error: a second proc 'p'");
}

TEST_F(CheckControl, AProcOnSeveralSessions) {
  const std::string proc = "proc say() {\n  send News { Headline = x }\n}\n";
  EXPECT_EQ(on_two("EX: call say()\nOE: call say()", proc), "");
  EXPECT_EQ(on_two("call say()", proc),
            "7:6: error: 'say' needs to know its session; name it, as in 'OE: call say(…)'");
  EXPECT_EQ(on_two("call say()", "proc say() {\n  OE: send News { Headline = x }\n}\n"), "");
  EXPECT_EQ(on_two("call say()", "proc say() {\n  EY: send News { Headline = x }\n}\n"),
            "4:3: error: no session 'EY'; did you mean EX?\n7:6: note: called from here");
}

TEST_F(CheckControl, AProcIsJudgedByTheDictionaryOfItsSession) {
  EXPECT_EQ(found("session OE initiator\nsession OLD initiator\nproc p() {\n"
                  "  expect ExecutionReport { ExecTransType = New }\n}\nscenario \"s\" {\n"
                  "OLD: call p()\nOE: call p()\n}\n"),
            "4:28: error: no field 'ExecTransType' in FIX 4.4; did you mean AdvTransType?\n8:10: "
            "note: called from here");
}

TEST_F(CheckControl, AnUnorderedInAProcWithTexts) {
  EXPECT_EQ(
      in("call p(h = x) as r\ncheck r.n.Headline = \"x\"",
         "param q = 1\nproc p(h, k = 2) -> (n) {\n  unordered { expect News as n { Headline = "
         "${h} } }\n}\n"),
      "");
}

// ---- unordered, either, times

TEST_F(CheckControl, MembersOfUnordered) {
  EXPECT_EQ(
      in("unordered {\n  expect News\n  send News\n  expect optional News\n  expect nothing "
         "for 1s\n  expect disconnect\n  let a = 1\n}"),
      "5:3: error: 'unordered' holds 'expect', 'await' and 'for each', not 'send'\n"
      "6:3: error: 'unordered' holds 'expect', 'await' and 'for each', not 'expect optional'\n"
      "7:3: error: 'unordered' holds 'expect', 'await' and 'for each', not 'expect nothing'\n"
      "8:3: error: 'unordered' holds 'expect', 'await' and 'for each', not 'expect "
      "disconnect'\n"
      "9:3: error: 'unordered' holds 'expect', 'await' and 'for each', not 'let'");
  EXPECT_EQ(in("unordered {\n}"), "3:11: error: there is nothing in this block");
  EXPECT_EQ(in("unordered { expect News within 2s }"),
            "3:32: error: the limit of 'unordered' is for all of it: 'unordered within 3s {'");
  EXPECT_EQ(in("unordered { expect News times 2 }"),
            "3:31: error: an expectation in 'unordered' takes one message; 'times' and 'until' "
            "stand in steps of their own");
  EXPECT_EQ(in("unordered { for each s in (a) { send News } }"),
            "3:33: error: 'unordered' holds 'expect', 'await' and 'for each', not 'send'");
  EXPECT_EQ(on_two("unordered { expect News }"),
            "4:13: error: the file has several sessions; name the one that is meant, as in 'OE: "
            "expect'");
}

TEST_F(CheckControl, MembersOfUnorderedDoNotSeeEachOther) {
  EXPECT_EQ(in("unordered {\n  expect News as a\n  expect News { Headline = ${a.Headline} }\n}"),
            "5:30: error: 'a' is used before it is set in line 4");
}

TEST_F(CheckControl, NamesOfUnordered) {
  EXPECT_EQ(in("unordered { for each s in (a, b) { expect News as n { Headline = ${s} } } }\n"
               "check count(n) = 2 and n[1].Headline = \"a\""),
            "");
  EXPECT_EQ(in("unordered { for each s in (a, b) { expect News as n { Headline = ${s} } } }\n"
               "check n.Headline = \"a\""),
            "4:7: error: 'n' is a list of messages; say which: n[1]");
  EXPECT_EQ(in("unordered {\n expect News as n\n expect News as n\n}\ncheck n.Headline = \"a\""),
            "7:7: error: 'n' is a list of messages; say which: n[1]");
}

TEST_F(CheckControl, BeginningsOfArms) {
  const std::string why =
      "an arm of 'either' begins with 'expect', 'await', 'expect nothing' or 'expect disconnect': "
      "the first message decides which arm goes on";
  EXPECT_EQ(in("either { send News } or { expect News }"), "3:10: error: " + why);
  EXPECT_EQ(in("either { expect News } or {\n}"), "3:27: error: " + why);
  EXPECT_EQ(in("either { expect optional News } or { expect no News for 1s }"),
            "3:10: error: " + why + "\n3:38: error: " + why);
  EXPECT_EQ(in("either { expect News times 2 } or { expect Logout }"),
            "3:28: error: the first expectation of an arm takes one message; 'times' and 'until' "
            "stand in steps of their own");
}

TEST_F(CheckControl, ArmsThatAreNeverReached) {
  EXPECT_EQ(in("either { expect News } or { expect News { Headline = a } }"),
            "3:29: error: this arm is never reached: arm 1 (line 3) takes every message that it "
            "would take");
  EXPECT_EQ(
      in("either { expect News { Headline = a } } or { expect News } or {\n  await News { "
         "Headline = b } }"),
      "4:3: error: this arm is never reached: arm 2 (line 3) takes every message that it would "
      "take");
  EXPECT_EQ(in("either { expect News { Headline = a } } or { expect News }"), "");
  EXPECT_EQ(in("either { expect News within 1s } or { expect News within 2s }"), "");
  EXPECT_EQ(in("either { expect News exact { Headline = a } } or { expect News { Headline = a } }"),
            "");
  EXPECT_EQ(on_two("either { OE: expect News } or { EX: expect News }"), "");
}

TEST_F(CheckControl, Repetitions) {
  EXPECT_EQ(in("expect News times 0"), "3:19: error: 'times 0' expects nothing; use 'expect no'");
  EXPECT_EQ(in("expect News times 3..2"),
            "3:19: error: the smaller number stands first, as in 'times 2..5'");
  EXPECT_EQ(in("expect News distinct Headline"),
            "3:22: error: 'distinct' needs several messages: 'times' or 'until'");
  EXPECT_EQ(in("expect News times 2 distinct Headlin"),
            "3:30: error: no field 'Headlin' in FIX 4.4; did you mean Headline?");
  EXPECT_EQ(in("expect News until { Headlin = a }"),
            "3:21: error: no field 'Headlin' in FIX 4.4; did you mean Headline?");
  EXPECT_EQ(in("send News times 2"), "3:17: error: 'send' does not take 'times'");
  EXPECT_EQ(in("expect optional News until { 148 = a }"),
            "3:28: error: 'expect optional' does not take 'until'");
  EXPECT_EQ(in("expect News as n times 2\ncheck n.Headline = \"a\""),
            "4:7: error: 'n' is a list of messages; say which: n[1]");
  EXPECT_EQ(in("expect News as n times 2\ncheck n[1].Headline = \"a\" and n[Headline = b].148 = "
               "\"b\" and count(n) = 2"),
            "");
}

// ---- tables

TEST_F(CheckControl, Tables) {
  EXPECT_EQ(in("sync", "table t {\n  a | a\n  1 | 2\n  1 | 3\n  | 4\n}\ntable t {\n  b\n  1\n}\n"),
            "3:7: error: a second column 'a'\n"
            "5:3: error: the first cell names the row; line 4 has '1' too\n"
            "6:3: error: the first cell names the row; it is empty\n"
            "8:7: error: a second table 't'");
  EXPECT_EQ(found("session OE initiator\ntable cases {\n  a\n  1\n}\n"
                  "scenario \"${a} ${b}\" for each case {\n  expect nothing for 1s\n}\n"),
            "6:13: error: no variable or message 'a'\n"
            "6:18: error: no variable or message 'b'\n"
            "6:31: error: no table 'case'; did you mean cases?");
  EXPECT_EQ(found("session OE initiator\ntable cases {\n  a\n  ${nobody}\n}\n"
                  "scenario \"${a}\" for each cases {\n  check a = 1 and bb = 2\n}\n"),
            "4:5: error: no variable or message 'nobody'\n"
            "7:19: error: no variable or message 'bb'");
}

// ---- the ends

TEST_F(CheckControl, SkipAndXfail) {
  EXPECT_EQ(in("skip if nobody = 1 because \"${nobody}\"\nxfail if nobody = 1 because \"x\""),
            "3:9: error: no variable or message 'nobody'\n"
            "3:31: error: no variable or message 'nobody'\n"
            "4:10: error: no variable or message 'nobody'");
  EXPECT_EQ(in("sync", "teardown {\n  skip if 1 = 1\n  if 1 = 1 { xfail }\n}\n"),
            "3:3: error: 'skip' comes too late in a teardown: the scenario has run\n"
            "4:14: error: 'xfail' comes too late in a teardown: the scenario has run");
}

TEST_F(CheckControl, AScenarioWhoseExpectationsAreInBlocksExpects) {
  const auto alone = [&](const std::string& steps) {
    return found(
        "session OE initiator\nproc p() {\n  expect News\n}\nproc q() {\n  sync\n}\n"
        "scenario \"s\" {\n" +
        steps + "\n}\n");
  };
  EXPECT_EQ(alone("call p()"), "");
  EXPECT_EQ(alone("repeat 2 { if 1 = 1 { unordered { expect News } } }"), "");
  EXPECT_EQ(alone("call q()"),
            "8:10: error: this scenario expects nothing, so it could not fail; add an 'expect'");
  EXPECT_EQ(alone("skip if 1 = 1"),
            "8:10: error: this scenario expects nothing, so it could not fail; add an 'expect'");
}

TEST_F(CheckControl, NamesAreUsedAfterTheyAreSet) {
  EXPECT_EQ(in("if 1 = 1 { check a = 1 }\nlet a = 1"),
            "3:18: error: 'a' is used before it is set in line 4");
}

}  // namespace
}  // namespace fixdrill::eval
