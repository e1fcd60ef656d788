#include "engine/wire.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "engine/compose.h"

namespace fixdrill::engine {
namespace {

std::string sealed(const std::string& text) { return seal("FIX.4.4", pipe_to_soh(text)); }

std::string envelope_of(const std::string& text) {
  return soh_to_pipe(content_of(read_inbound("FIX.4.4", sealed(text)).envelope));
}

TEST(WireTest, SealsWithBodyLengthAndCheckSum) {
  EXPECT_EQ(soh_to_pipe(seal("FIX.4.2", pipe_to_soh("35=0|34=2|"))),
            "8=FIX.4.2|9=10|35=0|34=2|10=164|");
  EXPECT_EQ(soh_to_pipe(content_of(sealed("35=0|34=2|"))), "35=0|34=2|");
}

TEST(WireTest, AnApplicationMessageShrinksToItsHeader) {
  EXPECT_EQ(envelope_of("35=D|34=2|49=A|52=T|56=B|97=Y|11=1|34=9|55=X|"),
            "35=D|34=2|49=A|52=T|56=B|97=Y|");
}

TEST(WireTest, ASessionMessageKeepsItsBodyWithoutRepetitionsAndData) {
  EXPECT_EQ(envelope_of("35=A|34=2|49=A|52=T|56=B|98=0|108=30|95=5|96=a|b=c|384=2|372=D|372=8|"),
            "35=A|34=2|49=A|52=T|56=B|98=0|108=30|384=2|372=D|");
}

TEST(WireTest, TheScannerPassesOverSohInData) {
  const std::string bytes = pipe_to_soh("95=3|96=a|b|58=x|");
  Scanner scanner(bytes);
  Span field;
  std::string seen;
  while (scanner.next(field)) {
    seen += std::to_string(field.tag) + ":" + soh_to_pipe(field.text(bytes)) + " ";
  }
  EXPECT_EQ(seen, "95:3 96:a|b 58:x ");
}

TEST(WireTest, TheScannerEndsAtGarbageAndNeverRunsPastTheEnd) {
  for (const std::string text :
       {"", "=", "35", "35=", "abc|", "|||", "95=99999|96=a|", "95=x|96="}) {
    const std::string bytes = pipe_to_soh(text);
    Scanner scanner(bytes);
    Span field;
    std::size_t end = 0;
    while (scanner.next(field)) {
      EXPECT_GT(field.end, end) << text;
      EXPECT_LE(field.end, bytes.size()) << text;
      end = field.end;
    }
  }
}

TEST(WireTest, ATailIsWhatFollowsTheEnginesHeader) {
  const std::string sent = sealed("35=D|34=2|49=A|50=S|52=T|56=B|97=Y|11=1|");
  EXPECT_EQ(soh_to_pipe(tail_of(sent)), "97=Y|11=1|");
  EXPECT_EQ(soh_to_pipe(content_of(stored_envelope(sent))), "35=D|34=2|49=A|50=S|52=T|56=B|");
  EXPECT_EQ(with_tail(stored_envelope(sent), tail_of(sent)), sent);
  EXPECT_EQ(seq_of(sent), 2);
}

}  // namespace
}  // namespace fixdrill::engine
