#include "report/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden_file.h"
#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Outcome;
using record::Recording;
using testing::HasSubstr;

std::string junit_of(const std::vector<record::ScenarioResult>& scenarios) {
  Recording recording = ended_run(0);
  recording.result.scenarios = scenarios;
  return junit_xml(recording);
}

TEST(JUnit, EveryState) { EXPECT_EQ(junit_xml(every_state()), golden_file("junit.xml")); }

TEST(JUnit, ARunWithoutScenariosIsADocumentToo) {
  EXPECT_EQ(junit_xml(ended_run(0)), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fixdrill" tests="0" failures="0" errors="0" skipped="0" time="9.400000">
</testsuites>
)");
}

TEST(JUnit, ARunThatDidNotEndIsAnErrorOfItsOwn) {
  Recording recording;
  recording.result.ended = false;
  recording.result.scenarios = {scenario(Outcome::pass, "OE-001", "Limit")};
  EXPECT_EQ(junit_xml(recording), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fixdrill" tests="2" failures="0" errors="1" skipped="0" time="0.610000">
  <testsuite name="scenarios/orders/limit.drill" tests="1" failures="0" errors="0" skipped="0" time="0.610000" file="scenarios/orders/limit.drill">
    <testcase name="OE-001 Limit" classname="scenarios.orders.limit" file="scenarios/orders/limit.drill" line="7" time="0.610000"/>
  </testsuite>
  <testsuite name="fixdrill run" tests="1" failures="0" errors="1" skipped="0">
    <testcase name="every scenario ran" classname="fixdrill.run">
      <error message="the run did not end: its recording is not sealed" type="run"/>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(JUnit, RepeatedNamesOfOneClassAreMadeUnique) {
  record::ScenarioResult same = scenario(Outcome::pass, "", "T");
  record::ScenarioResult taken = scenario(Outcome::pass, "", "T (2)");
  record::ScenarioResult elsewhere = scenario(Outcome::pass, "", "T");
  elsewhere.path = "scenarios/other.drill";
  record::ScenarioResult same_class = scenario(Outcome::pass, "", "T");
  same_class.path = "./scenarios/orders//limit";
  const std::string text = junit_of({same, taken, same, elsewhere, same_class});
  EXPECT_THAT(text, HasSubstr(R"x(<testcase name="T" classname="scenarios.orders.limit")x"));
  EXPECT_THAT(text, HasSubstr(R"x(<testcase name="T (2)" classname="scenarios.orders.limit")x"));
  EXPECT_THAT(text, HasSubstr(R"x(<testcase name="T (3)" classname="scenarios.orders.limit")x"));
  EXPECT_THAT(text, HasSubstr(R"x(<testcase name="T (4)" classname="scenarios.orders.limit")x"));
  EXPECT_THAT(text, HasSubstr(R"x(<testcase name="T" classname="scenarios.other")x"));
}

TEST(JUnit, ClassNamesStayInsideTheProject) {
  record::ScenarioResult outside = scenario(Outcome::pass, "", "T");
  outside.path = "../a/b.drill";
  EXPECT_THAT(junit_of({outside}), HasSubstr(R"(classname="a.b" file="../a/b.drill")"));
  outside.path = "/a/b.drill";
  EXPECT_THAT(junit_of({outside}), HasSubstr(R"(classname="a.b" file="/a/b.drill")"));
}

TEST(JUnit, NothingInATextIsMarkup) {
  record::ScenarioResult result = failing(
      Outcome::fail, "", "<a href=\"x\"> & 'b'\t]]>",
      verdict_that(Outcome::fail, "expect", "58=]]></failure>&amp;\x01\"\xFF\xEF\xBF\xBE\nnext"));
  const std::string text = junit_of({result});
  EXPECT_THAT(text, HasSubstr("name=\"&lt;a href=&#34;x&#34;&gt; &amp; 'b'&#9;]]&gt;\" classname"));
  EXPECT_THAT(text,
              HasSubstr("message=\"scenarios/orders/limit.drill:9:3: 58=]]&gt;&lt;/failure&gt;"
                        "&amp;amp;|&#34;\xEF\xBF\xBD\\u{fffe}&#10;next\" type=\"expect\">"));
  EXPECT_THAT(text, HasSubstr(">scenarios/orders/limit.drill:9:3: error: 58=]]&gt;&lt;/failure&gt;"
                              "&amp;amp;|\"\xEF\xBF\xBD\\u{fffe}\\x0anext\n</failure>"));
}

// "warning: " + text + line end.
std::string output_of(std::size_t length, const std::string& last) {
  record::ScenarioResult result = scenario(Outcome::pass, "", "T");
  result.warnings = {std::string(length - 10 - last.size(), 'x') + last};
  const std::string text = junit_of({result});
  const std::size_t begin = text.find("<system-out>") + 12;
  return text.substr(begin, text.find("</system-out>") - begin);
}

TEST(JUnit, TextsAreCutAt64KiB) {
  constexpr const char* kPointer = "…\ncut at 64 KiB; all of it is in the recording runs/a.db\n";
  const std::string whole = output_of(65536, "");
  EXPECT_EQ(whole.size(), 65536u);
  EXPECT_EQ(whole.substr(65530), "xxxxx\n");
  const std::string longer = output_of(65537, "");
  EXPECT_EQ(longer.size(), 65536 + std::string(kPointer).size());
  EXPECT_EQ(longer.substr(65530), std::string("xxxxxx") + kPointer);
  EXPECT_EQ(output_of(65538, "ö").substr(65530), std::string("xxxxx") + kPointer)
      << "no half character";
}

TEST(JUnit, ADamagedTimeIsNoTime) {
  record::ScenarioResult early = scenario(Outcome::pass, "", "T");
  early.elapsed_ns = -5;
  EXPECT_THAT(junit_of({early}), HasSubstr("line=\"7\" time=\"0.000000\"/>"));
  record::ScenarioResult endless = early;
  endless.elapsed_ns = INT64_MAX;
  EXPECT_THAT(junit_of({endless, endless}), HasSubstr("time=\"9223372036.854776\" file="));
}

}  // namespace
}  // namespace fixdrill::report
