#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "unit/engine/peers.h"

namespace fixdrill::engine {
namespace {

class EveryVersion : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Versions, EveryVersion,
                         testing::Values("FIX.4.0", "FIX.4.1", "FIX.4.2", "FIX.4.3", "FIX.4.4",
                                         "FIXT.1.1"),
                         [](const auto& version) {
                           std::string name = version.param;
                           std::erase(name, '.');
                           return name;
                         });

TEST_P(EveryVersion, BothRolesLogOnExchangeAnOrderAndLogOut) {
  Pair pair(GetParam());
  pair.logs_on();
  EXPECT_EQ(pair.us.story, "on ");
  EXPECT_EQ(pair.them.story, "on ");
  EXPECT_TRUE(pair.us.session->is_logged_on());
  EXPECT_EQ(Peer::field(pair.us.sent[0], 8), "-");
  EXPECT_EQ(pair.us.sent[0].rfind(std::string("8=") + GetParam() + "|9=", 0), 0U);

  const SendResult order = pair.us.session->send("D", pipe_to_soh("11=A1|55=MSFT|"));
  EXPECT_TRUE(order.ok) << order.error;
  EXPECT_EQ(order.seq, 2);
  pair.settles();
  EXPECT_EQ(pair.them.took.back(), soh_to_pipe(order.bytes));

  EXPECT_TRUE(pair.us.session->logout("done"));
  pair.settles();
  EXPECT_EQ(pair.us.story, "on out drop(Received logout response) ");
  EXPECT_EQ(pair.them.story, "on out drop(Sending logout response) ");
  EXPECT_EQ(Peer::field(pair.them.took.back(), 58), "done");
  EXPECT_EQ(pair.us.session->next_sender(), 4);
  EXPECT_EQ(pair.us.session->next_target(), 3);
}

TEST(SessionTest, InitiatorIsQuietUntilLogonIsAskedFor) {
  Pair pair;
  pair.connects();
  pair.us.session->tick();
  EXPECT_TRUE(pair.us.sent.empty());
  EXPECT_TRUE(pair.us.session->logon());
  EXPECT_EQ(pair.us.sent.size(), 1U);
  EXPECT_FALSE(pair.us.session->logon()) << "twice";
  EXPECT_FALSE(pair.them.session->logon()) << "an acceptor";
}

TEST(SessionTest, LogsOnAgainAfterTheConnectionWasLostAndNumbersRunOn) {
  Pair pair;
  pair.logs_on();
  pair.us.session->closed();
  pair.them.session->closed();
  EXPECT_EQ(pair.us.story, "on out ");
  EXPECT_FALSE(pair.us.session->is_connected());
  pair.logs_on();
  EXPECT_EQ(pair.us.story, "on out on ");
  EXPECT_EQ(pair.us.session->next_sender(), 3);
}

TEST(SessionTest, LogonFieldsReplaceAddAndRemove) {
  Pair pair;
  pair.us.session->set_logon_fields(
      {{{553, "joe"}, {384, "2"}, {372, "D"}, {372, "8"}, {108, "20"}, {115, "DESK"}}, {98}});
  pair.us.signs = true;
  pair.logs_on();
  const std::string& logon = pair.us.sent[0];
  const std::string time = Peer::field(logon, 52);
  EXPECT_EQ(logon.substr(logon.find("|35=") + 1, logon.rfind("10=") - logon.find("|35=") - 1),
            "35=A|34=1|49=US|52=" + time +
                "|56=THEM|115=DESK|108=20|553=joe|384=2|372=D|372=8|96=1/" + time + "|");
  EXPECT_EQ(time, "20240506-12:00:00.000");
  EXPECT_EQ(pair.them.story, "on ") << "repeated tags of a Logon reach no rule of the engine";
  EXPECT_EQ(pair.them.took[0], logon);
  EXPECT_EQ(pair.them.session->heartbeat_s(), 20);
}

TEST(SessionTest, ResetOnLogonStartsBothAtOne) {
  Pair pair;
  pair.logs_on();
  pair.us.session->closed();
  pair.them.session->closed();
  pair.us.session->set_reset_on_logon(true);
  pair.logs_on();
  EXPECT_EQ(Peer::field(pair.us.sent.back(), 34), "1");
  EXPECT_EQ(Peer::field(pair.us.sent.back(), 141), "Y");
  EXPECT_EQ(Peer::field(pair.them.sent.back(), 141), "Y");
  EXPECT_EQ(pair.us.session->next_sender(), 2);
  EXPECT_EQ(pair.them.session->next_sender(), 2);
}

TEST(SessionTest, SubIdsStandInEveryMessageAndCanBeReplacedInOne) {
  Config config = our_config();
  config.header = {{50, "TRADER"}, {57, "FLOOR"}, {115, "CLIENT"}};
  Pair pair(std::move(config), their_config());
  pair.logs_on();
  EXPECT_EQ(Peer::field(pair.us.sent[0], 50), "TRADER");
  EXPECT_EQ(Peer::field(pair.us.sent[0], 115), "CLIENT");
  pair.us.session->send("D", pipe_to_soh("11=A1|"), {{97, "Y"}, {50, "OTHER"}});
  const std::string& order = pair.us.sent.back();
  EXPECT_NE(order.find("|35=D|34=2|49=US|50=OTHER|52=20240506-12:00:00.000|56=THEM|57=FLOOR|"
                       "115=CLIENT|97=Y|11=A1|10="),
            std::string::npos)
      << order;
  pair.settles();
  EXPECT_EQ(pair.them.took.back(), order);
}

TEST(SessionTest, TestRequestByHandIsAnswered) {
  Pair pair;
  pair.logs_on();
  EXPECT_TRUE(pair.us.session->send("1", pipe_to_soh("112=PING|")).ok);
  pair.settles();
  EXPECT_EQ(Peer::field(pair.us.took.back(), 35), "0");
  EXPECT_EQ(Peer::field(pair.us.took.back(), 112), "PING");
}

TEST(SessionTest, SendRefusesWhatWouldGoWrong) {
  Pair pair;
  pair.connects();
  EXPECT_EQ(pair.us.session->send("D", "").error, "not logged on");
  pair.us.session->logon();
  pair.settles();
  Session& session = *pair.us.session;
  EXPECT_EQ(session.send("A", "").error,
            "the engine itself sends 35=A when the session rules ask for it");
  EXPECT_EQ(session.send("", "").error, "no MsgType(35)");
  EXPECT_EQ(session.send("D", "55=MSFT").error, "the last field of the body has no end");
  EXPECT_EQ(session.send("D", "", {{43, "Y"}}).error, "the engine itself sets field 43");
  EXPECT_EQ(session.send("D", "", {{97, "Y\x01"}}).error, "a header field contains SOH");
  EXPECT_EQ(session.next_sender(), 2) << "no number was consumed";
  pair.us.store.broken = true;
  EXPECT_EQ(session.send("D", "").error, "the store could not be written");
  EXPECT_EQ(pair.us.sent.size(), 1U);
}

TEST(SessionTest, AnswersFromWithinACallback) {
  Pair pair;
  pair.logs_on();
  pair.us.session->send("D", pipe_to_soh("11=A1|"));
  pair.them.on_accepted = [&pair] {
    EXPECT_TRUE(pair.them.session->send("8", pipe_to_soh("37=1|150=0|")).ok);
  };
  pair.settles();
  EXPECT_EQ(Peer::field(pair.us.took.back(), 37), "1");
}

TEST(SessionTest, BytesAndTheEndThatComeWithinACallbackWaitForTheCallToFinish) {
  Pair pair;
  pair.logs_on();
  const std::string first = pair.us.session->send("D", pipe_to_soh("11=A1|")).bytes;
  const std::string second = pair.us.session->send("D", pipe_to_soh("11=A2|")).bytes;
  pair.them.took.clear();
  pair.them.on_accepted = [&] {
    pair.them.session->received(second);
    EXPECT_EQ(pair.them.took.size(), 1U);
    pair.them.on_accepted = [&] {
      pair.them.session->closed();
      EXPECT_TRUE(pair.them.session->is_connected());
    };
  };
  pair.them.session->received(first);
  EXPECT_EQ(pair.them.took, (std::vector<std::string>{soh_to_pipe(first), soh_to_pipe(second)}));
  EXPECT_FALSE(pair.them.session->is_connected());
  EXPECT_EQ(pair.them.story, "on out ");
  EXPECT_EQ(pair.them.session->next_target(), 4);
}

TEST(SessionTest, SessionsInSeveralThreadsKeepTheirOwnTime) {
  std::vector<std::thread> threads;
  std::vector<std::string> times(4);
  for (std::size_t i = 0; i < times.size(); ++i) {
    threads.emplace_back([i, &times] {
      Pair pair;
      pair.clock.advance(static_cast<std::int64_t>(i) * 86400);
      pair.logs_on();
      pair.waits(600);
      times[i] = pair.us.story + Peer::field(pair.us.sent.back(), 52);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_EQ(times[i], "on 2024050" + std::to_string(6 + i) + "-12:10:00.000");
  }
}

TEST(SessionTest, MistakesOfTheConfigurationAreNamed) {
  FakeStore store;
  VirtualClock clock;
  Peer listener(our_config(), clock);
  const auto error_of = [&](Config config) {
    std::string error;
    EXPECT_EQ(Session::create(std::move(config), store, listener, error), nullptr);
    return error;
  };
  EXPECT_EQ(error_of(our_config("FIX.5.0")), "the engine does not speak FIX.5.0");
  Config config = our_config();
  config.target_comp_id.clear();
  EXPECT_EQ(error_of(std::move(config)), "TargetCompID(56) is empty");
  config = our_config();
  config.validation = std::make_unique<Validation>();
  config.validation->dictionary = "/nowhere/FIX44.xml";
  EXPECT_THAT(error_of(std::move(config)), testing::HasSubstr("/nowhere/FIX44.xml"));
}

}  // namespace
}  // namespace fixdrill::engine
