// Bodies come through as they are: order, groups, custom and repeated tags, also on a resend.
#include <gtest/gtest.h>

#include "unit/engine/peers.h"

namespace fixdrill::engine {
namespace {

// A group in an order no dictionary knows, a repeated tag, custom tags, an empty and a data field.
const char kBody[] =
    "55=MSFT|11=A1|9001=x|453=2|452=3|448=JOE|452=1|448=ANN|11=A2|58=|95=3|96=a|b|20001=y|40=2|";

std::string body_of(const std::string& message) {
  return message.substr(message.find("55=MSFT"), message.rfind("10=") - message.find("55=MSFT"));
}

bool is_sealed(const std::string& message) {
  const std::string bytes = pipe_to_soh(message);
  return bytes == seal(std::string(message, 2, message.find('|') - 2), content_of(bytes));
}

class Bodies : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Versions, Bodies, testing::Values("FIX.4.0", "FIX.4.2", "FIXT.1.1"),
                         [](const auto& version) {
                           std::string name = version.param;
                           std::erase(name, '.');
                           return name;
                         });

TEST_P(Bodies, SurviveSending) {
  Pair pair(GetParam());
  pair.logs_on();
  const SendResult order = pair.us.session->send("D", pipe_to_soh(kBody));
  pair.settles();
  EXPECT_EQ(body_of(pair.them.took.back()), kBody);
  EXPECT_EQ(pair.them.took.back(), soh_to_pipe(order.bytes));
  EXPECT_TRUE(is_sealed(pair.them.took.back()));
}

TEST_P(Bodies, SurviveAGapAndTheResend) {
  Pair pair(GetParam());
  pair.logs_on();
  pair.us.session->send("D", pipe_to_soh(kBody), {{128, "VENUE"}});
  const std::string first_time = Peer::field(pair.us.sent.back(), 52);
  pair.loses_ours();
  pair.clock.advance(3);
  const std::string later = soh_to_pipe(pair.us.session->send("G", pipe_to_soh(kBody)).bytes);
  pair.us.sent.clear();
  pair.them.took.clear();
  pair.settles();

  ASSERT_EQ(pair.us.sent.size(), 2U) << "both orders again";
  const std::string& again = pair.us.sent[0];
  EXPECT_TRUE(is_sealed(again));
  EXPECT_EQ(Peer::field(again, 34), "2");
  EXPECT_EQ(Peer::field(again, 43), "Y");
  EXPECT_EQ(Peer::field(again, 122), first_time);
  EXPECT_EQ(Peer::field(again, 128), "VENUE");
  EXPECT_EQ(body_of(again), kBody);
  ASSERT_EQ(pair.them.took.size(), 2U);
  EXPECT_EQ(pair.them.took[0], again);
  EXPECT_EQ(pair.them.took[1], later) << "waited, and came with its first bytes";
  EXPECT_EQ(pair.them.waiting, std::vector<std::string>{later});
  EXPECT_EQ(pair.them.copies, std::vector<std::string>{pair.us.sent[1]}) << "the copy of it";
  EXPECT_TRUE(pair.them.refusals.empty());
}

TEST(BodyTest, SurvivesWithoutABody) {
  Pair pair;
  pair.logs_on();
  EXPECT_TRUE(pair.us.session->send("U1", "").ok);
  pair.settles();
  EXPECT_EQ(Peer::field(pair.them.took.back(), 35), "U1");
}

TEST(BodyTest, AResendFillsOverSessionMessagesAndATailWithoutMessages) {
  VirtualClock clock;
  Peer us(our_config(), clock);
  us.logs_on();
  us.session->send("D", pipe_to_soh("11=A1|"));
  us.session->send("1", pipe_to_soh("112=x|"));
  us.session->send("1", pipe_to_soh("112=y|"));
  us.sent.clear();
  us.receives("35=2|34=2|7=1|16=0|");
  ASSERT_EQ(us.sent.size(), 3U);
  EXPECT_EQ(Peer::field(us.sent[0], 34), "1");
  EXPECT_EQ(Peer::field(us.sent[0], 36), "2");
  EXPECT_EQ(Peer::field(us.sent[1], 11), "A1");
  EXPECT_EQ(Peer::field(us.sent[2], 34), "3");
  EXPECT_EQ(Peer::field(us.sent[2], 36), "5");
  EXPECT_EQ(us.session->next_target(), 3);
}

TEST(BodyTest, ForgottenMessagesAreFilledOver) {
  VirtualClock clock;
  Peer us(our_config(), clock);
  us.logs_on();
  for (const char* id : {"11=A1|", "11=A2|", "11=A3|"}) us.session->send("D", pipe_to_soh(id));
  us.store.messages.erase(2);
  us.store.messages.erase(4);
  us.sent.clear();
  us.receives("35=2|34=2|7=2|16=4|");
  ASSERT_EQ(us.sent.size(), 3U);
  EXPECT_EQ(Peer::field(us.sent[0], 36), "3");
  EXPECT_EQ(Peer::field(us.sent[1], 11), "A2");
  EXPECT_EQ(Peer::field(us.sent[2], 34), "4");
  EXPECT_EQ(Peer::field(us.sent[2], 36), "5");
}

TEST(BodyTest, AskedForNumbersNotYetUsedNothingIsFilledBackwards) {
  VirtualClock clock;
  Peer us(our_config(), clock);
  us.logs_on();
  us.receives("35=2|34=2|7=9|16=0|");
  EXPECT_TRUE(us.sent.empty());
  EXPECT_EQ(us.session->next_target(), 3);
}

}  // namespace
}  // namespace fixdrill::engine
