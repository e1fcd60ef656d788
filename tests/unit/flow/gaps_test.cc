#include "flow/gaps.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "support/fake_source.h"

namespace fixdrill::flow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string told(const FieldDifference& one) {
  return fmt::format(" {}:{}>{}", one.tag, one.was.value_or("-"), one.is.value_or("-"));
}

std::string told(std::int64_t from, const Recovery& recovery) {
  std::string line = fmt::format("{}-{} {} #{}", from, recovery.to,
                                 recovery.filled ? "filled" : "again", recovery.message);
  if (recovery.original != 0) line += fmt::format(" of #{}", recovery.original);
  if (recovery.session_message) line += " session";
  if (recovery.differs_somewhere) line += " differs";
  for (const FieldDifference& one : recovery.differences) line += told(one);
  return line;
}

/// `mine` counts as sent, `theirs` as received; what came of their numbers, one line each.
class Numbers {
 public:
  Numbers& mine(const std::string& text) { return source_.out(text), *this; }
  Numbers& theirs(const std::string& text) { return source_.in(text), *this; }
  test::FakeSource& source() { return source_; }

  std::vector<std::string> of(record::Direction direction) {
    while (const record::MessageView* view = *source_.next())
      gaps_.add(*view, fix::Message(std::string(view->raw)));
    for (const SequenceStream* stream : gaps_.streams()) {
      if (stream->direction == direction) return lines(*stream);
    }
    return {"no such stream"};
  }
  std::vector<std::string> of_theirs() { return of(record::Direction::in); }
  std::vector<std::string> of_mine() { return of(record::Direction::out); }

 private:
  static std::vector<std::string> lines(const SequenceStream& stream) {
    std::vector<std::string> all;
    for (const SequenceNote& note : stream.notes)
      all.push_back(fmt::format("#{}{} {}", note.message, note.fault ? "!" : "", note.text));
    for (const Gap& gap : stream.gaps) {
      all.push_back(fmt::format("#{} {} {}-{} {}", gap.message,
                                gap.kind == GapKind::jump    ? "jump"
                                : gap.kind == GapKind::asked ? "asked"
                                                             : "unasked",
                                gap.from, gap.to, gap.wrong() ? "wrong" : "ok"));
      for (const std::int64_t id : gap.requests) all.push_back(fmt::format("  by #{}", id));
      for (const auto& [from, recovery] : gap.recovered) all.push_back("  " + told(from, recovery));
      for (const auto& [from, to] : gap.missing())
        all.push_back(fmt::format("  {}-{} missing{}", from, to,
                                  gap.reset_by ? fmt::format(" #{}", gap.reset_by) : ""));
    }
    return all;
  }

  test::FakeSource source_;
  Gaps gaps_;
};

TEST(Gaps, NumbersInOrderHaveNone) {
  Numbers numbers;
  numbers.mine("35=A|34=1|").theirs("35=A|34=1|").theirs("35=8|34=2|").mine("35=D|34=2|");
  EXPECT_THAT(numbers.of_theirs(), IsEmpty());
  EXPECT_THAT(numbers.of_mine(), IsEmpty());
}

TEST(Gaps, AJumpThatIsAskedForAndCloses) {
  Numbers numbers;
  numbers.theirs("35=A|34=1|")
      .theirs("35=8|34=5|52=5|")
      .mine("35=2|34=2|7=2|16=0|")
      .theirs("35=8|34=2|43=Y|122=2|")
      .theirs("35=4|34=3|43=Y|123=Y|36=5|")
      .theirs("35=8|34=5|43=Y|122=5|")
      .theirs("35=8|34=6|");
  EXPECT_THAT(numbers.of_theirs(), ElementsAre("#2 jump 2-4 ok", "  by #3", "  2-2 again #4",
                                               "  3-4 filled #5", "  5-5 again #6 of #2"));
}

TEST(Gaps, WhatNeverCameIsMissing) {
  Numbers numbers;
  numbers.theirs("35=A|34=1|")
      .theirs("35=8|34=5|")
      .mine("35=2|34=2|7=2|16=4|")
      .theirs("35=8|34=3|43=Y|");
  EXPECT_THAT(numbers.of_theirs(), ElementsAre("#2 jump 2-4 wrong", "  by #3", "  3-3 again #4",
                                               "  2-2 missing", "  4-4 missing"));
}

