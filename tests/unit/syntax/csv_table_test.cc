// CSV files as people and spreadsheets write them.
#include "syntax/csv_table.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

/// "case,px: [buy][10.25] [sell][]", then what was found, one line each without the source lines.
std::string read(const std::string& text) {
  const auto csv = std::make_shared<const SourceFile>("x.csv", text);
  Table table;
  std::vector<Diagnostic> found;
  read_csv(csv, table, found);
  std::vector<std::string> columns;
  for (const Name& column : table.columns) columns.push_back(column.text);
  std::string all = join(columns, ",") + ":";
  for (const Table::Row& row : table.rows) {
    all += " ";
    for (const Value& cell : row.cells) all += "[" + printable(cell.literal_text()) + "]";
  }
  for (const Diagnostic& one : found) {
    const std::string rendered = render(one);
    all += "\n" + rendered.substr(0, rendered.find('\n'));
  }
  return all;
}

const std::string kWanted = "case,px: [buy][10.25] [sell][99]";

TEST(CsvTable, PlainLines) { EXPECT_EQ(read("case,px\nbuy,10.25\nsell,99\n"), kWanted); }

TEST(CsvTable, WithoutALineEndAtTheEnd) { EXPECT_EQ(read("case,px\nbuy,10.25\nsell,99"), kWanted); }

TEST(CsvTable, ByteOrderMarkAndCrLf) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "case,px\r\nbuy,10.25\r\nsell,99\r\n"),
            kWanted);
  EXPECT_EQ(read("case,px\r\nbuy,10.25\r\nsell,99\r"), kWanted);
}

TEST(CsvTable, BlankLinesAreLeftOut) {
  EXPECT_EQ(read("case,px\n\nbuy,10.25\n  \t \n\r\nsell,99\n\n\n"), kWanted);
  EXPECT_EQ(read("case\n  \nbuy\n"), "case: [buy]");
}

TEST(CsvTable, BlanksRoundACellGoButInQuotesTheyStay) {
  EXPECT_EQ(read("case , px\n buy ,\" 10.25 \" \n"), "case,px: [buy][ 10.25 ]");
}

TEST(CsvTable, Quotes) {
  EXPECT_EQ(read("case,px\n\"a, b\",\"say \"\"hi\"\"\"\r\n\"\",\"\"\n"),
            "case,px: [a, b][say \"hi\"] [][]");
  EXPECT_EQ(read("case,px\na\"b,c\"d\n"), "case,px: [a\"b][c\"d]");
}

TEST(CsvTable, AQuotedCellMayHoldLineEnds) {
  EXPECT_EQ(read("case,px\n\"two\nlines\",1\n\"two\r\nmore\",2\n"),
            "case,px: [two\\nlines][1] [two\\r\\nmore][2]");
}

TEST(CsvTable, EmptyCells) { EXPECT_EQ(read("case,px\nbuy,\n,1\n"), "case,px: [buy][] [][1]"); }

TEST(CsvTable, NothingInTheFileIsAnExpression) {
  EXPECT_EQ(read("case,px\nbuy,${uid()}\n\"${x}\",$\n"), "case,px: [buy][${uid()}] [${x}][$]");
}

TEST(CsvTable, ACarriageReturnInsideALineEndsNothing) {
  EXPECT_EQ(read("case,px\na\r,b\n\"c\"\r,d\r\n"), "case,px: [a][b] [c][d]");
}

TEST(CsvTable, EmptyFile) {
  for (const char* text : {"", "\xEF\xBB\xBF", "\n", "\r\n\r\n", "  \n"})
    EXPECT_EQ(read(text), ":\nx.csv:1:1: error: the first line names the columns") << text;
}

TEST(CsvTable, NoRows) {
  EXPECT_EQ(read("case,px\n"), "case,px:\nx.csv:1:6: error: this table has no rows");
  EXPECT_EQ(read("case,px"), "case,px:\nx.csv:1:6: error: this table has no rows");
}

TEST(CsvTable, RaggedRowsAreToldOneByOne) {
  EXPECT_EQ(read("case,px\nbuy\nsell,1,2\nok,1\n"),
            "case,px: [ok][1]\n"
            "x.csv:2:1: error: this row has 1 cell, the table has 2 columns\n"
            "x.csv:3:1: error: this row has 3 cells, the table has 2 columns");
}

TEST(CsvTable, AQuoteThatIsNotClosed) {
  EXPECT_EQ(read("case,px\nbuy,\"10\nsell,1\n"),
            "case,px:\nx.csv:2:5: error: this cell is not closed: a '\"' is missing");
  EXPECT_EQ(read("case,\"px"),
            "case:\nx.csv:1:6: error: this cell is not closed: a '\"' is missing");
}

TEST(CsvTable, LettersBehindAQuote) {
  EXPECT_EQ(
      read("case,px\n\"a\"b,1\n"),
      "case,px:\nx.csv:2:4: error: behind the '\"' of a cell stands a comma or the end of the "
      "line");
}

TEST(CsvTable, AFirstLineThatNamesNoColumns) {
  EXPECT_EQ(read("case,10.25\nbuy,1\n"),
            "case:\nx.csv:1:6: error: '10.25' is no name of a column: the first line names them, "
            "with letters, digits and _");
  EXPECT_EQ(
      read("case;px\nbuy;1\n"),
      ":\nx.csv:1:1: error: 'case;px' is no name of a column: the first line names them, with "
      "letters, digits and _");
  EXPECT_EQ(read("case,\nbuy,1\n"),
            "case:\nx.csv:1:6: error: '' is no name of a column: the first line names them, with "
            "letters, digits and _");
}

TEST(CsvTable, BytesThatAreNoTextDoNoHarm) {
  EXPECT_EQ(read(std::string("case,px\n\0\xff,\x01\n", 13)).substr(0, 8), "case,px:");
}

// ---- from a scenario file

Parsed with_csv(const std::string& drill, const std::string& csv) {
  return parse(source(drill), [&](const std::string& path, const SourceFile&) {
    return path == "x.csv" ? Result<SourcePtr>(std::make_shared<const SourceFile>(path, csv))
                           : Result<SourcePtr>(input_error("cannot read " + path));
  });
}

TEST(CsvTable, ATableFromAFile) {
  const Parsed all = with_csv("table cases from \"x.csv\"\n", "case,px\nbuy,1\n");
  EXPECT_EQ(render(all.diagnostics), "");
  ASSERT_NE(all.file.table("cases"), nullptr);
  EXPECT_EQ(all.file.table("cases")->rows.size(), 1u);
}

TEST(CsvTable, AFileThatIsNotThere) {
  EXPECT_EQ(render(with_csv("table cases from \"y.csv\"\n", "").diagnostics),
            "t.drill:1:18: error: cannot read y.csv\n"
            "1 | table cases from \"y.csv\"\n"
            "  |                  ^^^^^^^");
}

TEST(CsvTable, ErrorsHaveTheirPlaceInTheFile) {
  EXPECT_EQ(render(with_csv("table cases from \"x.csv\"\n", "case,px\nbuy\n").diagnostics),
            "x.csv:2:1: error: this row has 1 cell, the table has 2 columns\n"
            "2 | buy\n"
            "  | ^^^");
}

}  // namespace
}  // namespace fixdrill::syntax::testing
