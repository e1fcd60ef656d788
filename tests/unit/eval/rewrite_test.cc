// What came, in the notation of what stood there; and the same read back fits.

#include "eval/rewrite.h"

#include "drill_lab.h"
#include "eval/pattern_item.h"
#include "eval/run_bound.h"

namespace fixdrill::eval {
namespace {

class RewriteTest : public DrillLab {
 protected:
  /// The expectation as it should have been written, or "FIELD: why not".
  std::string rewrite(const std::string& message, const fix::Message& came) {
    const Pattern old = pattern(message);
    const Match match = old.match(came, world_.now());
    EXPECT_FALSE(match.differences.empty()) << message;
    std::string text;
    for (auto at = match.differences.rbegin(); at != match.differences.rend(); ++at) {
      if (text.empty()) text = at->span.file->text();
      const Result<std::string> value = rewritten(*at, dictionary_.get());
      if (!value) return at->field + ": " + value.error().text;
      text.replace(at->literal->span.begin, at->literal->span.end - at->literal->span.begin,
                   *value);
    }
    constexpr std::string_view kBefore = "  expect ";
    const std::size_t begin = text.find(kBefore) + kBefore.size();
    text = text.substr(begin, text.rfind("\n}") - begin);
    EXPECT_TRUE(pattern(text).accepts(came, world_.now())) << text;
    return text;
  }
  std::string rewrite(const std::string& message, const std::string& received) {
    return rewrite(message, wire(received));
  }
  /// Of `Text = <old>` when `value` comes.
  std::string text_for(const std::string& old, const std::string& value) {
    const std::string all =
        rewrite("News { Text = " + old + " | Headline = h }", fix::Message("35=B\x01"
                                                                           "58=" +
                                                                           value +
                                                                           "\x01"
                                                                           "148=h\x01"));
    const std::size_t end = all.rfind(" | Headline");
    return end == std::string::npos ? all : all.substr(14, end - 14);
  }

