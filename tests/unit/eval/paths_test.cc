// Paths through lists of messages and records: what they give, and what the checker says of them.
#include "eval/check_path.h"
#include "unit/eval/drill_lab.h"

namespace fixdrill::eval {
namespace {

class PathsTest : public DrillLab {
 protected:
  PathsTest() {
    names_.set("fills", message_list({message("35=8|17=E1|150=F|39=1|32=40|31=10.25|"),
                                      message("35=8|17=E2|150=F|39=2|32=60|31=10.5|58=done|")}));
    names_.set("single", message_list({message("35=8|17=E3|39=2|32=7|")}));
    names_.set("none", message_list({}));
    names_.set("f", record_of({{"er", message("35=8|17=E4|39=2|")}, {"px", std::string("10.5")}}));
    names_.set("m", message("35=AB|555=2|600=A|566=1.5|600=B|566=2.5|"));
  }

  NamedMessage message(const std::string& text) {
    return {std::make_shared<const fix::Message>(pipe_to_soh(text)), world_.now()};
  }

  /// What the checker finds in an expression that speaks of the same names.
  std::string checked(const std::string& text) {
    return check_with([&](const Place& place) { check_expression(expr(text), place); });
  }

  std::string checked_like(const std::string& path) {
    const auto& send = std::get<syntax::Send>(step("send 8 like " + path).action);
    return check_with([&](const Place& place) { check_message_path(*send.message.like, place); });
  }

