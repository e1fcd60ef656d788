// The checker's findings, letter by letter.
#include "eval/check.h"

#include <gtest/gtest.h>

#include "unit/eval/drill_lab.h"

namespace fixdrill::eval {
namespace {

/// A file on sessions OE (engine) and W (wire) of FIX 4.4, with SenderCompID BRK and TargetCompID
/// EXCH.
class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    for (const char* name : {"OE", "W", "EX"})
      context_.sessions[name] = {dictionary_of("FIX44"), "BRK", "EXCH"};
    context_.secrets = {"PASSWORD"};
    context_.have_profile = true;
  }

  std::string found(const std::string& text) {
    const syntax::Parsed parsed =
        syntax::parse(std::make_shared<const SourceFile>("t.drill", text));
    EXPECT_EQ(render(parsed.diagnostics), "") << text;
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : check(parsed.file, context_)) {
      const std::string all = render(diagnostic);
      lines.push_back(all.substr(0, all.find('\n')));
    }
    return join(lines, "\n");
  }

  /// Findings about steps of one scenario on the engine session; the first step stands in line 4.
  std::string on_engine(const std::string& steps) { return on("session OE initiator", steps); }
  std::string on_wire(const std::string& steps) { return on("session W initiator wire", steps); }
  std::string on(const std::string& session, const std::string& steps) {
    return found(session + "\nparam symbol = MSFT\nscenario \"s\" {\n" + steps +
                 "\nexpect nothing for 1s\n}\n");
  }

  CheckContext context_;
};

TEST_F(CheckTest, ExamplesOfTheLanguageAreClean) {
  EXPECT_EQ(
      on_engine("send NewOrderSingle as nos {\n"
                "  ClOrdID = ${uid()} | Symbol = ${symbol} | Side = Buy | OrderQty = 100\n"
                "  OrdType = Limit | Price = 10.25 | TransactTime = ${now()} | TimeInForce = IOC\n"
                "  NoPartyIDs [ { PartyID = A | PartyIDSource = D | PartyRole = 1 } ]\n"
                "}\n"
                "expect ExecutionReport as ack within 2s {\n"
                "  ClOrdID = ${nos.ClOrdID} | ExecType = New | OrdStatus(39) in (New, 2)\n"
                "  OrderID = * | !Text | LastPx <= 10.25 | TransactTime = ${now()} +- 5s\n"
                "  NoPartyIDs[PartyRole = ExecutingFirm].PartyID -> firm\n"
                "}\n"
                "expect 35=8|150=F|39=2|17=*| within 5s\n"
                "check ack.OrdStatus = New and next_in > 3 and has(ack.Text) and firm = \"A\"\n"
                "let qty = ack.LeavesQty + 1\n"
                "log \"${qty} ${elapsed(nos, ack)}\""),
      "");
}

TEST_F(CheckTest, UnknownNamesOfTheDictionary) {
  EXPECT_EQ(on_engine("expect ExecutionReport { ExecType = Fill }"),
            "t.drill:4:37: error: ExecType(150) has no value 'Fill' in FIX 4.4; did you mean Trade "
            "(F)?");
  EXPECT_EQ(on_engine("send NewOrderSingel { Symbol = x }"),
            "t.drill:4:6: error: no message 'NewOrderSingel' in FIX 4.4; did you mean "
            "NewOrderSingle?");
  EXPECT_EQ(on_engine("send News { Headlin = x | Side(55) = x | 9001 = y | Urgency in (1) }"),
            "t.drill:4:13: error: no field 'Headlin' in FIX 4.4; did you mean Headline?\n"
            "t.drill:4:27: error: Side is tag 54, not 55\n"
            "t.drill:4:42: warning: tag 9001 is not in FIX 4.4\n"
            "t.drill:4:53: error: a message to send takes values; 'in' is a test of what arrives");
  EXPECT_EQ(on_engine("expect Heartbeat { Symbol = x }"),
            "t.drill:4:20: warning: Heartbeat has no field Symbol(55) in FIX 4.4");
  EXPECT_EQ(on_engine("expect 8 { NoPartyIDs [ { Price = 1 } ] | 60 is timestmp | 58 ~ /(/ }"),
            "t.drill:4:27: warning: NoPartyIDs(453) has no field Price(44) in FIX 4.4\n"
            "t.drill:4:49: error: no shape 'timestmp'; did you mean timestamp?\n"
            "t.drill:4:65: error: this is no regular expression: missing ): (");
  EXPECT_EQ(on_engine("expect U7 { 58 = x }\nexpect 35=8|150=Fill|"),
            "t.drill:4:8: warning: MsgType(35) U7 is not in FIX 4.4\n"
            "t.drill:5:17: warning: ExecType(150) has no value 'Fill' in FIX 4.4; did you mean "
            "Trade (F)?");
}

