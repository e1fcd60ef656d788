#include "drill_lab.h"
#include "eval/functions.h"

namespace fixdrill::eval {
namespace {

class ExpressionTest : public DrillLab {};

TEST_F(ExpressionTest, NumbersAreExactDecimals) {
  EXPECT_EQ(eval("0.1 + 0.2"), "0.3");
  EXPECT_EQ(eval("10.05 - 0.05"), "10");
  EXPECT_EQ(eval("1.5 * 3"), "4.5");
  EXPECT_EQ(eval("2 + 3 * 4"), "14");
  EXPECT_EQ(eval("(2 + 3) * 4"), "20");
  EXPECT_EQ(eval("-(2 - 5)"), "3");
  EXPECT_EQ(eval("0.1 + 0.2 = 0.3"), "Y");
}

TEST_F(ExpressionTest, DivisionMustComeOutExactOrBeRounded) {
  EXPECT_EQ(eval("10 / 4"), "2.5");
  EXPECT_EQ(eval("round(10 / 3, 2)"), "3.33");
  EXPECT_EQ(eval("round(20 / 3, 2)"), "6.67");
  EXPECT_EQ(eval("round(2.345, 2)"), "2.35");
  EXPECT_EQ(eval("10 / 3"),
            "a.drill:2:9: error: 10 / 3 does not come out exact; write round(a / b, places)\n"
            "2 |   check 10 / 3\n"
            "  |         ^^^^^^");
  EXPECT_EQ(error_of("1 / 0"), "division by zero");
  EXPECT_EQ(error_of("round(1 / 0, 2)"), "division by zero");
}

TEST_F(ExpressionTest, TimesAndDurationsAddUp) {
  EXPECT_EQ(eval("now() + 5s"), "20261122-10:00:05.123");
  EXPECT_EQ(eval("now() - 1h"), "20261122-09:00:00.123");
  EXPECT_EQ(eval("500ms + 1s"), "1500ms");
  EXPECT_EQ(eval("2min * 30"), "1h");
  EXPECT_EQ(eval("\"20261122-10:00:05\" - \"20261122-10:00:00\" = 5s"), "Y");
  EXPECT_EQ(error_of("5s + 1"), "cannot add '5s' and '1'");
  EXPECT_EQ(error_of("5s < 1"), "cannot compare '5s' and '1'");
}

TEST_F(ExpressionTest, ComparesNumbersAsNumbersAndTextByBytes) {
  EXPECT_EQ(eval("\"100\" = \"100.00\""), "Y");
  EXPECT_EQ(eval("\"9\" < \"10\""), "Y");
  EXPECT_EQ(eval("\"b\" > \"a9\""), "Y");
  EXPECT_EQ(eval("\"abc\" == \"abd\""), "N");
  EXPECT_EQ(eval("3 != 3.0"), "N");
  EXPECT_EQ(eval("3 <= 3 and 3 >= 3"), "Y");
}

TEST_F(ExpressionTest, AndOrLookAtTheRightSideOnlyWhenItDecides) {
  EXPECT_EQ(eval("1 = 2 and nothing = 1"), "N");
  EXPECT_EQ(eval("1 = 1 or nothing = 1"), "Y");
  EXPECT_EQ(eval("not (1 = 2)"), "Y");
  EXPECT_EQ(error_of("1 = 1 and nothing = 1"), "no variable or message 'nothing'");
  EXPECT_EQ(error_of("1 and 1 = 1"), "'1' is neither true nor false");
}

TEST_F(ExpressionTest, AWordIsAVariableThenAValueNameThenAnError) {
  named("ack", "35=8|39=0|150=F|58=New|");
  EXPECT_EQ(eval("ack.OrdStatus = New"), "Y");
  EXPECT_EQ(eval("New = ack.OrdStatus"), "Y");
  EXPECT_EQ(eval("ack.ExecType = F"), "Y");
  EXPECT_EQ(eval("ack.OrdStatus = pending_cancel"), "N");
  EXPECT_EQ(error_of("ack.Text = New"), "no variable or message 'New'");
  EXPECT_EQ(error_of("ack.OrdStatus = Filed"),
            "OrdStatus(39) has no value 'Filed' in FIX 4.4; did you mean Filled (2)?");
  names_.set("New", std::string("2"));
  EXPECT_EQ(eval("ack.OrdStatus = New"), "N");
  names_.set("wanted", std::string("new"));
  EXPECT_EQ(eval("ack.OrdStatus = wanted"), "Y");
}

TEST_F(ExpressionTest, PathsReadFieldsAndGroups) {
  named("m", "8=FIX.4.4|35=AB|555=2|600=A|566=1.5|600=B|566=2.5|10=000|");
  EXPECT_EQ(eval("m.NoLegs"), "2");
  EXPECT_EQ(eval("m.NoLegs[1].LegPrice"), "1.5");
  EXPECT_EQ(eval("m.NoLegs[2].LegPrice + 1"), "3.5");
  EXPECT_EQ(eval("m.NoLegs[LegSymbol = B].LegPrice"), "2.5");
  EXPECT_EQ(eval("m.NoLegs[3].LegPrice"),
            "a.drill:2:9: error: 'm' has no NoLegs(555)[3].LegPrice(566)\n"
            "2 |   check m.NoLegs[3].LegPrice\n"
            "  |         ^^^^^^^^^^^^^^^^^^^^");
  EXPECT_EQ(error_of("m.NoLegs.LegPrice"),
            "say which entry of NoLegs(555): [1] or [Field = value]");
  EXPECT_EQ(error_of("m.NoLegs[0].LegPrice"),
            "'0' is no position; entries of a group count from 1");
  EXPECT_EQ(error_of("m.NoLegz[1].LegPrice"), "no field 'NoLegz' in FIX 4.4; did you mean NoLegs?");
}

TEST_F(ExpressionTest, NamesThatAreNotThereAreErrors) {
  named("ack", "35=8|37=O1|");
  names_.set("px", std::string("10"));
  EXPECT_EQ(eval("akc.OrderID = 1"),
            "a.drill:2:9: error: no variable or message 'akc'; did you mean ack?\n"
            "2 |   check akc.OrderID = 1\n"
            "  |         ^^^");
  EXPECT_EQ(error_of("px.OrderID"), "'px' is not a message and has no fields");
  EXPECT_EQ(error_of("ack.Text"), "'ack' has no Text(58)");
  EXPECT_EQ(error_of("ack = ack"), "messages are not compared; compare their fields");
}

TEST_F(ExpressionTest, RegularExpressionsQuoteWhatIsFilledIn) {
  names_.set("id", std::string("A.1"));
  EXPECT_EQ(eval("\"order A.1 late\" ~ /${id}/"), "Y");
  EXPECT_EQ(eval("\"order AX1 late\" ~ /${id}/"), "N");
  EXPECT_EQ(eval("\"Too Late\" ~ /too late/i"), "Y");
  EXPECT_EQ(eval("\"Too Late\" !~ /too late/"), "Y");
  EXPECT_EQ(error_of("\"x\" ~ /a(/"), "this is no regular expression: missing ): a(");
}

TEST_F(ExpressionTest, DurationsOfStepsAreLiteralOrSeconds) {
  const auto of = [&](const std::string& text) {
    const auto& wait = std::get<syntax::Wait>(step("wait " + text).action);
    const Result<Duration> value = duration(wait.duration, environment());
    return value ? duration_text(*value) : sentence(value.error().text);
  };
  names_.set("name", std::string("abc"));
  EXPECT_EQ(of("250ms"), "250ms");
  EXPECT_EQ(of("${1.5}"), "1500ms");
  EXPECT_EQ(of("${2 * 1min}"), "2min");
  names_.set("limit", std::string("2min"));
  EXPECT_EQ(of("${limit}"), "2min");
  EXPECT_EQ(of("${name}"), "'abc' is no duration; write one as 500ms, 5s, 2min or 1h");
}

TEST_F(ExpressionTest, KnowsWhichValuesWaitForTheReceipt) {
  const auto value = [&](const std::string& text) {
    return std::get<syntax::Log>(step("log " + text).action).text;
  };
  EXPECT_TRUE(uses_now(value("\"at ${now() + 5s}\"")));
  EXPECT_TRUE(uses_now(value("\"${upper(today())}\"")));
  EXPECT_FALSE(uses_now(value("\"now() ${1 + 2}\"")));
}

class ConditionTest : public DrillLab {
 protected:
  std::string failure(const std::string& text) {
    const Result<Condition> result = condition(expr(text), environment());
    if (!result) return result.error().text;
    return result->holds ? "holds" : result->text;
  }
};

TEST_F(ConditionTest, SaysBothSidesOfWhatFails) {
  named("ack", "35=8|37=O1|38=150|14=0|39=0|", "20261122-10:00:00");
  named("fill", "35=8|37=O2|", "20261122-10:00:01.500");
  EXPECT_EQ(failure("next_in = 4"), "holds");
  EXPECT_EQ(failure("next_in = 5"), "next_in = 4, expected 5");
  EXPECT_EQ(failure("next_in == 5"), "next_in = 4, expected 5");
  EXPECT_EQ(failure("next_in > 5"), "next_in = 4, expected > 5");
  EXPECT_EQ(failure("ack.OrderID = fill.OrderID"), "ack.OrderID = O1, expected O2  (fill.OrderID)");
  EXPECT_EQ(failure("ack.OrderQty = 100 - ack.CumQty"),
            "ack.OrderQty = 150, expected 100  (100 - 0)");
  EXPECT_EQ(failure("elapsed(ack, fill) < 500ms"), "elapsed(ack, fill) = 1500ms, expected < 500ms");
  EXPECT_EQ(failure("ack.OrderID ~ /^X/"), "ack.OrderID = O1, expected ~ /^X/");
  EXPECT_EQ(failure("next_in = 4 and ack.OrderQty = 1"), "ack.OrderQty = 150, expected 1");
  EXPECT_EQ(failure("next_in = 1 or next_in = 2"),
            "next_in = 4, expected 1; next_in = 4, expected 2");
  EXPECT_EQ(failure("has(ack.Text)"), "has(ack.Text) is false");
}

}  // namespace
}  // namespace fixdrill::eval
