// Simulator files: what they say, and what is said of mistakes in them.
#include "sim/sim_file.h"

#include <gtest/gtest.h>

namespace fixdrill::sim {
namespace {

Result<Config> read(const std::string& text) {
  return read_sim_file(std::make_shared<SourceFile>("sim.toml", text));
}

std::string error_of(const std::string& text) {
  const auto config = read(text);
  return config ? "no error" : config.error().text;
}

TEST(SimFile, SaysWhereItListensAndWhatItQuotes) {
  const auto config = read(R"([sim]
listen = "0.0.0.0"
port = 9900
comp_id = "EXCH"
clients = ["BRK1", "BRK2"]
validate = false
cancel_on_disconnect = false
[[sim.quote]]
symbol = "MSFT"
bid = 10.10
offer = "10.20"
size = 1_000
[[sim.quote]]
symbol = "ONLY-BID"
bid = 5
size = 0.5
)");
  ASSERT_TRUE(config.ok()) << config.error().text;
  EXPECT_EQ(config->listen, "0.0.0.0");
  EXPECT_EQ(config->port, 9900);
  EXPECT_EQ(config->comp_id, "EXCH");
  EXPECT_EQ(config->clients, (std::vector<std::string>{"BRK1", "BRK2"}));
  EXPECT_EQ(config->checks, Checks::none);
  EXPECT_FALSE(config->cancel_on_disconnect);
  ASSERT_EQ(config->quotes.size(), 2u);
  EXPECT_EQ(config->quotes[0].symbol, "MSFT");
  EXPECT_EQ(config->quotes[0].bid, 1'010'000'000);
  EXPECT_EQ(config->quotes[0].offer, 1'020'000'000);
  EXPECT_EQ(config->quotes[0].size, 100'000'000'000);
  EXPECT_EQ(config->quotes[1].offer, 0);
  EXPECT_EQ(config->quotes[1].size, 50'000'000);
}

TEST(SimFile, NamesTheApplicationAndTheClientsItServes) {
  const auto config = read(R"([sim]
application = "acceptance"
validate = "engine"
reset_on_logon = true
[[sim.session]]
comp_id = "TW44"
begin_string = "FIX.4.4"
[[sim.session]]
comp_id = "TW50"
begin_string = "FIXT.1.1"
appl_ver_id = "7"
fields_have_values = false
)");
  ASSERT_TRUE(config.ok()) << config.error().text;
  EXPECT_EQ(config->application, ApplicationKind::acceptance);
  EXPECT_EQ(config->checks, Checks::engine);
  EXPECT_TRUE(config->reset_on_logon);
  ASSERT_EQ(config->sessions.size(), 2u);
  EXPECT_EQ(config->sessions[0].comp_id, "TW44");
  EXPECT_EQ(config->sessions[0].begin_string, "FIX.4.4");
  EXPECT_TRUE(config->sessions[0].fields_have_values);
  EXPECT_EQ(config->sessions[1].appl_ver_id, "7");
  EXPECT_FALSE(config->sessions[1].fields_have_values);
}

TEST(SimFile, MistakesAboutTheApplicationAndItsClientsAreTold) {
  EXPECT_EQ(error_of(R"([sim]
application = "acceptence"
validate = "engines"
[[sim.session]]
comp_id = "TW44"
begin_string = "FIX.4.4"
[[sim.session]]
comp_id = "TW44"
begin_string = "FIX.4.4"
appl_ver_id = "9"
[[sim.session]]
begin_string = "FIXT.1.1"
fields_have_values = false
)"),
            "sim.toml:2:15: error: application has no value \"acceptence\"; did you mean "
            "\"acceptance\"?\n"
            "2 | application = \"acceptence\"\n"
            "  |               ^^^^^^^^^^^^\n"
            "sim.toml:3:12: error: validate is true, false or \"engine\"\n"
            "3 | validate = \"engines\"\n"
            "  |            ^^^^^^^^^\n"
            "sim.toml:8:11: error: TW44 has a session in FIX.4.4 already\n"
            "8 | comp_id = \"TW44\"\n"
            "  |           ^^^^^^\n"
            "sim.toml:10:15: error: appl_ver_id belongs to FIXT.1.1; FIX.4.4 has no "
            "DefaultApplVerID(1137)\n"
            "10 | appl_ver_id = \"9\"\n"
            "   |               ^^^\n"
            "sim.toml:11:1: error: [[sim.session]] lacks comp_id; write comp_id = \"BRK1\", the "
            "SenderCompID(49) of its Logon\n"
            "11 | [[sim.session]]\n"
            "   | ^^^^^^^^^^^^^^^\n"
            "sim.toml:11:1: error: [[sim.session]] lacks appl_ver_id; write \"7\" for FIX 5.0, "
            "\"8\" for 5.0 SP1 or \"9\" for 5.0 SP2\n"
            "11 | [[sim.session]]\n"
            "   | ^^^^^^^^^^^^^^^\n"
            "sim.toml:13:22: error: fields_have_values is a rule of the engine: write validate = "
            "\"engine\" too\n"
            "13 | fields_have_values = false\n"
            "   |                      ^^^^^");
  EXPECT_EQ(error_of("[sim]\nvalidate = 1\n"),
            "sim.toml:2:12: error: validate is true, false or \"engine\"\n"
            "2 | validate = 1\n"
            "  |            ^");
  EXPECT_EQ(error_of("[sim]\nsession = [1]\n"),
            "sim.toml:2:12: error: a session is a table: [[sim.session]]\n"
            "2 | session = [1]\n"
            "  |            ^");
}

TEST(SimFile, AnAcceptanceApplicationHasNoQuotes) {
  EXPECT_EQ(error_of("[sim]\napplication = \"acceptance\"\n"
                     "[[sim.quote]]\nsymbol = \"A\"\nbid = 1\nsize = 1\n"),
            "sim.toml:3:1: error: the acceptance application trades nothing: it has no quotes\n"
            "3 | [[sim.quote]]\n"
            "  | ^^^^^^^^^^^^^");
}

TEST(SimFile, AnEmptyOneQuotesWhatIsBuiltIn) {
  const auto config = read("");
  ASSERT_TRUE(config.ok());
  ASSERT_EQ(config->quotes.size(), 2u);
  EXPECT_EQ(config->quotes[0].symbol, "MSFT");
  EXPECT_EQ(config->listen, "127.0.0.1");
  EXPECT_EQ(config->checks, Checks::dictionary);
}

TEST(SimFile, AllMistakesAreToldAtOnce) {
  EXPECT_EQ(error_of(R"([sim]
prot = 9900
[[sim.quote]]
symbol = "MSFT"
bid = 10.30
offer = 10.20
size = 100
[[sim.quote]]
symbol = "MSFT"
bid = -1
size = 0
[[sim.quote]]
offer = 10.123456789
)"),
            "sim.toml:2:1: error: [sim] has no key 'prot'; did you mean port?\n"
            "2 | prot = 9900\n"
            "  | ^^^^\n"
            "sim.toml:5:7: error: the bid must be below the offer\n"
            "5 | bid = 10.30\n"
            "  |       ^^^^^\n"
            "sim.toml:9:10: error: MSFT has a quote already\n"
            "9 | symbol = \"MSFT\"\n"
            "  |          ^^^^^^\n"
            "sim.toml:10:7: error: bid is a number above 0, at most 1000000000, with up to 8 "
            "decimals\n"
            "10 | bid = -1\n"
            "   |       ^^\n"
            "sim.toml:11:8: error: size is a number above 0, at most 1000000000, with up to 8 "
            "decimals\n"
            "11 | size = 0\n"
            "   |        ^\n"
            "sim.toml:12:1: error: [[sim.quote]] lacks symbol; write symbol = \"MSFT\"\n"
            "12 | [[sim.quote]]\n"
            "   | ^^^^^^^^^^^^^\n"
            "sim.toml:12:1: error: [[sim.quote]] lacks size; write size = 1000, the quantity it "
            "trades at once\n"
            "12 | [[sim.quote]]\n"
            "   | ^^^^^^^^^^^^^\n"
            "sim.toml:13:9: error: offer is a number above 0, at most 1000000000, with up to 8 "
            "decimals\n"
            "13 | offer = 10.123456789\n"
            "   |         ^^^^^^^^^^^^");
}

TEST(SimFile, AQuoteHasASide) {
  EXPECT_EQ(error_of("[[sim.quote]]\nsymbol = \"A\"\nsize = 1\n"),
            "sim.toml:1:1: error: a quote has a bid, an offer or both\n"
            "1 | [[sim.quote]]\n"
            "  | ^^^^^^^^^^^^^");
}

TEST(SimFile, WhatIsNoTomlIsToldWithItsPlace) {
  EXPECT_EQ(error_of("[sim\n").substr(0, 19), "sim.toml:1:5: error");
}

TEST(SimFile, ATableThatBelongsToAProfileIsRefused) {
  EXPECT_EQ(error_of("[session.OE]\nport = 1\n"),
            "sim.toml:1:2: error: a simulator file has no key 'session'; it has sim\n"
            "1 | [session.OE]\n"
            "  |  ^^^^^^^");
}

}  // namespace
}  // namespace fixdrill::sim
