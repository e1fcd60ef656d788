// Which sessions a scenario uses, blocks in blocks and called procs included.
#include "run/plan.h"

namespace fixdrill::run {

namespace {

class Users {
 public:
  explicit Users(const syntax::File& file) : file_(file) {}

  void add(const syntax::Block& block) {
    for (const syntax::Step& step : block.steps) {
      if (step.session) names_.insert(step.session->text);
      std::visit([this](const auto& action) { add_inner(action); }, step.action);
    }
  }
  bool contains(const std::string& name) const { return names_.contains(name); }

 private:
  template <class Action>
  void add_inner(const Action&) {}
  void add_inner(const syntax::Unordered& action) { add(action.block); }
  void add_inner(const syntax::Repeat& action) { add(action.block); }
  void add_inner(const syntax::ForEach& action) { add(action.block); }
  void add_inner(const syntax::Either& action) {
    for (const syntax::Block& arm : action.arms) add(arm);
  }
  void add_inner(const syntax::If& action) {
    add(action.then);
    if (action.otherwise) add(*action.otherwise);
  }
  void add_inner(const syntax::ProcCall& call) {
    if (!called_.insert(call.proc.text).second) return;
    if (const syntax::Proc* proc = file_.proc(call.proc.text)) add(proc->block);
  }

  const syntax::File& file_;
  std::set<std::string> names_;
  std::set<std::string> called_;  ///< a proc that calls itself is the checker's to refuse
};

}  // namespace

std::vector<std::string> sessions_of(const syntax::File& file, const syntax::Scenario& scenario) {
  Users used(file);
  used.add(scenario.block);
  if (file.setup) used.add(*file.setup);
  if (file.teardown) used.add(*file.teardown);
  std::vector<std::string> names;
  for (const syntax::Session& session : file.sessions) {
    const bool only = file.sessions.size() == 1;  // then no step names it
    if (only || used.contains(session.name.text)) names.push_back(session.name.text);
  }
  return names;
}

}  // namespace fixdrill::run
