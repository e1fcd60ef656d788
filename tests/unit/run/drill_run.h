// Runs scenario texts on the in-memory network and virtual time: no sockets, no waiting.
#pragma once

#include <atomic>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "run/runner.h"
#include "run/suite.h"
#include "run/update.h"
#include "session/playback.h"
#include "support/fake_recorder.h"
#include "support/session_rig.h"
#include "syntax/parser.h"

namespace fixdrill::run {

using namespace std::chrono_literals;

/// Both sides by script, logged on; what a file's `include "pair.drill"` brings.
inline constexpr const char* kPair = R"(
session OE initiator wire
session EX acceptor wire
setup {
  OE: connect
  EX: accept
  OE: send Logon { EncryptMethod = 0 | HeartBtInt = 30 | ResetSeqNumFlag = Y }
  EX: expect Logon
  EX: send Logon { EncryptMethod = 0 | HeartBtInt = 30 | ResetSeqNumFlag = Y }
  OE: expect Logon
}
)";

class DrillRun : public testing::Test, protected Progress {
 protected:
  using Files = std::vector<std::pair<std::string, std::string>>;

  /// Steps between a wire initiator OE and a wire acceptor EX that are logged on. They begin in
  /// line 3.
  static std::string pair(const std::string& steps) {
    return "include \"pair.drill\"\nscenario \"s\" {\n" + steps + "\n}\n";
  }
  /// Steps between two engine sessions, OE to EX. They begin in line 4.
  static std::string engines(const std::string& steps) {
    return "session EX acceptor\nsession OE initiator\nscenario \"s\" {\n" + steps + "\n}\n";
  }

  std::function<std::shared_ptr<void>(net::Loop&, const profile::Profile&)> on_loop() const {
    if (!attach) return nullptr;
    return [this](net::Loop& loop, const profile::Profile&) { return attach(loop); };
  }

  record::RunResult runs(const std::string& text) { return runs(Files{{"a.drill", text}}); }
  record::RunResult runs(const Files& files) {
    const profile::Profile& profile = load_profile();
    static Dictionaries dictionaries(FIXDRILL_SOURCE_DIR "/fixspecs");
    Suite suite;
    for (const auto& [path, text] : files) add(suite, path, text);
    EXPECT_TRUE(check_suite(suite, &profile, dictionaries).ok());
    EXPECT_FALSE(has_errors(suite.diagnostics)) << render(suite.diagnostics);
    if (has_errors(suite.diagnostics)) return {};
    const RunConfig config{.profile = profile,
                           .dictionaries = dictionaries,
                           .recorder = *recorder_in_use,
                           .progress = *this,
                           .stop = stop,
                           .make_loop = [this] { return make_loop(); },
                           .attach = on_loop(),
                           .env = {},
                           .variables = {},
                           .secrets = {},
                           .passwords = {},
                           .masker = masker,
                           .deny = deny,
                           .store_folder = "",
                           .lanes = lanes,
                           .fail_fast = fail_fast,
                           .prompter = prompter,
                           .answers = answers,
                           .programs = programs,
                           .sut_log = sut_log,
                           .playback = playback};
    const Plan planned = plan(suite.files);
    record::RunResult result = run::run(config, planned);
    update = update_of(planned, result);
    return result;
  }

  /// One line a scenario: "PASS s", or "FAIL s: 5:7 limit: no ExecutionReport on OE within 1 s".
  static std::string said(const record::RunResult& result) {
    std::vector<std::string> lines;
    for (const record::ScenarioResult& scenario : result.scenarios) {
      std::string line = std::string(record::outcome_name(scenario.outcome)) + " " + scenario.title;
      for (const record::Verdict* wrong : failures(scenario)) {
        const std::string& at = wrong->location;
        line += fmt::format(": {} {}: {}", at.substr(std::min(at.size(), at.find(':') + 1)),
                            wrong->rule, wrong->message);
      }
      for (const std::string& warning : scenario.warnings) line += "; " + warning;
      lines.push_back(line);
    }
    return join(lines, "\n");
  }
  static std::vector<const record::Verdict*> failures(const record::ScenarioResult& scenario) {
    std::vector<const record::Verdict*> wrong;
    for (const record::StepResult& step : scenario.steps) {
      for (const record::Verdict& verdict : step.verdicts) {
        if (verdict.outcome != record::Outcome::pass) wrong.push_back(&verdict);
      }
    }
    return wrong;
  }
  std::string says(const std::string& text) { return said(runs(text)); }

  std::string profile_text = R"(
environment = "simulator"
[session.OE]
port = 9000
begin_string = "FIX.4.4"
sender = "BRK1"
target = "EXCH"
store = "memory"
[session.EX]
port = 9000
begin_string = "FIX.4.4"
sender = "EXCH"
target = "BRK1"
store = "memory"
)";
  test::FakeRecorder recorder;
  record::Recorder* recorder_in_use = &recorder;
  Stop stop;
  net::MemoryNetwork network;
  /// Called with each lane's loop before anything runs on it.
  std::function<void(net::Loop&)> with_loop;
  std::function<std::shared_ptr<void>(net::Loop&)> attach;
  profile::DenyList deny;
  record::Masker masker;
  unsigned lanes = 1;
  bool fail_fast = false;
  Prompter* prompter = nullptr;
  AnswerSheet* answers = nullptr;
  Programs* programs = nullptr;
  SutLog* sut_log = nullptr;
  session::Playback* playback = nullptr;
  std::atomic<int> loops = 0;
  std::vector<std::string> finished;
  Update update;  ///< what `--update` would do after the last run

 private:
  void note(const std::string&) override {}
  void scenario_started(const std::string&) override {}
  void scenario_finished(const record::ScenarioResult& result) override {
    finished.push_back(result.title);
  }

  const profile::Profile& load_profile() {
    auto loaded = profile::load(std::make_shared<const SourceFile>("test.toml", profile_text));
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().text);
    profile_ = std::move(*loaded);
    return profile_;
  }
  void add(Suite& suite, const std::string& path, const std::string& text) {
    const auto source = std::make_shared<const SourceFile>(path, text);
    auto parsed = syntax::parse(source, [](const std::string& name, const SourceFile&) {
      return Result<SourcePtr>(std::make_shared<const SourceFile>(name, kPair));
    });
    suite.diagnostics.insert(suite.diagnostics.end(), parsed.diagnostics.begin(),
                             parsed.diagnostics.end());
    suite.files.push_back(std::move(parsed.file));
  }
  std::unique_ptr<net::Loop> make_loop() {
    auto loop = playback ? session::make_playback_loop(*playback)
                         : net::make_memory_loop(test::kStart, network);
    ++loops;  // lanes make theirs at the same time
    if (with_loop) with_loop(*loop);
    return loop;
  }

  profile::Profile profile_;
};

}  // namespace fixdrill::run
