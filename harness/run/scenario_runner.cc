#include "run/scenario_runner.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "eval/names.h"
#include "eval/path.h"
#include "run/failure.h"
#include "session/playback.h"

namespace fixdrill::run {

using record::Outcome;
using record::Verdict;

namespace {

template <class... Kinds>
bool is_any_of(const syntax::Action& action) {
  return (std::holds_alternative<Kinds>(action) || ...);
}

// Steps that work without a connection; those that hold steps leave it to them.
bool works_offline(const syntax::Action& action) {
  return is_any_of<syntax::Wait, syntax::Let, syntax::Check, syntax::Log, syntax::Set,
                   syntax::Ignore, syntax::Forbid, syntax::Prompt, syntax::Exec, syntax::Unordered,
                   syntax::Either, syntax::If, syntax::Repeat, syntax::ForEach, syntax::ProcCall,
                   syntax::Skip, syntax::Xfail, syntax::SetAuto, syntax::DropNext,
                   syntax::LoseState>(action);
}

std::string first_line(const Span& span) {
  const std::string_view text = span.text();
  return std::string(trim(text.substr(0, text.find('\n'))));
}

// Steps that see to the connection themselves (rule 10).
bool settles_connection(const syntax::Action& action) {
  return is_any_of<syntax::Connect, syntax::Accept, syntax::Logon, syntax::Disconnect>(action);
}

bool is_logged_on(const Channel& channel) {
  return channel.session->state() == session::State::logged_on;
}

bool engine_is_up(const Channel& channel) { return !channel.wire() && is_logged_on(channel); }

// What a wait ends in that did not see what it waited for.
bool tells_of_a_wait(const Verdict& verdict) {
  static const std::set<std::string> kWaits = {"limit", "connect", "accept", "logon", "logout"};
  return kWaits.contains(verdict.rule);
}

std::optional<eval::Value> fact_of(const Channel& channel, const profile::Session& profile,
                                   std::string_view name) {
  if (name == "role") return std::string(channel.acceptor() ? "acceptor" : "initiator");
  if (name == "begin_string") return profile.begin_string;
  if (name == "appl_ver_id") return profile.appl_ver_id;
  if (name == "sender") return profile.sender;
  if (name == "target") return profile.target;
  if (name == "heartbeat") return fix::Decimal(profile.heartbeat);
  return std::nullopt;
}

int exit_code(Outcome outcome) {
  if (outcome == Outcome::fail) return 1;
  if (outcome == Outcome::unresolved) return 4;
  return outcome == Outcome::error ? 3 : 0;
}

}  // namespace

ScenarioRunner::ScenarioRunner(const RunConfig& config, net::Loop& loop, Sessions& sessions,
                               UidSource& uids)
    : config_(config), loop_(loop), sessions_(sessions), uids_(uids) {
  world_.now = [this] { return loop_.now(); };
  world_.seq = [this] { return uids_.next_number(); };
  world_.env = config_.env;
  world_.uid = [this](std::string_view field) {
    const bool by_pattern = field == "ClOrdID" && uid_profile_ && !uid_profile_->clordid.empty();
    return by_pattern ? uids_.next(uid_profile_->clordid) : uids_.next();
  };
  if (config_.playback) mint_ids();
}

record::ScenarioResult ScenarioRunner::run(const syntax::File& file, const Case& planned) {
  const syntax::Scenario& scenario = *planned.scenario;
  if (config_.playback) begin_playback(planned);
  const Time started = loop_.now();
  begin(file, planned);
  const bool left_out = !ended_ && foretold(planned, config_.profile.skips, Outcome::skip);
  if (!ended_ && file.setup) run_block(*file.setup, "setup", false);
  if (!ended_) expected_fail_ = foretold(planned, config_.profile.xfails, Outcome::xfail);
  if (!ended_) run_block(scenario.block, "scenario", !file.teardown);
  ended_.reset();
  unmute_all();
  if (failed_) sessions_.forget_arrived();
  // A guard ends the run: nothing else is sent.
  const std::size_t before = result_.steps.size();
  if (file.teardown && !left_out && result_.exit_code != 5)
    run_block(*file.teardown, "teardown", true);
  const bool torn_down =
      std::none_of(result_.steps.begin() + static_cast<std::ptrdiff_t>(before), result_.steps.end(),
                   [](const record::StepResult& step) { return step.outcome == Outcome::fail; });
  if (!failed_ && !config_.stop.requested()) check_leftovers(scenario);
  if (config_.stop.requested() && result_.outcome == Outcome::pass) {
    result_.outcome = Outcome::unresolved;
    if (result_.warnings.empty()) result_.warnings.push_back("interrupted at its end");
  }
  settle_xfail(torn_down);
  settle_skip();
  sessions_.close_used(failed_ || config_.stop.requested());

