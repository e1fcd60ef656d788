// Lanes side by side: identities never overlap, results come in input order.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "record/reader.h"
#include "unit/record/recording_fixture.h"
#include "unit/run/drill_run.h"
#include "unit/run/little_exchange.h"

namespace fixdrill::run {
namespace {

/// One moment at which an identity came into use (or went out of it).
struct Moment {
  std::string who;
  bool arrives = false;
};

/// Identities that were in use twice at once.
std::set<std::string> overlaps(const std::vector<Moment>& moments) {
  std::map<std::string, int> in_use;
  std::set<std::string> twice;
  for (const Moment& moment : moments) {
    in_use[moment.who] += moment.arrives ? 1 : -1;
    if (in_use[moment.who] > 1) twice.insert(moment.who);
  }
  return twice;
}

/// What the exchanges of all lanes saw, in one order.
class Book {
 public:
  void write(const std::string& who, bool arrives) {
    const std::lock_guard lock(mutex_);
    moments_.push_back({who, arrives});
    if (arrives) ++arrivals_;
    news_.notify_all();
  }
  /// False when it takes so long that it will never be.
  bool until_arrivals(std::size_t count) {
    std::unique_lock lock(mutex_);
    return news_.wait_for(lock, std::chrono::minutes(1), [&] { return arrivals_ >= count; });
  }
  std::vector<Moment> moments() const { return moments_; }
  std::set<std::string> everybody() const {
    std::set<std::string> all;
    for (const Moment& moment : moments_) all.insert(moment.who);
    return all;
  }

 private:
  std::mutex mutex_;
  std::condition_variable news_;
  std::size_t arrivals_ = 0;
  std::vector<Moment> moments_;
};

std::string session(const std::string& name, const std::string& sender) {
  return "[session." + name + "]\nport = 9000\nbegin_string = \"FIX.4.4\"\nsender = \"" + sender +
         "\"\ntarget = \"EXCH\"\nstore = \"memory\"\nreset_on_logon = true\n";
}

/// Two scenarios, each an order and its answer.
std::string file_of(const std::string& name, const std::string& alias) {
  std::string text = "session " + alias + " initiator\n";
  for (const std::string part : {"a", "b"}) {
    text += "scenario \"" + name + part +
            "\" {\n  send NewOrderSingle { ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | "
            "OrderQty = 1 | OrdType = Market | TransactTime = ${now()} }\n"
            "  expect ExecutionReport { ExecType = New }\n}\n";
  }
  return text;
}

class Lanes : public DrillRun {
 protected:
  Lanes() {
    profile_text = "environment = \"simulator\"\n" + session("F", "FIX1") + session("G", "FIX2") +
                   session("T", "BRK2") + session("W", "BRK{worker}");
    auto made = record::create_recording(folder_.file("a.db"), {}, test::kStart);
    EXPECT_TRUE(made.ok());
    recording_ = std::move(*made);
    recorder_in_use = recording_.get();
    watched_by([](const std::string&) { std::this_thread::yield(); });
  }

  /// Every lane's exchange writes into the book, then does `more` before it answers the Logon.
  void watched_by(const std::function<void(const std::string&)>& more) {
    attach = [this, more](net::Loop& loop) {
      return std::make_shared<LittleExchange>(
          loop, LittleExchange::Watch{[this, more](const std::string& who) {
                                        book_.write(who, true);
                                        more(who);
                                      },
                                      [this](const std::string& who) { book_.write(who, false); }});
    };
  }

  /// Sessions by one letter each, a file each.
  void runs_files(const std::string& aliases) {
    Files files;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < aliases.size(); ++i) {
      const std::string name = std::to_string(i);
      files.emplace_back(name + ".drill", file_of(name, std::string(1, aliases[i])));
      for (const char* part : {"a", "b"}) titles_.push_back(name + part);
    }
    for (const std::string& title : titles_) lines.push_back("PASS " + title);
    EXPECT_EQ(said(runs(files)), join(lines, "\n"));
    EXPECT_EQ(finished, titles_) << "told in input order";
    recorder_in_use = nullptr;
    recording_.reset();
    const auto read = record::read_recording(folder_.file("a.db"));
    ASSERT_TRUE(read.ok()) << read.error().text;
    std::vector<std::string> recorded;
    for (const auto& scenario : read->result.scenarios) recorded.push_back(scenario.title);
    EXPECT_EQ(recorded, titles_) << "recorded in input order";
  }