TEST(Gaps, CopiesAreComparedWithWhatWasSent) {
  Numbers numbers;
  numbers.mine("35=A|34=1|52=a|")
      .mine("35=D|34=2|52=b|11=A|44=10|38=5|10=111|")
      .mine("35=D|34=3|52=c|11=B|44=10|448=X|448=Y|")
      .mine("35=D|34=4|52=d|11=C|44=10|")
      .mine("35=0|34=5|52=e|")
      .theirs("35=2|34=2|7=1|16=0|")
      .mine("35=A|34=1|43=Y|52=z|122=a|")
      .mine("35=D|34=2|43=Y|52=z|122=b|11=A|44=10|38=5|10=222|")
      .mine("35=D|34=3|43=Y|52=z|122=c|11=B|44=10.5|448=X|448=Z|58=new|")
      .mine("35=D|34=4|43=Y|52=z|122=wrong|44=10|11=C|")
      .mine("35=4|34=5|43=Y|123=Y|36=6|");
  EXPECT_THAT(
      numbers.of_mine(),
      ElementsAre("#6 asked 1-5 wrong", "  by #6", "  1-1 again #7 of #1 session",
                  "  2-2 again #8 of #2", "  3-3 again #9 of #3 44:10>10.5 448:Y>Z 58:->new",
                  "  4-4 again #10 of #4 122:d>wrong 0:->-", "  5-5 filled #11"));
}

TEST(Gaps, AFieldThatIsGoneIsADifference) {
  Numbers numbers;
  numbers.mine("35=A|34=1|").mine("35=D|34=2|11=A|58=x|").mine("35=D|34=2|43=Y|11=A|");
  EXPECT_THAT(numbers.of_mine(),
              ElementsAre("#3 unasked 2-2 wrong", "  2-2 again #3 of #2 58:x>-"));
}

TEST(Gaps, OneCopyServesEveryRequestThatWaits) {
  Numbers numbers;
  numbers.mine("35=A|34=1|")
      .mine("35=D|34=2|")
      .mine("35=D|34=3|")
      .theirs("35=2|34=2|7=2|16=0|")
      .theirs("35=2|34=3|7=3|16=999999|")
      .mine("35=D|34=2|43=Y|")
      .mine("35=D|34=3|43=Y|");
  EXPECT_THAT(numbers.of_mine(), ElementsAre("#4 asked 2-3 ok", "  by #4", "  2-2 again #6 of #2",
                                             "  3-3 again #7 of #3", "#5 asked 3-3 ok", "  by #5",
                                             "  3-3 again #7 of #3"));
}

TEST(Gaps, WhatIsAskedAgainButNeverComesIsMissing) {
  Numbers numbers;
  numbers.mine("35=A|34=1|")
      .mine("35=D|34=2|")
      .theirs("35=2|34=2|7=2|16=0|")
      .theirs("35=2|34=3|7=2|16=0|");
  EXPECT_THAT(numbers.of_mine(),
              ElementsAre("#3 asked 2-2 wrong", "  by #3", "  by #4", "  2-2 missing"));
}

TEST(Gaps, ARequestForWhatWasNeverSent) {
  Numbers numbers;
  numbers.mine("35=A|34=1|").theirs("35=2|34=2|7=9|16=0|");
  EXPECT_THAT(numbers.of_mine(), ElementsAre("#2! ResendRequest(2) from 9; the last number was 1"));
}

TEST(Gaps, NextExpectedMsgSeqNumAsksToo) {
  Numbers numbers;
  numbers.mine("35=A|34=1|")
      .mine("35=D|34=2|")
      .mine("35=A|34=3|789=2|")
      .theirs("35=A|34=1|789=2|")
      .mine("35=D|34=2|43=Y|")
      .mine("35=4|34=3|43=Y|123=Y|36=4|");
  EXPECT_THAT(numbers.of_mine(),
              ElementsAre("#4 asked 2-3 ok", "  by #4", "  2-2 again #5 of #2", "  3-3 filled #6"));
}

TEST(Gaps, ALogonMayBeginAnew) {
  Numbers numbers;
  numbers.mine("35=A|34=7|")
      .theirs("35=A|34=9|")
      .mine("35=A|34=1|141=Y|")
      .theirs("35=A|34=1|141=Y|")
      .theirs("35=8|34=2|");
  EXPECT_THAT(numbers.of_theirs(),
              ElementsAre("#4 numbers begin anew with 1 (Logon with ResetSeqNumFlag(141)); 10 was "
                          "due"));
}