 private:
  std::string check_with(const std::function<void(const Place&)>& check) {
    Findings findings;
    Scope scope;
    const fix::Dictionary* dictionary = dictionary_.get();
    scope.known["m"] = KnownName::message(dictionary);
    scope.known["fills"] = KnownName::list(dictionary);
    scope.known["px"] = KnownName{};
    scope.known["f"] =
        KnownName::record({{"er", KnownName::message(dictionary)}, {"px", KnownName{}}});
    const syntax::File file;
    check(Place{findings, scope, file, nullptr, nullptr, dictionary});
    std::vector<std::string> texts;
    for (const Diagnostic& found : findings.take()) texts.push_back(found.message);
    return join(texts, "\n");
  }
};

TEST_F(PathsTest, AListGivesItsMessagesByPosition) {
  EXPECT_EQ(eval("fills[2].ExecID"), "E2");
  EXPECT_EQ(eval("fills[1 + 1].17"), "E2");
  EXPECT_EQ(eval("fills[OrdStatus = Filled].ExecID"), "E2");
  EXPECT_EQ(eval("fills[1].OrdStatus = PartiallyFilled"), "Y");
  EXPECT_EQ(eval("elapsed(fills[1], fills[2])"), "0s");
  EXPECT_EQ(error_of("fills[3].ExecID"), "'fills' has 2 messages, not 3");
  EXPECT_EQ(error_of("single[2].ExecID"), "'single' has 1 message, not 2");
  EXPECT_EQ(error_of("none[1].ExecID"), "'none' has no messages, not 1");
  EXPECT_EQ(error_of("fills[0].ExecID"), "'0' is no position; the messages of a list count from 1");
  EXPECT_EQ(error_of("fills[-1]"), "'-1' is no position; the messages of a list count from 1");
  EXPECT_EQ(error_of("fills[ExecType = New].ExecID"),
            "'fills' has 2 messages, none with ExecType(150)=0");
  EXPECT_EQ(error_of("fills[1].Text"), "'fills[1]' has no Text(58)");
  EXPECT_EQ(error_of("m[1].NoLegs"), "'m' is not a list");
}

TEST_F(PathsTest, AListOfOneActsAsItsMessage) {
  EXPECT_EQ(eval("single.ExecID"), "E3");
  EXPECT_EQ(error_of("fills.ExecID"), "'fills' has 2 messages; say which: fills[1] to fills[2]");
  EXPECT_EQ(error_of("none.ExecID"), "'none' has no messages");
  EXPECT_EQ(error_of("fills = 1"), "messages are not compared; compare their fields");
  EXPECT_EQ(error_of("\"${fills}\""),
            "a list of messages is no value; name a field of one: [1].Field");
}

TEST_F(PathsTest, ARecordGivesItsMembers) {
  EXPECT_EQ(eval("f.er.ExecID"), "E4");
  EXPECT_EQ(eval("f.er.OrdStatus = Filled"), "Y");
  EXPECT_EQ(eval("f.px + 1"), "11.5");
  EXPECT_EQ(error_of("f.py"), "'f' has no result 'py'; did you mean px?");
  EXPECT_EQ(error_of("f.px.ExecID"), "'f.px' is not a message and has no fields");
  EXPECT_EQ(error_of("f.er.Text"), "'f.er' has no Text(58)");
  EXPECT_EQ(error_of("\"${f}\""), "what a call gave is no value; name a result");
}

TEST_F(PathsTest, HasIsFalseForWhatIsNotThere) {
  EXPECT_EQ(eval("has(fills[2].Text)"), "Y");
  EXPECT_EQ(eval("has(fills[1].Text)"), "N");
  EXPECT_EQ(eval("has(fills[3])"), "N");
  EXPECT_EQ(eval("has(f.er)"), "Y");
  EXPECT_EQ(eval("has(f.late)"), "N");
}

TEST_F(PathsTest, CountsMessagesEntriesAndFields) {
  EXPECT_EQ(eval("count(fills)"), "2");
  EXPECT_EQ(eval("count(m)"), "1");
  EXPECT_EQ(eval("count(none)"), "0");
  EXPECT_EQ(eval("count(undefined)"), "0");
  EXPECT_EQ(eval("count(fills.Text)"), "1");
  EXPECT_EQ(eval("count(m.NoLegs)"), "2");
  EXPECT_EQ(eval("count(f.er)"), "1");
  EXPECT_EQ(error_of("count(f.px)"), "count takes messages or a group, as in count(fills)");
  EXPECT_EQ(error_of("count(1)"), "count takes messages or a group, as in count(fills)");
}

TEST_F(PathsTest, SumsFieldsOfMessagesAndEntries) {
  EXPECT_EQ(eval("sum(fills.LastQty)"), "100");
  EXPECT_EQ(eval("sum(fills[2].LastPx)"), "10.5");
  EXPECT_EQ(eval("sum(fills.Price)"), "0");
  EXPECT_EQ(eval("sum(m.NoLegs.LegPrice)"), "4");
  EXPECT_EQ(eval("sum(m.NoLegs[LegSymbol = B].LegPrice)"), "2.5");
  EXPECT_EQ(eval("sum(none.LastQty)"), "0");
  EXPECT_EQ(error_of("sum(fills.Text)"), "'done' is no number to sum up");
  EXPECT_EQ(error_of("sum(fills)"),
            "sum takes a field of messages or entries, as in sum(fills.LastQty)");
}

TEST_F(PathsTest, TheCheckerFollowsThem) {
  EXPECT_EQ(checked("fills[1].LastQty + f.er.LastQty + sum(fills.LastQty) + count(fills)"), "");
  EXPECT_EQ(checked("fills[2].ExecType = Trade and f.er.ExecType = Trade and has(fills[3])"), "");
  EXPECT_EQ(checked("sum(m.NoLegs.LegPrice) = m.NoLegs[LegSymbol = A].LegPrice"), "");
  EXPECT_EQ(checked("fills.LastQty"), "'fills' is a list of messages; say which: fills[1]");
  EXPECT_EQ(checked("m[1].NoLegs"), "'m' is not a list of messages");
  EXPECT_EQ(checked("f[1].er"), "'f' is not a list of messages");
  EXPECT_EQ(checked("f.ar.ExecID"), "'f' has no result 'ar'; did you mean er?");
  EXPECT_EQ(checked("f.px.ExecID"), "'f.px' is not a message and has no fields");
  EXPECT_EQ(checked("f.er.ExecIDD"), "no field 'ExecIDD' in FIX 4.4; did you mean ExecID?");
  EXPECT_EQ(checked("fills[1].ExecType = Fill"),
            "ExecType(150) has no value 'Fill' in FIX 4.4; did you mean Trade (F)?");
  EXPECT_EQ(checked("fills[ExecTyp = Trade].ExecID"),
            "no field 'ExecTyp' in FIX 4.4; did you mean ExecType?");
  EXPECT_EQ(checked("m.NoLegs.LegPrice"), "say which entry of NoLegs(555): [1] or [Field = value]");
  EXPECT_EQ(checked("m.NoLegs[1]"), "name a field of this entry: NoLegs(555)[…].Field");
  EXPECT_EQ(checked("m.NoLegs[LegSide = Bid].LegPrice"), "");
}

TEST_F(PathsTest, LikeTakesOneMessage) {
  EXPECT_EQ(checked_like("fills[2]"), "");
  EXPECT_EQ(checked_like("f.er"), "");
  EXPECT_EQ(checked_like("fills"), "'fills' is a list of messages; say which: fills[1]");
  EXPECT_EQ(checked_like("f"), "'f' is what a call gave; name one of its results, as in f.er");
  EXPECT_EQ(checked_like("px"), "'px' is not a message");
  EXPECT_EQ(checked_like("m.NoLegs"), "'m.NoLegs' is not a message");
  EXPECT_EQ(sent("8 like fills[2] { !Text }"), "8: 17=E2|150=F|39=2|32=60|31=10.5|");
  EXPECT_EQ(sent("8 like f.er"), "8: 17=E4|39=2|");
  EXPECT_EQ(sentence(sent("8 like fills")),
            "'fills' has 2 messages; say which: fills[1] to fills[2]");
}

}  // namespace
}  // namespace fixdrill::eval
