#include "fix/framer.h"

#include <gtest/gtest.h>
#include <random>
#include <vector>

#include "base/text.h"
#include "fix/encoder.h"

namespace fixdrill::fix {
namespace {

struct Piece {
  Frame::Kind kind;
  std::string bytes;
  std::size_t offset;
  bool sum_ok;
  std::string reason;

  friend bool operator==(const Piece&, const Piece&) = default;
};

void drain(Framer& framer, std::vector<Piece>& into) {
  while (const auto f = framer.next())
    into.push_back({f->kind, std::string(f->bytes), f->offset, f->sum_ok, f->reason});
}

/// Pieces of a stream written with `|`, fed in slices of `slice` bytes; checks that the pieces and
/// the rest are the stream.
std::vector<Piece> pieces_of(std::string_view stream, std::size_t slice, Resync resync) {
  Framer framer(resync);
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < stream.size(); at += slice) {
    framer.feed(stream.substr(at, slice));
    drain(framer, pieces);
  }
  std::string together;
  for (const Piece& piece : pieces) {
    EXPECT_EQ(piece.offset, together.size());
    together += piece.bytes;
  }
  EXPECT_EQ(framer.offset(), together.size());
  together += framer.rest();
  EXPECT_EQ(together, stream);
  return pieces;
}

/// The same whole and byte by byte.
std::vector<Piece> cut(std::string_view stream, Resync resync = Resync::at_start) {
  const auto whole = pieces_of(stream, stream.size(), resync);
  EXPECT_EQ(pieces_of(stream, 1, resync), whole);
  EXPECT_EQ(pieces_of(stream, 7, resync), whole);
  return whole;
}

std::string heartbeat(int seq = 1, std::string_view begin = "FIX.4.4") {
  return seal(begin, pipe_to_soh("35=0|34=" + std::to_string(seq) + "|49=A|56=B|"));
}

TEST(Framer, CutsMessagesOfEveryVersion) {
  for (const char* begin : {"FIX.4.0", "FIX.4.2", "FIX.4.4", "FIXT.1.1"}) {
    const auto pieces = cut(heartbeat(1, begin) + heartbeat(2, begin));
    ASSERT_EQ(pieces.size(), 2u) << begin;
    EXPECT_EQ(pieces[0].kind, Frame::Kind::message);
    EXPECT_EQ(pieces[1].bytes, heartbeat(2, begin));
    EXPECT_EQ(pieces[1].reason, "");
  }
}

TEST(Framer, KeepsAPartialMessageAsRest) {
  const std::string half = heartbeat().substr(0, 20);
  Framer framer;
  framer.feed(heartbeat(7) + half);
  ASSERT_TRUE(framer.next());
  EXPECT_FALSE(framer.next());
  EXPECT_EQ(framer.rest(), half);
  EXPECT_EQ(framer.offset(), heartbeat(7).size());
}

TEST(Framer, AWrongSumIsGarbledAndTheNextMessageIsRead) {
  std::string spoilt = heartbeat();
  spoilt.replace(spoilt.size() - 4, 3, "000");
  const auto pieces = cut(spoilt + heartbeat(2));
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].kind, Frame::Kind::garbled);
  EXPECT_EQ(pieces[0].bytes, spoilt);
  EXPECT_FALSE(pieces[0].sum_ok);
  const std::string sum = heartbeat().substr(spoilt.size() - 4, 3);
  EXPECT_EQ(pieces[0].reason, "CheckSum(10) is 000, the bytes sum to " + sum);
  EXPECT_EQ(pieces[1].kind, Frame::Kind::message);
}

TEST(Framer, AGarbledMessageIsReportedBeforeMoreArrives) {
  std::string spoilt = heartbeat();
  spoilt.replace(spoilt.size() - 4, 3, "000");
  EXPECT_EQ(cut(spoilt).size(), 1u);
  EXPECT_EQ(cut(pipe_to_soh("8=FIX.4.4|9=3|35=0|10=123|")).size(), 1u);
  EXPECT_EQ(cut(pipe_to_soh("8=FIX.4.4|35=0|34=1|10=123|")).size(), 1u);
}

struct BadStart {
  const char* text;
  const char* reason;
};

TEST(Framer, SaysWhatIsWrongWithAMessage) {
  const BadStart starts[] = {
      {"8=FIX.4.4|35=0|9=5|10=000|", "BodyLength(9) does not follow BeginString(8)"},
      {"8=FIX.4.4|9=|35=0|10=000|", "BodyLength(9) is not a number"},
      {"8=FIX.4.4|9=-5|35=0|10=000|", "BodyLength(9) is not a number"},
      {"8=FIX.4.4|9=5x|35=0|10=000|", "BodyLength(9) is not a number"},
      {"8=FIX.4.4|9=4|35=0|10=000|", "CheckSum(10) does not stand where BodyLength(9) says"},
      {"8=FIX.4.4|9=5|35=0|34=1|10=000|", "CheckSum(10) does not stand where BodyLength(9) says"},
      {"8=FIX.4.4|9=5|35=0|10=7|", "CheckSum(10) is not three digits"},
      {"8=FIX.4.4|9=5|35=0|10=0x7|", "CheckSum(10) is not three digits"},
  };
  for (const BadStart& start : starts) {
    const auto pieces = cut(pipe_to_soh(start.text) + heartbeat());
    ASSERT_EQ(pieces.size(), 2u) << start.text;
    EXPECT_EQ(pieces[0].kind, Frame::Kind::garbled);
    EXPECT_EQ(pieces[0].bytes, pipe_to_soh(start.text));
    EXPECT_EQ(pieces[0].reason, start.reason) << start.text;
    EXPECT_EQ(pieces[1].bytes, heartbeat());
  }
}