  std::string bound(int tag, const std::string& value, const std::string& message = "35=8|") {
    const auto why = bound_to_run(tag, value, wire(message), dictionary_.get());
    return why ? why->substr(0, why->find(',')) : "";
  }
};

TEST_F(RewriteTest, ANameStaysANameAndACodeACode) {
  EXPECT_EQ(rewrite("ExecutionReport { OrdStatus = New | ExecType = 0 }", "35=8|39=2|150=F|"),
            "ExecutionReport { OrdStatus = Filled | ExecType = F }");
  EXPECT_EQ(rewrite("ExecutionReport { OrdStatus = partially_filled }", "35=8|39=4|"),
            "ExecutionReport { OrdStatus = Canceled }");
}

TEST_F(RewriteTest, AValueThatTheDictionaryDoesNotKnowIsQuoted) {
  EXPECT_EQ(rewrite("ExecutionReport { OrdStatus = New }", "35=8|39=Z|"),
            "ExecutionReport { OrdStatus = \"Z\" }");
}

TEST_F(RewriteTest, QuotedStaysQuoted) {
  EXPECT_EQ(
      rewrite("ExecutionReport { OrdStatus = \"0\" | Price = \"10.00\" }", "35=8|39=2|44=10.0|"),
      "ExecutionReport { OrdStatus = \"2\" | Price = \"10.0\" }");
  EXPECT_EQ(text_for("\"a\"", R"(say "no" \ ${x})"), R"("say \"no\" \\ $${x}")");
}

TEST_F(RewriteTest, ListsOfCodesComeAsCodes) {
  EXPECT_EQ(rewrite("ExecutionReport { ExecInst = Held }", "35=8|18=6 1|"),
            "ExecutionReport { ExecInst = 6 1 }");
}

TEST_F(RewriteTest, NumbersAndTextsComeAsTheyAre) {
  EXPECT_EQ(rewrite("ExecutionReport { Price = 10.25 | OrderQty = 100 }", "35=8|44=-10.500|38=7|"),
            "ExecutionReport { Price = -10.500 | OrderQty = 7 }");
  EXPECT_EQ(text_for("old text", "a new; one - with * and \\ and $x"),
            "a new; one - with * and \\ and $x");
  EXPECT_EQ(text_for("a", "Zürich €"), "Zürich €");
}

TEST_F(RewriteTest, WhatABlockWouldReadOtherwiseIsQuoted) {
  EXPECT_EQ(text_for("a", "a|b"), "\"a|b\"");
  EXPECT_EQ(text_for("a", "a}b"), "\"a}b\"");
  EXPECT_EQ(text_for("a", "a #b"), "\"a #b\"");
  EXPECT_EQ(text_for("a", " a "), "\" a \"");
  EXPECT_EQ(text_for("a", "*"), "\"*\"");
  EXPECT_EQ(text_for("a", "=a"), "\"=a\"");
  EXPECT_EQ(text_for("a", "1 +- 2"), "\"1 +- 2\"");
  EXPECT_EQ(text_for("a", "b -> c"), "\"b -> c\"");
  EXPECT_EQ(text_for("a", "${x}"), "\"$${x}\"");
  EXPECT_EQ(text_for("a", "$${x}"), "\"$$${x}\"");
  EXPECT_EQ(text_for("a", "\"a"), "\"\\\"a\"");
  EXPECT_EQ(text_for("a", ""), "\"\"");
}

TEST_F(RewriteTest, BytesThatATerminalWouldObeyAreEscaped) {
  EXPECT_EQ(text_for("a", "a\x1b[31m"), "\"a\\x1b[31m\"");
  EXPECT_EQ(text_for("a", "a\nb\tc"), "\"a\\x0ab\\x09c\"");
  EXPECT_EQ(text_for("a", "\xff\xfe"), "\"\\xff\\xfe\"");
  EXPECT_EQ(text_for("a",
                     "a\xe2\x80\xae"
                     "b"),
            "\"a\\xe2\\x80\\xaeb\"");
}

TEST_F(RewriteTest, PastedStaysRaw) {
  EXPECT_EQ(rewrite("35=8|150=0|39=0|58=a|", "35=8|150=F|39=2|58=a } b|"),
            "35=8|150=F|39=2|58=a } b|");
  EXPECT_EQ(rewrite("35=8^A58=a^A39=0", "35=8|58=${x}|39=2|"), "35=8^A58=$${x}^A39=2");
}

TEST_F(RewriteTest, WhatCannotStandInPastedTextIsRefused) {
  for (const std::string value : {"*", "a;b", " a", "a^Ab"})
    EXPECT_EQ(rewrite("35=8|58=a|39=0|", "35=8|39=0|58=" + value + "|"),
              "Text(58): '" + value +
                  "' cannot stand in a pasted message; write the message with fields in braces");
  EXPECT_EQ(rewrite("35=8|39=0|58=a", "35=8|39=0|58=b within 5s|").substr(0, 8), "Text(58)");
  EXPECT_EQ(rewrite("35=8|39=0|58=a|", "35=8|39=0|58=b within 5s|"), "35=8|39=0|58=b within 5s|");
}

TEST_F(RewriteTest, OnlyPlainEqualsAreRewritten) {
  named("nos", "35=D|11=A1|38=100|");
  for (const std::string test : {"OrderQty != 5", "OrderQty > 100", "OrderQty in (1, 2)",
                                 "OrderQty in 1 .. 2", "OrderQty ~ /x/", "OrderQty = 7 +- 1",
                                 "OrderQty = ${nos.OrderQty}", "OrderQty ?= 7", "!OrderQty"})
    EXPECT_EQ(rewrite("ExecutionReport { " + test + " }", "35=8|38=5|"),
              "OrderQty(38): only plain '=' values are rewritten")
        << test;
  EXPECT_EQ(rewrite("ExecutionReport { OrderQty = 7 }", "35=8|39=0|"),
            "OrderQty(38): it did not come at all");
}

TEST_F(RewriteTest, ACaptureStays) {
  EXPECT_EQ(rewrite("ExecutionReport { OrderQty = 7 -> qty | Price = 1 }", "35=8|38=5|44=2|"),
            "ExecutionReport { OrderQty = 5 -> qty | Price = 2 }");
}

TEST_F(RewriteTest, MembersOfAnOrderedGroup) {
  EXPECT_EQ(
      rewrite("ExecutionReport { NoPartyIDs [ { PartyID = A | PartyRole = 1 } { PartyID = B } ] }",
              "35=8|453=2|448=A|452=3|448=C|"),
      "ExecutionReport { NoPartyIDs [ { PartyID = A | PartyRole = 3 } { PartyID = C } ] }");
  EXPECT_EQ(
      rewrite("ExecutionReport { NoPartyIDs [ { PartyID = A } ] }", "35=8|453=2|448=A|448=C|"),
      "NoPartyIDs(453): only plain '=' values are rewritten");
  EXPECT_EQ(rewrite("ExecutionReport { NoPartyIDs[2].PartyID = B }", "35=8|453=2|448=A|448=C|"),
            "ExecutionReport { NoPartyIDs[2].PartyID = C }");
}

TEST_F(RewriteTest, WhatSeveralItemsShareIsOfNoneOfThem) {
  const SourceFile source("a.drill", "A B");
  std::vector<PatternItem> items(3);
  for (const std::size_t i : {0u, 1u}) items[i].literal = Literal{{&source, 0, 1}, "A"};
  items[2].literal = Literal{{&source, 2, 3}, "B"};
  drop_shared_literals(items);
  EXPECT_FALSE(items[0].literal);
  EXPECT_FALSE(items[1].literal);
  EXPECT_TRUE(items[2].literal);
}

TEST_F(RewriteTest, WhatBelongsToOneRun) {
  EXPECT_EQ(bound(37, "O-1"), "it is an id");
  EXPECT_EQ(bound(11, "A1"), "it is an id");
  EXPECT_EQ(bound(880, "T1"), "it is an id");  // TrdMatchID
  EXPECT_EQ(bound(60, "20260102-03:04:05"), "it is a time");
  EXPECT_EQ(bound(9001, "20260102-03:04:05.123"), "it is a time");
  EXPECT_EQ(bound(75, "20260102"), "it is a date");  // TradeDate
  EXPECT_EQ(bound(58, "at 20260102-03:04:05 rejected"), "there is a time in it");
  EXPECT_EQ(bound(34, "7"), "it is the session's");
  EXPECT_EQ(bound(45, "7"), "it is the session's");  // RefSeqNum
  EXPECT_EQ(bound(58, "order ABC1 unknown", "35=8|11=ABC1|58=order ABC1 unknown|"),
            "ClOrdID(11) of the message stands in it");
}

TEST_F(RewriteTest, WhatEveryRunHasAlike) {
  EXPECT_EQ(bound(39, "2"), "");
  EXPECT_EQ(bound(448, "FIRM1"), "");        // PartyID
  EXPECT_EQ(bound(48, "US0378331005"), "");  // SecurityID
  EXPECT_EQ(bound(336, "1"), "");            // TradingSessionID
  EXPECT_EQ(bound(200, "202603"), "");       // MaturityMonthYear
  EXPECT_EQ(bound(58, "too late", "35=8|11=A|58=too late|"), "");
}

}  // namespace
}  // namespace fixdrill::eval
