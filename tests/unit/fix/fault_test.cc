// Every fault, byte by byte.
#include "fix/fault.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "fix/encoder.h"

namespace fixdrill::fix {
namespace {

using Kind = Fault::Kind;

const std::string kBody = "35=0|49=US|56=IT|34=2|112=A|";

std::string clean() { return seal("FIX.4.4", pipe_to_soh(kBody)); }

/// With its CheckSum(10) computed here, digit by digit.
std::string summed(const std::string& pipe_text, unsigned off = 0) {
  unsigned sum = off;
  for (const char c : pipe_to_soh(pipe_text)) sum += static_cast<unsigned char>(c);
  const std::string digits = std::to_string(1000 + sum % 256);
  return pipe_text + "10=" + digits.substr(1) + "|";
}

std::string spoilt(const Fault& fault, const GivenByHand& given = {}) {
  const auto out = spoil(clean(), fault, given, nullptr);
  return out ? soh_to_pipe(*out) : out.error().text;
}

TEST(Fault, NoneLeavesTheMessageAsItIs) {
  EXPECT_EQ(spoilt({}), summed("8=FIX.4.4|9=28|" + kBody));
}

TEST(Fault, BadChecksumIsOneTooMuch) {
  EXPECT_EQ(spoilt({.kind = Kind::bad_checksum}), summed("8=FIX.4.4|9=28|" + kBody, 1));
}

TEST(Fault, AChecksumOfTwoOrFourDigitsIsRightOtherwise) {
  const std::string whole = summed("8=FIX.4.4|9=28|" + kBody);
  const std::string front = whole.substr(0, whole.size() - 4);
  const std::string digits = whole.substr(whole.size() - 4, 3);
  EXPECT_EQ(spoilt({.kind = Kind::short_checksum}), front + digits.substr(1) + "|");
  EXPECT_EQ(spoilt({.kind = Kind::long_checksum}), front + "0" + digits + "|");
}

TEST(Fault, BadLengthIsOffByANumberOrIsOneAndTheChecksumFitsIt) {
  EXPECT_EQ(spoilt({.kind = Kind::bad_length}), summed("8=FIX.4.4|9=29|" + kBody));
  EXPECT_EQ(spoilt({.kind = Kind::bad_length, .number = 7}), summed("8=FIX.4.4|9=35|" + kBody));
  EXPECT_EQ(spoilt({.kind = Kind::bad_length, .number = -28}), summed("8=FIX.4.4|9=0|" + kBody));
  EXPECT_EQ(spoilt({.kind = Kind::bad_length, .number = 5, .relative = false}),
            summed("8=FIX.4.4|9=5|" + kBody));
  EXPECT_EQ(spoilt({.kind = Kind::bad_length, .number = -29}),
            "BodyLength(9) would be -1: it is 28");
}

TEST(Fault, AFieldIsLeftOut) {
  const std::string without_sum = "8=FIX.4.4|9=28|" + kBody;
  EXPECT_EQ(spoilt({.kind = Kind::no_checksum}), without_sum);
  EXPECT_EQ(spoilt({.kind = Kind::no_length}), summed("8=FIX.4.4|" + kBody));
}

TEST(Fault, ADuplicateStandsBehindItsFieldAndIsCounted) {
  EXPECT_EQ(spoilt({.kind = Kind::duplicate, .tags = {34}}),
            summed("8=FIX.4.4|9=33|35=0|49=US|56=IT|34=2|34=2|112=A|"));
  EXPECT_EQ(spoilt({.kind = Kind::duplicate, .tags = {8}}),
            summed("8=FIX.4.4|8=FIX.4.4|9=28|" + kBody));
  EXPECT_EQ(spoilt({.kind = Kind::duplicate, .tags = {9}}), summed("8=FIX.4.4|9=33|9=33|" + kBody));
  const std::string whole = summed("8=FIX.4.4|9=28|" + kBody);
  EXPECT_EQ(spoilt({.kind = Kind::duplicate, .tags = {10}}),
            whole + whole.substr(whole.size() - 7));
  EXPECT_EQ(spoilt({.kind = Kind::duplicate, .tags = {55}}), "the message has no tag 55");
}

TEST(Fault, AnOrderPutsTheseFieldsInFront) {
  EXPECT_EQ(spoilt({.kind = Kind::order, .tags = {35, 8, 9}}),
            summed("35=0|8=FIX.4.4|9=23|49=US|56=IT|34=2|112=A|"));
  EXPECT_EQ(spoilt({.kind = Kind::order, .tags = {8, 9, 35, 112}}),
            summed("8=FIX.4.4|9=28|35=0|112=A|49=US|56=IT|34=2|"));
  EXPECT_EQ(spoilt({.kind = Kind::order, .tags = {8, 10, 9}}),
            summed("8=FIX.4.4|") + "9=28|" + kBody);
  EXPECT_EQ(spoilt({.kind = Kind::order, .tags = {44}}), "the message has no tag 44");
}

TEST(Fault, TwoFieldsChangePlaces) {
  EXPECT_EQ(spoilt({.kind = Kind::swapped, .tags = {34, 112}}),
            summed("8=FIX.4.4|9=28|35=0|49=US|56=IT|112=A|34=2|"));
  EXPECT_EQ(spoilt({.kind = Kind::swapped, .tags = {112, 49}}),
            summed("8=FIX.4.4|9=28|35=0|112=A|56=IT|34=2|49=US|"));
  EXPECT_EQ(spoilt({.kind = Kind::swapped, .tags = {112, 55}}), "the message has no tag 55");
}

// The length leads behind the whole body, where a reader looks for the CheckSum(10).
TEST(Fault, AChecksumThatIsNotTheLastField) {
  EXPECT_EQ(spoilt({.kind = Kind::swapped, .tags = {112, 10}}),
            summed("8=FIX.4.4|9=28|35=0|49=US|56=IT|34=2|") + "112=A|");
}

TEST(Fault, GarbledHasNoMsgTypeAndIsRightOtherwise) {
  EXPECT_EQ(spoilt({.kind = Kind::garbled}), summed("8=FIX.4.4|9=28|35?0|49=US|56=IT|34=2|112=A|"));
}

TEST(Fault, TruncatedKeepsTheFirstBytes) {
  EXPECT_EQ(spoilt({.kind = Kind::truncated, .number = 20}), "8=FIX.4.4|9=28|35=0|");
  EXPECT_EQ(spoilt({.kind = Kind::truncated, .number = 50}),
            "cannot keep 50 bytes of it: the message is 50 bytes long");
  EXPECT_EQ(spoilt({.kind = Kind::truncated, .number = 0}),
            "cannot keep 0 bytes of it: the message is 50 bytes long");
}

TEST(Fault, TruncatedByAsManyAtTheEnd) {
  const std::string whole = summed("8=FIX.4.4|9=28|" + kBody);
  EXPECT_EQ(spoilt({.kind = Kind::truncated, .number = -1}), whole.substr(0, whole.size() - 1));
  EXPECT_EQ(spoilt({.kind = Kind::truncated, .number = -50}),
            "cannot keep 0 bytes of it: the message is 50 bytes long");
}

TEST(Fault, OneThatChangesNothingIsRefused) {
  EXPECT_EQ(spoilt({.kind = Kind::order, .tags = {8, 9}}), "this changes nothing of the message");
  EXPECT_EQ(spoilt({.kind = Kind::bad_length, .number = 28, .relative = false}),
            "this changes nothing of the message");
}

TEST(Fault, WhatTheScenarioGaveStays) {
  const std::string by_hand = pipe_to_soh("8=FIX.4.4|9=5|" + kBody + "10=000|");
  const auto out = spoil(by_hand, {.kind = Kind::duplicate, .tags = {34}},
                         {.length = true, .checksum = true}, nullptr);
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(soh_to_pipe(*out), "8=FIX.4.4|9=5|35=0|49=US|56=IT|34=2|34=2|112=A|10=000|");
}

}  // namespace
}  // namespace fixdrill::fix
