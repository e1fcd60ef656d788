#include "report/sql_rows.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace fixdrill::report {
namespace {

using record::SqlBytes;
using record::SqlValue;
using namespace std::string_view_literals;

std::string printed(RowFormat format, const std::vector<std::vector<SqlValue>>& rows) {
  std::ostringstream out;
  const auto printer = row_printer(format, out);
  printer->columns({"id", "text"});
  for (const auto& row : rows) printer->row(row);
  printer->finish();
  return out.str();
}

TEST(SqlRows, ATableIsAlignedNumbersToTheRight) {
  EXPECT_EQ(printed(RowFormat::table, {{std::int64_t{7}, "a"sv},
                                       {std::int64_t{1000}, SqlBytes{"35=D\x01"sv}},
                                       {std::monostate(), "\x1b[2J"sv}}),
            "id    text\n"
            "   7  a\n"
            "1000  35=D|\n"
            "      \\x1b[2J\n");
}

TEST(SqlRows, ATableOfManyRowsFlows) {
  const std::vector<std::vector<SqlValue>> rows(1200, {std::int64_t{1}, "x"sv});
  std::ostringstream out;
  const auto printer = row_printer(RowFormat::table, out);
  printer->columns({"id", "text"});
  for (std::size_t i = 0; i < 1100; ++i) printer->row(rows[i]);
  EXPECT_NE(out.str().find("id  text\n 1  x\n"), std::string::npos) << "before its end";
  for (std::size_t i = 1100; i < rows.size(); ++i) printer->row(rows[i]);
  printer->finish();
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1201);
}

TEST(SqlRows, CsvQuotesWhatItMust) {
  EXPECT_EQ(
      printed(RowFormat::csv, {{2.5, "a,\"b\"\nc"sv}, {std::monostate(), SqlBytes{"35=D\x01"sv}}}),
      "id,text\n2.5,\"a,\"\"b\"\"\nc\"\n,35=D\x01\n");
}

TEST(SqlRows, JsonKeepsLargeNumbersAndIsValidWhateverComes) {
  EXPECT_EQ(printed(RowFormat::json, {{std::int64_t{7}, std::monostate()},
                                      {std::int64_t{1'790'000'000'000'000'001}, "\xff\""sv}}),
            "[\n{\"id\":7,\"text\":null},\n"
            "{\"id\":\"1790000000000000001\",\"text\":\"\xef\xbf\xbd\\\"\"}\n]\n");
  EXPECT_EQ(printed(RowFormat::json, {}), "[\n]\n");
  std::ostringstream refused;
  row_printer(RowFormat::json, refused)->finish();
  EXPECT_EQ(refused.str(), "") << "a query that could not begin";
}

}  // namespace
}  // namespace fixdrill::report
