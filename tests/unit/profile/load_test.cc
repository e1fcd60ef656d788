#include <gmock/gmock.h>

#include "profile_text.h"

namespace fixdrill::profile {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kFull = R"(environment = "certification"
allow = ["cert.example.com:9876"]
keep = "run"
leftovers = "warn"
[param]
symbol = "TEST1"
price = 10.050
size = 1_000
[secret]
totp = { prompt = "Code of the day" }
[session.OE]
host = "cert.example.com"
port = 9876
begin_string = "FIX.4.4"
sender = "BRK1"
target = "EXCH"
heartbeat = 20
reset_on_logon = true
validate = "reject"
store = "memory"
username = "trader"
password = { env = "OE_PW" }
dictionary = ["FIX44", "acme.csv", "/etc/specs/x.xml"]
clordid = "[0-9]{12}"
mask = [1400, "58"]
[session.OE.header]
"142" = "US,IL"
"57" = "DESK"
[session.OE.logon]
"98" = "!"
"9001" = "Y"
"9002" = "N"
[session.OE.defaults.NewOrderSingle]
Account = "A1"
TransactTime = "${now()}"
"21" = 1
[session.DC]
begin_string = "FIXT.1.1"
appl_ver_id = "9"
sender = "BRK1"
target = "DROP"
role = "acceptor"
dictionary = "FIX50SP2"
[limits]
max_order_qty = 50000
messages_per_second = 10
symbols = ["TEST1", "TEST2"]
[defaults]
within = "1500ms"
ignore = ["News"]
)";

Profile full() {
  auto loaded = load(source(kFull, "desk/fixdrill.toml"));
  EXPECT_TRUE(loaded.ok()) << loaded.error().text;
  return *loaded;
}

TEST(LoadProfile, ReadsTheTop) {
  auto profile = full();
  EXPECT_EQ(profile.path, "desk/fixdrill.toml");
  EXPECT_EQ(profile.environment, Environment::certification);
  EXPECT_THAT(profile.allow, ElementsAre("cert.example.com:9876"));
  EXPECT_TRUE(profile.keep_run);
  EXPECT_TRUE(profile.leftovers_warn);
  EXPECT_EQ(profile.within, std::chrono::milliseconds(1500));
  EXPECT_THAT(profile.ignore, ElementsAre("News"));
}

TEST(LoadProfile, ReadsParamsAsTheyAreWritten) {
  auto profile = full();
  ASSERT_EQ(profile.params.size(), 3u);
  EXPECT_EQ(profile.params[0].name, "symbol");
  EXPECT_EQ(profile.params[0].value, "TEST1");
  EXPECT_EQ(profile.params[1].value, "10.050");
  EXPECT_EQ(profile.params[2].value, "1000");
  EXPECT_EQ(location_text(profile.params[1].span), "desk/fixdrill.toml:7:1");
}

TEST(LoadProfile, ReadsWhereSecretsAre) {
  auto profile = full();
  ASSERT_EQ(profile.secrets.count("totp"), 1u);
  EXPECT_EQ(profile.secrets["totp"].source, SecretRef::Source::prompt);
  EXPECT_EQ(profile.secrets["totp"].name, "Code of the day");
  auto password = profile.session("OE")->password;
  ASSERT_TRUE(password);
  EXPECT_EQ(password->source, SecretRef::Source::env);
  EXPECT_EQ(password->name, "OE_PW");
  EXPECT_EQ(location_text(password->span), "desk/fixdrill.toml:22:20");
}

TEST(LoadProfile, ReadsASession) {
  auto profile = full();
  ASSERT_EQ(profile.sessions.size(), 2u);
  const Session& session = profile.sessions[0];
  EXPECT_EQ(&session, profile.session("OE"));
  EXPECT_EQ(session.name, "OE");
  EXPECT_EQ(location_text(session.span), "desk/fixdrill.toml:11:10");
  EXPECT_EQ(session.host, "cert.example.com");
  EXPECT_EQ(location_text(session.host_span), "desk/fixdrill.toml:12:8");
  EXPECT_EQ(session.port, 9876);
  EXPECT_EQ(session.begin_string, "FIX.4.4");
  EXPECT_EQ(session.sender, "BRK1");
  EXPECT_EQ(session.target, "EXCH");
  EXPECT_FALSE(session.acceptor);
  EXPECT_TRUE(profile.sessions[1].acceptor);
  EXPECT_EQ(session.heartbeat, 20);
  EXPECT_TRUE(session.reset_on_logon);
  EXPECT_EQ(session.validate, Validate::reject);
  EXPECT_EQ(session.store, StoreKind::memory);
  EXPECT_EQ(session.username, "trader");
  EXPECT_THAT(session.dictionary, ElementsAre("FIX44", "desk/acme.csv", "/etc/specs/x.xml"));
  EXPECT_EQ(session.clordid, "[0-9]{12}");
  EXPECT_THAT(session.mask, ElementsAre(1400, 58));
}

