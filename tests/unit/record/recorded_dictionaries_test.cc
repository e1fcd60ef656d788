#include "record/recorded_dictionaries.h"

#include <filesystem>
#include <gtest/gtest.h>

#include "record/recorder.h"
#include "record/sha256.h"

namespace fixdrill::record {
namespace {

TEST(RecordedDictionaries, AreFoundByTheirHash) {
  const std::string path = testing::TempDir() + "recorded_dictionaries.db";
  std::filesystem::remove(path);
  {
    auto recorder = create_recording(path, {}, {1'000'000'000, 1});
    ASSERT_TRUE(recorder.ok()) << recorder.error().text;
    (*recorder)->artifact({"scenario", "a.drill", "drill 1"});
    (*recorder)->artifact({"dictionary", "FIX44.xml", "<fix/>"});
    ASSERT_TRUE((*recorder)->seal({}).ok());
  }
  const auto found = read_dictionaries(path);
  ASSERT_TRUE(found.ok()) << found.error().text;
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().name, "FIX44.xml");
  EXPECT_EQ(found->front().text, "<fix/>");
  EXPECT_EQ(found->front().sha256, sha256("<fix/>"));
}

TEST(RecordedDictionaries, OfAFileThatIsNoRecordingAnErrorSaysSo) {
  const auto found = read_dictionaries("/dev/null");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, ErrorKind::input);
}

}  // namespace
}  // namespace fixdrill::record
