// Several files make one dictionary: session and application layer, overlays as XML and CSV.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "fix/dictionary.h"

namespace fixdrill::fix {
namespace {

constexpr const char* kSessionLayer = R"(<fix type='FIXT' major='1' minor='1' servicepack='0'>
<header><field name='BeginString' required='Y'/><component name='Hops' required='N'/></header>
<trailer><field name='CheckSum' required='Y'/></trailer>
<messages><message name='Logon' msgtype='A' msgcat='admin'><field name='HeartBtInt' required='Y'/></message></messages>
<components><component name='Hops'><group name='NoHops'><field name='HopCompID'/></group></component></components>
<fields><field number='8' name='BeginString' type='STRING'/><field number='10' name='CheckSum' type='STRING'/>
<field number='108' name='HeartBtInt' type='INT'/><field number='627' name='NoHops' type='NUMINGROUP'/>
<field number='628' name='HopCompID' type='STRING'/></fields>
</fix>)";

constexpr const char* kApplication = R"(<fix type='FIX' major='5' minor='0' servicepack='2'>
<header/><trailer/>
<messages><message name='NewOrderSingle' msgtype='D' msgcat='app'><field name='Side' required='Y'/></message></messages>
<components/>
<fields><field number='54' name='Side' type='CHAR'><value enum='1' description='BUY'/></field></fields>
</fix>)";

/// Files in a folder of their own.
class OverlayTest : public testing::Test {
 protected:
  OverlayTest() : folder_(testing::TempDir() + "overlay_" + test_name()) {
    std::filesystem::create_directories(folder_);
  }
  ~OverlayTest() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, std::string_view text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    return path;
  }

  Result<DictionaryPtr> with_overlay(const std::string& name, std::string_view text) {
    overlay_ = file(name, text);
    return Dictionary::load(
        {file("FIXT11.xml", kSessionLayer), file("FIX50SP2.xml", kApplication), overlay_});
  }

  std::string error_of_csv(std::string_view text) {
    const auto dictionary = with_overlay("acme.csv", text);
    if (dictionary) return "no error";
    return dictionary.error().text.substr(folder_.size() + 1);
  }

 private:
  static std::string test_name() {
    return testing::UnitTest::GetInstance()->current_test_info()->name() +
           std::to_string(::getpid());
  }

  std::string folder_;
  std::string overlay_;
};

TEST_F(OverlayTest, SessionAndApplicationLayerAreOneDictionary) {
  const auto d = with_overlay("none.csv", "");
  ASSERT_TRUE(d) << d.error().text;
  EXPECT_EQ((*d)->version(), "FIX 5.0 SP2");
  EXPECT_TRUE((*d)->message("A")->admin);
  EXPECT_FALSE((*d)->message("D")->admin);
  EXPECT_NE((*d)->header().group(627), nullptr);
  EXPECT_EQ((*d)->field("Side")->value_by_name("buy")->code, "1");
}

TEST_F(OverlayTest, CsvAddsFieldsValuesAndMembers) {
  const auto d = with_overlay("acme.csv",
                              "tag,name,type,values,messages,required\r\n"
                              "# venue fields\r\n"
                              "9001,DeskCode,CHAR,A=ALPHA;B=BETA,NewOrderSingle;A,Y\r\n"
                              "54,,,2=SELL\r\n"
                              "9002,\"Note, long\",STRING,,header,N\r\n"
                              "\r\n");
  ASSERT_TRUE(d) << d.error().text;
  EXPECT_EQ((*d)->field("deskcode")->value_by_name("beta")->code, "B");
  EXPECT_EQ((*d)->field(9001)->kind, ValueClass::character);
  EXPECT_TRUE((*d)->message("D")->members.required.count(9001));
  EXPECT_TRUE((*d)->message("A")->members.has(9001));
  EXPECT_EQ((*d)->field(54)->name, "Side");
  EXPECT_EQ((*d)->value_label(54, "1"), "1 Buy");
  EXPECT_EQ((*d)->value_label(54, "2"), "2 Sell");
  EXPECT_EQ((*d)->field(9002)->name, "Note, long");
  EXPECT_TRUE((*d)->header().has(9002));
}

TEST_F(OverlayTest, XmlAddsToWhatIsThere) {
  const auto d =
      with_overlay("acme.xml",
                   "<fix><messages><message name='NewOrderSingle' msgtype='D'>"
                   "<field name='DeskCode' required='Y'/></message></messages>"
                   "<fields><field number='9001' name='DeskCode' type='INT'/></fields></fix>");
  ASSERT_TRUE(d) << d.error().text;
  EXPECT_EQ((*d)->version(), "FIX 5.0 SP2");
  EXPECT_EQ((*d)->message("D")->members.order, (std::vector<int>{54, 9001}));
}

TEST_F(OverlayTest, PointsAtWhatIsWrong) {
  EXPECT_EQ(error_of_csv("9001,Desk,CHAR,,NewOrderSingel,Y\n"),
            "acme.csv:1:17: error: FIX 5.0 SP2 has no message 'NewOrderSingel'; did you mean "
            "NewOrderSingle?\n"
            "1 | 9001,Desk,CHAR,,NewOrderSingel,Y\n"
            "  |                 ^^^^^^^^^^^^^^");
  EXPECT_EQ(error_of_csv("\nabc,Desk\n"),
            "acme.csv:2:1: error: 'abc' is no tag\n2 | abc,Desk\n  | ^^^");
  EXPECT_EQ(error_of_csv("9001,Desk,CHAR,A\n"),
            "acme.csv:1:16: error: 'A' is no value; write code=NAME;code=NAME\n"
            "1 | 9001,Desk,CHAR,A\n"
            "  |                ^");
  EXPECT_EQ(error_of_csv("9001,Desk,CHAR,,D,maybe\n"),
            "acme.csv:1:19: error: 'maybe' is neither Y nor N\n"
            "1 | 9001,Desk,CHAR,,D,maybe\n"
            "  |                   ^^^^^");
  EXPECT_EQ(error_of_csv("9001,,CHAR\n"),
            "acme.csv:1:1: error: tag 9001 has no name\n1 | 9001,,CHAR\n  | ^^^^");
  EXPECT_EQ(error_of_csv("9001,\"Desk\n"),
            "acme.csv:1:6: error: this cell is not closed: a '\"' is missing\n1 | 9001,\"Desk\n  | "
            "     ^");
  EXPECT_EQ(
      error_of_csv("9001,a,b,c=d,,,x\n"),
      "acme.csv:1:16: error: more than 6 columns\n1 | 9001,a,b,c=d,,,x\n  |                ^");
}

}  // namespace
}  // namespace fixdrill::fix