TEST(Framer, ABodyLengthTooLongSwallowsNoMessageThatFollows) {
  const std::string bad = pipe_to_soh("8=FIX.4.4|9=60|35=0|34=1|10=000|");
  const auto pieces = cut(bad + heartbeat(1) + heartbeat(2) + heartbeat(3));
  ASSERT_EQ(pieces.size(), 4u);
  EXPECT_EQ(pieces[0].bytes, bad);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(pieces[i].kind, Frame::Kind::message);
}

TEST(Framer, ABodyLengthTooLongTakesTheNextMessageAlongWhereLengthsAreTrusted) {
  const std::string bad = pipe_to_soh("8=FIX.4.4|9=60|35=0|34=1|10=000|");
  const auto pieces = cut(bad + heartbeat(1) + heartbeat(2), Resync::at_length);
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].kind, Frame::Kind::garbled);
  EXPECT_EQ(pieces[0].bytes, bad + heartbeat(1));
  EXPECT_EQ(pieces[0].reason, "CheckSum(10) does not stand where BodyLength(9) says");
  EXPECT_EQ(pieces[1].kind, Frame::Kind::message);
}

TEST(Framer, WhereLengthsAreTrustedOtherFaultsCostOneMessage) {
  for (const char* bad : {"8=FIX.4.4|9=4|35=0|34=1|10=000|", "8=FIX.4.4|9=10|35=0|34=1|10=256|",
                          "8=FIX.4.4|9=x|35=0|34=1|10=000|"}) {
    const auto pieces = cut(pipe_to_soh(bad) + heartbeat(), Resync::at_length);
    ASSERT_EQ(pieces.size(), 2u) << bad;
    EXPECT_EQ(pieces[0].bytes, pipe_to_soh(bad));
    EXPECT_EQ(pieces[1].kind, Frame::Kind::message);
  }
}

TEST(Framer, ATruncatedMessageEndsAtTheNextStart) {
  const std::string half = heartbeat().substr(0, heartbeat().size() - 12);
  const auto pieces = cut(half + heartbeat(2));
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].kind, Frame::Kind::garbled);
  EXPECT_EQ(pieces[0].bytes, half);
  EXPECT_EQ(pieces[1].kind, Frame::Kind::message);
}

TEST(Framer, ASumThatHoldsIsKnownEvenWhenTheLengthIsWrong) {
  const std::string body = pipe_to_soh("8=FIX.4.4|9=9|35=0|34=1|49=A|");
  const auto pieces =
      cut(body + pipe_to_soh("10=" + std::to_string(1000 + checksum(body)).substr(1) + "|"));
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].kind, Frame::Kind::garbled);
  EXPECT_TRUE(pieces[0].sum_ok);
}

TEST(Framer, JunkIsAPieceOfItsOwn) {
  const auto pieces = cut("HTTP/1.1 400\r\n88=8=FI" + heartbeat());
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].kind, Frame::Kind::junk);
  EXPECT_EQ(pieces[0].bytes, "HTTP/1.1 400\r\n88=8=FI");
  EXPECT_EQ(pieces[1].kind, Frame::Kind::message);
}

TEST(Framer, ADataFieldMayHoldSohAndAStart) {
  const std::string message =
      seal("FIX.4.4", pipe_to_soh("35=B|95=20|96=8=FIX.4.4|10=000|x8=|58=z|"));
  const auto pieces = cut(message);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].kind, Frame::Kind::message);
}

TEST(Framer, AnyBytesComeOutAsTheyWentIn) {
  const unsigned seed = 20261122;
  std::mt19937 random(seed);
  const std::string alphabet = pipe_to_soh("8=FIX.4|9=1502|10=035|34");
  for (int round = 0; round < 400; ++round) {
    std::string stream;
    const std::size_t parts = 1 + random() % 12;
    for (std::size_t part = 0; part < parts; ++part) {
      std::string piece = random() % 2 == 0 ? heartbeat(static_cast<int>(random() % 1000)) : "";
      for (std::size_t i = random() % 60; i > 0; --i)
        piece +=
            random() % 4 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
      if (random() % 3 == 0) piece[random() % (piece.size() + 1)] = static_cast<char>(random());
      stream += piece;
    }
    if (stream.empty()) continue;
    cut(stream);
    cut(stream, Resync::at_length);
    ASSERT_FALSE(HasFailure()) << "seed " << seed << " round " << round;
  }
}

TEST(Checksum, SumsBytesModulo256) {
  EXPECT_EQ(checksum(""), 0u);
  EXPECT_EQ(checksum("\xFF\x02"), 1u);
  EXPECT_EQ(checksum(std::string(1000, 'a')), 1000u * 'a' % 256);
}

}  // namespace
}  // namespace fixdrill::fix