  record::TempFolder folder_;
  std::unique_ptr<record::Recorder> recording_;
  Book book_;
  std::vector<std::string> titles_;
};

TEST(Overlaps, AreFound) {
  EXPECT_EQ(overlaps({{"A", true}, {"B", true}, {"A", false}, {"A", true}}),
            std::set<std::string>());
  EXPECT_EQ(overlaps({{"A", true}, {"B", true}, {"A", true}, {"A", false}}),
            std::set<std::string>{"A"});
}

class AnyNumberOfLanes : public Lanes, public testing::WithParamInterface<unsigned> {};

TEST_P(AnyNumberOfLanes, NoIdentityIsInUseTwiceAndResultsComeAsGiven) {
  lanes = GetParam();
  runs_files("WFWGWWFWGFWFWGFW");
  EXPECT_EQ(overlaps(book_.moments()), std::set<std::string>());
  EXPECT_TRUE(book_.everybody().contains("FIX1"));
  for (const std::string& who : book_.everybody())
    EXPECT_EQ(who.find('{'), std::string::npos) << who;
}

TEST_P(AnyNumberOfLanes, NorWhenAFixedIdentityIsOneThatAWorkerHas) {
  lanes = GetParam();
  runs_files("WTFTWTWTFTWT");
  EXPECT_EQ(overlaps(book_.moments()), std::set<std::string>());
}

INSTANTIATE_TEST_SUITE_P(All, AnyNumberOfLanes, testing::Values(1, 2, 3, 4, 8, 64));

TEST_F(Lanes, SideBySideAsManyAsAsked) {
  lanes = 4;
  watched_by([this](const std::string&) { EXPECT_TRUE(book_.until_arrivals(4)); });
  runs_files("WWWW");
  EXPECT_EQ(book_.everybody(), (std::set<std::string>{"BRK1", "BRK2", "BRK3", "BRK4"}));
  EXPECT_EQ(overlaps(book_.moments()), std::set<std::string>());
  std::vector<Moment> blurred = book_.moments();
  for (Moment& moment : blurred) moment.who = "BRK";
  EXPECT_EQ(overlaps(blurred), std::set<std::string>{"BRK"}) << "they were there at once";
}

TEST_F(Lanes, FixedIdentitiesThatDifferRunSideBySide) {
  lanes = 2;
  watched_by([this](const std::string&) { EXPECT_TRUE(book_.until_arrivals(2)); });
  runs_files("FG");
}

TEST_F(Lanes, NoMoreAreMadeThanThereAreUnits) {
  lanes = 64;
  runs_files("WFF");
  EXPECT_EQ(loops, 2);
}

TEST_F(Lanes, TheRecordingHasTheRealIdentities) {
  lanes = 2;
  watched_by([this](const std::string&) { EXPECT_TRUE(book_.until_arrivals(2)); });
  runs_files("WW");
  const auto read = record::read_recording(folder_.file("a.db"));
  ASSERT_TRUE(read.ok());
  std::set<std::string> senders;
  for (const auto& recorded : read->sessions) senders.insert(recorded.row.sender);
  EXPECT_EQ(senders, (std::set<std::string>{"BRK1", "BRK2"}));
}

TEST_F(Lanes, KeepRunKeepsALanesSessionsOverItsUnits) {
  profile_text = "keep = \"run\"\n" + profile_text;
  lanes = 2;
  watched_by([this](const std::string&) { EXPECT_TRUE(book_.until_arrivals(2)); });
  runs_files("WWWWWW");
  EXPECT_EQ(book_.moments().size(), 4u) << "each lane logged on once, and left once";
}

TEST_F(Lanes, AGuardOfAWorkersIdentityIsOfTheRealOne) {
  profile_text.replace(profile_text.find("simulator"), 9, "uat");
  profile_text.insert(profile_text.find("[session.F]"), "allow = [\"127.0.0.1:9000\"]\n");
  deny.comp_ids = {"BRK1"};
  const auto result = runs(Files{{"a.drill", file_of("0", "W")}});
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_NE(said(result).find("BRK1 is a production CompID"), std::string::npos) << said(result);
}

}  // namespace
}  // namespace fixdrill::run
