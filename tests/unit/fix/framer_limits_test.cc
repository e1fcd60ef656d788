// Every limit of the framer at limit - 1, limit and limit + 1, and its time.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/text.h"
#include "fix/encoder.h"
#include "fix/framer.h"

namespace fixdrill::fix {
namespace {

/// A message of exactly `size` bytes.
std::string message_of(std::size_t size) {
  const auto with_text = [](std::size_t text) {
    return seal("FIX.4.4", pipe_to_soh("35=B|58=") + std::string(text, 'x') + kSoh);
  };
  const std::size_t around = with_text(size).size() - size;
  std::string message = with_text(size - around);
  EXPECT_EQ(message.size(), size);
  return message;
}

Frame first_of(Framer& framer, std::string_view stream) {
  framer.feed(stream);
  const auto frame = framer.next();
  return frame ? *frame : Frame{Frame::Kind::junk, {}, 0, true, "no piece"};
}

TEST(FramerLimits, MessageBytes) {
  for (const std::size_t size : {limits::kMessageBytes - 1, limits::kMessageBytes}) {
    Framer framer;
    const std::string message = message_of(size);
    const Frame frame = first_of(framer, message);
    EXPECT_EQ(frame.kind, Frame::Kind::message) << size;
    EXPECT_EQ(frame.bytes.size(), size);
  }
  Framer framer;
  const Frame frame = first_of(framer, message_of(limits::kMessageBytes + 1));
  EXPECT_EQ(frame.kind, Frame::Kind::garbled);
  EXPECT_EQ(frame.reason, "the message would be 8388609 bytes long, the limit is 8388608");
}

TEST(FramerLimits, BytesBeforeAStart) {
  const std::string message = seal("FIX.4.4", pipe_to_soh("35=0|"));
  for (const std::size_t size : {limits::kJunkBytes - 1, limits::kJunkBytes}) {
    Framer framer;
    const Frame frame = first_of(framer, std::string(size, 'j') + message);
    EXPECT_EQ(frame.kind, Frame::Kind::junk) << size;
    EXPECT_EQ(frame.bytes.size(), size);
  }
  Framer framer;
  const Frame frame = first_of(framer, std::string(limits::kJunkBytes + 1, 'j') + message);
  EXPECT_EQ(frame.kind, Frame::Kind::garbled);
  EXPECT_EQ(frame.bytes.size(), limits::kJunkBytes + 1);
  EXPECT_EQ(frame.reason, "no 8=FIX within 4096 bytes");
  EXPECT_EQ(framer.next()->kind, Frame::Kind::message);
}

TEST(FramerLimits, BodyLengthDigits) {
  const auto reason_for = [](const std::string& digits) {
    Framer framer;
    return first_of(framer, pipe_to_soh("8=FIX.4.4|9=" + digits + "|35=0|10=161|")).reason;
  };
  EXPECT_EQ(reason_for("00000005"), "CheckSum(10) is 161, the bytes sum to 243");
  EXPECT_EQ(reason_for("000000005"), "CheckSum(10) is 161, the bytes sum to 035");
  EXPECT_EQ(reason_for("0000000005"), "BodyLength(9) has more than 9 digits");
  EXPECT_EQ(reason_for("999999999"),
            "the message would be 1000000028 bytes long, the limit is 8388608");
}

TEST(FramerLimits, ABeginStringThatDoesNotEnd) {
  Framer framer;
  const Frame frame = first_of(framer, "8=" + std::string(3 * limits::kJunkBytes, 'x'));
  EXPECT_EQ(frame.kind, Frame::Kind::garbled);
  EXPECT_EQ(frame.reason, "BeginString(8) does not end within 4096 bytes");
}

TEST(FramerLimits, WhatIsHeldStaysBounded) {
  Framer framer;
  std::size_t largest = 0;
  for (int i = 0; i < 4000; ++i) {
    framer.feed(std::string(5000, i % 2 == 0 ? '8' : kSoh));
    while (framer.next()) {
    }
    largest = std::max(largest, framer.rest().size());
  }
  EXPECT_LE(largest, 2 * limits::kJunkBytes);
}

// Quadratic work would take 10^12 steps here: the test's time limit is the check.
TEST(FramerLimits, LargeStreamsByteByByte) {
  constexpr std::size_t kLarge = 2u << 20;
  std::string start_only = pipe_to_soh("8=FIX.4.4|9=1000000|35=B|58=");
  start_only.resize(kLarge, '8');
  const std::string streams[] = {message_of(kLarge), start_only, std::string(kLarge, kSoh)};
  for (const std::string& stream : streams) {
    Framer framer;
    std::size_t pieces = 0, bytes = 0;
    for (const char c : stream) {
      framer.feed({&c, 1});
      while (const auto frame = framer.next()) {
        ++pieces;
        bytes += frame->bytes.size();
      }
    }
    EXPECT_EQ(bytes + framer.rest().size(), stream.size());
    EXPECT_GE(pieces, 1u);
  }
}

// Every start names a CheckSum(10) that stands where it should, megabytes on, and does not hold:
// to sum from each start anew would be 10^12 steps.
TEST(FramerLimits, StartsThatAllMustBeSummedFarAhead) {
  const auto unit = [](std::size_t length) {
    return pipe_to_soh(fmt::format("8=FIX.4.4|9={:07}|10=000|", length));
  };
  const std::size_t units = (4u << 20) / unit(0).size();
  const std::string start = unit(units * unit(0).size());
  std::string stream;
  for (std::size_t i = 0; i < 2 * units; ++i) stream += start;
  const std::string good = message_of(60);
  stream += good + std::string(limits::kMessageBytes, 'x');
  Framer framer;
  std::size_t good_ones = 0, bytes = 0;
  for (std::size_t at = 0; at < stream.size(); at += 65536) {
    framer.feed(std::string_view(stream).substr(at, 65536));
    while (const auto frame = framer.next()) {
      good_ones += frame->kind == Frame::Kind::message;
      bytes += frame->bytes.size();
    }
  }
  EXPECT_EQ(bytes + framer.rest().size(), stream.size());
  EXPECT_EQ(good_ones, 1u);
}

// Good sums inside what was summed in vain, at every distance.
TEST(FramerLimits, MessagesInsideAMessageWhoseSumDoesNotHold) {
  const std::string good = message_of(60);
  const std::string spoilt = good.substr(0, good.size() - 4) + "999" + kSoh;
  for (std::size_t before = 0; before < 4; ++before) {
    std::string inner;
    for (std::size_t i = 0; i < 8; ++i) inner += i % 4 == before ? spoilt : good;
    std::string outer = seal("FIX.4.4", inner);
    outer.replace(outer.size() - 4, 3, "998");
    Framer framer;
    framer.feed(outer + good);
    std::size_t good_ones = 0;
    while (const auto frame = framer.next()) good_ones += frame->kind == Frame::Kind::message;
    EXPECT_EQ(good_ones, 7u) << before;
  }
}

}  // namespace
}  // namespace fixdrill::fix
