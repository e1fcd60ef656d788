#include "profile_text.h"

namespace fixdrill::profile {
namespace {

DenyList deny() { return {{"live.example.com", "*.prod.example.com", "192.0.2.9"}, {"LIVE1"}}; }

std::string refusal(const Status& status) {
  if (status.ok()) return "passes";
  EXPECT_EQ(status.error().kind, ErrorKind::guard);
  return status.error().text;
}

std::string target(const Profile& profile) {
  return refusal(check_target(profile, profile.sessions.at(0), deny()));
}

std::string peer(const Profile& profile, const std::string& address) {
  return refusal(check_peer(profile, profile.sessions.at(0), address, deny()));
}

TEST(GuardSimulator, MeansThisMachine) {
  for (const char* host : {"127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST.", "::1"}) {
    EXPECT_EQ(target(profile_to(host, "simulator")), "passes") << host;
  }
  for (const char* host : {"10.0.0.1", "127.0.0.1.example.com", "localhost.example.com", "0.0.0.0",
                           "::", "128.0.0.1"}) {
    EXPECT_NE(target(profile_to(host, "simulator")), "passes") << host;
  }
}

TEST(GuardSimulator, SaysWhereTheSessionGoes) {
  EXPECT_EQ(
      target(profile_to("cert.example.com", "simulator")),
      R"(fixdrill.toml:4:8: error: session OE goes to cert.example.com:9876, but environment "simulator" means this machine only; nothing was sent
4 | host = "cert.example.com"
  |        ^^^^^^^^^^^^^^^^^^)");
}

TEST(GuardSimulator, LooksAtThePeerToo) {
  auto profile = profile_to("localhost", "simulator");
  EXPECT_EQ(peer(profile, "127.0.0.1"), "passes");
  EXPECT_EQ(peer(profile, "::1"), "passes");
  EXPECT_EQ(peer(profile, "::ffff:127.0.0.1"), "passes");
  EXPECT_EQ(
      peer(profile, "198.51.100.7"),
      R"(fixdrill.toml:4:8: error: localhost turned out to be 198.51.100.7, but environment "simulator" means this machine only; nothing was sent
4 | host = "localhost"
  |        ^^^^^^^^^^^)");
}

TEST(GuardAllow, NamesEveryTarget) {
  for (const char* environment : {"certification", "uat", "production"}) {
    EXPECT_EQ(target(profile_to("cert.example.com", environment, "\"cert.example.com:9876\"")),
              "passes");
    EXPECT_NE(target(profile_to("cert.example.com", environment)), "passes");
    EXPECT_NE(target(profile_to("127.0.0.1", environment)), "passes");
    EXPECT_EQ(target(profile_to("127.0.0.1", environment, "\"127.0.0.1:9876\"")), "passes");
  }
}

TEST(GuardAllow, ComparesAsTheNetworkDoes) {
  EXPECT_EQ(target(profile_to("CERT.example.com.", "uat", "\"cert.Example.com:9876\"")), "passes");
  EXPECT_EQ(target(profile_to("2001:db8::1", "uat", "\"[2001:DB8::1]:9876\"")), "passes");
  EXPECT_NE(target(profile_to("cert.example.com", "uat", "\"cert.example.com:9877\"")), "passes");
  EXPECT_NE(target(profile_to("a.cert.example.com", "uat", "\"cert.example.com:9876\"")), "passes");
}

TEST(GuardAllow, SuggestsTheNearest) {
  EXPECT_EQ(
      target(profile_to("cret.example.com", "uat", "\"cert.example.com:9876\"")),
      R"(fixdrill.toml:4:8: error: session OE goes to cret.example.com:9876, which is not in allow (did you mean cert.example.com:9876?); nothing was sent
4 | host = "cret.example.com"
  |        ^^^^^^^^^^^^^^^^^^)");
  EXPECT_EQ(
      target(profile_to("127.0.0.1", "uat", "\"cert.example.com:9876\"")),
      R"(fixdrill.toml:4:8: error: session OE goes to 127.0.0.1:9876, which is not in allow; if test orders may go there, add it: allow = ["127.0.0.1:9876"]; nothing was sent
4 | host = "127.0.0.1"
  |        ^^^^^^^^^^^)");
}

TEST(GuardAllow, ANameThatLeadsToATunnelIsNotEnough) {
  auto profile = profile_to("cert.example.com", "uat", "\"cert.example.com:9876\"");
  EXPECT_EQ(peer(profile, "198.51.100.7"), "passes");
  EXPECT_EQ(
      peer(profile, "127.0.0.1"),
      R"(fixdrill.toml:4:8: error: cert.example.com turned out to be 127.0.0.1 on this machine, perhaps a tunnel; if test orders may go there, add it: allow = ["127.0.0.1:9876"]; nothing was sent
4 | host = "cert.example.com"
  |        ^^^^^^^^^^^^^^^^^^)");
  EXPECT_EQ(
      peer(profile_to("cert.example.com", "uat", "\"cert.example.com:9876\", \"127.0.0.1:9876\""),
           "127.0.0.1"),
      "passes");
}

TEST(GuardDeny, RefusesProductionOutsideProduction) {
  for (const char* host : {"live.example.com", "LIVE.example.com.", "a.prod.example.com"}) {
    auto allow = '"' + std::string(host) + ":9876\"";
    EXPECT_NE(target(profile_to(host, "uat", allow)), "passes") << host;
    EXPECT_EQ(target(profile_to(host, "production", allow)), "passes") << host;
  }
  EXPECT_EQ(
      target(profile_to("live.example.com", "uat", "\"live.example.com:9876\"")),
      R"(fixdrill.toml:4:8: error: live.example.com is a production host, but this profile says environment "uat"; nothing was sent
4 | host = "live.example.com"
  |        ^^^^^^^^^^^^^^^^^^)");
}

TEST(GuardDeny, RefusesAProductionAddress) {
  auto profile = profile_to("cert.example.com", "uat", "\"cert.example.com:9876\"");
  EXPECT_EQ(
      peer(profile, "192.0.2.9"),
      R"(fixdrill.toml:4:8: error: cert.example.com turned out to be 192.0.2.9, a production host, but this profile says environment "uat"; nothing was sent
4 | host = "cert.example.com"
  |        ^^^^^^^^^^^^^^^^^^)");
}

TEST(GuardDeny, RefusesProductionCompIds) {
  auto profile = profile_to("127.0.0.1", "simulator");
  profile.sessions[0].target = "LIVE1";
  EXPECT_EQ(
      target(profile),
      R"(fixdrill.toml:3:10: error: LIVE1 is a production CompID, but this profile says environment "simulator"; nothing was sent
3 | [session.OE]
  |          ^^)");
}

TEST(GuardDeny, KnowsPublishedProductionHosts) {
  for (const std::string& host : built_in_deny_list().hosts) {
    auto profile = profile_to(host, "certification", '"' + host + ":9876\"");
    EXPECT_FALSE(check_target(profile, profile.sessions[0], built_in_deny_list()).ok()) << host;
  }
  auto sandbox = profile_to("fix-ord.sandbox.exchange.coinbase.com", "certification",
                            "\"fix-ord.sandbox.exchange.coinbase.com:9876\"");
  EXPECT_TRUE(check_target(sandbox, sandbox.sessions[0], built_in_deny_list()).ok());
}

TEST(GuardProduction, NeverResetsNumbers) {
  EXPECT_EQ(
      target(profile_to("live.example.com", "production", "\"live.example.com:9876\"",
                        "reset_on_logon = true")),
      R"(fixdrill.toml:3:10: error: session OE resets the sequence numbers (reset_on_logon), which never goes to production; nothing was sent
3 | [session.OE]
  |          ^^)");
}

}  // namespace
}  // namespace fixdrill::profile
