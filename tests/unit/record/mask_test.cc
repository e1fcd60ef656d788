#include "record/mask.h"

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

std::string masked(const Masker& masker, const std::string& piped) {
  return soh_to_pipe(masker.mask(pipe_to_soh(piped)));
}

TEST(Masker, HidesTheTagsThatAreAlwaysSecret) {
  const Masker masker;
  EXPECT_EQ(masked(masker, "8=FIX.4.4|35=BE|553=user|554=pw123|925=new|10=000|"),
            "8=FIX.4.4|35=BE|553=user|554=*****|925=***|10=000|");
  EXPECT_EQ(masked(masker, "1401=4|1402=abcd|1403=2|1404=xy|"), "1401=4|1402=****|1403=2|1404=**|");
  EXPECT_EQ(masked(masker, "93=3|89=sig|10=000|"), "93=3|89=***|10=000|");
}

TEST(Masker, LeavesOrdinaryMessagesAlone) {
  bool any = true;
  const std::string order = pipe_to_soh("35=D|11=1554=2|1554=x|55=MSFT|5540=y|54=1|");
  EXPECT_EQ(Masker().mask(order, any), order);
  EXPECT_FALSE(any);
}

TEST(Masker, SaysThatItMasked) {
  bool any = false;
  EXPECT_EQ(Masker().mask(pipe_to_soh("554=a|"), any), pipe_to_soh("554=*|"));
  EXPECT_TRUE(any);
}

TEST(Masker, RawDataIsSecretOnLogonOnly) {
  EXPECT_EQ(masked(Masker(), "35=A|95=3|96=abc|"), "35=A|95=3|96=***|");
  EXPECT_EQ(masked(Masker(), "35=B|95=3|96=abc|"), "35=B|95=3|96=abc|");
  EXPECT_EQ(masked(Masker(), "35=AE|95=3|96=abc|"), "35=AE|95=3|96=abc|");
}

TEST(Masker, ADataFieldIsHiddenToItsLength) {
  EXPECT_EQ(masked(Masker(), "35=A|95=5|96=ab|cd|10=000|"), "35=A|95=5|96=*****|10=000|");
  EXPECT_EQ(masked(Masker(), "35=A|95=1|96=abcd|10=000|"), "35=A|95=1|96=****|10=000|");
  EXPECT_EQ(masked(Masker(), "35=A|95=999|96=ab|cd|"), "35=A|95=999|96=******");
}

TEST(Masker, GarbledAndQuotedMessagesToo) {
  EXPECT_EQ(masked(Masker(), "554=half"), "554=****");
  EXPECT_EQ(Masker().mask("8=FIX.4.4|35=A|554=pw|10=1|"), "8=FIX.4.4|35=A|554=**|10=1|");
  const std::string quoting = "58=refused: 554=pw" + pipe_to_soh("|10=1|");
  EXPECT_EQ(Masker().mask(quoting), "58=refused: 554=**" + pipe_to_soh("|10=1|"));
}

TEST(Masker, TagsOfTheProfile) {
  const Masker masker({58, 9001}, {});
  EXPECT_EQ(masked(masker, "35=D|9001=sig|58=text|"), "35=D|9001=***|58=text|");
  EXPECT_EQ(masked(masker, "35=A|9001=sig|58=text|"), "35=A|9001=***|58=****|");
}

TEST(Masker, KnownValuesAnywhere) {
  const Masker masker({}, {"hunter2", "hunter2-long", ""});
  EXPECT_EQ(masked(masker, "35=D|11=xhunter2y|58=hunter2hunter2|"),
            "35=D|11=x*******y|58=**************|");
  EXPECT_EQ(masked(masker, "1=hunter2-long|"), "1=************|");
}

TEST(Masker, ShortValuesOnlyAsWholeFields) {
  const Masker masker({}, {"abc"});
  EXPECT_EQ(masked(masker, "1=abc|11=xabc|55=abcd|58=abc"), "1=***|11=xabc|55=abcd|58=***");
}

TEST(Masker, EveryTextOfAResult) {
  const Masker masker({}, {"hunter2"});
  ScenarioResult result;
  result.warnings = {"hunter2"};
  StepResult step;
  step.text = "send Logon hunter2";
  Verdict verdict;
  verdict.message = "got hunter2";
  verdict.source = "3 | hunter2";
  verdict.fields = {{false, "Password(554)", "abc", "(absent)"},
                    {false, "Text(58)", "a", "hunter2"}};
  verdict.details = {"received #1: 35=A|554=pw|10=1|"};
  verdict.messages = {{1, "candidate", "Text(58) is hunter2"}};
  step.verdicts = {verdict};
  step.answer = Answer{"ask", "is it hunter2?", "no, hunter22", "ann", "terminal", 0, ""};
  result.steps = {step};
  masker.mask(result);
  const Verdict& got = result.steps[0].verdicts[0];
  EXPECT_EQ(result.warnings[0], "*******");
  EXPECT_EQ(result.steps[0].text, "send Logon *******");
  EXPECT_EQ(got.message, "got *******");
  EXPECT_EQ(got.source, "3 | *******");
  EXPECT_EQ(got.fields[0].expected, "***");
  EXPECT_EQ(got.fields[0].received, "(absent)");
  EXPECT_EQ(got.fields[1].received, "*******");
  EXPECT_EQ(got.details[0], "received #1: 35=A|554=**|10=1|");
  EXPECT_EQ(got.messages[0].note, "Text(58) is *******");
  EXPECT_EQ(result.steps[0].answer->question, "is it *******?");
  EXPECT_EQ(result.steps[0].answer->text, "no, *******2");
}

TEST(Masker, ACanaryIsNowhereInTheFiles) {
  const std::string canary = "CANARY-7f3a";
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  const Masker masker({}, {canary});
  RecordedTalk talk(path);
  for (const char* frame : {"35=A|553=u|554=@|10=1|", "35=5|58=wrong password @!|", "554=@"}) {
    std::string piped = frame;
    piped.replace(piped.find('@'), 1, canary);
    talk.gets(soh_to_pipe(masker.mask(pipe_to_soh(piped))));
  }
  ScenarioResult scenario = talk.scenario("S-1");
  scenario.warnings = {"the peer said " + canary};
  masker.mask(scenario);
  ASSERT_TRUE(talk.recorder().scenario(scenario).ok());
  EXPECT_EQ(bytes_of(path).find(canary), std::string::npos);
  EXPECT_NE(bytes_of(path + "-wal").find("wrong password"), std::string::npos);
  EXPECT_EQ(bytes_of(path + "-wal").find(canary), std::string::npos);
  ASSERT_TRUE(talk.recorder().seal({}).ok());
  EXPECT_NE(bytes_of(path).find("wrong password"), std::string::npos);
  EXPECT_EQ(bytes_of(path).find(canary), std::string::npos);
}

}  // namespace
}  // namespace fixdrill::record