TEST(LoadProfile, ReadsWhatIsForetold) {
  auto loaded =
      load(source("environment = \"uat\"\n[xfail]\n\"14.k/early\" = \"EXCH-7\"\n[skip]\n20 = "
                  "\"later\"\n",
                  "desk/fixdrill.toml"));
  ASSERT_TRUE(loaded.ok()) << loaded.error().text;
  ASSERT_EQ(loaded->xfails.size(), 1u);
  EXPECT_EQ(loaded->xfails[0].id, "14.k/early");
  EXPECT_EQ(loaded->xfails[0].reason, "EXCH-7");
  EXPECT_EQ(location_text(loaded->xfails[0].span), "desk/fixdrill.toml:3:1");
  ASSERT_EQ(loaded->skips.size(), 1u);
  EXPECT_EQ(loaded->skips[0].id, "20");
}

TEST(LoadProfile, ReadsFieldsInTheOrderOfTheFile) {
  auto profile = full();
  const Session& session = *profile.session("OE");
  ASSERT_EQ(session.header.size(), 2u);
  EXPECT_EQ(session.header[0].tag, 142);
  EXPECT_EQ(session.header[0].value, "US,IL");
  EXPECT_EQ(session.header[1].tag, 57);
  ASSERT_EQ(session.logon.size(), 3u);
  EXPECT_EQ(session.logon[0].tag, 98);
  EXPECT_EQ(session.logon[0].value, "!");
  EXPECT_EQ(session.logon[2].value, "N");
  const auto& order = session.defaults.at("NewOrderSingle");
  ASSERT_EQ(order.size(), 3u);
  EXPECT_EQ(order[0].field, "Account");
  EXPECT_EQ(order[1].value, "${now()}");
  EXPECT_EQ(order[2].field, "21");
  EXPECT_EQ(order[2].value, "1");
}

TEST(LoadProfile, GivesDefaults) {
  auto profile = full();
  const Session& session = *profile.session("DC");
  EXPECT_EQ(session.appl_ver_id, "9");
  EXPECT_EQ(session.host, "127.0.0.1");
  EXPECT_EQ(session.port, 0);
  EXPECT_EQ(session.heartbeat, 30);
  EXPECT_FALSE(session.reset_on_logon);
  EXPECT_EQ(session.validate, Validate::none);
  EXPECT_EQ(session.store, StoreKind::file);
  EXPECT_FALSE(session.password);
  EXPECT_THAT(session.dictionary, ElementsAre("FIX50SP2"));
  EXPECT_EQ(profile.session("XX"), nullptr);

  auto least = load(source("environment = \"simulator\"\n"));
  ASSERT_TRUE(least.ok());
  EXPECT_FALSE(least->keep_run);
  EXPECT_FALSE(least->leftovers_warn);
  EXPECT_EQ(least->within, std::chrono::seconds(5));
  EXPECT_EQ(least->limits.max_order_qty, 10'000);
  EXPECT_THAT(least->limits.raised, IsEmpty());
}

TEST(LoadProfile, NotesLimitsThatDifferFromTheDefaults) {
  auto limits = full().limits;
  EXPECT_EQ(limits.max_order_qty, 50'000);
  EXPECT_EQ(limits.messages_per_second, 10);
  EXPECT_THAT(limits.symbols, ElementsAre("TEST1", "TEST2"));
  EXPECT_THAT(limits.raised, ElementsAre("max_order_qty = 50000 (default 10000)",
                                         "messages_per_second = 10 (default 100)"));
}

TEST(LoadProfile, KnowsEveryEnvironment) {
  for (auto environment : {Environment::simulator, Environment::certification, Environment::uat,
                           Environment::production}) {
    std::string name = environment_name(environment);
    auto loaded = load(source("environment = \"" + name + "\""));
    ASSERT_TRUE(loaded.ok()) << loaded.error().text;
    EXPECT_EQ(loaded->environment, environment);
  }
}

TEST(LoadProfile, EndsCrlfLinesAndReadsUtf8) {
  auto loaded = load(source("environment = \"uat\"\r\n[param]\r\nname = \"J\u00f6rg\"\r\n"));
  ASSERT_TRUE(loaded.ok()) << loaded.error().text;
  EXPECT_EQ(loaded->params[0].value, "J\u00f6rg");
}

}  // namespace
}  // namespace fixdrill::profile
