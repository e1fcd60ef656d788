#include "run/scenario_runner.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "run/failure.h"

namespace fixdrill::run {

using record::Outcome;
using record::Verdict;

namespace {

// Steps that bring a session up or work without one.
bool needs_session_up(const syntax::Action& action) {
  return !(
      std::holds_alternative<syntax::Connect>(action) ||
      std::holds_alternative<syntax::Accept>(action) ||
      std::holds_alternative<syntax::Logon>(action) ||
      std::holds_alternative<syntax::Wait>(action) || std::holds_alternative<syntax::Let>(action) ||
      std::holds_alternative<syntax::Check>(action) ||
      std::holds_alternative<syntax::Log>(action) || std::holds_alternative<syntax::Set>(action) ||
      std::holds_alternative<syntax::Ignore>(action) ||
      std::holds_alternative<syntax::Forbid>(action) ||
      std::holds_alternative<syntax::Disconnect>(action));
}

std::string first_line(const Span& span) {
  const std::string_view text = span.text();
  return std::string(trim(text.substr(0, text.find('\n'))));
}

bool is_idle(const Channel& channel) {
  const session::State state = channel.session->state();
  return state != session::State::connected && state != session::State::logged_on;
}

int exit_code(Outcome outcome, const Verdict& verdict) {
  if (verdict.rule == "guard") return 5;
  return outcome == Outcome::error ? 3 : 1;
}

}  // namespace

ScenarioRunner::ScenarioRunner(const RunConfig& config, net::Loop& loop, Sessions& sessions,
                               UidSource& uids)
    : config_(config), loop_(loop), sessions_(sessions), uids_(uids) {
  world_.now = [this] { return loop_.now(); };
  world_.uid = [this](std::string_view field) {
    const bool by_pattern = field == "ClOrdID" && uid_profile_ && !uid_profile_->clordid.empty();
    return by_pattern ? uids_.next(uid_profile_->clordid) : uids_.next();
  };
  world_.seq = [this] { return uids_.next_number(); };
  world_.env = config_.env;
}

record::ScenarioResult ScenarioRunner::run(const syntax::File& file,
                                           const syntax::Scenario& scenario) {
  result_ = {};
  failed_ = false;
  result_.id = config_.recorder.next_id();
  result_.case_id = scenario.annotation("id");
  result_.path = file.source->path();
  result_.line = file.source->position(scenario.keyword.begin).line;
  const Time started = loop_.now();
  result_.started_ns = started.wall_ns;
  names_ = std::make_unique<eval::Bindings>(world_);
  declare(file);
  if (auto title = eval::fill(scenario.title, environment(nullptr))) result_.title = *title;
  config_.progress.scenario_started(result_.title);

  if (file.setup) run_block(*file.setup, "setup");
  if (!failed_) run_block(scenario.block, "scenario");
  if (failed_) {
    for (Channel* channel : sessions_.of_file()) channel->clear();
  }
  if (file.teardown) run_block(*file.teardown, "teardown");
  if (!failed_ && !config_.stop.requested()) check_leftovers(scenario);
  sessions_.close_used(failed_);

  const Time ended = loop_.now();
  result_.ended_ns = ended.wall_ns;
  result_.elapsed_ns = (ended - started).count();
  return std::move(result_);
}

void ScenarioRunner::declare(const syntax::File& file) {
  for (const syntax::Param& param : file.params) {
    const auto given = config_.variables.find(param.name.text);
    if (given != config_.variables.end()) {
      names_->set(param.name.text, given->second);
    } else if (param.value) {
      if (auto value = eval::fill(*param.value, environment(nullptr)))
        names_->set(param.name.text, *value);
    }
  }
  for (const syntax::Secret& secret : file.secrets) {
    const auto given = config_.secrets.find(secret.name.text);
    if (given != config_.secrets.end()) names_->set(secret.name.text, given->second);
  }
  for (Channel* channel : sessions_.of_file()) {
    for (const syntax::Ignore& ignore : file.ignores) {
      if (auto pattern = eval::Pattern::make(ignore.message, environment(channel))) {
        channel->ignore({ignore.message.span, std::move(*pattern), {}, {}});
      }
    }
    for (const std::string& type : config_.profile.ignore) {
      syntax::Message message;
      message.type.text = type;
      if (auto pattern = eval::Pattern::make(message, environment(channel))) {
        channel->ignore({{}, std::move(*pattern), {}, {}});
      }
    }
  }
}

eval::Environment ScenarioRunner::environment(const Channel* channel) const {
  eval::Environment environment{*names_, nullptr, {}, {}, {}};
  if (!channel) {
    // A step of no session still speaks of fields by name: by those of the file's first session.
    const auto& all = sessions_.of_file();
    if (!all.empty()) environment.dictionary = all.front()->dictionary.get();
    return environment;
  }
  environment.dictionary = channel->dictionary.get();
  environment.session_number = [channel](std::string_view name) -> std::optional<std::int64_t> {
    if (name == "next_in") return channel->session->next_in();
    if (name == "next_out") return channel->session->next_out();
    return std::nullopt;
  };
  return environment;
}

void ScenarioRunner::run_block(const syntax::Block& block, const std::string& name) {
  for (const syntax::Step& step : block.steps) {
    if (config_.stop.requested()) break;
    if (run_step(step)) continue;
    failed_ = true;
    break;
  }
  if (config_.stop.requested() && result_.outcome == Outcome::pass) {
    result_.outcome = Outcome::unresolved;
    result_.warnings.push_back("interrupted in " + name);
  }
  note_optionals();
  for (Channel* channel : sessions_.of_file()) channel->end_block();
}

bool ScenarioRunner::run_step(const syntax::Step& step) {
  Current current;
  current.step = &step;
  current.channel = step.session ? sessions_.find(step.session->text) : sessions_.only();
  current.started = loop_.now();
  current.result.id = config_.recorder.next_id();
  current.result.session = current.channel ? current.channel->alias() : "";
  current.result.file = step.span.file->path();
  current.result.line = step.span.file->position(step.span.begin).line;
  current.result.begin = step.span.begin;
  current.result.end = step.span.end;
  current.result.text = first_line(step.span);
  current.result.started_ns = current.started.wall_ns;
  uid_profile_ = current.channel ? &sessions_.profile_of(*current.channel) : nullptr;

  Failure failure = bring_up(current);
  current.started = loop_.now();
  if (!failure) failure = act(current);
  Channel* violated_channel = nullptr;
  if (!failure) failure = violated(violated_channel);
  const bool interrupted = config_.stop.requested() && failure;
  if (interrupted) failure.reset();
  const bool passed = !failure;
  finish(current, std::move(failure));
  return passed;
}

void ScenarioRunner::finish(Current& current, Failure failure) {
  current.result.ended_ns = loop_.now().wall_ns;
  if (failure) {
    current.result.outcome = failure->outcome;
    if (result_.outcome == Outcome::pass) result_.outcome = failure->outcome;
    result_.exit_code = std::max(result_.exit_code, exit_code(failure->outcome, *failure));
    current.result.verdicts.push_back(std::move(*failure));
  }
  result_.steps.push_back(std::move(current.result));
}

void ScenarioRunner::add_failure(const Span& span, Verdict verdict) {
  Current current;
  current.result.id = config_.recorder.next_id();
  current.result.file = span.file->path();
  current.result.line = span.file->position(span.begin).line;
  current.result.begin = span.begin;
  current.result.end = span.end;
  current.result.text = first_line(span);
  current.result.started_ns = loop_.now().wall_ns;
  finish(current, std::move(verdict));
  failed_ = true;
}

// An engine session (and an initiator's connection) comes up before the first step that uses it
// (rule 10).
ScenarioRunner::Failure ScenarioRunner::bring_up(Current& current) {
  Channel* channel = current.channel;
  if (!channel) return {};
  const bool first = !std::exchange(channel->used_in_scenario, true);
  if (!first || channel->wire() || !is_idle(*channel) || !needs_session_up(current.step->action))
    return {};
  const Status up = sessions_.log_on(*channel, config_.profile.within);
  if (up) return {};
  Verdict verdict =
      verdict_at(current.step->keyword, up.error().kind == ErrorKind::guard ? "guard" : "connect",
                 up.error().text);
  verdict.outcome = Outcome::error;
  return verdict;
}

bool ScenarioRunner::wait_until(const std::function<bool()>& done, Time deadline) {
  return loop_.run_until(
      [&] { return done() || sessions_.forbidden_came() || config_.stop.requested(); }, deadline);
}

Result<Duration> ScenarioRunner::limit_of(const std::optional<syntax::DurationSpec>& spec,
                                          const Current& current) const {
  if (!spec) return config_.profile.within;
  return eval::duration(*spec, environment(current.channel));
}

ScenarioRunner::Failure ScenarioRunner::violated(Channel*& channel) const {
  for (Channel* candidate : sessions_.of_file()) {
    if (!candidate->violation()) continue;
    channel = candidate;
    const Open& open = *candidate->violation()->forbidden;
    return forbidden_event({*candidate, open, "forbidden " + open.pattern.type_label(),
                            config_.masker, candidate->dictionary.get()},
                           candidate->violation()->event, "forbid");
  }
  return {};
}

void ScenarioRunner::note_optionals() {
  for (Channel* channel : sessions_.of_file()) {
    for (TakenOptional& taken : channel->take_optional_matches()) {
      if (taken.open.as)
        names_->set(*taken.open.as, eval::NamedMessage{taken.event.message, taken.event.time});
      const eval::Match match = taken.open.pattern.match(*taken.event.message, taken.event.time);
      for (const auto& [name, value] : match.captures) names_->set(name, value);
    }
  }
}

ScenarioRunner::Failure ScenarioRunner::leftovers(Channel& channel, const Span& span) {
  const Routed routed = channel.route(nullptr);
  note_optionals();
  if (!routed.decided()) return {};
  Verdict verdict =
      unwanted_event(channel, span, routed.event, "expected nothing more", config_.masker);
  verdict.rule = "unconsumed";
  return verdict;
}

// What nobody consumed fails the scenario that caused it: engine sessions are synchronised first
// (rule 6).
void ScenarioRunner::check_leftovers(const syntax::Scenario& scenario) {
  for (Channel* channel : sessions_.of_file()) {
    if (!channel->used_in_scenario) continue;
    const bool engine_up =
        !channel->wire() && channel->session->state() == session::State::logged_on;
    Failure failure =
        engine_up ? sync(*channel, scenario.keyword, config_.profile.within) : Failure();
    if (!failure) failure = leftovers(*channel, scenario.keyword);
    if (!failure) {
      Channel* violated_channel = nullptr;
      failure = violated(violated_channel);
    }
    if (!failure) continue;
    const bool only_warn = config_.profile.leftovers_warn && failure->rule == "unconsumed";
    if (only_warn) {
      result_.warnings.push_back(failure->message);
    } else {
      add_failure(scenario.keyword, std::move(*failure));
    }
  }
}

}  // namespace fixdrill::run
