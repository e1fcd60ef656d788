#include "fix/dictionary.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace fixdrill::fix {
namespace {

// A dictionary with `components` and the body of one message, TEST(35=T).
std::string xml(std::string_view body, std::string_view components = "") {
  return fmt::format(
      "<fix type='FIX' major='4' minor='4'>\n"
      "<header><field name='BeginString' required='Y'/></header>\n"
      "<messages><message name='Test' msgtype='T' msgcat='app'>\n"
      "{}\n"
      "</message></messages>\n"
      "<components>{}</components>\n"
      "<trailer><field name='CheckSum' required='Y'/></trailer>\n"
      "<fields>\n"
      "<field number='8' name='BeginString' type='STRING'/>\n"
      "<field number='10' name='CheckSum' type='STRING'/>\n"
      "<field number='40' name='OrdType' type='CHAR'><value enum='2' description='LIMIT'/>"
      "<value enum='J' description='MARKET_IF_TOUCHED'/></field>\n"
      "<field number='44' name='Price' type='PRICE'/>\n"
      "<field number='453' name='NoPartyIDs' type='NUMINGROUP'/>\n"
      "<field number='448' name='PartyID' type='STRING'/>\n"
      "<field number='802' name='NoPartySubIDs' type='NUMINGROUP'/>\n"
      "<field number='523' name='PartySubID' type='STRING'/>\n"
      "</fields>\n</fix>\n",
      body, components);
}

DictionaryPtr parsed(std::string_view text) {
  auto dictionary = Dictionary::parse("T.xml", text);
  EXPECT_TRUE(dictionary) << (dictionary ? "" : dictionary.error().text);
  return dictionary ? *dictionary : std::make_shared<Dictionary>();
}

std::string error_of(std::string_view text) {
  const auto dictionary = Dictionary::parse("T.xml", text);
  return dictionary ? "no error" : dictionary.error().text;
}

std::string spec(const char* name) {
  return fmt::format("{}/fixspecs/{}.xml", FIXDRILL_SOURCE_DIR, name);
}

TEST(Dictionary, KnowsTagsThatStandAtTheTopAndInAGroup) {
  const auto d =
      parsed(xml("<field name='Price' required='N'/><field name='PartySubID' required='N'/>"
                 "<field name='PartyID' required='N'/>"
                 "<group name='NoPartyIDs' required='N'><field name='PartyID' required='Y'/>"
                 "<group name='NoPartySubIDs' required='N'><field name='PartySubID' required='Y'/>"
                 "<field name='OrdType' required='N'/></group></group>"));
  ASSERT_NE(d->message("T"), nullptr);
  EXPECT_EQ(d->message("T")->ambiguous, (std::vector<int>{448, 523}));
}

TEST(Dictionary, KnowsFieldsByTagAndName) {
  const auto d = parsed(xml(""));
  EXPECT_EQ(d->version(), "FIX 4.4");
  ASSERT_NE(d->field("ordtype"), nullptr);
  EXPECT_EQ(d->field("ordtype")->tag, 40);
  EXPECT_EQ(d->field(44)->kind, ValueClass::decimal);
  EXPECT_EQ(d->field(99), nullptr);
  EXPECT_EQ(d->field_label(40), "OrdType(40)");
  EXPECT_EQ(d->field_label(9001), "tag 9001");
  EXPECT_EQ(d->value_label(40, "J"), "J MarketIfTouched");
  EXPECT_EQ(d->value_label(40, "Z"), "Z");
  EXPECT_EQ(d->value_label(44, "10.5"), "10.5");
  EXPECT_EQ(d->message_label("T"), "Test");
  EXPECT_EQ(d->message_label("U7"), "35=U7");
  EXPECT_EQ(d->message_named("TEST")->msg_type, "T");
}

TEST(Dictionary, PutsComponentsAndNestedGroupsInPlace) {
  const auto d =
      parsed(xml("<field name='Price' required='Y'/><component name='Parties' required='N'/>"
                 "<field name='OrdType' required='N'/>",
                 "<component name='Parties'><group name='NoPartyIDs' required='Y'>"
                 "<field name='PartyID' required='Y'/><component name='Subs'/></group></component>"
                 "<component name='Subs'><group name='NoPartySubIDs'>"
                 "<field name='PartySubID'/></group></component>"));
  const MemberSet& members = d->message("T")->members;
  EXPECT_EQ(members.order, (std::vector<int>{44, 453, 40}));
  EXPECT_EQ(members.required, (std::set<int>{44}));  // the component itself may be left out
  const GroupDef* parties = members.group(453);
  ASSERT_NE(parties, nullptr);
  EXPECT_EQ(parties->delimiter, 448);
  EXPECT_EQ(parties->members.required, (std::set<int>{448}));
  ASSERT_NE(parties->members.group(802), nullptr);
  EXPECT_EQ(parties->members.group(802)->delimiter, 523);
  EXPECT_TRUE(d->header().has(8));
  EXPECT_TRUE(d->trailer().has(10));
  EXPECT_FALSE(members.has(448));
}

TEST(Dictionary, PointsAtWhatIsNotDefined) {
  EXPECT_EQ(error_of(xml("<field name='Pricee'/>")),
            "T.xml:4:2: error: no field 'Pricee' is defined; did you mean Price?\n"
            "4 | <field name='Pricee'/>\n"
            "  |  ^^^^^");
  EXPECT_EQ(error_of(xml("<component name='Parties'/>")),
            "T.xml:4:2: error: no component 'Parties' is defined\n"
            "4 | <component name='Parties'/>\n"
            "  |  ^^^^^^^^^");
  EXPECT_EQ(error_of(xml("<field required='Y'/>")),
            "T.xml:4:2: error: <field> has no 'name'\n"
            "4 | <field required='Y'/>\n"
            "  |  ^^^^^");
  EXPECT_EQ(error_of(xml("<feld name='Price'/>")),
            "T.xml:4:2: error: <feld> is neither field, group nor component\n"
            "4 | <feld name='Price'/>\n"
            "  |  ^^^^");
  EXPECT_EQ(error_of(xml("<group name='NoPartyIDs'></group>")),
            "T.xml:4:2: error: this group has no fields\n"
            "4 | <group name='NoPartyIDs'></group>\n"
            "  |  ^^^^^");
}

TEST(Dictionary, RefusesWhatIsNoDictionary) {
  EXPECT_EQ(error_of("<fix major='4' minor='4'>\n  <fields>\n</fix>\n"),
            "T.xml:3:3: error: this is no well-formed XML: Start-end tags mismatch\n"
            "3 | </fix>\n"
            "  |   ^");
  EXPECT_EQ(error_of("<html/>"),
            "T.xml:1:1: error: no <fix> element: no dictionary\n1 | <html/>\n  | ^");
  EXPECT_EQ(
      error_of("<fix><fields/></fix>"),
      "T.xml:1:2: error: <fix> has no 'major' and 'minor'\n1 | <fix><fields/></fix>\n  |  ^^^");
  EXPECT_EQ(error_of("<?xml version='1.0'?>\n<!DOCTYPE fix [<!ENTITY a 'b'>]>\n<fix/>"),
            "T.xml:2:1: error: <!DOCTYPE is refused\n"
            "2 | <!DOCTYPE fix [<!ENTITY a 'b'>]>\n"
            "  | ^^^^^^^^^");
  EXPECT_EQ(
      error_of("<fix major='4' minor='4'><fields>\n<field number='x1' name='A'/></fields></fix>"),
      "T.xml:2:2: error: 'x1' is no tag\n"
      "2 | <field number='x1' name='A'/></fields></fix>\n"
      "  |  ^^^^^");
  EXPECT_EQ(error_of("<fix major='4' minor='4'><fields>\n<field number='1' name='A'/>\n"
                     "<field number='2' name='a'/></fields></fix>"),
            "T.xml:3:2: error: a is the name of tag 1 already\n"
            "3 | <field number='2' name='a'/></fields></fix>\n"
            "  |  ^^^^^");
}

TEST(Dictionary, RefusesComponentsThatContainThemselves) {
  EXPECT_EQ(error_of(xml("<component name='A'/>",
                         "\n<component name='A'><component name='B'/></component>"
                         "\n<component name='B'><component name='A'/></component>")),
            "T.xml:8:22: error: component 'A' contains itself\n"
            "8 | <component name='B'><component name='A'/></component></components>\n"
            "  |                      ^^^^^^^^^");
}

// Component C1 uses C2 twice, C2 uses C3 twice …: 2^n without sharing.
std::string chain(std::size_t length) {
  std::string components;
  for (std::size_t i = 1; i < length; ++i)
    components += fmt::format(
        "<component name='C{}'><component name='C{}'/><component name='C{}'/></component>", i,
        i + 1, i + 1);
  components += fmt::format("<component name='C{}'><field name='Price'/></component>", length);
  return xml("<component name='C1'/>", components);
}

TEST(Dictionary, ComponentsNestToTheLimit) {
  for (const std::size_t depth : {limits::kComponentDepth - 1, limits::kComponentDepth})
    EXPECT_TRUE(parsed(chain(depth))->message("T")->members.has(44)) << depth;
  EXPECT_NE(error_of(chain(limits::kComponentDepth + 1)).find("components nest deeper than 32"),
            std::string::npos);
}

std::string nested_groups(std::size_t depth) {
  std::string body;
  for (std::size_t i = 0; i < depth; ++i)
    body += "<group name='NoPartyIDs'><field name='PartyID'/>";
  for (std::size_t i = 0; i < depth; ++i) body += "</group>";
  return xml(body);
}

TEST(Dictionary, GroupsNestToTheLimit) {
  for (const std::size_t depth : {limits::kGroupNesting - 1, limits::kGroupNesting})
    EXPECT_EQ(error_of(nested_groups(depth)), "no error") << depth;
  EXPECT_NE(error_of(nested_groups(limits::kGroupNesting + 1)).find("groups nest deeper than 16"),
            std::string::npos);
}

TEST(Dictionary, FilesHaveALimit) {
  const std::string good = xml("");
  for (const std::size_t size : {limits::kDictionaryFile - 1, limits::kDictionaryFile})
    EXPECT_EQ(error_of(good + std::string(size - good.size(), ' ')), "no error");
  EXPECT_EQ(error_of(good + std::string(limits::kDictionaryFile + 1 - good.size(), ' ')),
            "T.xml: error: the file has 33554433 bytes, the limit is 33554432");
}

TEST(Dictionary, SaysWhichFileCannotBeRead) {
  const auto d = Dictionary::load({"/nowhere/FIX44.xml"});
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().text,
            "/nowhere/FIX44.xml: error: the dictionary cannot be read: No such file or directory");
  EXPECT_FALSE(Dictionary::load({"/tmp"}));
}

