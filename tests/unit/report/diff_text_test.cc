#include "report/diff_text.h"

#include <gtest/gtest.h>
#include <sstream>

#include "report/diff_json.h"

namespace fixdrill::report {
namespace {

diff::Comparison comparison() {
  diff::Comparison made;
  made.a = {"a.log", 1'234'567, 2, 1'764'000'000'000'000'000, 1'764'000'061'000'000'000};
  made.b = {"b.log", 1, 1, 0, 0};
  made.sessions = {"OE  FIX.4.4 BRK1 -> EXCH"};
  made.pairs = 2;
  made.equal_pairs = 1;
  diff::Finding state;
  state.severity = diff::Severity::breaking;
  state.subject = {record::Direction::in, "8"};
  state.message = "ExecutionReport";
  state.place = "OrdStatus(39)";
  state.count = 3;
  state.fingerprint = "00000000aa";
  state.variants = {{"2 Filled",
                     "4 Canceled",
                     2,
                     "00000000ab",
                     {{7, 8, "ClOrdID=A", "ClOrdID=B"}},
                     false,
                     "4 Canceled is not seen on side A at all"},
                    {"2 Filled", "C Expired", 1, "00000000ac", {}, false}};
  diff::Finding added;
  added.severity = diff::Severity::benign;
  added.kind = diff::Kind::field_added;
  added.subject = state.subject;
  added.message = "ExecutionReport";
  added.place = "tag 5001";
  added.remark = "not in our dictionary";
  added.count = 12;
  added.fingerprint = "00000000ad";
  added.variants = {{"", "", 12, "00000000ae", {{7, 8, "", ""}}, false}};
  made.findings = {state, added};
  made.unused_maps = {"venue.rules:2: side A has no Symbol(55) NQZ6"};
  made.not_compared = {"1 piece of B that is no whole message"};
  made.suppressed[{diff::Treatment::ignore, 9100}] = 4;
  return made;
}

std::string text(const diff::Comparison& comparison, const diff::Judgement& judgement,
                 const DiffOptions& options = {}) {
  std::ostringstream out;
  put_diff(comparison, judgement, options, out);
  return out.str();
}

TEST(DiffText, FindingsStandByGravity) {
  diff::Comparison made = comparison();
  const diff::Judgement judgement = diff::judge(made.findings, {}, {});
  EXPECT_EQ(text(made, judgement, {.label_a = "release 7.1"}),
            R"(A   a.log (release 7.1)  2025-11-24T16:00:00 to 16:01:01  1,234,567 messages, 2 flows
B   b.log  no times  1 message, 1 flow
    OE  FIX.4.4 BRK1 -> EXCH
    1 of 2 paired flows have the same messages

BREAKING ! ExecutionReport received  OrdStatus(39): value changed  3 x  [00000000aa]
             2 Filled  ->  4 Canceled   2 x  [00000000ab]
             4 Canceled is not seen on side A at all
               A #7  ClOrdID=A
               B #8  ClOrdID=B
             2 Filled  ->  C Expired   1 x  [00000000ac]

BENIGN   . ExecutionReport received  tag 5001: field added  12 x  [00000000ad]
             not in our dictionary
               A #7
               B #8

map not needed: venue.rules:2: side A has no Symbol(55) NQZ6
not compared: 1 piece of B that is no whole message
differences that rules took away: 4 by ignore 9100
15 differences: 3 BREAKING, 12 BENIGN
)");
}

TEST(DiffText, WhatIsApprovedIsCountedAndNotShown) {
  diff::Comparison made = comparison();
  diff::Approval value;
  value.fingerprint = "00000000ab";
  value.what = "filled became cancelled";
  value.reason = "notice 12";
  diff::Approval whole = value;
  whole.fingerprint = "00000000ad";
  const diff::Judgement judgement = diff::judge(made.findings, {value, whole}, {});
  const std::string shown = text(made, judgement);
  EXPECT_EQ(shown.find("4 Canceled   "), std::string::npos) << shown;
  EXPECT_NE(shown.find("             and 2 approved\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("1 difference: 1 BREAKING; 14 approved\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("approved     [00000000ab] accept: filled became cancelled (notice 12)\n"),
            std::string::npos)
      << shown;
}

TEST(DiffText, JsonHasTheSame) {
  diff::Comparison made = comparison();
  const diff::Judgement judgement = diff::judge(made.findings, {}, {});
  const std::string json = diff_json(made, judgement, {});
  EXPECT_NE(json.find("\"format\": \"fixdrill-diff\""), std::string::npos);
  EXPECT_NE(json.find("\"fingerprint\": \"00000000ab\""), std::string::npos);
  EXPECT_NE(json.find("\"open\": 15"), std::string::npos);
  EXPECT_NE(json.find("\"remark\": \"4 Canceled is not seen on side A at all\""),
            std::string::npos);
  EXPECT_NE(json.find("\"unused_maps\": [\n    \"venue.rules:2: side A has"), std::string::npos);
}

}  // namespace
}  // namespace fixdrill::report
