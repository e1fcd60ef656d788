#include "flow/message_filter.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "base/text.h"
#include "support/fake_source.h"

namespace fixdrill::flow {
namespace {

fix::DictionaryPtr fix44() {
  static const fix::DictionaryPtr kDictionary =
      fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"}).value();
  return kDictionary;
}

/// A pattern is found as it stands; "[" is none.
Result<TextTest> plain_text(std::string_view pattern, bool ignore_case) {
  if (pattern == "[") return input_error("missing ]");
  const auto fold = [ignore_case](std::string_view text) {
    return ignore_case ? to_lower(text) : std::string(text);
  };
  return TextTest([wanted = fold(pattern), fold](std::string_view text) {
    return fold(text).find(wanted) != std::string::npos;
  });
}

FilterWords words() {
  return {plain_text, [] { return std::vector<fix::DictionaryPtr>{fix44()}; }};
}

const char* const kFill =
    "8=FIX.4.4|9=1|35=8|34=7|49=EXCH|56=BRK1|52=20261128-11:58:00.100|37=O-1|11=087|150=F|39=2|"
    "44=10.50|38=100|453=2|448=DEALER|447=D|452=12|802=1|523=desk|803=9|448=FIRM|447=D|452=1|"
    "18=1 G|58=Filled, too late|10=000|";

bool matches(const std::string& expression, const std::string& piped = kFill,
             const fix::DictionaryPtr& dictionary = fix44()) {
  auto filter = MessageFilter::parse(expression, words());
  EXPECT_TRUE(filter.ok()) << (filter.ok() ? "" : filter.error().text);
  return filter && filter->matches(pipe_to_soh(piped), dictionary);
}

std::string error(const std::string& expression) {
  const auto filter = MessageFilter::parse(expression, words());
  return filter ? "parsed" : filter.error().text;
}

TEST(MessageFilter, TheExpressionOfTheManual) {
  const std::string expression = "35=8 and 39 in (2,4) and NoPartyIDs[PartyRole=12].PartyID = ";
  EXPECT_TRUE(matches(expression + "DEALER"));
  EXPECT_FALSE(matches(expression + "FIRM"));
}

TEST(MessageFilter, PicksMessagesOfASource) {
  test::FakeSource source;
  source.out("8=FIX.4.4|35=D|11=1|10=0|").in("8=FIX.4.4|35=8|11=1|39=0|10=0|").in(kFill);
  auto filter = MessageFilter::parse("35=8 and OrdStatus=Filled", words());
  ASSERT_TRUE(filter.ok());
  std::vector<std::int64_t> found;
  while (const record::MessageView* view = source.next().value()) {
    if (filter->matches(view->raw, fix44())) found.push_back(view->id);
  }
  EXPECT_EQ(found, std::vector<std::int64_t>{3});
}

TEST(MessageFilter, NamesNumbersAndNamesOfValues) {
  EXPECT_TRUE(matches("MsgType = ExecutionReport"));
  EXPECT_TRUE(matches("msgtype == 8"));
  EXPECT_TRUE(matches("39 = Filled"));
  EXPECT_TRUE(matches("ExecType in (New, Trade)"));
  EXPECT_FALSE(matches("ExecType in (New, Canceled)"));
  EXPECT_TRUE(matches("BeginString = FIX.4.4"));
}

TEST(MessageFilter, PricesCompareAsNumbersAndTextsAsText) {
  EXPECT_TRUE(matches("Price = 10.5"));
  EXPECT_TRUE(matches("44 >= 10.50 and 44 <= 10.5"));
  EXPECT_FALSE(matches("44 > 10.5 or 44 < 10.5"));
  EXPECT_TRUE(matches("34 > 6"));
  EXPECT_FALSE(matches("34 > 10"));
  EXPECT_FALSE(matches("11 = 87"));
  EXPECT_TRUE(matches("52 > 20261128-11:57 && 52 < 20261128-11:58:01"));
}

TEST(MessageFilter, ThereAndNotThere) {
  EXPECT_TRUE(matches("has Text"));
  EXPECT_FALSE(matches("has 41"));
  EXPECT_TRUE(matches("not has 41"));
  EXPECT_TRUE(matches("39 != 4"));
  EXPECT_FALSE(matches("39 != 2"));
  EXPECT_FALSE(matches("41 != 5")) << "what is not there is not different";
  EXPECT_TRUE(matches("!(41 = 5)"));
  EXPECT_TRUE(matches("NOT 41 = 5 AND 39 = 2"));
}

TEST(MessageFilter, AnyOccurrenceMatchesAndNoneMayOfTheNegative) {
  EXPECT_TRUE(matches("448 = FIRM"));
  EXPECT_TRUE(matches("452 != 3"));
  EXPECT_FALSE(matches("452 != 1"));
}

TEST(MessageFilter, GroupsByConditionByNumberAndInsideEachOther) {
  EXPECT_TRUE(matches("NoPartyIDs[1].PartyID = DEALER"));
  EXPECT_FALSE(matches("NoPartyIDs[2].PartyID = DEALER"));
  EXPECT_FALSE(matches("has NoPartyIDs[3]"));
  EXPECT_TRUE(matches("453[452=12 and 447=D]"));
  EXPECT_TRUE(matches("453[452=12].802[1].523 = desk"));
  EXPECT_TRUE(matches("NoPartySubIDs.PartySubIDType = 9"));
  EXPECT_FALSE(matches("453[452=1].523 = desk"));
  EXPECT_TRUE(matches("453[452=12 && has 802[803=9]].448 = DEALER"));
  EXPECT_TRUE(matches("NoPartyIDs.PartyRole != 12")) << "of one entry";
}

TEST(MessageFilter, AGroupThatNoDictionaryKnowsIsCutAtItsFirstField) {
  const std::string custom = "8=FIX.4.4|35=8|9001=2|9002=A|9003=1|9002=B|9003=2|10=0|";
  EXPECT_TRUE(matches("9001[9002=B].9003 = 2", custom));
  EXPECT_FALSE(matches("9001[9002=B].9003 = 1", custom));
  EXPECT_TRUE(matches("453[452=12].448 = DEALER", kFill, nullptr));
  EXPECT_FALSE(matches("453[452=1].448 = DEALER", kFill, nullptr));
  EXPECT_FALSE(matches("9001[9002=A]", "8=FIX.4.4|35=8|9001=2|10=0|"));
}

TEST(MessageFilter, WithoutADictionaryNamesMatchNothing) {
  EXPECT_FALSE(matches("OrdStatus = 2", kFill, nullptr));
  EXPECT_FALSE(matches("has Text", kFill, nullptr));
  EXPECT_TRUE(matches("39 = 2 and 44 = 10.50", kFill, nullptr));
}

TEST(MessageFilter, RegularExpressionsQuotesAndLists) {
  EXPECT_TRUE(matches("Text ~ /too late/"));
  EXPECT_TRUE(matches("58 ~ /TOO LATE/i"));
  EXPECT_FALSE(matches("58 !~ /late/"));
  EXPECT_TRUE(matches("58 !~ /a\\/b/"));
  EXPECT_TRUE(matches(R"(58 = "Filled, too late")"));
  EXPECT_TRUE(matches("ExecInst = G"));
  EXPECT_FALSE(matches("ExecInst = 2"));
}

TEST(MessageFilter, ADataFieldIsNotSearchedForFields) {
  const std::string news = "8=FIX.4.4|35=B|95=9|96=x|39=2|yz|10=0|";
  EXPECT_FALSE(matches("39 = 2", news));
  EXPECT_TRUE(matches("39 = 2", "8=FIX.4.4|35=8|39=2"));
  EXPECT_TRUE(matches("39 = 2", "39=2|10=0|")) << "a piece of a message";
}

TEST(MessageFilter, AndBindsMoreThanOr) {
  EXPECT_TRUE(matches("39=2 or 39=4 and 35=D"));
  EXPECT_FALSE(matches("(39=2 or 39=4) and 35=D"));
}

TEST(MessageFilter, MistakesAreShownWhereTheyStand) {
  EXPECT_EQ(error("35=8 and OrdStats=2"),
            "expression:1:10: error: no field is called OrdStats; did you mean OrdStatus?\n"
            "1 | 35=8 and OrdStats=2\n"
            "  |          ^^^^^^^^");
  EXPECT_EQ(error("ExecType = Trad"),
            "expression:1:12: error: ExecType(150) has no value 'Trad'; did you mean Trade?\n"
            "1 | ExecType = Trad\n"
            "  |            ^^^^");
  EXPECT_EQ(error("35=8 39=2"),
            "expression:1:6: error: expected 'and', 'or' or the end here\n"
            "1 | 35=8 39=2\n"
            "  |      ^^^^");
  EXPECT_EQ(
      error("35=8 and 39"),
      "expression:1:10: error: compare it: = != < <= > >= ~ /re/ in (…); or write 'has' before "
      "it\n"
      "1 | 35=8 and 39\n"
      "  |          ^^");
  EXPECT_EQ(error("58 ~ /[/"),
            "expression:1:6: error: missing ]\n"
            "1 | 58 ~ /[/\n"
            "  |      ^^^");
  EXPECT_EQ(error("453[0].448=A"),
            "expression:1:5: error: entries are counted from 1\n"
            "1 | 453[0].448=A\n"
            "  |     ^");
}

TEST(MessageFilter, EveryOtherMistakeHasItsWords) {
  const auto says = [](const std::string& expression, const std::string& words) {
    EXPECT_NE(error(expression).find(words), std::string::npos) << error(expression);
  };
  says("", "expected a field, by its name or number");
  says("39 =", R"(expected a value; "" is the empty one)");
  says("39 in 2", "expected '(' here");
  says("39 in (2", "expected ')' here");
  says("(39=2", "expected ')' here");
  says("453[452=12.448", "expected ']' here");
  says("453[1]=2", "this is an entry of a group; write .Field behind it");
  says("0=1", "0 is no tag");
  says("12345678901=1", "is no tag");
  says("58 ~ late", "expected a regular expression: /too late/i");
  says("58 ~ /late", "this regular expression has no end: /");
  says("58 = \"late", "this quote is not closed");
  says(std::string(300, '('), "nested too deep");
}

}  // namespace
}  // namespace fixdrill::flow
