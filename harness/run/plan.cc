#include "run/plan.h"

#include <utility>

namespace fixdrill::run {

std::size_t Plan::cases() const {
  std::size_t count = 0;
  for (const FilePlan& file : files) count += file.cases.size();
  return count;
}

Plan plan(const std::vector<syntax::File>& files) {
  Plan all;
  for (const syntax::File& file : files) {
    FilePlan one{&file, {}};
    for (const syntax::Scenario& scenario : file.scenarios)
      one.cases.push_back({.scenario = &scenario, .id = scenario.annotation("id")});
    if (!one.cases.empty()) all.files.push_back(std::move(one));
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

}  // namespace fixdrill::run
