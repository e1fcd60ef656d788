#include "flow/chains.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string_view>

#include "base/text.h"

namespace fixdrill::flow {
namespace {

using testing::ElementsAre;

struct Conversation {
  Conversation& out(std::string_view text) { return add(record::Direction::out, text); }
  Conversation& in(std::string_view text) { return add(record::Direction::in, text); }
  Conversation& add(record::Direction direction, std::string_view text) {
    chains.add(session, direction, fix::Message(pipe_to_soh(text)));
    return *this;
  }
  std::int64_t session = 1;
  Chains chains;
};

TEST(Chains, FollowsReplacesAndCancels) {
  Conversation talk;
  talk.out("35=D|11=A|")
      .out("35=D|11=B|")
      .in("35=8|11=A|37=X|")
      .out("35=G|11=A2|41=A|")
      .in("35=8|37=X|150=1|")
      .out("35=F|11=A3|41=A2|")
      .in("35=9|11=A3|41=A2|37=X|");
  EXPECT_THAT(talk.chains.flows(), ElementsAre(ElementsAre(0, 2, 3, 4, 5, 6), ElementsAre(1)));
  EXPECT_EQ(talk.chains.flow_of(6), 0u);
}

TEST(Chains, ALaterMessageJoinsWhatWasApart) {
  Conversation talk;
  talk.in("35=8|37=X|11=A|").in("35=8|37=Y|11=A2|");
  EXPECT_EQ(talk.chains.flow_of(1), 1u);
  talk.in("35=8|37=Y|11=A2|41=A|");
  EXPECT_THAT(talk.chains.flows(), ElementsAre(ElementsAre(0, 1, 2)));
}

TEST(Chains, APlaceholderLinksNothing) {
  Conversation talk;
  talk.in("35=9|11=A|41=Z|37=NONE|")
      .in("35=9|11=B|41=Y|37=NONE|")
      .in("35=8|11=C|37=0|")
      .in("35=8|11=D|37=0|");
  EXPECT_EQ(talk.chains.flows().size(), 4u);
}

TEST(Chains, SessionsHaveTheirOwnIds) {
  Conversation talk;
  talk.out("35=D|11=A|");
  talk.session = 2;
  talk.out("35=D|11=A|");
  EXPECT_EQ(talk.chains.flows().size(), 2u);
}

TEST(Chains, RejectsJoinByNumberOfTheOtherSide) {
  Conversation talk;
  talk.out("35=D|34=2|11=A|")
      .in("35=8|34=2|11=Z|37=9|")
      .in("35=3|34=3|45=2|372=D|")
      .out("35=D|34=3|11=B|")
      .in("35=j|34=4|45=3|372=D|379=B|");
  EXPECT_THAT(talk.chains.flows(),
              ElementsAre(ElementsAre(0, 2), ElementsAre(1), ElementsAre(3, 4)));
}

TEST(Chains, ABusinessRejectJoinsByItsReference) {
  Conversation talk;
  talk.out("35=V|262=M1|").out("35=D|11=M1|").in("35=j|372=V|379=M1|").in("35=j|372=D|379=M1|");
  EXPECT_THAT(talk.chains.flows(), ElementsAre(ElementsAre(0, 2), ElementsAre(1, 3)));
}

TEST(Chains, ARejectOfAnotherTypeThanTheNumberSaysIsNotBelieved) {
  Conversation talk;
  talk.out("35=D|34=2|11=A|").in("35=3|34=2|45=2|372=V|").in("35=3|34=3|45=99|");
  EXPECT_EQ(talk.chains.flow_of(0), 0u);
  EXPECT_EQ(talk.chains.flow_of(1), Chains::kNone);
  EXPECT_EQ(talk.chains.flow_of(2), Chains::kNone);
}

TEST(Chains, SessionTrafficIsInNoFlow) {
  Conversation talk;
  talk.out("35=A|34=1|").in("35=0|34=2|").in("35=3|34=3|45=1|");
  EXPECT_TRUE(talk.chains.flows().empty());
}

TEST(Chains, OtherRequestsHaveTheirOwnIds) {
  Conversation talk;
  talk.out("35=R|131=Q|")
      .in("35=S|131=Q|117=7|")
      .out("35=V|262=Q|")
      .in("35=W|262=Q|")
      .out("35=D|11=A|117=7|")
      .out("35=c|320=S1|")
      .in("35=d|320=S1|322=9|")
      .out("35=AE|571=T|")
      .in("35=AR|571=T|");
  EXPECT_THAT(talk.chains.flows(), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4),
                                               ElementsAre(5, 6), ElementsAre(7, 8)));
}

TEST(Chains, AListIsOneFlowAnAllocationIsNot) {
  Conversation talk;
  talk.out("35=E|66=L|73=2|11=A|11=B|")
      .in("35=8|11=B|37=2|")
      .in("35=N|66=L|")
      .out("35=D|11=C|")
      .out("35=J|70=1|73=2|11=B|11=C|")
      .in("35=P|70=1|");
  EXPECT_THAT(talk.chains.flows(),
              ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3), ElementsAre(4, 5)));
}

TEST(Chains, AMassCancelStandsBesideItsOrders) {
  Conversation talk;
  talk.out("35=D|11=A|")
      .out("35=D|11=B|")
      .out("35=q|11=M|")
      .in("35=r|11=M|37=M9|534=2|41=A|535=1|41=B|535=2|");
  EXPECT_THAT(talk.chains.flows(), ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2, 3)));
}

TEST(Chains, CorrectionsJoinByTheirOrderNotByExecId) {
  Conversation talk;
  talk.in("35=8|11=A|37=1|17=E1|").in("35=8|11=B|37=2|17=E1|").in("35=8|37=1|17=E2|19=E1|");
  EXPECT_THAT(talk.chains.flows(), ElementsAre(ElementsAre(0, 2), ElementsAre(1)));
}

}  // namespace
}  // namespace fixdrill::flow
