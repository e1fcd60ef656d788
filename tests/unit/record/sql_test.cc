#include "record/sql.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdio>

#include "record/named_queries.h"
#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

constexpr const char* kSpec = R"(<fix type='FIX' major='4' minor='4'>
<header><field name='BeginString' required='Y'/><field name='MsgType' required='Y'/></header>
<trailer><field name='CheckSum' required='Y'/></trailer>
<messages><message name='NewOrderSingle' msgtype='D' msgcat='app'>
 <field name='ClOrdID' required='Y'/>
 <group name='NoPartyIDs' required='N'><field name='PartyID' required='Y'/>
  <field name='PartyRole' required='N'/></group></message></messages>
<components/>
<fields><field number='8' name='BeginString' type='STRING'/>
 <field number='35' name='MsgType' type='STRING'/><field number='10' name='CheckSum' type='STRING'/>
 <field number='11' name='ClOrdID' type='STRING'/>
 <field number='453' name='NoPartyIDs' type='NUMINGROUP'/>
 <field number='448' name='PartyID' type='STRING'/>
 <field number='452' name='PartyRole' type='INT'/></fields></fix>)";

fix::DictionaryPtr dictionary(const SessionRow&) {
  const auto parsed = fix::Dictionary::parse("spec.xml", kSpec);
  EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().text);
  return parsed.ok() ? *parsed : nullptr;
}

/// "a,b" a row; NULL is "-".
struct Lines final : SqlRows {
  void columns(const std::vector<std::string>& names) override { add(names); }
  bool row(const std::vector<SqlValue>& values) override {
    std::vector<std::string> texts;
    for (const SqlValue& value : values) texts.push_back(text(value));
    add(texts);
    return lines.size() < most;
  }
  static std::string text(const SqlValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* real = std::get_if<double>(&value)) return std::to_string(*real);
    if (const auto* words = std::get_if<std::string_view>(&value)) return std::string(*words);
    if (const auto* blob = std::get_if<SqlBytes>(&value))
      return "x" + std::to_string(blob->bytes.size());
    return "-";
  }
  void add(const std::vector<std::string>& texts) { lines.push_back(join(texts, ",")); }

  std::vector<std::string> lines;
  std::size_t most = 100;
};

class Sql : public testing::Test {
 protected:
  Sql() {
    RecordedTalk talk(path());
    talk.sends("8=FIX.4.4|35=D|11=C1|453=2|448=A|452=1|448=B|452=12|10=000|");
    talk.gets("8=FIX.4.4|35=8|37=O1|10=000|");
    EXPECT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
    EXPECT_TRUE(talk.recorder().seal({}).ok());
  }
  std::string path() const { return folder_.file("a.db"); }

  /// The rows without the names of the columns, or the error.
  std::vector<std::string> rows(const std::string& sql) {
    Lines lines;
    const Status ran = run_sql(path(), sql, dictionary, lines);
    if (!ran) return {ran.error().text};
    return {lines.lines.begin() + 1, lines.lines.end()};
  }

  TempFolder folder_;
};

using Texts = std::vector<std::string>;

TEST_F(Sql, ValuesOfEveryType) {
  Lines lines;
  ASSERT_TRUE(run_sql(path(), "SELECT 1 AS a, 2.5 AS b, 'x' AS c, x'0102' AS d, NULL AS e",
                      dictionary, lines)
                  .ok());
  EXPECT_EQ(lines.lines, (Texts{"a,b,c,d,e", "1,2.500000,x,x2,-"}));
}

TEST_F(Sql, FieldsByNameByTagAndInGroups) {
  EXPECT_EQ(rows("SELECT fix(raw, 'clordid'), fix(raw, 11), fix(raw, '37') FROM message"),
            (Texts{"C1,C1,-", "-,-,O1"}));
  EXPECT_EQ(rows("SELECT fix(raw, 'NoPartyIDs[2].PartyID'), fix(raw, '453.452'),"
                 " fix(raw, 'NoPartyIDs[3].PartyID') FROM message WHERE id = 1"),
            Texts{"B,1,-"});
}

TEST_F(Sql, NamesOfMessagesPipesAndTimes) {
  EXPECT_EQ(rows("SELECT msg(raw), pipe(raw), iso(wall_ns) FROM message WHERE id = 1"),
            Texts{"NewOrderSingle,8=FIX.4.4|35=D|11=C1|453=2|448=A|452=1|448=B|452=12|10=000|,"
                  "2026-09-21T14:13:20.001000000Z"});
  EXPECT_EQ(rows("SELECT msg('junk'), iso(NULL)"), Texts{"-,-"});
}

TEST_F(Sql, AFieldThatNobodyKnowsIsAnError) {
  EXPECT_EQ(rows("SELECT fix(raw, 'ClOrdId2') FROM message"),
            Texts{"fix: no field is called 'ClOrdId2'; did you mean ClOrdID?"});
  EXPECT_EQ(rows("SELECT fix(raw, 'NoPartyIDs[x].PartyID') FROM message"),
            Texts{"fix: 'NoPartyIDs[x]' is no field; an entry of a group is written"
                  " 'NoPartyIDs[2].PartyID'"});
}

TEST_F(Sql, NothingIsWritten) {
  const std::string before = bytes_of(path());
  for (const char* sql : {"DELETE FROM message", "CREATE TABLE a(b)", "CREATE TEMP TABLE a(b)",
                          "UPDATE run SET suite = ''", "DROP TABLE message"})
    EXPECT_EQ(rows(sql), Texts{"a query reads; this statement would write"}) << sql;
  rows("PRAGMA user_version = 9");
  rows("ATTACH 'x.db' AS x");
  rows("VACUUM INTO '" + folder_.file("copy.db") + "'");
  EXPECT_FALSE(std::filesystem::exists(folder_.file("copy.db")));
  EXPECT_EQ(bytes_of(path()), before);
}

TEST_F(Sql, MistakesShowTheirPlace) {
  EXPECT_EQ(rows("SELECT missed FROM message"), Texts{"SQL:1:8: error: no such column: missed\n"
                                                      "1 | SELECT missed FROM message\n"
                                                      "  |        ^^^^^^"});
  EXPECT_TRUE(
      rows("SELECT 1; SELECT 2")
          .at(0)
          .starts_with("SQL:1:11: error: one statement at a time; this one is the second\n"));
  EXPECT_EQ(rows(" ;"), Texts{"there is no SQL to run"});
}

TEST_F(Sql, WhoHasEnoughEndsAnEndlessQuery) {
  Lines lines;
  lines.most = 5;
  const Status ran = run_sql(
      path(), "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
      dictionary, lines);
  EXPECT_TRUE(ran.ok());
  EXPECT_EQ(lines.lines.size(), 5U);
}

TEST_F(Sql, TheStockShellRunsEveryNamedQuery) {
  for (const NamedQuery& query : named_queries()) {
    const std::string file = folder_.file("query.sql");
    std::ofstream(file) << query.sql << ";\n";
    const std::string line =
        "sqlite3 -bail -readonly " + path() + " < " + file + " > /dev/null 2>&1";
    EXPECT_EQ(std::system(line.c_str()), 0) << query.name;
  }
}

TEST_F(Sql, TheReadmeHasEveryNamedQuery) {
  const std::string readme = bytes_of(FIXDRILL_SOURCE_DIR "/harness/record/README.md");
  for (const NamedQuery& query : named_queries())
    EXPECT_NE(readme.find("| `" + std::string(query.name) + "` |"), std::string::npos)
        << query.name;
}

}  // namespace
}  // namespace fixdrill::record
