#include "run/plan.h"

#include <utility>

namespace fixdrill::run {

std::size_t Plan::cases() const {
  std::size_t count = 0;
  for (const FilePlan& file : files) count += file.cases.size();
  return count;
}

namespace {

std::string title_of(const syntax::Scenario& scenario) {
  std::string title;
  for (const syntax::Value::Piece& piece : scenario.title.pieces)
    title += piece.expr ? std::string(piece.span.text()) : piece.text;
  return title;
}

void add_sessions(const syntax::Block& block, std::set<std::string>& names) {
  for (const syntax::Step& step : block.steps) {
    if (step.session) names.insert(step.session->text);
  }
}

}  // namespace

Plan plan(const std::vector<syntax::File>& files) {
  Plan all;
  for (const syntax::File& file : files) {
    FilePlan one{&file, {}};
    for (const syntax::Scenario& scenario : file.scenarios) {
      one.cases.push_back(
          {.scenario = &scenario, .id = scenario.annotation("id"), .title = title_of(scenario)});
    }
    if (!one.cases.empty()) all.files.push_back(std::move(one));
  }
  return all;
}

Plan repeated(const Plan& plan, std::size_t times) {
  Plan all;
  all.files.reserve(plan.files.size() * times);
  for (std::size_t attempt = 1; attempt <= times; ++attempt) {
    for (const FilePlan& file : plan.files) {
      all.files.push_back(file);
      for (Case& one : all.files.back().cases) one.attempt = attempt;
    }
  }
  return all;
}

std::set<std::string> declared_sessions(const Plan& plan) {
  std::set<std::string> names;
  for (const FilePlan& planned : plan.files) {
    for (const syntax::Session& session : planned.file->sessions) names.insert(session.name.text);
  }
  return names;
}

std::vector<std::string> sessions_of(const syntax::File& file, const syntax::Scenario& scenario) {
  std::set<std::string> used;
  add_sessions(scenario.block, used);
  if (file.setup) add_sessions(*file.setup, used);
  if (file.teardown) add_sessions(*file.teardown, used);
  std::vector<std::string> names;
  for (const syntax::Session& session : file.sessions) {
    const bool only = file.sessions.size() == 1;  // then no step names it
    if (only || used.contains(session.name.text)) names.push_back(session.name.text);
  }
  return names;
}

}  // namespace fixdrill::run
