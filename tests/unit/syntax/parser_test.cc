// What the tree says about well-formed text.
#include "syntax/parser.h"

#include <gtest/gtest.h>

#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

std::string equal_text(const Field& field) {
  return std::get<Comparison>(field.test).value.literal_text();
}

TEST(Parser, ItemsOfAFile) {
  const Parsed all = parsed(
      "drill 1\n"
      "session OE initiator        # comment\n"
      "session W acceptor wire fresh { auto = heartbeat, testrequest | note = a b }\n"
      "param symbol = MSFT # ticker\n"
      "param px\n"
      "secret PASSWORD\n"
      "ignore News { Headline = x }\n"
      "setup { sync }\n"
      "teardown {\n}\n"
      "@id   OE-001\n"
      "@req  \"guide 3.2, test 4\"\n"
      "scenario \"Limit buy\" {\n  W: sync within 2s\n}\n");
  ASSERT_EQ(render(all.diagnostics), "");
  const File& file = all.file;
  EXPECT_EQ(file.version, 1);
  ASSERT_EQ(file.sessions.size(), 2u);
  EXPECT_EQ(file.sessions[1].role, Role::acceptor);
  EXPECT_TRUE(file.sessions[1].wire);
  EXPECT_TRUE(file.sessions[1].fresh);
  ASSERT_EQ(file.sessions[1].options.size(), 2u);
  EXPECT_EQ(file.sessions[1].options[0].names.at(1).text, "testrequest");
  EXPECT_EQ(file.sessions[1].options[1].value.literal_text(), "a b");
  EXPECT_EQ(file.params.at(0).value->literal_text(), "MSFT");
  EXPECT_FALSE(file.params.at(1).value);
  EXPECT_EQ(file.secrets.at(0).name.text, "PASSWORD");
  EXPECT_EQ(file.ignores.at(0).message.type.text, "News");
  EXPECT_EQ(file.setup->steps.size(), 1u);
  EXPECT_TRUE(file.teardown->steps.empty());
  const Scenario& scenario = file.scenarios.at(0);
  EXPECT_EQ(scenario.annotation("id"), "OE-001");
  EXPECT_EQ(scenario.annotation("req"), "guide 3.2, test 4");
  EXPECT_EQ(scenario.block.steps.at(0).session->text, "W");
  EXPECT_EQ(file.scenario_at(13), &scenario);
  EXPECT_EQ(file.scenario_at(2), nullptr);
  EXPECT_EQ(file.comments.size(), 2u);
}

TEST(Parser, BlockMessageWithModifiers) {
  const OneStep send(
      "send NewOrderSingle as nos like old {\n  Symbol = MS FT | 54=Buy # c\n\n"
      "  OrdType(40) = \"Limit\"\n  !Text\n}");
  ASSERT_TRUE(send.clean()) << render(send.all.diagnostics);
  const Message& message = send.as<Send>().message;
  EXPECT_EQ(message.type.text, "NewOrderSingle");
  EXPECT_EQ(message.as->text, "nos");
  EXPECT_EQ(message.like->parts.at(0).name.text, "old");
  ASSERT_EQ(message.fields.size(), 4u);
  EXPECT_EQ(message.fields[0].place.parts.at(0).ref.name, "Symbol");
  EXPECT_EQ(equal_text(message.fields[0]), "MS FT");
  EXPECT_EQ(message.fields[1].place.parts.at(0).ref.tag, 54);
  EXPECT_EQ(message.fields[2].place.parts.at(0).ref.tag, 40);
  EXPECT_TRUE(std::get<Comparison>(message.fields[2].test).value.quoted);
  EXPECT_TRUE(std::holds_alternative<Absent>(message.fields[3].test));
}

