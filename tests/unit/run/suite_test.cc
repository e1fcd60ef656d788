// Where an include or the CSV file of a table is looked for.
#include "run/suite.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace fixdrill::run {
namespace {

namespace fs = std::filesystem;

/// A project folder `p` in a folder of its own, with what the tests write there.
class SuiteTest : public testing::Test {
 protected:
  SuiteTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    top_ = fs::path(testing::TempDir()) / (std::string("suite-") + test->name());
    fs::remove_all(top_);
  }
  ~SuiteTest() override { fs::remove_all(top_); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((top_ / path).parent_path());
    std::ofstream(top_ / path) << text;
  }
  /// The names of its params, which say where they come from; or the first error.
  std::string params_of(const std::string& path) {
    const auto suite = parse_suite({(top_ / path).string()}, (top_ / "p").string());
    if (!suite) return suite.error().text;
    if (!suite->diagnostics.empty()) return suite->diagnostics.front().message;
    std::string names;
    for (const syntax::Param& param : suite->files.at(0).params) names += param.name.text + " ";
    return names;
  }

  fs::path top_;
};

TEST_F(SuiteTest, BesideTheFileFirstThenInTheFoldersAbove) {
  write("p/a/b/x.drill", "include \"lib/l.drill\"\n");
  write("p/lib/l.drill", "param top\n");
  EXPECT_EQ(params_of("p/a/b/x.drill"), "top ");
  write("p/a/lib/l.drill", "param middle\n");
  EXPECT_EQ(params_of("p/a/b/x.drill"), "middle ");
  write("p/a/b/lib/l.drill", "param beside\n");
  EXPECT_EQ(params_of("p/a/b/x.drill"), "beside ");
}

TEST_F(SuiteTest, AnIncludedFileLooksFromItsOwnFolder) {
  write("p/a/x.drill", "include \"lib/l.drill\"\n");
  write("p/lib/l.drill", "include \"m.drill\"\nparam l\n");
  write("p/lib/m.drill", "param beside_l\n");
  write("p/a/m.drill", "param beside_x\n");
  EXPECT_EQ(params_of("p/a/x.drill"), "beside_l l ");
}

TEST_F(SuiteTest, NothingOutsideTheProject) {
  write("l.drill", "param outside\n");
  write("p/x.drill", "include \"l.drill\"\n");
  EXPECT_NE(params_of("p/x.drill").find("cannot read"), std::string::npos)
      << params_of("p/x.drill");
  write("p/y.drill", "include \"../l.drill\"\n");
  EXPECT_NE(params_of("p/y.drill").find("lies outside the project folder"), std::string::npos)
      << params_of("p/y.drill");
  fs::create_symlink(top_ / "l.drill", top_ / "p/link.drill");
  write("p/z.drill", "include \"link.drill\"\n");
  EXPECT_NE(params_of("p/z.drill").find("lies outside the project folder"), std::string::npos)
      << params_of("p/z.drill");
  write("p/t.drill", "table t from \"/etc/passwd\"\n");
  EXPECT_NE(params_of("p/t.drill").find("lies outside the project folder"), std::string::npos)
      << params_of("p/t.drill");
}

TEST_F(SuiteTest, AFileThatIncludesItself) {
  write("p/x.drill", "include \"y.drill\"\n");
  write("p/y.drill", "include \"x.drill\"\n");
  EXPECT_EQ(params_of("p/x.drill"), "'x.drill' includes itself");
}

TEST_F(SuiteTest, AFileThatTwoIncludeComesOnce) {
  write("p/x.drill", "include \"y.drill\"\ninclude \"z.drill\"\n");
  write("p/y.drill", "include \"l.drill\"\n");
  write("p/z.drill", "include \"l.drill\"\n");
  write("p/l.drill", "param once\n");
  EXPECT_EQ(params_of("p/x.drill"), "once ");
}

TEST_F(SuiteTest, ATableLooksLikewise) {
  write("p/a/x.drill", "table t from \"data/t.csv\"\nparam read\n");
  write("p/data/t.csv", "case\none\n");
  EXPECT_EQ(params_of("p/a/x.drill"), "read ");
}

}  // namespace
}  // namespace fixdrill::run