TEST_F(CheckTest, UnknownNamesOfTheFile) {
  EXPECT_EQ(on_engine("log \"${symbl} ${uppr(symbol)} ${len()} ${symbol.Side}\""),
            "t.drill:4:8: error: no variable or message 'symbl'; did you mean symbol?\n"
            "t.drill:4:17: error: no function 'uppr'; did you mean upper?\n"
            "t.drill:4:33: error: len takes 1 argument, not 0\n"
            "t.drill:4:42: error: 'symbol' is not a message and has no fields");
  EXPECT_EQ(on_engine("log \"${ack.Text}\"\nexpect News as ack\ncheck ack.Tex = \"x\""),
            "t.drill:4:8: error: 'ack' is used before it is set in line 5\n"
            "t.drill:6:11: error: no field 'Tex' in FIX 4.4; did you mean Text?");
  EXPECT_EQ(on_engine("expect 8 as ack\ncheck ack.OrdStatus = Nwe\ncheck ack.Price = high"),
            "t.drill:5:23: error: OrdStatus(39) has no value 'Nwe' in FIX 4.4; did you mean New "
            "(0)?\n"
            "t.drill:6:19: error: no variable or message 'high'");
}

TEST_F(CheckTest, ModifiersThatAnActionDoesNotTake) {
  EXPECT_EQ(on_engine("send News within 2s\nforbid News as n\nexpect News for 2s\n"
                      "expect no News within 2s\nexpect News as a exact ignoring (148)\nsend News "
                      "exact ignoring (148)"),
            "t.drill:4:18: error: 'send' does not take 'within'\n"
            "t.drill:5:16: error: 'forbid' does not take 'as'\n"
            "t.drill:6:17: error: 'expect' does not take 'for'\n"
            "t.drill:7:11: error: 'expect no' needs 'for' and a duration\n"
            "t.drill:7:23: error: 'expect no' does not take 'within'\n"
            "t.drill:9:11: error: 'send' does not take 'exact'\n"
            "t.drill:9:26: error: 'send' does not take 'ignoring'");
}

TEST_F(CheckTest, WhatAnEngineSessionRefuses) {
  EXPECT_EQ(
      on_engine("send Logon { 98 = 0 }\nsend 35=2|7=1|16=0|\nsend News { 43 = Y }\n"
                "send raw 8=FIX.4.4|\nsend bytes \"x\"\nset auto (heartbeat)\n"
                "send News { MsgSeqNum = 3 }"),
      "t.drill:4:6: error: an engine session sends Logon by itself; use a 'wire' session\n"
      "t.drill:5:9: error: an engine session sends ResendRequest by itself; use a 'wire' session\n"
      "t.drill:6:13: error: an engine session sets PossDupFlag(43) by itself; use a 'wire' "
      "session\n"
      "t.drill:7:1: error: 'send raw' is for wire sessions; the engine would count wrong numbers\n"
      "t.drill:8:1: error: 'send bytes' is for wire sessions; the engine would count wrong "
      "numbers\n"
      "t.drill:9:5: error: 'set auto' is for wire sessions; the engine always answers\n"
      "t.drill:10:13: error: an engine session fills in MsgSeqNum(34) by itself; use a 'wire' "
      "session");
  EXPECT_EQ(on_wire("send Logon { 98 = 0 | 43 = Y | 34 = 1 }\nsend 35=2|7=1|16=0|\n"
                    "send raw 8=FIX.4.4|\nsend bytes \"x\"\nset auto (heartbeat, resend)"),
            "");
}

TEST_F(CheckTest, SessionTagsInAPastedMessage) {
  EXPECT_EQ(on_engine("send 8=FIX.4.4|9=5|35=B|34=7|49=BRK|56=EXCH|148=x|10=1|"),
            "t.drill:4:6: note: the engine fills in BeginString(8), BodyLength(9), MsgSeqNum(34), "
            "SenderCompID(49), TargetCompID(56), CheckSum(10); what is pasted is dropped");
  EXPECT_EQ(on_engine("send 35=B|49=OTHER|148=x|"),
            "t.drill:4:11: error: SenderCompID(49) is BRK on session OE, not OTHER");
}

TEST_F(CheckTest, AWorkersIdentityMayBePastedFromAnyLane) {
  context_.sessions["OE"] = context_.sessions["W"] = {
      dictionary_of("FIX44"), "BRK{worker}", "EXCH", {"BRK{worker}", "BRK1", "BRK2"}, {}};
  const std::string dropped =
      "t.drill:4:6: note: the engine fills in SenderCompID(49), TargetCompID(56); what is pasted "
      "is "
      "dropped";
  EXPECT_EQ(on_engine("send 35=B|49=BRK2|56=EXCH|148=x|"), dropped);
  EXPECT_EQ(on_engine("send 35=B|49=BRK{worker}|56=EXCH|148=x|"), dropped);
  EXPECT_EQ(on_engine("send 35=B|49=BRK|148=x|"),
            "t.drill:4:11: error: SenderCompID(49) is BRK{worker} on session OE, not BRK");
  EXPECT_EQ(on_engine("expect 8=FIX.4.4|35=B|49=EXCH|56=BRK2|148=x|10=000|"), "");
}

