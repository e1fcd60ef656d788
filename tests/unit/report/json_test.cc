#include "report/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden_file.h"
#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Outcome;
using record::Recording;
using testing::HasSubstr;

TEST(Json, EveryState) { EXPECT_EQ(json_text(every_state()), golden_file("report.json")); }

TEST(Json, ARunThatDidNotEndHasNoEndAndNoOutcome) {
  Recording recording;
  recording.uuid = "2f6e";
  recording.result.ended = false;
  recording.result.started_ns = kRunStart;
  EXPECT_EQ(json_text(recording), R"({
  "format": "fixdrill-report",
  "version": 1,
  "run": {
    "uuid": "2f6e",
    "recording": "",
    "suite": "",
    "target": "",
    "started": "2026-11-22T06:00:00.000000000Z",
    "started_ns": "1795327200000000000",
    "ended": null,
    "ended_ns": null,
    "seconds": null,
    "outcome": null,
    "exit_code": null,
    "interrupted": false,
    "note": "the run did not end: its recording is not sealed"
  },
  "totals": {
    "PASS": 0,
    "FAIL": 0,
    "ERROR": 0,
    "SKIP": 0,
    "XFAIL": 0,
    "XPASS": 0,
    "UNRESOLVED": 0
  },
  "scenarios": []
}
)");
}

TEST(Json, TextsAreShownAsTheConsoleShowsThem) {
  Recording recording = ended_run(1);
  record::Verdict verdict = verdict_that(Outcome::fail, "expect", "a\x01\x62\xFF\xED\xA0\x80");
  verdict.source = "9 | x\n  | ^\x1b";
  recording.result.scenarios = {failing(Outcome::fail, "", "\"\\\xC3", verdict)};
  const std::string text = json_text(recording);
  EXPECT_THAT(text, HasSubstr("\"title\": \"\\\"\\\\\xEF\xBF\xBD\""));
  EXPECT_THAT(text,
              HasSubstr("\"message\": \"a|b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""));
  EXPECT_THAT(text, HasSubstr(R"("source": "9 | x\n  | ^\\x1b")"));
}

}  // namespace
}  // namespace fixdrill::report