TEST(Dictionary, FindsValuesByTheNamesPeopleType) {
  const auto d = Dictionary::load({spec("FIX44")});
  ASSERT_TRUE(d) << d.error().text;
  const auto code = [&d](const char* field, std::string_view name) {
    const EnumValue* value = (*d)->field(std::string_view(field))->value_by_name(name);
    return value ? value->code : "none";
  };
  EXPECT_EQ(code("TimeInForce", "ioc"), "3");
  EXPECT_EQ(code("TimeInForce", "Immediate or Cancel"), "3");
  EXPECT_EQ(code("TimeInForce", "FOK"), "4");
  EXPECT_EQ(code("TimeInForce", "GTC"), "1");
  EXPECT_EQ(code("TimeInForce", "GTD"), "6");
  EXPECT_EQ(code("OrdStatus", "Cancelled"), "4");
  EXPECT_EQ(code("OrdStatus", "canceled"), "4");
  EXPECT_EQ(code("OrdStatus", "Partially-Filled"), "1");
  EXPECT_EQ(code("OrdType", "Limit"), "2");
  EXPECT_EQ(code("Side", "Buy"), "1");
  EXPECT_EQ(code("ExecType", "Fill"), "none");
}

TEST(Dictionary, LoadsTheShippedVersions) {
  for (const char* name : {"FIX42", "FIX44"}) {
    const auto d = Dictionary::load({spec(name)});
    ASSERT_TRUE(d) << d.error().text;
    EXPECT_EQ((*d)->message("8")->name, "ExecutionReport");
    EXPECT_TRUE((*d)->message("A")->admin);
    EXPECT_TRUE((*d)->message("D")->members.required.count(11));
    EXPECT_TRUE((*d)->header().has(34));
    EXPECT_EQ((*d)->field(40)->kind, ValueClass::character);
    EXPECT_EQ((*d)->field(52)->kind, ValueClass::timestamp);
  }
  const auto d = Dictionary::load({spec("FIX44")});
  const GroupDef* parties = (*d)->message("D")->members.group(453);
  ASSERT_NE(parties, nullptr);
  EXPECT_EQ(parties->delimiter, 448);
  EXPECT_NE(parties->members.group(802), nullptr);
  EXPECT_EQ((*d)->value_label(18, "1 G"), "1 NotHeld, G AllOrNone");
}

