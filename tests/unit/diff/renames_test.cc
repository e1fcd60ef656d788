#include "diff/renames.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "conversation.h"

namespace fixdrill::test {
namespace {

diff::Rules rules(const std::string& text) {
  diff::Rules made;
  const SourceFile file("venue.rules", text);
  const Status read = made.read(file, *fix44());
  EXPECT_TRUE(read) << read.error().text;
  return made;
}

/// Two futures under the names and numbers of a quarter.
Day quarter(const std::string& run, const std::string& first, const std::string& second) {
  Day day(run);
  int number = 0;
  for (const std::string& symbol : {first, second, first}) {
    const std::string order = fmt::format("11={}-{}|55={}|48=N-{}|22=8|54=1|38={}00|", run, number,
                                          symbol, symbol, number);
    day.out(fmt::format("35=D|{}40=1|", order));
    day.in(fmt::format("35=8|37={0}-O{1}|17={0}-E{1}|150=0|39=0|{2}14=0|", run, number, order));
    ++number;
  }
  return day;
}

constexpr const char* kRolled =
    "map Symbol ESZ6 = ESH7  # rolled in December\n"
    "map Symbol NQZ6 = NQH7\n"
    "map SecurityID, LegSecurityID N-ESZ6 = N-ESH7\n"
    "map SecurityID N-NQZ6 = \"N-NQH7\"\n";

TEST(Renames, RolledInstrumentsAreNoDifference) {
  const Day a = quarter("A", "ESZ6", "NQZ6");
  const Day b = quarter("B", "ESH7", "NQH7");
  EXPECT_NE(findings(a, b), "");
  const auto made = comparison(a, b, rules(kRolled));
  EXPECT_EQ(text_of(made.findings), "");
  EXPECT_EQ(made.equal_pairs, 3U);
  EXPECT_EQ(made.unused_maps, std::vector<std::string>());
  EXPECT_EQ(made.by_relation.back(), (std::pair<std::string, std::uint64_t>("mapped", 12)));
}

TEST(Renames, AnInstrumentThatIsNotTheMappedOneIsADifference) {
  const std::string text =
      findings(quarter("A", "ESZ6", "NQZ6"), quarter("B", "ESM7", "NQH7"), rules(kRolled));
  EXPECT_NE(text.find("Symbol(55): ESH7 -> ESM7 x2"), std::string::npos) << text;
}

TEST(Renames, OneThatNothingNeedsIsTold) {
  const auto made =
      comparison(quarter("A", "ESZ6", "NQH7"), quarter("B", "ESH7", "NQH7"), rules(kRolled));
  EXPECT_EQ(made.unused_maps,
            (std::vector<std::string>{"venue.rules:2: side A has no Symbol(55) NQZ6",
                                      "venue.rules:4: side A has no SecurityID(48) N-NQZ6"}));
}

TEST(Renames, OnlyTheFieldThatIsNamedAndInGroupsToo) {
  const auto made = rules("map Symbol \"ES Z6\" = \"# H7\"\n");
  diff::Renames renames(made.renamings());
  const auto renamed = renames.apply(
      fix::Message(pipe_to_soh("8=FIX.4.4|9=5|35=V|146=2|55=ES Z6|55=OTHER|58=ES Z6|10=000|")));
  ASSERT_TRUE(renamed);
  EXPECT_EQ(soh_to_pipe(*renamed), "8=FIX.4.4|9=5|35=V|146=2|55=# H7|55=OTHER|58=ES Z6|10=000|");
  EXPECT_EQ(renames.used(), std::vector<std::uint64_t>{1});
  EXPECT_FALSE(renames.apply(fix::Message(pipe_to_soh("8=FIX.4.4|9=5|35=V|55=ESZ6|10=000|"))));
}

}  // namespace
}  // namespace fixdrill::test
