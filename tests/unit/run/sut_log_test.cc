// confirm … log: what a line of the log of the system under test decides.
#include "run/sut_log.h"

#include "base/limits.h"
#include "unit/run/drill_run.h"

namespace fixdrill::run {
namespace {

/// A log in memory.
class FakeLog final : public SutLog {
 public:
  std::string path() const override { return "sut.log"; }
  std::uint64_t size() const override { return text.size(); }
  Result<std::string> read(std::uint64_t from) const override {
    if (gone) return environment_error("cannot read sut.log: gone");
    return text.substr(std::min<std::size_t>(from, text.size()), limits::kSutLogBlock);
  }

  std::string text = "old line\n";
  bool gone = false;
};

class SutLogTest : public DrillRun {
 protected:
  SutLogTest() {
    sut_log = &log;
    // It is written to at the third look, 100 ms after the step began.
    attach = [this](net::Loop& loop) -> std::shared_ptr<void> {
      return std::shared_ptr<net::Timer>(
          loop.at(loop.now() + 100ms, [this] { log.text += added; }));
    };
  }
  std::string confirms(const std::string& how) {
    return says("session OE initiator wire\nscenario \"s\" {\n  confirm \"Said?\" " + how +
                "\n}\n");
  }

  FakeLog log;
  std::string added;
};

TEST_F(SutLogTest, ALineThatIsAddedInTime) {
  added = "ERROR MsgSeqNum too low\n";
  EXPECT_EQ(confirms("log /too low/ within 1s"), "PASS s");
  EXPECT_EQ(confirms("log /too low/ within 90ms"),
            "FAIL s: 3:23 confirm: no line of sut.log fits /too low/ within 90 ms");
}

TEST_F(SutLogTest, WhatStoodThereBeforeIsNotLookedAt) {
  added = "new\n";
  EXPECT_EQ(confirms("log /old/ within 1s"),
            "FAIL s: 3:23 confirm: no line of sut.log fits /old/ within 1 s");
}

TEST_F(SutLogTest, ALogThatIsBegunAnewIsReadFromItsBeginning) {
  log.text = std::string(1000, 'x');
  attach = [this](net::Loop& loop) -> std::shared_ptr<void> {
    return std::shared_ptr<net::Timer>(
        loop.at(loop.now() + 100ms, [this] { log.text = "begun\n"; }));
  };
  EXPECT_EQ(confirms("log /^begun$/ within 1s"), "PASS s");
}

TEST_F(SutLogTest, ALineWithoutEndIsLookedAtInPieces) {
  added = std::string(3 * limits::kSutLogBlock, 'x') + "found";
  EXPECT_EQ(confirms("log /found/ within 1s"), "PASS s");
}

TEST_F(SutLogTest, ALogThatCannotBeReadIsAnError) {
  log.gone = true;
  EXPECT_EQ(confirms("log /x/ within 1s"), "ERROR s: 3:19 confirm: cannot read sut.log: gone");
}

TEST_F(SutLogTest, WithoutALogAPersonIsAsked) {
  sut_log = nullptr;
  EXPECT_EQ(confirms("log /x/ within 1s"),
            "UNRESOLVED s: 3:3 confirm: no answer to this 'confirm': there is nobody to ask; "
            "--answers FILE gives answers beforehand");
}

}  // namespace
}  // namespace fixdrill::run
