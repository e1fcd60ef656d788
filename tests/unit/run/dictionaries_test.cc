#include "run/dictionaries.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace fixdrill::run {
namespace {

namespace fs = std::filesystem;

/// A folder with a FIX44.xml that is good; to open any other file is an error.
class DictionariesTest : public testing::Test {
 protected:
  DictionariesTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::copy_file(FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml", file("FIX44"));
    for (const char* name : {"FIX40", "FIX42", "FIXT11", "FIX50SP2"})
      std::ofstream(file(name)) << "no dictionary";
  }
  ~DictionariesTest() override { fs::remove_all(folder_); }

  std::string file(const std::string& name) const { return (folder_ / (name + ".xml")).string(); }
  static profile::Session session(const char* begin_string) {
    profile::Session session;
    session.begin_string = begin_string;
    return session;
  }

  fs::path folder_ = fs::path(testing::TempDir()) /
                     (std::string("fixdrill_dictionaries_") +
                      testing::UnitTest::GetInstance()->current_test_info()->name());
  Dictionaries dictionaries{folder_.string()};
};

TEST_F(DictionariesTest, OpensNoFileButThatOfTheSession) {
  const auto loaded = dictionaries.for_session(session("FIX.4.4"));
  ASSERT_TRUE(loaded) << loaded.error().text;
  EXPECT_EQ((*loaded)->version(), "FIX 4.4");
  const auto bad = dictionaries.for_session(session("FIX.4.2"));
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().text, file("FIX42") +
                                  ":1:14: error: this is no well-formed XML: No document element "
                                  "found\n1 | no dictionary\n  |              ^");
}

TEST_F(DictionariesTest, ReadsAFileOnce) {
  const auto first = dictionaries.for_session(session("FIX.4.4"));
  ASSERT_TRUE(first) << first.error().text;
  std::ofstream(file("FIX44")) << "no dictionary any more";
  const auto second = dictionaries.for_session(session("FIX.4.4"));
  ASSERT_TRUE(second) << second.error().text;
  EXPECT_EQ(*first, *second);
}

TEST_F(DictionariesTest, AVersionWithoutAFileHasNone) {
  const auto none = dictionaries.for_session(session("FIX.4.9"));
  ASSERT_TRUE(none) << none.error().text;
  EXPECT_EQ(*none, nullptr);
}

}  // namespace
}  // namespace fixdrill::run