TEST(Parser, EveryFieldTest) {
  const OneStep expect(
      "expect 8 within 1.5s {\n"
      "  Price != 1 | 44 < 2 | 44 <= 3 | 44 > 4 | 44 >= 5 -> px\n"
      "  Text ~ /too \\/ late|x}/i | Text !~ /${a}b/ | 40 in (Limit, \"2\") | 40 not in (Market)\n"
      "  38 in 10 .. 1${2}\n"
      "}");
  EXPECT_FALSE(expect.clean());  // `1${2}` is no number
  const OneStep good(
      "expect 8 within 1.5s {\n"
      "  Price != 1 | 44 < 2 | 44 <= 3 | 44 > 4 | 44 >= 5 -> px\n"
      "  Text ~ /too \\/ late|x}/i | Text !~ /${a}b/ | 40 in (Limit, \"2\") | 40 not in (Market)\n"
      "  38 in 10 .. ${n} | 60 = ${now()} +- 5s | 6 = 1.5 +- 0.01 -> avg | 60 is timestamp_ms\n"
      "  37 = * | 17 -> id | 44 ?= ${px} | 58 = \"*\"\n"
      "}");
  ASSERT_TRUE(good.clean()) << render(good.all.diagnostics);
  const std::vector<Field>& f = good.as<Expect>().message.fields;
  ASSERT_EQ(f.size(), 17u);
  EXPECT_EQ(good.as<Expect>().message.within->literal, std::chrono::milliseconds(1500));
  EXPECT_EQ(std::get<Comparison>(f[4].test).op, Compare::ge);
  EXPECT_EQ(f[4].capture->text, "px");
  EXPECT_EQ(std::get<RegexTest>(f[5].test).regex.pattern, "too \\/ late|x}");
  EXPECT_EQ(std::get<RegexTest>(f[5].test).regex.value.literal_text(), "too / late|x}");
  EXPECT_TRUE(std::get<RegexTest>(f[5].test).regex.ignore_case);
  EXPECT_TRUE(std::get<RegexTest>(f[6].test).negated);
  EXPECT_EQ(std::get<RegexTest>(f[6].test).regex.value.pieces.size(), 2u);
  EXPECT_EQ(std::get<InSet>(f[7].test).values.at(1).literal_text(), "2");
  EXPECT_TRUE(std::get<InSet>(f[8].test).negated);
  EXPECT_EQ(std::get<InRange>(f[9].test).low.literal_text(), "10");
  EXPECT_TRUE(std::get<InRange>(f[9].test).high.pieces.at(0).expr);
  EXPECT_EQ(std::get<DurationLiteral>(std::get<Tolerance>(f[10].test).width->node).value,
            std::chrono::seconds(5));
  EXPECT_EQ(std::get<Number>(std::get<Tolerance>(f[11].test).width->node).text, "0.01");
  EXPECT_EQ(f[11].capture->text, "avg");
  EXPECT_EQ(std::get<IsShape>(f[12].test).shape.text, "timestamp_ms");
  EXPECT_TRUE(std::holds_alternative<Present>(f[13].test));
  EXPECT_TRUE(std::holds_alternative<CaptureOnly>(f[14].test));
  EXPECT_TRUE(std::holds_alternative<DefaultValue>(f[15].test));
  EXPECT_EQ(equal_text(f[16]), "*");
}

TEST(Parser, GroupsAndPlaces) {
  const OneStep expect(
      "expect W {\n  NoLegs[1].LegPrice = 3 | NoMDEntries[MDEntryType = Bid].270 > 0\n"
      "  NoPartyIDs [\n    { PartyID = A | NoPartySubIDs [ { 523 = x } ] }\n    { PartyID = B }\n  "
      "]\n}");
  ASSERT_TRUE(expect.clean()) << render(expect.all.diagnostics);
  const std::vector<Field>& f = expect.as<Expect>().message.fields;
  EXPECT_EQ(std::get<Number>(f.at(0).place.parts.at(0).index->position->node).text, "1");
  EXPECT_EQ(f.at(1).place.parts.at(0).index->key.name, "MDEntryType");
  EXPECT_EQ(f.at(1).place.parts.at(0).index->value.literal_text(), "Bid");
  const auto& group = std::get<GroupTest>(f.at(2).test);
  ASSERT_EQ(group.members.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<GroupTest>(group.members[0].fields.at(1).test));
}

TEST(Parser, ValuesKeepTheirLetters) {
  const OneStep send(
      "send B {\n  1 = a#b | 2 = a # comment\n  3 = x=y | 4 = \"$${n} ${n}z\" | 5 = a->b c | 6 = "
      "+5\n"
      "  7 = \"a|b}\\\"\\x01\"\n}");
  ASSERT_TRUE(send.clean()) << render(send.all.diagnostics);
  const std::vector<Field>& f = send.as<Send>().message.fields;
  ASSERT_EQ(f.size(), 7u);
  EXPECT_EQ(equal_text(f[0]), "a#b");
  EXPECT_EQ(equal_text(f[1]), "a");
  EXPECT_EQ(equal_text(f[2]), "x=y");
  const Value& mixed = std::get<Comparison>(f[3].test).value;
  ASSERT_EQ(mixed.pieces.size(), 3u);
  EXPECT_EQ(mixed.pieces[0].text, "${n} ");
  EXPECT_EQ(mixed.pieces[2].text, "z");
  EXPECT_EQ(equal_text(f[6]), "a|b}\"\x01");
}

