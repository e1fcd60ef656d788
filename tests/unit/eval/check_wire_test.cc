// The checker's findings about faults, mute and logon, letter by letter.
#include <gtest/gtest.h>

#include "eval/check.h"
#include "unit/eval/drill_lab.h"

namespace fixdrill::eval {
namespace {

class CheckWireTest : public testing::Test {
 protected:
  /// Findings about steps of one scenario; the first step stands in line 3.
  std::string on(const std::string& session, const std::string& steps) {
    CheckContext context;
    for (const char* name : {"OE", "W", "EX"})
      context.sessions[name] = {dictionary_of("FIX44"), "BRK", "EXCH"};
    context.have_profile = true;
    const syntax::Parsed parsed = syntax::parse(std::make_shared<const SourceFile>(
        "t.drill", session + "\nscenario \"s\" {\n" + steps + "\nexpect nothing for 1s\n}\n"));
    EXPECT_EQ(render(parsed.diagnostics), "") << steps;
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : check(parsed.file, context)) {
      const std::string all = render(diagnostic);
      lines.push_back(all.substr(std::string("t.drill:").size(),
                                 all.find('\n') - std::string("t.drill:").size()));
    }
    return join(lines, "\n");
  }
  std::string on_engine(const std::string& steps) { return on("session OE initiator", steps); }
  std::string on_wire(const std::string& steps) { return on("session W initiator wire", steps); }
  std::string on_acceptor(const std::string& steps) { return on("session EX acceptor", steps); }
  std::string sends(const std::string& shape) { return on_wire("send Heartbeat with " + shape); }
};

TEST_F(CheckWireTest, WhatIsRightIsClean) {
  for (const char* shape :
       {"bad checksum", "bad length", "bad length -1, seqnum +3, split 5 9 every 10ms, joined",
        "duplicate 112", "duplicate TestReqID", "duplicate MsgSeqNum", "order 8 35 9", "order 112",
        "truncated 5", "seqnum 0", "split ${next_out}"})
    EXPECT_EQ(sends(shape), "") << shape;
  EXPECT_EQ(on_wire("send Heartbeat with duplicate 9001 { 9001 = x }"),
            "3:38: warning: tag 9001 is not in FIX 4.4");
}

TEST_F(CheckWireTest, WhatASessionAnyNamesByNumberNeedNotBeInThisVersion) {
  const auto on_any = [this](const std::string& steps) { return on("session W any wire", steps); };
  EXPECT_EQ(on_any("send 35=zz|9001=x|\nsend Heartbeat { 1137 = 9 | 55 ?= x }"), "");
  EXPECT_EQ(on_any("send Heartbeat { Symbol = x }\nsend Heartbeat { ResetSeqNumFlg = Y }"),
            "3:18: warning: Heartbeat has no field Symbol(55) in FIX 4.4\n"
            "4:18: error: no field 'ResetSeqNumFlg' in FIX 4.4; did you mean ResetSeqNumFlag?");
}

TEST_F(CheckWireTest, OnlyWhatAWireSessionSendsIsSpoilt) {
  EXPECT_EQ(on_engine("send Heartbeat with bad checksum"),
            "3:21: error: 'with' is for wire sessions; an engine session sends only valid "
            "messages");
  EXPECT_EQ(on_wire("expect Heartbeat with garbled\nignore News with joined"),
            "3:23: error: 'expect' does not take 'with'; only what a wire session sends can be "
            "spoilt\n"
            "4:18: error: 'ignore' does not take 'with'; only what a wire session sends can be "
            "spoilt");
}

TEST_F(CheckWireTest, WhatDoesNotGoTogether) {
  EXPECT_EQ(sends("bad checksum, garbled"),
            "3:35: error: a message has one fault at a time, and 'bad checksum' is one already");
  EXPECT_EQ(sends("joined, split 3, joined, split 4"),
            "3:38: error: 'joined' is given twice\n3:46: error: 'split' is given twice");
  EXPECT_EQ(sends("bad length { 9 = 5 }"),
            "3:21: error: the message gives BodyLength(9) itself; leave one of the two out");
  EXPECT_EQ(sends("seqnum 3 { MsgSeqNum = 5 }"),
            "3:21: error: the message gives MsgSeqNum(34) itself; leave one of the two out");
  EXPECT_EQ(on_wire("send 35=0|10=000| with no checksum"),
            "3:24: error: the message gives CheckSum(10) itself; leave one of the two out");
}

TEST_F(CheckWireTest, NumbersAndPlaces) {
  EXPECT_EQ(sends("split 0"), "3:27: error: a message is split behind byte 1 or later");
  EXPECT_EQ(sends("split 12 12 40 5"),
            "3:30: error: the places of a split ascend; 12 comes after 12\n"
            "3:36: error: the places of a split ascend; 5 comes after 40");
  EXPECT_EQ(sends("truncated 0"),
            "3:31: error: a message is truncated to 1 byte or more, or by as many: -1");
  EXPECT_EQ(sends("bad length +0"), "3:32: error: a length that is 0 off is right");
  EXPECT_EQ(sends("seqnum 1.5"), "3:28: error: a whole number is needed, not '1.5'");
  EXPECT_EQ(sends("seqnum ${nxt}"), "3:30: error: no variable or message 'nxt'");
}

TEST_F(CheckWireTest, FieldsThatTheMessageCannotHave) {
  EXPECT_EQ(sends("duplicate 55"), "3:31: error: Heartbeat has no field Symbol(55) in FIX 4.4");
  EXPECT_EQ(sends("duplicate Symbl"),
            "3:31: error: no field 'Symbl' in FIX 4.4; did you mean Symbol?");
  EXPECT_EQ(sends("order 8 55"), "3:29: error: Heartbeat has no field Symbol(55) in FIX 4.4");
  EXPECT_EQ(sends("order 8 35 8"), "3:32: error: this tag is in the order already");
  EXPECT_EQ(sends("order 8 9 35"),
            "3:21: error: this is the order that the fields have; nothing would be wrong");
}

TEST_F(CheckWireTest, AShapeBehindPastedTextNeedsADelimiterBeforeIt) {
  EXPECT_EQ(on_wire("send 35=0|112=X with bad checksum"),
            "3:17: error: 'with bad checksum' is part of the value here; close the message with a "
            "delimiter before it");
  EXPECT_EQ(on_wire("send 35=B|148=Done with orders"), "");
}

TEST_F(CheckWireTest, NothingIsExpectedOfASessionThatIsMute) {
  EXPECT_EQ(on_wire("mute\nwait 1s\nunmute"), "");
  EXPECT_EQ(on_wire("mute\nsend Heartbeat\nexpect Heartbeat\nmute\nunmute"),
            "5:1: error: nothing arrives on W while it is mute; 'unmute' comes before 'expect'\n"
            "6:1: error: W is mute already");
  EXPECT_EQ(on_wire("mute"),
            "4:1: error: nothing arrives on W while it is mute; 'unmute' comes before 'expect "
            "nothing'");
  EXPECT_EQ(on_engine("mute\nlogout\ndisconnect"),
            "4:1: error: nothing arrives on OE while it is mute; 'unmute' comes before 'logout'");
}

TEST_F(CheckWireTest, LogonWithFieldsIsForEngineInitiators) {
  EXPECT_EQ(on_engine("logon { HeartBtInt = 10 | !Username } as la within 5s\n"
                      "check la.HeartBtInt = 10\n"
                      "logon refused { Text ~ /no/ | SessionStatus -> why }"),
            "5:31: error: no field 'SessionStatus' in FIX 4.4");
  EXPECT_EQ(on_wire("logon { 108 = 10 }"),
            "3:1: error: 'logon' is for engine sessions; on a wire session 'send Logon'");
  EXPECT_EQ(on_acceptor("logon refused"),
            "3:1: error: the engine of an acceptor answers the Logon by itself, so this 'logon' "
            "takes neither fields nor 'as' nor 'refused'; 'expect Logon' looks at it, a 'wire' "
            "session answers as you say");
  EXPECT_EQ(on_engine("logon as la refused"),
            "3:10: error: 'as' names the answering Logon, and one that is refused has none; '-> "
            "name' in the block keeps a field of the Logout");
  EXPECT_EQ(on_engine("logon { 34 = 5 | Symbol = A | Side = Byu | HeartBtInt > 3 }"),
            "3:9: error: an engine session fills in MsgSeqNum(34) by itself; use a 'wire' session\n"
            "3:18: warning: Logon has no field Symbol(55) in FIX 4.4\n"
            "3:31: warning: Logon has no field Side(54) in FIX 4.4\n"
            "3:38: error: Side(54) has no value 'Byu' in FIX 4.4; did you mean Buy (1)?\n"
            "3:44: error: a message to send takes values; '>' is a test of what arrives");
}

TEST_F(CheckWireTest, ASecretThatMustFailIsWrittenWithWrong) {
  const std::string secret =
      "a secret is never written in a scenario; declare it with 'secret NAME' and use ${NAME}, or, "
      "when it must be refused, ${wrong(\"x\")}";
  EXPECT_EQ(on_engine("logon { Password = ${wrong(\"x\")} } refused"), "");
  EXPECT_EQ(on_engine("logon { Password = x } refused"), "3:20: error: " + secret);
  EXPECT_EQ(on_engine("logon { 554 = ${\"x\"} } refused"), "3:15: error: " + secret);
  EXPECT_EQ(on_wire("send Logon { 98 = 0 | 108 = 30 | 554 = ${wrong(\"x\")} }"), "");
}

}  // namespace
}  // namespace fixdrill::eval
