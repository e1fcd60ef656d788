// 1B, 1S, 2S, 4 to 8, 10 to 13, 16, 20: the life of a session.

#include "conformance/mutants.h"
#include "fix/value.h"

namespace fixdrill::conformance {

namespace {

using fix::OutMessage;

// As if the peer had logged on with whatever it sent.
Spoil logs_on() {
  return [](Ruling& ruling, const Occasion&) {
    ruling = Ruling{.phase = Phase::active, .heartbeat = 30};
  };
}

// Says what it has to say, then takes the session for one that is up.
Spoil goes_on() {
  return [](Ruling& ruling, const Occasion&) {
    ruling.phase = Phase::active;
    ruling.hangs_up = false;
  };
}

Spoil answers_logon() {
  return both(logs_on(), says_also({"A", {{98, "0"}, {108, "30"}, {141, "Y"}}}));
}

// Messages again get new numbers, as if they were new.
Spoil sends_as_new() { return drops_field(34); }

// Our clock stands still for what waited: SendingTime(52) is that of the moment it was written.
Spoil keeps_first_time() {
  return [](Ruling& ruling, const Occasion& occasion) {
    for (OutMessage& message : ruling.says)
      set_field(message, 52, fix::utc_timestamp(occasion.state.now.wall_ns));
  };
}

Spoil forgets_queue() {
  return [](Ruling& ruling, const Occasion&) { ruling.queues = false; };
}

Spoil expects_more(int difference) {
  return [difference](Ruling& ruling, const Occasion&) {
    if (ruling.expects) *ruling.expects += difference;
  };
}

Spoil expects_message_itself() {
  return
      [](Ruling& ruling, const Occasion& occasion) { ruling.expects = occasion.state.next_in + 1; };
}

// A ResendRequest for what is missing although nothing is.
Spoil asks_again() { return says_also({"2", {{7, "1"}, {16, "0"}}}); }

Fault heartbeat_at(int percent) {
  return set_up([percent](Settings& settings) { settings.heartbeat_percent = percent; });
}

Fault test_request_at(int percent) {
  return set_up([percent](Settings& settings) { settings.test_request_percent = percent; });
}

}  // namespace

std::vector<Mutant> logon_mutants() {
  using enum Where;
  return {
      {"1B.a", "never calls", set_up([](Settings& s) { s.port = 1; }), initiator, true},
      {"1B.b", "no Logon", spoilt("1B.b", mutes()), initiator, true},
      {"1B.b", "a Heartbeat instead of Logon", spoilt("1B.b", says_instead({"0", {}})), initiator,
       true},
      {"1B.b", "Logon without HeartBtInt(108)", spoilt("1B.b", drops_field(108)), initiator, true},
      {"1B.b", "Logon without EncryptMethod(98)", spoilt("1B.b", drops_field(98)), initiator, true},
      {"1B.c", "no ResendRequest", spoilt("1B.c", mutes("2")), initiator},
      {"1B.c", "asks from one number further on", spoilt("1B.c", adds(7, 1)), initiator},
      {"1B.c", "disconnects", spoilt("1B.c", hangs_up()), initiator, true},
      {"1B.d", "it is accepted", spoilt("1B.d", logs_on()), initiator},
      {"1B.d", "no Logout", spoilt("1B.d", mutes()), initiator},
      {"1B.d", "Logout without Text(58)", spoilt("1B.d", drops_field(58)), initiator},
      {"1B.d", "stays connected", spoilt("1B.d", goes_on()), initiator},
      {"1B.e", "it is taken for a Logon", spoilt("1B.e", logs_on()), initiator},
      {"1B.e", "stays connected", spoilt("1B.e", goes_on()), initiator},
      {"1B.e", "ResendRequest before it disconnects", spoilt("1B.e", asks_again()), initiator},

      {"1S.a", "no Logon", spoilt("1S.a", mutes("A")), acceptor, true},
      {"1S.a", "another HeartBtInt(108)", spoilt("1S.a", adds(108, 1)), acceptor, true},
      {"1S.a", "Logon twice", spoilt("1S.a", says_also({"A", {{98, "0"}, {108, "30"}}})), acceptor,
       true},
      {"1S.a", "no ResendRequest", spoilt("1S.a", mutes("2")), acceptor},
      {"1S.a", "asks from one number further on", spoilt("1S.a", adds(7, 1)), acceptor},
      {"1S.b", "the second one takes over", spoilt("1S.b", answers_logon()), acceptor},
      {"1S.b", "Logout before it disconnects", spoilt("1S.b", says_also({"5", {}})), acceptor},
      {"1S.b", "stays connected", spoilt("1S.b", stays_connected()), acceptor},
      {"1S.c", "it is accepted", spoilt("1S.c", answers_logon()), acceptor},
      {"1S.c", "Logout before it disconnects", spoilt("1S.c", says_also({"5", {}})), acceptor},
      {"1S.c", "stays connected", spoilt("1S.c", stays_connected()), acceptor},
      {"1S.d", "it is accepted", spoilt("1S.d", answers_logon()), acceptor},
      {"1S.d", "no Logout", spoilt("1S.d", mutes()), acceptor},
      {"1S.d", "Logout without Text(58)", spoilt("1S.d", drops_field(58)), acceptor},
      {"1S.d", "stays connected", spoilt("1S.d", stays_connected()), acceptor},
      {"2S", "it is taken for a Logon", spoilt("2S", logs_on()), acceptor},
      {"2S", "stays connected", spoilt("2S", stays_connected()), acceptor},
      {"2S", "Heartbeat before it disconnects", spoilt("2S", says_also({"0", {}})), acceptor},
  };
}

std::vector<Mutant> exchange_mutants() {
  const auto answered = [](const Occasion& occasion) { return occasion.state.asked.has_value(); };
  return {
      {"4.a", "no Heartbeat", spoilt("4.a", mutes())},
      {"4.a", "Heartbeat after half the time", heartbeat_at(50)},
      {"4.a", "Heartbeat after twice the time", heartbeat_at(200)},
      {"4.b", "no Heartbeat", spoilt("4.b", mutes()), Where::everywhere, true},
      {"4.b", "Heartbeat without TestReqID(112)", spoilt("4.b", drops_field(112)),
       Where::everywhere, true},
      {"4.b", "another TestReqID(112)", spoilt("4.b", alters(112, "TEST")), Where::everywhere,
       true},
      {"4.b", "Heartbeat twice", spoilt("4.b", says_twice()), Where::everywhere, true},
      {"5", "Heartbeat in return", spoilt("5", says_also({"0", {}})), Where::everywhere, true},
      {"5", "the number is not used up", spoilt("5", does_not_count()), Where::everywhere, true},
      {"5", "disconnects", spoilt("5", hangs_up()), Where::everywhere, true},
      {"6", "no TestRequest", spoilt("6", mutes())},
      {"6", "TestRequest too early", test_request_at(60)},
      {"6", "TestRequest too late", test_request_at(220)},
      {"6", "TestRequest without TestReqID(112)", spoilt("6", drops_field(112))},
      {"6", "disconnects at once", spoilt("6", hangs_up())},
      {"6", "disconnects though it was answered", without("6.answer")},
      {"6", "disconnects when something else comes before the answer",
       spoilt("*", when(
                       [answered](const Occasion& o) {
                         return o.message && answered(o) && o.message->value(112) != *o.state.asked;
                       },
                       hangs_up()))},
      {"7 2.p", "the number is not used up", spoilt("7", does_not_count())},
      {"7 2.p", "Reject in return", spoilt("7", says_also({"3", {{45, "2"}}}))},
      {"7 2.p", "Logout", spoilt("7", says_also({"5", {}}))},
      {"7 2.p", "disconnects", spoilt("7", hangs_up())},
      {"8", "nothing is sent again", spoilt("8", mutes())},
      {"8", "no application message is sent again, nor its number filled",
       spoilt("8", both(mutes("8"), mutes("D")))},
      {"8", "no gap fill", spoilt("8", mutes("4"))},
      {"8", "no PossDupFlag(43)", spoilt("8", drops_field(43))},
      {"8", "no OrigSendingTime(122)", spoilt("8", drops_field(122))},
      {"8", "new numbers", spoilt("8", sends_as_new())},
      {"8", "NewSeqNo(36) too high by one", spoilt("8", adds(36, 1))},
      {"8", "NewSeqNo(36) too low by one", spoilt("8", adds(36, -1))},
      {"8", "a reset instead of a gap fill", spoilt("8", drops_field(123))},
      {"8", "everything twice", spoilt("8", says_twice())},
      {"8", "the number is not used up", spoilt("8", does_not_count())},
      {"12 13.a", "no Logout", spoilt("12", mutes())},
      {"12", "disconnects without waiting", spoilt("12", hangs_up())},
      {"12", "never disconnects", without("12.drop"), Where::everywhere, true},
      {"13.a 12", "Heartbeat before it disconnects", spoilt("13.a", says_also({"0", {}}))},
      {"13.a 12", "ResendRequest before it disconnects", spoilt("13.a", asks_again())},
      {"13.a 12", "Logout before it disconnects", spoilt("13.a", says_also({"5", {}}))},
      {"13.a 12", "stays connected", spoilt("13.a", stays_connected())},
      {"13.b 1S.a", "no Logout", spoilt("13.b", mutes())},
      {"13.b", "Logout twice", spoilt("13.b", says_twice())},
      {"13.b", "never disconnects", without("13.b.drop")},
      {"16.a 16.b", "what could not be sent is lost", spoilt("16.a", forgets_queue())},
      {"16.a", "SendingTime(52) of the moment it was written", spoilt("16.a", keeps_first_time())},
      {"16.b 16.a", "what waited is never sent", without("16.b")},
      {"16.b 16.a", "what waited is sent twice", spoilt("16.b", says_twice())},
      {"20", "the request is not served", spoilt("20", mutes("4"))},
      {"20", "no further ResendRequest", spoilt("20", mutes("2"))},
      {"20", "asks from one number further on", spoilt("20", adds(7, 1))},
      {"20", "disconnects", spoilt("20", hangs_up())},
  };
}

std::vector<Mutant> reset_mutants() {
  std::vector<Mutant> mutants = {
      {"10.a", "no ResendRequest", spoilt("10.a", mutes())},
      {"10.a", "asks from one number further on", spoilt("10.a", adds(7, 1))},
      {"10.a", "it is taken as it is", spoilt("10.a", processes())},
      {"10.a", "disconnects", spoilt("10.a", hangs_up())},
      {"10.b", "NextNumIn goes up by one only", spoilt("10.b", expects_message_itself()),
       Where::everywhere, true},
      {"10.b", "NextNumIn is one too high", spoilt("10.b", expects_more(1)), Where::everywhere,
       true},
      {"10.b", "ResendRequest", spoilt("10.b", asks_again()), Where::everywhere, true},
      {"10.c", "Logout: too low", without("10.c")},
      {"10.c", "it is taken as it is", spoilt("10.c", processes())},
      {"10.c", "the number is used up", spoilt("10.c", counts())},
      {"10.d", "no Logout", spoilt("10.d", mutes())},
      {"10.d", "it is ignored", spoilt("10.d", both(mutes(), stays_connected()))},
      {"10.d", "it is taken as it is", spoilt("10.d", processes())},
      {"10.d", "stays connected", spoilt("10.d", stays_connected())},
      {"10.e", "it is taken as it is", without("10.e")},
      {"10.e", "no Reject", spoilt("10.e", mutes())},
      {"10.e", "another RefSeqNum(45)", spoilt("10.e", adds(45, -1))},
      {"11.a", "it is ignored", spoilt("11.a", both(does_not_count(), expects_more(-1)))},
      {"11.a", "NextNumIn is one too high", spoilt("11.a", expects_more(1))},
      {"11.a", "Reject", spoilt("11.a", says_also({"3", {{45, "2"}}}))},
      {"11.b", "the number is used up", spoilt("11.b", counts())},
      {"11.b", "Reject", spoilt("11.b", says_also({"3", {{45, "2"}}}))},
      {"11.b", "disconnects", spoilt("11.b", hangs_up())},
      {"11.c", "it is taken as it is", without("11.c")},
      {"11.c", "no Reject", spoilt("11.c", mutes())},
      {"11.c", "another SessionRejectReason(373)", spoilt("11.c", alters(373, "99"))},
      {"11.c", "another RefSeqNum(45)", spoilt("11.c", adds(45, -1))},
      {"11.c", "the number is used up", spoilt("11.c", counts())},
      {"11.c", "disconnects", spoilt("11.c", hangs_up())},
  };
  return mutants;
}

}  // namespace fixdrill::conformance
