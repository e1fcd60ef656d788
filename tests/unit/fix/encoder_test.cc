#include "fix/encoder.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "fix/framer.h"

namespace fixdrill::fix {
namespace {

const Header kHeader{"FIX.4.4", "BRK", "EXCH", 7, "20261122-06:00:00.000", {{50, "DESK"}}};

std::string encoded(std::string type, std::vector<Field> fields) {
  return soh_to_pipe(encode({std::move(type), std::move(fields)}, kHeader));
}

TEST(Encoder, PutsHeaderAndTrailerRoundTheBody) {
  EXPECT_EQ(
      encoded("0", {{112, "T1"}}),
      "8=FIX.4.4|9=65|35=0|49=BRK|56=EXCH|34=7|52=20261122-06:00:00.000|50=DESK|112=T1|10=235|");
}

TEST(Encoder, WhatItMakesTheFramerTakes) {
  Framer framer;
  framer.feed(encode({"D", {{55, "MSFT"}, {58, "a=b"}}}, kHeader));
  const auto frame = framer.next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->kind, Frame::Kind::message) << frame->reason;
}

TEST(Encoder, TheMessagesOwnHeaderFieldsReplaceTheDriversInPlace) {
  const std::string text =
      encoded("0", {{112, "T1"}, {34, "99"}, {97, "Y"}, {49, "ME"}, {50, "X"}});
  EXPECT_NE(text.find("|35=0|49=ME|56=EXCH|34=99|52=20261122-06:00:00.000|97=Y|50=X|112=T1|10="),
            std::string::npos)
      << text;
}

TEST(Encoder, WhatIsLeftOutIsNotFilledIn) {
  const fix::OutMessage message{"0", {{112, "T1"}, {49, "ME"}}, {56, 34, 49, 50}};
  const std::string text = soh_to_pipe(encode(message, kHeader));
  EXPECT_NE(text.find("|35=0|49=ME|52=20261122-06:00:00.000|112=T1|10="), std::string::npos)
      << text;
}

TEST(Encoder, LengthAndSumAreTheMessagesWhenItGivesThem) {
  const std::string text = encoded("0", {{9, "5"}, {10, "000"}});
  EXPECT_TRUE(text.starts_with("8=FIX.4.4|9=5|35=0|")) << text;
  EXPECT_TRUE(text.ends_with("|50=DESK|10=000|")) << text;
}

TEST(Encoder, TheSumCoversALengthThatIsGiven) {
  const std::string bytes = encode({"0", {{9, "5"}}}, kHeader);
  const std::string covered = bytes.substr(0, bytes.size() - 7);
  EXPECT_EQ(std::stoul(bytes.substr(bytes.size() - 4, 3)), checksum(covered));
}

TEST(Encoder, SignatureStandsBeforeTheSum) {
  const std::string text = encoded("D", {{93, "1"}, {89, "s"}, {55, "MSFT"}});
  EXPECT_NE(text.find("|55=MSFT|93=1|89=s|10="), std::string::npos) << text;
}

TEST(Encoder, KeepsOrderAndRepeatsOfTheBody) {
  const std::string text = encoded("D", {{453, "2"}, {448, "A"}, {448, "B"}, {35, "U1"}});
  EXPECT_NE(text.find("|35=U1|"), std::string::npos) << text;
  EXPECT_NE(text.find("|453=2|448=A|448=B|10="), std::string::npos) << text;
}

TEST(Seal, AddsLengthAndSum) {
  EXPECT_EQ(soh_to_pipe(seal("FIX.4.2", pipe_to_soh("35=0|"))), "8=FIX.4.2|9=5|35=0|10=161|");
}

}  // namespace
}  // namespace fixdrill::fix
