#include "run/runner.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include "profile/worker.h"
#include "run/scenario_runner.h"
#include "run/schedule.h"
#include "run/sessions.h"
#include "run/uid.h"

namespace fixdrill::run {

using record::Outcome;
using record::ScenarioResult;

namespace {

// Collects the lanes' results and passes them on in input order. Calls to Progress come one at a
// time.
class Collector final : public Progress {
 public:
  Collector(const RunConfig& config, const Plan& plan)
      : progress_(config.progress), recorder_(config.recorder), masker_(config.masker) {
    for (const FilePlan& file : plan.files) {
      starts_.push_back(slots_.size());
      slots_.resize(slots_.size() + file.cases.size());
    }
    // Reserved now, so that the recording has them in input order too.
    for (std::size_t i = 0; i < slots_.size(); ++i) ids_.push_back(recorder_.next_id());
  }

  void note(const std::string& text) override {
    const std::lock_guard lock(mutex_);
    progress_.note(text);
  }
  void scenario_started(const std::string& title) override {
    const std::lock_guard lock(mutex_);
    progress_.scenario_started(title);
  }
  void scenario_finished(const ScenarioResult&) override {}

  /// A PASS is told only once it is committed: what the recording lost must not be said.
  void finished(std::size_t file, std::size_t number, ScenarioResult result) {
    const std::size_t slot = starts_[file] + number;
    result.id = ids_[slot];
    masker_.mask(result);
    if (Status recorded = recorder_.scenario(result); !recorded) {
      result.outcome = Outcome::error;
      result.exit_code = std::max(result.exit_code, 3);
      result.warnings.push_back(recorded.error().text);
    }
    const std::lock_guard lock(mutex_);
    slots_[slot] = std::move(result);
    for (; told_ < slots_.size() && slots_[told_]; ++told_)
      progress_.scenario_finished(*slots_[told_]);
  }

  std::size_t asked_for() const { return slots_.size(); }

  /// Scenarios that did not run (an end asked for early) are left out.
  std::vector<ScenarioResult> take() {
    std::vector<ScenarioResult> results;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (!slots_[i]) continue;
      if (i >= told_) progress_.scenario_finished(*slots_[i]);
      results.push_back(std::move(*slots_[i]));
    }
    return results;
  }

 private:
  Progress& progress_;
  record::Recorder& recorder_;
  const record::Masker& masker_;
  std::mutex mutex_;
  std::vector<std::size_t> starts_;
  std::vector<std::optional<ScenarioResult>> slots_;
  std::vector<std::int64_t> ids_;
  std::size_t told_ = 0;
};

// Of a file whose sessions could not be made every case is an ERROR that says why.
ScenarioResult not_started(const RunConfig& config, const Case& planned, const Error& error) {
  const syntax::Scenario& scenario = *planned.scenario;
  ScenarioResult result;
  result.case_id = planned.id;
  result.attempt = planned.attempt;
  result.title = planned.title;
  result.path = scenario.keyword.file->path();
  result.line = scenario.keyword.file->position(scenario.keyword.begin).line;
  result.outcome = Outcome::error;
  result.exit_code = error.kind == ErrorKind::guard ? 5 : 3;
  record::StepResult step;
  step.id = config.recorder.next_id();
  step.file = result.path;
  step.line = result.line;
  step.outcome = Outcome::error;
  record::Verdict verdict;
  verdict.rule = error.kind == ErrorKind::guard ? "guard" : "connect";
  verdict.outcome = Outcome::error;
  verdict.location = location_text(scenario.keyword);
  verdict.message = error.text;
  step.verdicts.push_back(std::move(verdict));
  result.steps.push_back(std::move(step));
  return result;
}

// The same run with this lane's identities.
RunConfig for_lane(const RunConfig& run, const profile::Profile& profile, Progress& progress) {
  return {.profile = profile,
          .dictionaries = run.dictionaries,
          .recorder = run.recorder,
          .progress = progress,
          .stop = run.stop,
          .make_loop = run.make_loop,
          .attach = run.attach,
          .around_file = run.around_file,
          .env = run.env,
          .variables = run.variables,
          .secrets = run.secrets,
          .passwords = run.passwords,
          .masker = run.masker,
          .deny = run.deny,
          .store_folder = run.store_folder,
          .lanes = run.lanes,
          .fail_fast = run.fail_fast,
          .prompter = run.prompter,
          .answers = run.answers,
          .programs = run.programs,
          .sut_log = run.sut_log,
          .playback = run.playback};
}

// What all lanes of a run share.
struct Shared {
  const RunConfig& run;
  const Plan& plan;
  UnitQueue& units;
  Collector& collector;
  std::shared_ptr<session::Guard> guard;
};

// One lane: takes unit after unit and runs it on one thread and one Loop.
class Lane {
 public:
  /// `number` from 1.
  Lane(const Shared& shared, unsigned number)
      : shared_(shared),
        profile_(profile::for_worker(shared.run.profile, number)),
        config_(for_lane(shared.run, profile_, shared.collector)),
        loop_(config_.make_loop()),
        attached_(config_.attach ? config_.attach(*loop_, profile_) : nullptr),
        sessions_(config_, *loop_, shared.guard),
        uids_(loop_->now().wall_ns, number - 1),
        scenarios_(config_, *loop_, sessions_, uids_) {
    config_.stop.add(*loop_);
  }
  ~Lane() { config_.stop.remove(*loop_); }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  void run() {
    while (const Unit* unit = config_.stop.requested() ? nullptr : shared_.units.next()) {
      for (const std::size_t index : unit->files) {
        if (config_.stop.requested()) break;
        run_file(shared_.plan.files[index], index);
      }
    }
    sessions_.close_run();
  }
  Time now() const { return loop_->now(); }