TEST(Dictionary, LoadsEveryShippedFile) {
  const std::pair<const char*, const char*> files[] = {
      {"FIX40", "FIX 4.0"},        {"FIX41", "FIX 4.1"},        {"FIX42", "FIX 4.2"},
      {"FIX43", "FIX 4.3"},        {"FIX44", "FIX 4.4"},        {"FIX50", "FIX 5.0"},
      {"FIX50SP1", "FIX 5.0 SP1"}, {"FIX50SP2", "FIX 5.0 SP2"}, {"FIXT11", "FIXT 1.1"}};
  for (const auto& [name, version] : files) {
    const auto d = Dictionary::load({spec(name)});
    ASSERT_TRUE(d) << d.error().text;
    EXPECT_EQ((*d)->version(), version);
    const bool has_session = std::string_view(version) < "FIX 5" || name == files[8].first;
    const bool has_orders = name != files[8].first;
    EXPECT_EQ((*d)->message("A") != nullptr, has_session) << name;
    EXPECT_EQ((*d)->header().has(34), has_session) << name;
    EXPECT_EQ((*d)->message("D") != nullptr, has_orders) << name;
  }
}

TEST(CamelName, JoinsTheWords) {
  EXPECT_EQ(camel_name("MARKET_IF_TOUCHED"), "MarketIfTouched");
  EXPECT_EQ(camel_name("LIMIT"), "Limit");
  EXPECT_EQ(camel_name(""), "");
}

}  // namespace
}  // namespace fixdrill::fix