struct PastedCase {
  const char* text;
  const char* fields;  ///< 35 first, as 35=…|
};

class Pasted : public ::testing::TestWithParam<PastedCase> {};

std::string as_pasted(const Message& message) {
  std::string text = "35=" + message.type.text + "|";
  for (const Field& field : message.fields) {
    text += std::to_string(field.place.parts.at(0).ref.tag) + "=";
    if (const auto* equal = std::get_if<Comparison>(&field.test)) {
      for (const Value::Piece& piece : equal->value.pieces)
        text += piece.expr ? "<" + std::string(piece.span.text()) + ">" : piece.text;
    } else {
      text += "PRESENT";
    }
    text += "|";
  }
  return text;
}

TEST_P(Pasted, IsCutAtItsDelimiter) {
  const OneStep step(std::string("expect ") + GetParam().text);
  ASSERT_TRUE(step.clean()) << render(step.all.diagnostics);
  EXPECT_EQ(as_pasted(step.as<Expect>().message), GetParam().fields);
}

INSTANTIATE_TEST_SUITE_P(
    Delimiters, Pasted,
    ::testing::Values(
        PastedCase{"35=D|55=MSFT|54=1|", "35=D|55=MSFT|54=1|"},
        PastedCase{"35=D | 55 = MS FT |54=1", "35=D|55=MS FT|54=1|"},
        PastedCase{"35=D\x01"
                   "55=A|B\x01",
                   "35=D|55=A|B|"},
        PastedCase{"35=D^A55=x^A", "35=D|55=x|"}, PastedCase{"35=D\\x0155=x", "35=D|55=x|"},
        PastedCase{"35=D<SOH>55=x<SOH>", "35=D|55=x|"}, PastedCase{"35=D;55=x;", "35=D|55=x|"},
        PastedCase{"35=0|", "35=0|"}, PastedCase{"35=0", "35=0|"},
        PastedCase{"2026-11-22 06:00:01 OUT 8=FIX.4.4|9=5|35=0|10=111|  # log",
                   "35=0|8=FIX.4.4|9=5|10=111|"},
        PastedCase{"35=8|37=*|58=a*b|", "35=8|37=PRESENT|58=a*b|"},
        PastedCase{"35=8|58=${a + \"|\"}x|11=$${id}|", "35=8|58=<${a + \"|\"}>x|11=${id}|"},
        PastedCase{"35=8|58=a=b;c|150=|", "35=8|58=a=b;c|150=|"},
        PastedCase{"within 2s 35=8|150=F| as fill   # ticket", "35=8|150=F|"},
        // A data field is as long as its length field says, when a delimiter stands behind it.
        PastedCase{"35=B|95=7|96=a|99=c||58=t|", "35=B|95=7|96=a|99=c||58=t|"},
        PastedCase{"35=B\x01"
                   "354=5\x01"
                   "355= a\x01"
                   "b \x01"
                   "58=t\x01",
                   "35=B|354=5|355= a\x01"
                   "b |58=t|"},
        PastedCase{"35=B|95=3|96=abc", "35=B|95=3|96=abc|"},
        PastedCase{"35=B|95=2|96=abc|58=t|", "35=B|95=2|96=abc|58=t|"},
        PastedCase{"35=B|95=99|96=abc|58=t|", "35=B|95=99|96=abc|58=t|"},
        PastedCase{"35=B|95=4|58=t|96=a|b |59=0|", "35=B|95=4|58=t|96=a|b |59=0|"}));

TEST(Parser, PastedTailAndSpans) {
  const OneStep send("send 35=D|55=MSFT| as nos   # ticket 12");
  ASSERT_TRUE(send.clean()) << render(send.all.diagnostics);
  const Message& message = send.as<Send>().message;
  EXPECT_EQ(message.as->text, "nos");
  EXPECT_EQ(message.pasted_span.text(), "35=D|55=MSFT|");
  EXPECT_EQ(message.fields.at(0).span.text(), "55=MSFT");
  EXPECT_TRUE(std::get<Comparison>(message.fields[0].test).value.quoted);
}

TEST(Parser, LastPastedValueWithoutDelimiterGoesToTheEndOfTheLine) {
  const OneStep send("send 35=B|58=hello as nos # x");
  EXPECT_EQ(equal_text(send.as<Send>().message.fields.at(0)), "hello as nos # x");
}

