// Messages that pass through QuickFIX whole, both ways, and types that an application refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "unit/engine/peers.h"

namespace fixdrill::engine {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

std::string spec(const char* name) {
  return std::string(FIXDRILL_SOURCE_DIR "/fixspecs/") + name + ".xml";
}

Config whole_config(const char* dictionary = "FIX44") {
  Config config = our_config();
  config.validation = std::make_unique<Validation>();
  config.validation->dictionary = spec(dictionary);
  config.validation->whole_out = true;
  return config;
}

std::string body(const std::string& text) { return pipe_to_soh(text); }

TEST(WholeMessages, LeaveInTheOrderOfTheEngine) {
  VirtualClock clock;
  Peer peer(whole_config(), clock);
  ASSERT_NE(peer.session, nullptr);
  peer.logs_on();
  peer.sent.clear();
  const SendResult sent = peer.session->send("D",
                                             body("55=MSFT|11=A|453=2|448=P1|447=D|452=1|448=P2|"
                                                  "447=D|452=2|40=1|54=1|60=20240506-12:00:00|"),
                                             {{97, "Y"}, {50, "DESK"}});
  ASSERT_TRUE(sent.ok) << sent.error;
  ASSERT_THAT(peer.sent, SizeIs(1));
  EXPECT_THAT(
      peer.sent[0],
      HasSubstr("|35=D|34=2|49=US|50=DESK|52=20240506-12:00:00.000|56=THEM|97=Y|11=A|40=1|54=1|"
                "55=MSFT|60=20240506-12:00:00|453=2|448=P1|447=D|452=1|448=P2|447=D|452=2|10="));
}

TEST(WholeMessages, AreSentAgainAsTheyWere) {
  VirtualClock clock;
  Peer peer(whole_config(), clock);
  peer.logs_on();
  ASSERT_TRUE(peer.session->send("D", body("55=MSFT|11=A|40=1|54=1|60=20240506-12:00:00|")).ok);
  clock.advance(5);
  peer.sent.clear();
  peer.receives("35=2|34=2|7=1|16=0|");
  ASSERT_THAT(peer.sent, SizeIs(2));
  EXPECT_THAT(peer.sent[0], HasSubstr("|35=4|34=1|43=Y|"));
  EXPECT_THAT(
      peer.sent[1],
      HasSubstr("|35=D|34=2|43=Y|49=US|52=20240506-12:00:05.000|56=THEM|"
                "122=20240506-12:00:00.000|11=A|40=1|54=1|55=MSFT|60=20240506-12:00:00|10="));
}

TEST(WholeMessages, AreCheckedByTheRulesThatAreOn) {
  VirtualClock clock;
  for (const bool refuse : {true, false}) {
    Config config = whole_config();
    config.validation->fields_have_values = refuse;
    Peer peer(std::move(config), clock);
    peer.logs_on();
    peer.sent.clear();
    peer.receives("35=1|34=2|112=|");
    ASSERT_THAT(peer.sent, SizeIs(1));
    EXPECT_THAT(peer.sent[0], HasSubstr(refuse ? "|371=112|372=1|373=4|" : "|35=0|"));
  }
}

struct Refusal {
  const char* begin_string;
  const char* answer;
};

TEST(UnsupportedTypes, AreAnsweredByTheEngine) {
  for (const Refusal& refusal :
       {Refusal{"FIX.4.1",
                "|35=3|34=2|49=US|52=20240506-12:00:00|56=THEM|45=2|58=Unsupported message type|"},
        Refusal{"FIX.4.2",
                "|35=j|34=2|49=US|52=20240506-12:00:00.000|56=THEM|45=2|"
                "58=Unsupported Message Type|372=B|380=3|"}}) {
    VirtualClock clock;
    Config config = our_config();
    config.begin_string = refusal.begin_string;
    Peer peer(std::move(config), clock);
    peer.logs_on();
    peer.sent.clear();
    peer.on_accepted = [&peer] { peer.session->refuse_as_unsupported(); };
    peer.receives("35=B|34=2|148=News|");
    ASSERT_THAT(peer.sent, SizeIs(1));
    EXPECT_THAT(peer.sent[0], HasSubstr(refusal.answer));
    EXPECT_EQ(peer.session->next_target(), 3);
    peer.receives("35=B|34=3|148=News|");
    EXPECT_THAT(peer.sent, SizeIs(1)) << "only the message it was said of is refused";
  }
}

}  // namespace
}  // namespace fixdrill::engine