TEST_F(CheckTest, AWorkersIdentityWrittenOutIsOfOneLaneOnly) {
  context_.sessions["OE"] = context_.sessions["W"] = {
      dictionary_of("FIX44"), "BRK{worker}", "EXCH", {"BRK{worker}", "BRK1", "BRK2"}, {}};
  const std::string on_w =
      "is BRK{worker} on session W, another in each lane; leave it out, the session fills it in";
  EXPECT_EQ(on_wire("send Logon { SenderCompID = BRK1 | 56 = EXCH | 98 = 0 }\n"
                    "send 35=0|49=BRK{worker}|\nsend 35=0|49=SPOOF|\nsend 35=0|49=${symbol}|"),
            "t.drill:4:14: warning: SenderCompID(49) " + on_w +
                "\nt.drill:5:11: warning: SenderCompID(49) " + on_w);
  EXPECT_EQ(on_engine("expect 35=B|49=EXCH|56=BRK1|148=x|\nexpect News { 56 = BRK }"),
            "t.drill:4:21: warning: TargetCompID(56) is BRK{worker} on session OE, another in each "
            "lane; leave it out");
}

TEST_F(CheckTest, EveryModifierThatAPastedValueSwallowsIsRefused) {
  for (const std::string tail :
       {"as news", "like nos", "within 2s", "within ${limit}", "for 2s", "times 3", "times 2..5",
        "until { Headline = a }", "distinct 148", "exact", "ignoring (148)", "with bad checksum",
        "as news within 2s times 3", "}", "# why"})
    EXPECT_EQ(on_engine("expect 35=B|148=hello " + tail),
              "t.drill:4:23: error: '" + tail + "' is part of the value here; close the message " +
                  "with a delimiter before it");
  for (const std::string text : {"as soon as it can be", "valid for 5 days", "times are bad",
                                 "with regards", "until Friday", "distinct from all", "like"})
    EXPECT_EQ(on_engine("expect 35=B|148=hello " + text), "") << text;
  EXPECT_EQ(on_engine("send 35=B|148=to be exact"), "");
  EXPECT_EQ(on_engine("send 35=B|148=x as news\nexpect News { Headline = ${news.Headline} }"),
            "t.drill:4:17: error: 'as news' is part of the value here; close the message with a "
            "delimiter before it");
}

TEST_F(CheckTest, PastedTextThatSwallowsWhatFollows) {
  EXPECT_EQ(
      on_engine("send 35=B|148=hello as n\nsend 35=B|148=x # why\nexpect 35=B|148=a within 2s\n"
                "send 35=B|148=$px|\nsend 35=B|148=as usual"),
      "t.drill:4:21: error: 'as n' is part of the value here; close the message with a "
      "delimiter before it\n"
      "t.drill:5:17: error: '# why' is part of the value here; close the message with a "
      "delimiter before it\n"
      "t.drill:6:19: error: 'within 2s' is part of the value here; close the message with a "
      "delimiter before it\n"
      "t.drill:7:15: warning: '$' is sent as it stands; an expression is ${name}");
}

TEST_F(CheckTest, LiteralSecrets) {
  const std::string why =
      "error: a secret is never written in a scenario; declare it with 'secret NAME' and use "
      "${NAME}, or, when it must be refused, ${wrong(\"x\")}";
  EXPECT_EQ(on_wire("send Logon { Password = hunter2 | 96 = \"x\" }\n"
                    "send 35=A|554=hunter2|\nsend raw 8=FIX.4.4|35=A|554=x|"),
            "t.drill:4:25: " + why + "\nt.drill:4:40: " + why + "\nt.drill:5:15: " + why +
                "\nt.drill:6:10: " + why);
  EXPECT_EQ(on("secret PASSWORD\nsession W initiator wire", "send Logon { 554 = ${PASSWORD} }"),
            "");
}