 private:
  void run_file(const FilePlan& planned, std::size_t index) {
    const syntax::File& file = *planned.file;
    const auto around = config_.around_file ? config_.around_file(file, profile_) : nullptr;
    const Status opened = sessions_.open_file(file);
    for (std::size_t i = 0; i < planned.cases.size() && !config_.stop.requested(); ++i) {
      ScenarioResult result = opened ? scenarios_.run(file, planned.cases[i])
                                     : not_started(config_, planned.cases[i], opened.error());
      const bool end = result.exit_code == 5 || (config_.fail_fast && result.exit_code != 0);
      shared_.collector.finished(index, i, std::move(result));
      if (end || !config_.recorder.failure()) config_.stop.request();
    }
    sessions_.close_file();
  }

  const Shared& shared_;
  const profile::Profile profile_;
  const RunConfig config_;
  std::unique_ptr<net::Loop> loop_;
  std::shared_ptr<void> attached_;
  Sessions sessions_;
  UidSource uids_;
  ScenarioRunner scenarios_;
};

}  // namespace

int exit_code_of(const std::vector<ScenarioResult>& scenarios) {
  if (scenarios.empty()) return 4;
  const auto any = [&](auto&& holds) {
    return std::any_of(scenarios.begin(), scenarios.end(), holds);
  };
  if (any([](const auto& s) { return s.exit_code == 5; })) return 5;
  if (any([](const auto& s) { return s.outcome == Outcome::fail || s.outcome == Outcome::xpass; }))
    return 1;
  if (any([](const auto& s) { return s.outcome == Outcome::error; })) return 3;
  if (any([](const auto& s) { return s.outcome == Outcome::unresolved; })) return 4;
  return 0;
}

record::RunResult run(const RunConfig& config, const Plan& plan) {
  Collector collector(config, plan);
  UnitQueue units(plan_units(config.profile, plan, config.lanes));
  const Shared shared{config, plan, units, collector, session::make_guard(config.profile)};
  Lane first(shared, 1);
  const Time started = first.now();
  std::vector<std::thread> threads;
  for (unsigned number = 2; number <= std::min<std::size_t>(config.lanes, units.size()); ++number)
    threads.emplace_back([&shared, number] { Lane(shared, number).run(); });
  first.run();
  for (std::thread& thread : threads) thread.join();

  record::RunResult result;
  result.uuid = config.recorder.uuid();
  result.recording = config.recorder.path();
  result.scenarios = collector.take();
  result.interrupted = config.stop.signal() != 0;
  result.exit_code = exit_code_of(result.scenarios);
  if (result.exit_code == 0 && result.scenarios.size() < collector.asked_for())
    result.exit_code = 4;
  if (result.interrupted && result.exit_code != 5) result.exit_code = 128 + config.stop.signal();
  const Time ended = first.now();
  result.started_ns = started.wall_ns;
  result.ended_ns = ended.wall_ns;
  result.elapsed_ns = (ended - started).count();
  const Status sealed = config.recorder.seal(result);
  if (!sealed && (result.exit_code == 0 || result.exit_code == 4)) result.exit_code = 3;
  return result;
}

}  // namespace fixdrill::run
