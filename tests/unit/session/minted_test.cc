// Ids that stand for what a recording shows, and messages held against those that were sent.
#include "session/minted.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace fixdrill::session {
namespace {

fix::Message message(const std::string& text) { return fix::Message(pipe_to_soh(text)); }

TEST(Minted, OneStandsForWhatWasSentInItsPlace) {
  Minted minted;
  const std::string id = minted.mint("uid");
  Learned learned;
  EXPECT_TRUE(minted.can_be("ORD-" + id + "/1", "ORD-A17/1", learned));
  EXPECT_EQ(minted.settled("is " + id), "is " + id);
  minted.learn(learned);
  EXPECT_EQ(minted.settled("is " + id), "is A17");
}

TEST(Minted, TheLettersAroundItMustBeThere) {
  Minted minted;
  const std::string id = minted.mint("uid");
  Learned learned;
  EXPECT_FALSE(minted.can_be("ORD-" + id, "A17", learned));
  EXPECT_FALSE(minted.can_be(id + "/1", "A17/2", learned));
  EXPECT_FALSE(minted.can_be(id, "", learned));
  EXPECT_FALSE(minted.can_be("A17", "A18", learned));
  EXPECT_FALSE(minted.can_be("<uid 9>", "A18", learned));  // nobody made that one
  EXPECT_TRUE(learned.empty());
}

TEST(Minted, SeveralInOneTextAndTheSameTwice) {
  Minted minted;
  const std::string a = minted.mint("uid"), b = minted.mint("uid");
  Learned learned;
  EXPECT_TRUE(minted.can_be(a + "." + b + "." + a, "X.Y.X", learned));
  EXPECT_EQ(learned, (Learned{{a, "X"}, {b, "Y"}}));
  EXPECT_FALSE(minted.can_be(a, "Z", learned));
}

TEST(CompareSent, TellsEveryFieldThatDiffers) {
  const SentFit fit = compare_sent({"D", {{55, "MSFT"}, {54, "1"}, {44, "10.25"}}, {59}},
                                   message("35=D|55=MSFT|54=2|59=0|"), nullptr, Minted());
  EXPECT_EQ(fit.differences,
            (std::vector<std::string>{"tag 54 is 2, not 1", "tag 44 is not there, not 10.25",
                                      "tag 59 is 0, not left out"}));
}

TEST(CompareSent, TimesMaskedValuesAndWhatEveryDriverFillsInAreNotCompared) {
  const SentFit fit = compare_sent(
      {"A", {{9, "5"}, {60, "20261128-10:00:00"}, {554, "secret"}, {108, "30"}}, {}},
      message("8=FIX.4.4|9=70|35=A|60=20251124-16:00:00.123|554=******|108=30|1137=9|10=000|"),
      nullptr, Minted());
  EXPECT_TRUE(fit.fits());
}

TEST(CompareSent, EachEntryOfAGroupIsHeldAgainstItsOwn) {
  const auto seen = message("35=D|453=2|448=A|448=B|");
  EXPECT_TRUE(compare_sent({"D", {{453, "2"}, {448, "A"}, {448, "B"}}, {}}, seen, nullptr, Minted())
                  .fits());
  EXPECT_EQ(compare_sent({"D", {{453, "2"}, {448, "A"}, {448, "C"}}, {}}, seen, nullptr, Minted())
                .differences,
            std::vector<std::string>{"tag 448 is B, not C"});
}

}  // namespace
}  // namespace fixdrill::session