TEST_F(CheckTest, SessionsOfTheSteps) {
  EXPECT_EQ(on("session OE initiator\nsession EX acceptor",
               "expect News\nEX: accept\nEX: connect\nOX: sync\nwait 1s\nOE: set nxt_in 3"),
            "t.drill:5:1: error: the file has several sessions; name the one that is meant, as in "
            "'OE: expect'\n"
            "t.drill:7:5: error: 'connect' is for initiators; an acceptor takes 'accept'\n"
            "t.drill:8:1: error: no session 'OX'; did you mean OE?\n"
            "t.drill:10:9: error: 'set' knows next_in, next_out and auto, not 'nxt_in'; did you "
            "mean next_in?\n"
            "t.drill:11:1: error: the file has several sessions; name the one that is meant, as in "
            "'OE: expect'");
  EXPECT_EQ(on_wire("logon"),
            "t.drill:4:1: error: 'logon' is for engine sessions; on a wire session 'send Logon'");
  EXPECT_EQ(found("scenario \"s\" {\n  expect News\n}\n"),
            "t.drill:2:3: error: the file has no session; declare one, as in 'session OE "
            "initiator'");
}

TEST_F(CheckTest, PromptsAndPrograms) {
  EXPECT_EQ(on_engine("ask \"Desk?\" -> desk within 15min default \"-\" choices (A, B)\n"
                      "instruct \"${desk}\" within ${5s}\nconfirm \"ok?\" default \"Yes\"\n"
                      "attach \"x\"\nexec \"a\" \"${desk}\" -> out\ncheck out_status = 0"),
            "");
  EXPECT_EQ(on_engine("log \"${desk}\"\nask \"Desk?\" -> desk\ninstruct \"x\" default \"y\"\n"
                      "confirm \"ok?\" default \"si\"\nask \"x\" -> next_in"),
            "t.drill:4:8: error: 'desk' is used before it is set in line 5\n"
            "t.drill:6:22: error: 'instruct' does not take 'default'; it takes: within\n"
            "t.drill:7:23: error: the default of 'confirm' is \"yes\" or \"no\"\n"
            "t.drill:8:12: error: 'next_in' is a number of the session");
  EXPECT_EQ(found("session OE initiator\nsession EX acceptor\nsecret PASSWORD\nscenario \"s\" {\n"
                  "  exec \"a\" \"x${PASSWORD}\"\n  confirm \"ok?\"\n}\n"),
            "t.drill:5:12: error: the secret 'PASSWORD' must not stand in a command line, which "
            "everybody on this machine can read; let the program take it from a file");
}

TEST_F(CheckTest, DeclarationsOfTheFile) {
  EXPECT_EQ(found("session OX initiator { auto = heartbeat | x = 1 }\nsession W initiator wire { "
                  "auto = hartbeat }\nsecret PASWORD\nparam a = ${b}\nparam a\n"),
            "t.drill:1:9: error: the profile has no session 'OX'; did you mean EX?\n"
            "t.drill:1:24: error: 'auto' is for wire sessions; the engine always answers\n"
            "t.drill:1:43: error: a session has no option 'x'; it knows auto\n"
            "t.drill:2:35: error: 'auto' knows heartbeat, testrequest, resend, logout and gap, not "
            "'hartbeat'; did you mean heartbeat?\n"
            "t.drill:3:8: error: the profile has no secret 'PASWORD'; did you mean PASSWORD?\n"
            "t.drill:4:13: error: no variable or message 'b'\n"
            "t.drill:5:7: error: 'a' is declared twice");
}

TEST_F(CheckTest, Scenarios) {
  EXPECT_EQ(found("session OE initiator\n@id A\n@idd B\nscenario \"a\" {\n  sync\n  expect "
                  "optional News\n}\n@id A\n"
                  "scenario \"b\" {\n  expect News\n}\n"),
            "t.drill:3:1: error: unknown '@idd'; did you mean @id?\n"
            "t.drill:4:10: error: this scenario expects nothing, so it could not fail; add an "
            "'expect'\n"
            "t.drill:8:1: error: the id A is taken by line 2");
}

TEST_F(CheckTest, NamesOfSetupAreVisibleAndThoseOfAScenarioAreItsOwn) {
  EXPECT_EQ(found("session OE initiator\nsetup { expect News as a }\n"
                  "scenario \"s\" {\n  expect News as b { 58 = ${a.Text} }\n}\n"
                  "teardown {\n  log \"${a.Text}\"\n  log \"${b.Text}\"\n}\n"),
            "t.drill:8:10: error: no variable or message 'b'; did you mean a?");
}

TEST_F(CheckTest, WithoutAProfileOnlyTheFileSpeaks) {
  context_ = {};
  EXPECT_EQ(
      on_engine("expect Foo as f { Bar = Baz | !Qux }\ncheck f.Bar = Baz\nsend News { 55 = x }"),
      "");
  EXPECT_EQ(on_engine("send Logon { 98 = 0 }\nlog \"${x}\""),
            "t.drill:4:6: error: an engine session sends Logon by itself; use a 'wire' session\n"
            "t.drill:5:8: error: no variable or message 'x'");
}

}  // namespace
}  // namespace fixdrill::eval
