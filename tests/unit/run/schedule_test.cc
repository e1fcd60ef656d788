// Which files may run side by side.
#include "run/schedule.h"

#include <gtest/gtest.h>
#include <thread>

#include "base/text.h"
#include "syntax/parser.h"

namespace fixdrill::run {
namespace {

class Schedule : public testing::Test {
 protected:
  void session(const std::string& name, const std::string& sender, const std::string& host = "h",
               std::uint16_t port = 9000) {
    profile::Session made;
    made.name = name;
    made.sender = sender;
    made.target = "EXCH";
    made.host = host;
    made.port = port;
    profile_.sessions.push_back(made);
  }
  /// A file that declares these sessions ("OE initiator") and has so many scenarios.
  void file(const std::string& sessions, int scenarios = 1) {
    std::string text;
    for (const auto declared : split(sessions, ','))
      text += "session " + std::string(trim(declared)) + "\n";
    for (int i = 0; i < scenarios; ++i) text += "scenario \"s\" {\n  check 1 = 1\n}\n";
    auto parsed = syntax::parse(std::make_shared<const SourceFile>("t.drill", text));
    EXPECT_EQ(render(parsed.diagnostics), "");
    files_.push_back(std::move(parsed.file));
  }
  /// Units as "0 2+1" for files 0, then 2 with 1 … in the order in which they are taken.
  std::string units(unsigned lanes) const {
    std::vector<std::string> all;
    for (const Unit& unit : plan_units(profile_, plan_of_all(), lanes)) {
      std::vector<std::string> members;
      for (const std::size_t i : unit.files) members.push_back(std::to_string(i));
      all.push_back(join(members, "+"));
    }
    return join(all, " ");
  }

  /// Those without a scenario too: they must not upset it.
  Plan plan_of_all() const {
    Plan all;
    for (const syntax::File& one : files_) {
      all.files.push_back({&one, {}});
      for (const syntax::Scenario& scenario : one.scenarios)
        all.files.back().cases.push_back({.scenario = &scenario, .id = "", .title = ""});
    }
    return all;
  }

  profile::Profile profile_;
  std::vector<syntax::File> files_;
};

TEST_F(Schedule, AFixedIdentityInCommonMakesOneUnit) {
  session("A", "BRK1");
  session("B", "BRK2");
  session("A2", "BRK1");
  file("A initiator");
  file("B initiator");
  file("A2 initiator wire");
  EXPECT_EQ(units(2), "0+2 1");
}

TEST_F(Schedule, AFileWithTwoIdentitiesJoinsThem) {
  session("A", "BRK1");
  session("B", "BRK2");
  file("A initiator");
  file("B initiator");
  file("A initiator, B initiator");
  EXPECT_EQ(units(4), "0+1+2");
}

TEST_F(Schedule, FilesOfWorkersAreUnitsOfTheirOwn) {
  session("W", "BRK{worker}");
  session("A", "FIX");
  for (int i = 0; i < 3; ++i) file("W initiator");
  file("A initiator, W initiator");
  file("A initiator");
  EXPECT_EQ(units(2), "3+4 0 1 2");
}

TEST_F(Schedule, LongestUnitFirstAndOfEqualOnesAsGiven) {
  session("W", "BRK{worker}");
  file("W initiator", 1);
  file("W initiator", 3);
  file("W initiator", 2);
  file("W initiator", 3);
  EXPECT_EQ(units(3), "1 3 2 0");
}

TEST_F(Schedule, OneLaneRunsTheFilesAsGiven) {
  session("W", "BRK{worker}");
  session("A", "FIX");
  file("W initiator", 1);
  file("A initiator", 3);
  file("W initiator", 2);
  EXPECT_EQ(units(1), "0+1+2");
}

TEST_F(Schedule, AFixedIdentityThatAWorkerWillHaveBindsItsFiles) {
  session("W", "BRK{worker}");
  session("A", "BRK3");
  file("W initiator");
  file("A initiator");
  EXPECT_EQ(units(2), "0 1") << "no lane 3, no BRK3";
  EXPECT_EQ(units(3), "0+1");
}

TEST_F(Schedule, TwoPatternsThatMeetInDifferentLanesBindTheirFiles) {
  session("V", "BRK{worker}1");
  session("W", "BRK1{worker}");
  file("V initiator");
  file("W initiator");
  EXPECT_EQ(units(11), "0 1") << "BRK11 and BRK111 are both of one lane";
  EXPECT_EQ(units(21), "0+1") << "BRK121 is lane 12 of one, lane 21 of the other";
}

TEST_F(Schedule, APortToListenOnIsAnIdentityWhateverTheCompIds) {
  session("W", "EXCH{worker}", "127.0.0.1", 9000);
  session("V", "OTHER{worker}", "127.0.0.1", 9000);
  session("ANY", "EXCH{worker}", "127.0.0.1", 0);
  file("W acceptor");
  file("V acceptor");
  file("ANY acceptor");
  file("ANY acceptor");
  EXPECT_EQ(units(4), "0+1 2 3");
}

TEST_F(Schedule, EveryNameOfThisMachineIsTheSamePlace) {
  session("A", "BRK1", "localhost");
  session("B", "BRK1", "127.0.0.1");
  session("C", "BRK1", "Exchange.example.com");
  session("D", "BRK1", "exchange.example.com");
  file("A initiator");
  file("C initiator");
  file("B initiator");
  file("D initiator");
  EXPECT_EQ(units(4), "0+2 1+3");
}

TEST_F(Schedule, FilesWithoutSessionsAreFree) {
  files_.resize(2);
  EXPECT_EQ(units(2), "0 1");
  files_.clear();
  EXPECT_EQ(units(2), "");
}

TEST(UnitQueue, GivesEveryUnitOnceWhoeverAsks) {
  std::vector<Unit> units(1000);
  for (std::size_t i = 0; i < units.size(); ++i) units[i].cases = i;
  UnitQueue queue(units);
  std::vector<std::vector<std::size_t>> taken(4);
  std::vector<std::thread> lanes;
  for (auto& mine : taken) {
    lanes.emplace_back([&queue, &mine] {
      while (const Unit* unit = queue.next()) mine.push_back(unit->cases);
    });
  }
  for (std::thread& lane : lanes) lane.join();
  std::vector<int> times(units.size());
  for (const auto& mine : taken) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    for (const std::size_t unit : mine) ++times[unit];
  }
  EXPECT_EQ(times, std::vector<int>(units.size(), 1));
  EXPECT_EQ(queue.next(), nullptr);
}

}  // namespace
}  // namespace fixdrill::run