  const Time ended = loop_.now();
  result_.ended_ns = ended.wall_ns;
  result_.elapsed_ns = (ended - started).count();
  return std::move(result_);
}

void ScenarioRunner::begin(const syntax::File& file, const Case& planned) {
  const syntax::Scenario& scenario = *planned.scenario;
  result_ = {};
  failed_ = false;
  ended_.reset();
  expected_fail_ = false;
  parent_ = 0;
  default_channel_ = nullptr;
  file_ = &file;
  come_up_ = sessions_that_come_up(file, scenario);
  result_.case_id = planned.id;
  result_.attempt = planned.attempt;
  asked_.clear();
  prompts_ = 0;
  log_began_ = config_.sut_log ? config_.sut_log->size() : 0;
  result_.path = scenario.keyword.file->path();
  result_.line = scenario.keyword.file->position(scenario.keyword.begin).line;
  result_.started_ns = loop_.now().wall_ns;
  for (Channel* channel : sessions_.of_file()) {
    if (channel->wire()) channel->forget_gone();
  }
  file_names_ = std::make_unique<eval::Bindings>(world_);
  scenario_names_ = std::make_unique<eval::Bindings>(world_, file_names_.get());
  names_ = scenario_names_.get();
  Status declared = declare_names(file);
  if (declared) declared = declare_row(planned);
  const auto title = eval::fill(scenario.title, environment(nullptr));
  result_.title = title && !scenario.title.literal() ? *title : planned.title;
  config_.progress.scenario_started(result_.title);
  if (declared && !title) declared = title.error();
  for (std::size_t i = 0; declared && i < file.ignores.size(); ++i)
    declared = declare_ignore(file.ignores[i].message);
  for (std::size_t i = 0; declared && i < config_.profile.ignore.size(); ++i) {
    syntax::Message message;
    message.type.text = config_.profile.ignore[i];
    declared = declare_ignore(message);
  }
  if (declared) return;
  Verdict verdict = failure_of(scenario.keyword, "declare", declared.error());
  verdict.outcome = Outcome::error;
  add_failure(scenario.keyword, std::move(verdict));
}

// `next_in` of the step's session, `OE.next_in` of any; `session.role` of the step's, of the file's
// first where the step has none.
std::optional<eval::Value> ScenarioRunner::session_value(const Channel* channel,
                                                         std::string_view path) const {
  const std::size_t dot = path.find('.');
  const std::string first(path.substr(0, dot));
  if (dot != std::string_view::npos) path.remove_prefix(dot + 1);
  if (dot != std::string_view::npos && first == eval::kSession) {
    if (!channel && !sessions_.of_file().empty()) channel = sessions_.of_file().front();
    return channel ? fact_of(*channel, sessions_.profile_of(*channel), path) : std::nullopt;
  }
  if (dot != std::string_view::npos) channel = sessions_.find(first);
  if (channel && path == "next_in") return fix::Decimal(channel->session->next_in());
  if (channel && path == "next_out") return fix::Decimal(channel->session->next_out());
  return std::nullopt;
}

// A step of no session still speaks of fields by name: by those of the file's first session.
eval::Environment ScenarioRunner::environment(const Channel* channel) const {
  return environment(channel, *names_);
}

eval::Environment ScenarioRunner::environment(const Channel* channel,
                                              const eval::Bindings& names) const {
  eval::Environment environment{names, nullptr, {}, {}, {}};
  const auto& all = sessions_.of_file();
  if (channel) {
    environment.dictionary = channel->dictionary.get();
  } else if (!all.empty()) {
    environment.dictionary = all.front()->dictionary.get();
  }
  environment.session_value = [this, channel](std::string_view path) {
    return session_value(channel, path);
  };
  return environment;
}

void ScenarioRunner::run_block(const syntax::Block& block, const std::string& name, bool last) {
  for (Channel* channel : sessions_.of_file()) channel->begin_block();
  const bool complete = run_steps(block);
  if (config_.stop.requested() && result_.outcome == Outcome::pass) {
    result_.outcome = Outcome::unresolved;
    result_.warnings.push_back("interrupted in " + name);
  }
  note_optionals();
  // What the last block opened sees what comes until the scenario's end (check_leftovers).
  if (!last || !complete) end_block(block, complete);
}

// From step number `first` on. False: not all of them ran and passed.
bool ScenarioRunner::run_steps(const syntax::Block& block, std::size_t first) {
  for (std::size_t i = first; i < block.steps.size(); ++i) {
    if (config_.stop.requested() || !run_step(block.steps[i])) return false;
  }
  return true;
}

// What a block forbids or leaves open has seen everything that the block caused.
void ScenarioRunner::end_block(const syntax::Block& block, bool complete) {
  for (Channel* channel : sessions_.of_file()) {
    if (complete && channel->has_open()) {
      Failure failure =
          engine_is_up(*channel) ? sync(*channel, block.span, config_.profile.within) : Failure();
      if (!failure) failure = violated();
      if (failure) add_failure(block.span, std::move(*failure));
      channel->offer_to_optionals();
      note_optionals();
    }
  }
  Failure late = complete && !failed_ ? violated() : Failure();
  if (late) add_failure(block.span, std::move(*late));
  for (Channel* channel : sessions_.of_file()) channel->end_block();
}

Channel* ScenarioRunner::channel_of(const syntax::Step& step) const {
  if (step.session) return sessions_.find(step.session->text);
  return default_channel_ ? default_channel_ : sessions_.only();
}

// Its place among the results is that of its beginning: before the steps inside it.
ScenarioRunner::Current ScenarioRunner::start(const syntax::Step& step) {
  Current current;
  current.step = &step;
  current.channel = channel_of(step);
  current.started = loop_.now();
  current.result.id = config_.recorder.next_id();
  current.result.parent = parent_;
  current.result.session = current.channel ? current.channel->alias() : "";
  current.result.file = step.span.file->path();
  current.result.line = step.span.file->position(step.span.begin).line;
  current.result.begin = step.span.begin;
  current.result.end = step.span.end;
  current.result.text = first_line(step.span);
  current.result.started_ns = current.started.wall_ns;
  current.slot = result_.steps.size();
  result_.steps.emplace_back();
  uid_profile_ = current.channel ? &sessions_.profile_of(*current.channel) : nullptr;
  cut_short_ = false;
  return current;
}

// False: the rest of the block is left out.
bool ScenarioRunner::run_step(const syntax::Step& step) {
  Current current = start(step);
  Failure failure = bring_up(current);
  current.started = loop_.now();
  const std::int64_t outer = std::exchange(parent_, current.result.id);
  if (!failure) failure = act(current);
  parent_ = outer;
  if (current.channel && Sessions::is_up(*current.channel))
    current.channel->was_up_in_scenario = true;
  if (!failure && !ended_) failure = violated();
  Failure guard = ended_ ? Failure() : closed_by_guard(step.keyword);
  if (guard) failure = std::move(guard);
  if (config_.stop.requested() && failure && tells_of_a_wait(*failure)) {
    failure.reset();
    cut_short_ = true;
  }
  finish(current, std::move(failure));
  return !ended_;
}

void ScenarioRunner::finish(Current& current, Failure failure) {
  current.result.ended_ns = loop_.now().wall_ns;
  if (ended_) current.result.outcome = *ended_;
  if (cut_short_) current.result.outcome = Outcome::unresolved;
  if (failure) {
    failed_ = true;
    ended_ = failure->outcome;
    current.result.outcome = failure->outcome;
    const bool open = result_.outcome == Outcome::pass || result_.outcome == Outcome::skip ||
                      result_.outcome == Outcome::unresolved;
    if (open) result_.outcome = failure->outcome;
    const bool guard = failure->rule == "guard" || result_.exit_code == 5;
    result_.exit_code = guard ? 5 : exit_code(result_.outcome);
    say_where(*failure);
    current.result.verdicts.push_back(std::move(*failure));
  }
  result_.steps[current.slot] = std::move(current.result);
}

// What is no step of the scenario stands among its results as one.
ScenarioRunner::Current ScenarioRunner::start(const Span& span) {
  Current current;
  current.result.id = config_.recorder.next_id();
  current.result.file = span.file->path();
  current.result.line = span.file->position(span.begin).line;
  current.result.begin = span.begin;
  current.result.end = span.end;
  current.result.text = first_line(span);
  current.result.started_ns = loop_.now().wall_ns;
  current.result.parent = parent_;
  current.slot = result_.steps.size();
  result_.steps.emplace_back();
  cut_short_ = false;
  return current;
}

void ScenarioRunner::add_failure(const Span& span, Verdict verdict) {
  Current current = start(span);
  finish(current, std::move(verdict));
}

ScenarioRunner::Failure ScenarioRunner::log_on(Channel& channel, const Span& span) {
  const Status up = sessions_.log_on(channel, config_.profile.within);
  if (up) return {};
  Verdict verdict = failure_of(span, "connect", up.error());
  verdict.outcome = Outcome::error;
  return verdict;
}

// Sessions of one scenario come up together: a drop copy is there before the order that it copies.
ScenarioRunner::Failure ScenarioRunner::bring_up_others(const Channel& first, const Span& span) {
  if (first.acceptor()) return {};
  for (Channel* other : sessions_.of_file()) {
    if (other->settled_in_scenario || is_logged_on(*other) || !come_up_.contains(other->alias()))
      continue;
    other->settled_in_scenario = true;
    other->used_in_scenario = true;
    if (Failure failure = log_on(*other, span)) return failure;
    other->was_up_in_scenario = true;
  }
  return {};
}

// An engine session comes up before the first step that uses it (rule 10).
ScenarioRunner::Failure ScenarioRunner::bring_up(Current& current) {
  Channel* channel = current.channel;
  if (!channel) return {};
  channel->used_in_scenario = true;
  const syntax::Action& action = current.step->action;
  if (works_offline(action)) return {};
  const bool settled = std::exchange(channel->settled_in_scenario, true);
  if (!settled && !settles_connection(action) && !channel->wire() && !is_logged_on(*channel)) {
    if (Failure failure = log_on(*channel, current.step->keyword)) return failure;
    if (Failure failure = bring_up_others(*channel, current.step->keyword)) return failure;
  }
  if (Sessions::is_up(*channel)) channel->was_up_in_scenario = true;
  return {};
}

void ScenarioRunner::wait_until(const std::function<bool()>& done, Time deadline) {
  bool reached = false;
  const auto ended = [&] {
    reached = done();
    return reached || sessions_.must_stop() || config_.stop.requested();
  };
  loop_.run_until(ended, deadline);
  if (!reached && config_.stop.requested()) cut_short_ = true;
}

Result<Duration> ScenarioRunner::limit_of(const std::optional<syntax::DurationSpec>& spec,
                                          const Current& current) const {
  if (!spec) return config_.profile.within;
  return eval::duration(*spec, environment(current.channel));
}

ScenarioRunner::Failure ScenarioRunner::violated() const {
  for (const Channel* channel : sessions_.of_file()) {
    if (!channel->violation()) continue;
    const Open& open = *channel->violation()->forbidden;
    FailedStep step = failed_step(*channel, open);
    step.wanted = "forbidden " + open.pattern.type_label();
    return forbidden_event(step, channel->violation()->event, "forbid");
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::closed_by_guard(const Span& span) const {
  for (const Channel* channel : sessions_.of_file()) {
    if (channel->guard()) return failure_of(span, "guard", guard_error(*channel->guard()));
  }
  return {};
}

// A profile may say that messages only warn; a close, garbled bytes or a refused message never do.
ScenarioRunner::Failure ScenarioRunner::leftovers(Channel& channel, const Span& span) {
  channel.forget_old_closes();
  for (Routed routed; channel.has_own() && (routed = channel.route(nullptr)).decided();
       channel.drop_front()) {
    note_optionals();
    Verdict verdict =
        unwanted_event(channel, span, routed.event, "expected nothing more", config_.masker);
    verdict.rule = "unconsumed";
    if (!config_.profile.leftovers_warn || routed.kind != Routed::Kind::mismatch) return verdict;
    result_.warnings.push_back(verdict.message);
  }
  note_optionals();
  return {};
}

// What nobody consumed fails the scenario that caused it: engine sessions are synchronised first,
// those too that this scenario did not use (rule 6).
void ScenarioRunner::check_leftovers(const syntax::Scenario& scenario) {
  const Span& span = scenario.keyword;
  unmute_all();
  Failure failure = never_joined();
  for (Channel* channel : sessions_.of_file()) {
    // What has reached this machine has arrived, though nobody waited for it.
    wait_until([] { return false; }, loop_.now());
    if (!failure && engine_is_up(*channel)) failure = sync(*channel, span, config_.profile.within);
  }
  if (config_.playback) config_.playback->finish();
  if (!failure) failure = violated();
  if (Failure guard = closed_by_guard(span)) failure = std::move(guard);
  if (failure) return add_failure(span, std::move(*failure));
  for (Channel* channel : sessions_.of_file()) {
    if (channel->wire() && !channel->used_in_scenario) continue;
    if (failure = leftovers(*channel, span); failure) add_failure(span, std::move(*failure));
  }
}

}  // namespace fixdrill::run
