#include "record/recorder.h"

#include <sys/stat.h>

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

TEST(Recorder, WhatWasRecordedIsReadBack) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  const std::int64_t order = talk.sends("8=FIX.4.4|9=5|35=D|10=001|");
  const std::int64_t ack = talk.gets("8=FIX.4.4|9=5|35=8|10=002|");
  ScenarioResult scenario = talk.passed_scenario("OE-001");
  ASSERT_TRUE(talk.recorder().scenario(scenario).ok());
  RunResult run;
  run.exit_code = 0;
  const Status sealed = talk.recorder().seal(run);
  ASSERT_TRUE(sealed.ok()) << sealed.error().text;
  const Result<Recording> read = read_recording(path);
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_TRUE(read->sealed);
  EXPECT_EQ(read->outcome, "PASS");
  ASSERT_EQ(read->messages.size(), 2u);
  EXPECT_EQ(read->messages[0].id, order);
  EXPECT_EQ(read->messages[1].id, ack);
}

}  // namespace
}  // namespace fixdrill::record