TEST(Gaps, ALogoutMayAnswerAReset) {
  Numbers numbers;
  numbers.theirs("35=A|34=9|").mine("35=A|34=1|141=Y|").theirs("35=5|34=1|");
  EXPECT_THAT(numbers.of_theirs(), ElementsAre("#3 numbers begin anew with 1; 10 was due"));
}

TEST(Gaps, AResetLosesWhatHadNotCome) {
  Numbers numbers;
  numbers.theirs("35=A|34=1|").theirs("35=8|34=4|").theirs("35=A|34=1|");
  EXPECT_THAT(numbers.of_theirs(), ElementsAre("#3 numbers begin anew with 1; 5 was due",
                                               "#2 jump 2-3 wrong", "  2-3 missing #3"));
}

TEST(Gaps, SequenceResetMayOnlyGrow) {
  Numbers numbers;
  numbers.theirs("35=A|34=1|")
      .theirs("35=4|34=2|36=10|")
      .theirs("35=8|34=10|")
      .theirs("35=4|34=11|36=5|")
      .theirs("35=8|34=5|");
  EXPECT_THAT(numbers.of_theirs(),
              ElementsAre("#2 SequenceReset(4) to 10; 2 was due",
                          "#4! SequenceReset(4) to 5; 11 was due, and numbers may only grow"));
}

TEST(Gaps, Faults) {
  Numbers numbers;
  numbers.theirs("35=A|34=1|")
      .theirs("35=8|34=2|")
      .theirs("35=8|34=2|")
      .theirs("35=8|")
      .theirs("35=4|34=3|123=Y|36=3|")
      .theirs("35=4|34=3|123=Y|36=6|")
      .theirs("35=8|34=6|");
  EXPECT_THAT(numbers.of_theirs(),
              ElementsAre("#3! MsgSeqNum(34) 2 without PossDupFlag(43); 3 was due",
                          "#4! no MsgSeqNum(34)", "#5! GapFill 3 to NewSeqNo(36) 3",
                          "#6 GapFill of 3 to 5, which nobody had asked for"));
}

TEST(Gaps, AJumpOfBillionsIsOneRange) {
  Numbers numbers;
  numbers.theirs("35=A|34=1|")
      .theirs("35=8|34=999999999|")
      .theirs("35=4|34=2|43=Y|123=Y|36=999999998|");
  EXPECT_THAT(numbers.of_theirs(),
              ElementsAre("#2 jump 2-999999998 wrong", "  2-999999997 filled #3",
                          "  999999998-999999998 missing"));
}

TEST(Gaps, NumbersThatAreNoneAskForNothing) {
  Numbers numbers;
  numbers.mine("35=A|34=1|")
      .mine("35=D|34=2|")
      .theirs("35=2|34=2|7=0|16=99999999999999999999|")
      .mine("35=4|34=3|123=Y|36=18446744073709551615|")
      .mine("35=4|34=1|43=Y|123=Y|36=3|");
  EXPECT_THAT(numbers.of_mine(), ElementsAre("#4! GapFill 3 to NewSeqNo(36) 0", "#3 asked 1-2 ok",
                                             "  by #3", "  1-2 filled #5"));
}

TEST(Gaps, AGapFillNamesWhatItReplaces) {
  Numbers numbers;
  numbers.mine("35=A|34=1|")
      .mine("35=0|34=2|")
      .mine("35=D|34=3|")
      .mine("35=0|34=4|")
      .theirs("35=2|34=2|7=2|16=0|")
      .mine("35=4|34=2|43=Y|123=Y|36=5|");
  numbers.of_mine();
  Gaps gaps;
  for (const auto& view : numbers.source().messages)
    gaps.add(view, fix::Message(std::string(view.raw)));
  const Recovery& filled = gaps.streams().front()->gaps.front().recovered.begin()->second;
  EXPECT_THAT(filled.types, ElementsAre(std::pair("0", 2), std::pair("D", 1)));
}

TEST(Gaps, SessionsAndGarbledBytesStayApart) {
  Numbers numbers;
  numbers.theirs("35=A|34=1|").theirs("35=8|34=9|").theirs("35=8|34=9|");
  numbers.source().messages[1].kind = record::MessageKind::garbled;
  numbers.source().messages[2].session_id = 2;
  EXPECT_THAT(numbers.of_theirs(), IsEmpty());
}

}  // namespace
}  // namespace fixdrill::flow
