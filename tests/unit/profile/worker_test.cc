// {worker}: what it stands for, and what is said when it is misspelt or out of place.
#include "profile/worker.h"

#include "base/limits.h"
#include "profile_text.h"

namespace fixdrill::profile {
namespace {

const std::string kSession = R"(environment = "simulator"
[session.OE]
begin_string = "FIX.4.4"
)";

TEST(Worker, ItsNumberStandsInIdentitiesAndHeader) {
  auto loaded = load(source(kSession + R"(sender = "BRK{worker}"
target = "EX{worker}_{worker}"
username = "u{worker}"
[session.OE.header]
"50" = "DESK{worker}"
"57" = "all"
[session.DC]
begin_string = "FIX.4.4"
sender = "DROP"
target = "EXCH"
)"));
  ASSERT_TRUE(loaded.ok()) << loaded.error().text;
  const Profile twelve = for_worker(*loaded, 12);
  EXPECT_EQ(twelve.sessions[0].sender, "BRK12");
  EXPECT_EQ(twelve.sessions[0].target, "EX12_12");
  EXPECT_EQ(twelve.sessions[0].username, "u12");
  EXPECT_EQ(twelve.sessions[0].header[0].value, "DESK12");
  EXPECT_EQ(twelve.sessions[0].header[1].value, "all");
  EXPECT_EQ(twelve.sessions[1].sender, "DROP");
  EXPECT_EQ(loaded->sessions[0].sender, "BRK{worker}");
}

TEST(Worker, EachHasAPortOfItsOwnWhereTheSessionSaysSo) {
  Profile profile;
  profile.sessions.resize(2);
  for (Session& session : profile.sessions) session.port = 5001;
  profile.sessions[0].port_of_worker = true;
  EXPECT_EQ(for_worker(profile, 1).sessions[0].port, 5001);
  EXPECT_EQ(for_worker(profile, 3).sessions[0].port, 5003);
  EXPECT_EQ(for_worker(profile, 3).sessions[1].port, 5001);
}

TEST(Worker, TextsAreItselfAndThoseOfEveryLane) {
  const auto texts = texts_of_workers("BRK{worker}");
  ASSERT_EQ(texts.size(), 1 + limits::kLanes);
  EXPECT_EQ(texts.front(), "BRK{worker}");
  EXPECT_EQ(texts[1], "BRK1");
  EXPECT_EQ(texts.back(), "BRK64");
  EXPECT_TRUE(texts_of_workers("BRK1").empty());
}

TEST(Worker, OtherBracesAreTextAndDefaultsHaveExpressions) {
  auto loaded = load(source(kSession + R"(sender = "{DESK}-{7}{"
target = "EXCH"
[param]
worker = "me"
[session.OE.defaults.NewOrderSingle]
Text = "${worker}"
)"));
  ASSERT_TRUE(loaded.ok()) << loaded.error().text;
  EXPECT_EQ(for_worker(*loaded, 2).sessions[0].sender, "{DESK}-{7}{");
  EXPECT_EQ(for_worker(*loaded, 2).sessions[0].defaults["NewOrderSingle"][0].value, "${worker}");
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(
    Worker, ProfileError,
    testing::Values(
        Case{
            "MisspeltInEveryPlace", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "BRK{workers}"
target = "{Worker}{worker}{wroker}"
username = "${worker}"
[session.OE.header]
"50" = "D{ worker }"
"57" = "D{worker")",
            R"(fixdrill.toml:4:14: error: '{workers}' would be sent as it stands; did you mean {worker}?
4 | sender = "BRK{workers}"
  |              ^^^^^^^^^
fixdrill.toml:5:11: error: '{Worker}' would be sent as it stands; did you mean {worker}?
5 | target = "{Worker}{worker}{wroker}"
  |           ^^^^^^^^
fixdrill.toml:5:27: error: '{wroker}' would be sent as it stands; did you mean {worker}?
5 | target = "{Worker}{worker}{wroker}"
  |                           ^^^^^^^^
fixdrill.toml:6:13: error: '${worker}' would be sent as it stands; did you mean {worker}?
6 | username = "${worker}"
  |             ^^^^^^^^^
fixdrill.toml:8:10: error: '{ worker }' would be sent as it stands; did you mean {worker}?
8 | "50" = "D{ worker }"
  |          ^^^^^^^^^^
fixdrill.toml:9:10: error: '{worker' would be sent as it stands; did you mean {worker}?
9 | "57" = "D{worker"
  |          ^^^^^^^)"},
        Case{
            "OutOfPlace", R"(environment = "uat"
[session.OE]
host = "h{worker}"
begin_string = "FIX.4.4"
sender = "A"
target = "B"
clordid = "A{worker}"
[session.OE.logon]
"9001" = "L{worker}"
[session.OE.defaults.NewOrderSingle]
Account = "A{worker}"
[param]
account = "{worker}")",
            R"(fixdrill.toml:3:10: error: {worker} has a meaning in sender, target, username and header values of a session only
3 | host = "h{worker}"
  |          ^^^^^^^^
fixdrill.toml:7:13: error: {worker} has a meaning in sender, target, username and header values of a session only
7 | clordid = "A{worker}"
  |             ^^^^^^^^
fixdrill.toml:9:12: error: {worker} has a meaning in sender, target, username and header values of a session only
9 | "9001" = "L{worker}"
  |            ^^^^^^^^
fixdrill.toml:11:13: error: {worker} has a meaning in sender, target, username and header values of a session only
11 | Account = "A{worker}"
   |             ^^^^^^^^
fixdrill.toml:13:12: error: {worker} has a meaning in sender, target, username and header values of a session only
13 | account = "{worker}"
   |            ^^^^^^^^)"}),
    [](const auto& info) { return info.param.name; });

}  // namespace fixdrill::profile
