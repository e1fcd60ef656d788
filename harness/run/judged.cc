// What is otherwise when a recording is judged (RunConfig::playback).

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "run/failure.h"
#include "run/scenario_runner.h"
#include "session/playback.h"

namespace fixdrill::run {

using record::Verdict;

// An id stands for what was sent in its place.
void ScenarioRunner::mint_ids() {
  session::Minted& minted = config_.playback->minted();
  world_.uid = [&minted](std::string_view) { return minted.mint("uid"); };
}

void ScenarioRunner::begin_playback(const Case& planned) {
  const std::string path = planned.scenario->keyword.file->path();
  config_.playback->begin({path, planned.id, planned.title, planned.attempt});
}

// What a step named before the recording showed it: `let id = uid()`.
void ScenarioRunner::settle_names() {
  std::vector<eval::Bindings*> scopes = callers_;
  scopes.push_back(file_names_.get());
  scopes.push_back(names_);
  for (eval::Bindings* scope : scopes) {
    for (const std::string& name : scope->names()) {
      const auto* text = std::get_if<std::string>(scope->find(name));
      if (!text) continue;
      std::string settled = config_.playback->minted().settled(*text);
      if (settled != *text) scope->set(name, std::move(settled));
    }
  }
}

// Replies to what a recording shows as sent next belong to that.
Time ScenarioRunner::before_next_sent(Time deadline) const {
  const auto sent = config_.playback ? config_.playback->next_sent() : std::nullopt;
  return sent ? std::min(deadline, *sent - Duration(1)) : deadline;
}

Time ScenarioRunner::silent_until(const Current& current, Duration limit) {
  const Time wanted = current.started + limit;
  const Time until = before_next_sent(wanted);
  if (wanted - until > std::chrono::milliseconds(1))
    result_.warnings.push_back(fmt::format(
        "{}: of this silence of {} the recording shows {}, then the next message was sent",
        location_text(current.step->keyword), elapsed_text(limit),
        elapsed_text(std::max(until - current.started, Duration(0)))));
  return until;
}

// Of a recording that is judged it ran then: only what it wrote is not known.
ScenarioRunner::Failure ScenarioRunner::not_run(const Current& current, const syntax::Exec& exec) {
  config_.playback->approach_next();
  if (!exec.into) return {};
  Verdict verdict = verdict_at(current.step->keyword, "exec",
                               "no program runs while a recording is judged, so what it wrote is "
                               "not known");
  verdict.outcome = record::Outcome::unresolved;
  return verdict;
}

}  // namespace fixdrill::run
