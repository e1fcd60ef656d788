// What a draft keeps of a message: texts that quote ids, what a header says, and what it leaves
// out.
#include "unit/draft/drafts.h"

namespace fixdrill::draft {
namespace {

class KeptTest : public Drafts {};

TEST_F(KeptTest, ATextThatQuotesAnIdRefersToIt) {
  order("ABC-1");
  theirs("8", "37=NONE|11=ABC-1|17=0|55=MSFT|54=1|150=8|39=8|58=Order ABC-1 \"refused\"|");
  expect_line(R"(Text = "Order ${nos.ClOrdID} \"refused\"")");
}

TEST_F(KeptTest, ATextThatIsAnIdIsThatId) {
  order("ABC-1");
  theirs("8", "37=NONE|11=ABC-1|17=0|55=MSFT|54=1|150=8|39=8|58=ABC-1|");
  expect_line("Text = ${nos.ClOrdID}");
}

TEST_F(KeptTest, ATextOfWhichMoreThanTheIdMayChangeIsNotChecked) {
  order("ABC-1");
  theirs("8", "37=NONE|11=ABC-1|17=0|55=MSFT|54=1|150=8|39=8|58=Order ABC-1, ticket 77|");
  expect_none("Text");
}

TEST_F(KeptTest, APartOfAWordIsNoId) {
  order("LIMIT");
  theirs("8", "37=NONE|11=LIMIT|17=0|55=MSFT|54=1|150=8|39=8|58=LIMITED|");
  expect_line("Text = LIMITED");
}

TEST_F(KeptTest, AnIdThatItsOwnMessageQuotesGetsAName) {
  ours("D", "11=ABC-1|55=MSFT|54=1|38=100|40=1|58=desk 7, ABC-1|");
  expect_line("let nos_id = uid()");
  expect_line("ClOrdID = ${nos_id}");
  expect_line(R"(Text = "desk 7, ${nos_id}")");
}

TEST_F(KeptTest, AStatusRequestMakesNoId) {
  ours("H", "11=GONE|55=MSFT|54=1|");
  theirs("8", "37=NONE|11=GONE|17=0|55=MSFT|54=1|150=I|39=8|58=Unknown order GONE|");
  expect_line("send OrderStatusRequest {\n    ClOrdID = GONE");
  expect_line("ClOrdID = GONE | ExecID = 0 | ExecType = OrderStatus");
  expect_line(R"(Text = "Unknown order GONE")");
}

TEST_F(KeptTest, PossResendIsKept) {
  order("A-1");
  ours("D", "97=Y|11=A-1|55=MSFT|54=1|38=100|40=1|");
  expect_line("PossResend = Yes | ClOrdID = ${nos.ClOrdID}");
}

TEST_F(KeptTest, APossDupWithANumberOfItsOwnWasWrittenByHand) {
  order("A-1");
  number = 7;
  ours("D", "43=Y|122=20251124-16:00:00.000|11=A-2|55=IBM|54=1|38=100|40=1|");
  expect_line("PossDupFlag = Yes | OrigSendingTime = ${now()}");
}

TEST_F(KeptTest, ACopyThatTheSessionSentIsNot) {
  number = 7;
  order("A-1");
  number = 7;
  ours("D", "43=Y|122=20251124-16:00:00.000|11=A-1|55=MSFT|54=1|38=100|40=1|");  // the same again
  number = 5;
  ours("D", "43=Y|122=20251124-16:00:00.000|11=A-0|55=IBM|54=1|38=100|40=1|");  // not seen before
  expect_none("PossDupFlag");
  EXPECT_EQ(count_of("send NewOrderSingle"), 2);
}

TEST_F(KeptTest, WhoIsMeantComesBackTurnedRound) {
  ours("D", "50=DESK7|115=FIRM1|11=A-1|55=MSFT|54=1|38=100|40=1|");
  theirs("8", "57=DESK7|50=HOST3|128=FIRM1|37=O-1|11=A-1|17=E-1|55=MSFT|54=1|150=0|39=0|");
  expect_line("SenderSubID = DESK7 | OnBehalfOfCompID = FIRM1");
  expect_line("TargetSubID = DESK7 | DeliverToCompID = FIRM1");
  expect_none("HOST3");
}

TEST_F(KeptTest, CountsOverTheWholeBookAreNotChecked) {
  ours("q", "11=M-1|530=7|60=20251124-16:00:00.000|");
  theirs("r", "37=NONE|11=M-1|530=7|531=7|533=3|534=1|41=OTHER|535=O-9|");
  expect_line("MassCancelResponse = CancelAllOrders");
  expect_none("TotalAffectedOrders");
  expect_none("OTHER");
}

}  // namespace
}  // namespace fixdrill::draft
