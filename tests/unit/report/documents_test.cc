// Documents of a recording that holds every byte where text can stand. valid_documents.py runs this
// and gives the documents to programs that know what XML and JSON are.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>

#include "report/json.h"
#include "report/junit.h"
#include "report_fixture.h"

namespace fixdrill::report {
namespace {

using record::Outcome;
using record::Recording;

/// Every byte, every pair of bytes that are not ASCII, what XML forbids, and noise.
std::string hostile_text() {
  std::string text = "]]>\xEF\xBF\xBE\xEF\xBF\xBF\xED\xA0\x80\xED\xBF\xBF&#1;<![CDATA[\r\n";
  for (int i = 0; i < 256; ++i) text += static_cast<char>(i);
  for (int i = 0x80; i < 256; ++i) {
    for (int j = 0x80; j < 256; ++j) text += {static_cast<char>(i), static_cast<char>(j), ' '};
  }
  std::mt19937 noise(4711);
  for (int i = 0; i < 2'000; ++i) text += static_cast<char>(noise());
  return text;
}

Recording hostile_recording() {
  const std::string text = hostile_text();
  Recording recording = ended_run(1);
  for (std::string* part :
       {&recording.uuid, &recording.suite, &recording.target, &recording.release, &recording.change,
        &recording.outcome, &recording.result.recording})
    *part = text;
  recording.sessions = {{1, {text, text, text, text, text, text, text}}};
  record::MessageRow row;
  row.id = 1;
  row.session_id = 1;
  row.raw = text;
  recording.messages = {row};
  record::Verdict verdict = verdict_that(Outcome::fail, text, text);
  verdict.location = text;
  verdict.source = text;
  verdict.fields = {{false, text, text, text}};
  verdict.details = {text};
  verdict.messages = {{1, text, text}};
  for (const Outcome outcome :
       {Outcome::pass, Outcome::fail, Outcome::error, Outcome::skip, Outcome::unresolved}) {
    record::ScenarioResult result = failing(outcome, text, text, verdict);
    result.path = text;
    result.warnings = {text, text};
    result.steps.front().answer = record::Answer{text, text, text, text, text, 1, text};
    result.steps.front().session = text;
    result.steps.front().file = text;
    result.steps.front().text = text;
    recording.result.scenarios.push_back(result);
  }
  return recording;
}

void write(const std::string& name, const std::string& text) {
  const char* folder = std::getenv("DOCUMENTS");
  if (!folder) return;
  std::ofstream(std::filesystem::path(folder) / name, std::ios::binary) << text;
}

TEST(Documents, HoldEveryByte) {
  const std::string xml = junit_xml(hostile_recording());
  const std::string json = json_text(hostile_recording());
  for (const std::string& text : {xml, json}) {
    EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') || c == '\x7f';
    }));
  }
  write("hostile.xml", xml);
  write("hostile.json", json);
  write("states.xml", junit_xml(every_state()));
  write("states.json", json_text(every_state()));
}

}  // namespace
}  // namespace fixdrill::report