TEST(Parser, Expectations) {
  EXPECT_TRUE(OneStep("expect optional News").as<Expect>().optional);
  EXPECT_EQ(OneStep("expect no News for 2s { 148 = x }").as<ExpectNo>().message.during->literal,
            std::chrono::seconds(2));
  EXPECT_EQ(OneStep("expect nothing for 500ms").as<ExpectNothing>().during.literal,
            std::chrono::milliseconds(500));
  EXPECT_TRUE(OneStep("expect disconnect silently within 5s").as<ExpectDisconnect>().silently);
  EXPECT_TRUE(OneStep("expect disconnect within ${w}").as<ExpectDisconnect>().within->expr);
  EXPECT_EQ(OneStep("forbid News").as<Forbid>().message.type.text, "News");
  EXPECT_EQ(OneStep("await News as n").as<Await>().message.as->text, "n");
}

TEST(Parser, OtherSteps) {
  EXPECT_EQ(OneStep("connect within 5s").as<Connect>().within->literal, std::chrono::seconds(5));
  EXPECT_FALSE(OneStep("accept").as<Accept>().within);
  EXPECT_TRUE(OneStep("logon within 1min").as<Logon>().within);
  EXPECT_FALSE(OneStep("logout").as<Logout>().within);
  EXPECT_EQ(OneStep("disconnect").as<Disconnect>().kind, DisconnectKind::full);
  EXPECT_EQ(OneStep("disconnect half").as<Disconnect>().kind, DisconnectKind::half);
  EXPECT_EQ(OneStep("disconnect reset").as<Disconnect>().kind, DisconnectKind::reset);
  EXPECT_EQ(OneStep("wait 1h").as<Wait>().duration.literal, std::chrono::hours(1));
  EXPECT_EQ(OneStep("set next_out 10").as<Set>().name.text, "next_out");
  EXPECT_EQ(OneStep("set auto (heartbeat, resend)").as<Set>().names.size(), 2u);
  EXPECT_TRUE(OneStep("set auto ()").as<Set>().names.empty());
  EXPECT_EQ(OneStep("log \"px ${px}\"").as<Log>().text.pieces.size(), 2u);
  EXPECT_EQ(OneStep("send bytes \"\\x01\\x02a\"").as<SendBytes>().bytes,
            "\x01\x02"
            "a");
  EXPECT_EQ(OneStep("send raw 8=FIX.4.4|9=${n}|  ").as<SendRaw>().text.pieces.size(), 3u);
  EXPECT_EQ(OneStep("let x = 1").as<Let>().name.text, "x");
}

// The tree of an expression with every pair in parentheses.
std::string shape(const Expr& expr) {
  if (const auto* binary = std::get_if<Binary>(&expr.node))
    return "(" + shape(*binary->left) + " " + std::string(binary->op_span.text()) + " " +
           shape(*binary->right) + ")";
  if (const auto* unary = std::get_if<Unary>(&expr.node))
    return (unary->op == UnaryOp::negate ? "-" : "not ") + shape(*unary->operand);
  if (const auto* call = std::get_if<Call>(&expr.node)) {
    std::string text = call->function.text + "(";
    for (const ExprPtr& argument : call->arguments) text += shape(*argument) + ";";
    return text + ")";
  }
  return std::string(expr.span.text());
}

TEST(Parser, PrecedenceOfOperators) {
  const auto tree = [](const std::string& text) {
    const OneStep check("check " + text);
    return check.clean() ? shape(*check.as<Check>().condition) : render(check.all.diagnostics);
  };
  EXPECT_EQ(tree("a or b and not c = 1 + 2 * -3"), "(a or (b and not (c = (1 + (2 * -3)))))");
  EXPECT_EQ(tree("1 - 2 - 3"), "((1 - 2) - 3)");
  EXPECT_EQ(tree("(1 - (2 - 3)) / 4 >= 5"), "(((1 - (2 - 3)) / 4) >= 5)");
  EXPECT_EQ(tree("a.Text ~ /x y/i and elapsed(a, b) < 500ms"),
            "((a.Text ~ /x y/i) and (elapsed(a;b;) < 500ms))");
  EXPECT_EQ(tree("m.NoLegs[1 + 1].LegPrice == m.X[MDEntryType = Bid].Px"),
            "(m.NoLegs[1 + 1].LegPrice == m.X[MDEntryType = Bid].Px)");
}

TEST(Parser, KeywordsAreSorted) {
  const std::vector<std::string>& words = keywords();
  EXPECT_TRUE(std::is_sorted(words.begin(), words.end()));
  EXPECT_NE(std::find(words.begin(), words.end(), "expect"), words.end());
}

}  // namespace
}  // namespace fixdrill::syntax::testing
