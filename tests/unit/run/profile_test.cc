// What a profile adds to messages and takes away from the inbox, on engine and wire sessions.
#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

class ProfileInRun : public DrillRun {
 protected:
  ProfileInRun() {
    profile_text = R"(
environment = "simulator"
[session.OE]
port = 9000
begin_string = "FIX.4.4"
sender = "BRK1"
target = "EXCH"
store = "memory"
[session.OE.header]
"142" = "US,IL"
[session.OE.defaults.NewOrderSingle]
Account = "A1"
TransactTime = "${now()}"
ClOrdID = "${uid()}"
OrdType = "Market"
"21" = 1
[session.OE.defaults.B]
Headline = "by default"
[session.EX]
port = 9000
begin_string = "FIX.4.4"
sender = "EXCH"
target = "BRK1"
store = "memory"
[defaults]
ignore = ["News", "QuoteRequest"]
)";
  }
  static constexpr const char* kSteps =
      "  OE: send NewOrderSingle { Symbol = MSFT | Side = Buy | OrderQty = 1 }\n"
      "  EX: expect NewOrderSingle as a {\n"
      "    142 = \"US,IL\" | Account = A1 | HandlInst = 1 | OrdType = Market\n"
      "    TransactTime = ${now()} +- 5s | ClOrdID = *\n  }\n"
      "  OE: send 35=D|55=MSFT|54=1|38=2|11=own|1=|40=2|44=3|\n"
      "  EX: expect NewOrderSingle { ClOrdID = own | OrdType = Limit | Account = \"\" }\n"
      "  OE: send NewOrderSingle { Symbol = MSFT | Side = Buy | OrderQty = 3 | !Account }\n"
      "  EX: expect NewOrderSingle as c { OrderQty = 3 | !Account }\n"
      "  check a.ClOrdID != c.ClOrdID\n"
      "  OE: send News\n"
      "  OE: send QuoteRequest { QuoteReqID = x }\n"
      "  OE: send TestRequest { TestReqID = last }\n"
      "  EX: expect TestRequest { 142 = \"US,IL\" }\n";
};

TEST_F(ProfileInRun, HeaderDefaultsAndIgnoreOnWireSessions) {
  EXPECT_EQ(says(pair(kSteps)), "PASS s");
}

TEST_F(ProfileInRun, HeaderDefaultsAndIgnoreOnEngineSessions) {
  EXPECT_EQ(
      says(engines("  OE: sync\n  EX: expect Logon { 142 = \"US,IL\" }\n" + std::string(kSteps))),
      "PASS s");
}

TEST_F(ProfileInRun, NamesThatTheVersionDoesNotKnowAreFoundBeforeTheRun) {
  profile_text += R"(
[session.OE.defaults.NewOrderSingel]
Account = "A1"
[session.OE.defaults.ExecutionReport]
Acount = "A1"
Side = "Byu"
"9001" = "x"
OrdType = "${today()}"
)";
  Dictionaries dictionaries(FIXDRILL_SOURCE_DIR "/fixspecs");
  const auto profile = profile::load(std::make_shared<const SourceFile>("t.toml", profile_text));
  ASSERT_TRUE(profile.ok()) << profile.error().text;
  Suite suite;
  auto parsed = syntax::parse(std::make_shared<const SourceFile>("a.drill", engines("  OE: sync")));
  suite.files.push_back(std::move(parsed.file));
  ASSERT_TRUE(check_suite(suite, &*profile, dictionaries).ok());
  std::vector<std::string> messages;
  for (const Diagnostic& diagnostic : suite.diagnostics) {
    if (diagnostic.span.file->path() == "t.toml") messages.push_back(diagnostic.message);
  }
  EXPECT_EQ(join(messages, "\n"),
            "no field 'Acount' in FIX 4.4; did you mean Account?\n"
            "Side(54) has no value 'Byu' in FIX 4.4; did you mean Buy (1)?\n"
            "[session.OE.defaults.NewOrderSingel]: no message 'NewOrderSingel' in FIX 4.4; did you "
            "mean NewOrderSingle?");
}

class Foretold : public DrillRun {
 protected:
  static std::string passing(const std::string& id) {
    return "@id " + id + "\nscenario \"" + id + "\" {\n  OE: send News\n  EX: expect News\n}\n";
  }
  static std::string failing(const std::string& id) {
    return "@id " + id + "\nscenario \"" + id + "\" {\n  OE: send News\n  EX: expect Email\n}\n";
  }
};

TEST_F(Foretold, FailuresAndScenariosThatAreLeftOut) {
  profile_text +=
      "[xfail]\n\"1.a\" = \"known\"\n\"1.b\" = \"mended since\"\n[skip]\n2 = \"later\"\n";
  EXPECT_EQ(says("include \"pair.drill\"\n" + failing("1.a") + passing("1.b") + failing("2") +
                 passing("3")),
            "XFAIL 1.a: 16:1 xfail: known: 5:14 expect: expected Email on EX, received News\n"
            "XPASS 1.b: 17:1 xfail: passed, but was expected to fail: mended since\n"
            "SKIP 2: 19:1 skip: later\n"
            "PASS 3");
}

TEST_F(Foretold, RowsByTheirOwnIdAndByThatOfAll) {
  profile_text += "[xfail]\n\"1/b\" = \"known\"\n[skip]\n2 = \"later\"\n";
  const std::string table = "table t {\n  x\n  a\n  b\n}\n";
  const auto rows = [](const std::string& id) {
    return "@id " + id +
           "\nscenario \"${x}\" for each t {\n  OE: send News { Headline = ${x} }\n"
           "  EX: expect News { Headline = a }\n}\n";
  };
  const auto result = runs("include \"pair.drill\"\n" + table + rows("1") + rows("2"));
  std::string outcomes;
  for (const auto& scenario : result.scenarios)
    outcomes += scenario.case_id + " " + record::outcome_name(scenario.outcome) + "\n";
  EXPECT_EQ(outcomes, "1/a PASS\n1/b XFAIL\n2/a SKIP\n2/b SKIP\n");
}

TEST_F(Foretold, NeitherSetupNorTeardownRunOfWhatIsLeftOut) {
  profile_text += "[skip]\n1 = \"later\"\n";
  const auto result =
      runs("session OE initiator wire\nsetup { OE: connect }\nteardown { OE: connect }\n" +
           std::string("@id 1\nscenario \"s\" {\n  OE: expect News\n}\n"));
  EXPECT_EQ(said(result), "SKIP s: 16:1 skip: later");
  EXPECT_EQ(result.scenarios.at(0).steps.size(), 1u);
}

TEST_F(ProfileInRun, TheRoleOfASessionThatLeavesItOpen) {
  profile_text = R"(
environment = "simulator"
[session.OE]
port = 9000
begin_string = "FIX.4.4"
sender = "BRK1"
target = "EXCH"
store = "memory"
heartbeat = 20
[session.EX]
port = 9000
begin_string = "FIX.4.4"
sender = "EXCH"
target = "BRK1"
store = "memory"
role = "acceptor"
)";
  const std::string both = R"(
session OE any
session EX any wire
proc come_up() { if session.role = "initiator" { connect } else { accept } }
scenario "s" {
  OE: call come_up()
  EX: call come_up()
  EX: expect nothing for 1ms
}
)";
  EXPECT_EQ(says(both), "PASS s");
}

}  // namespace
}  // namespace fixdrill::run
