// Which sessions a scenario uses, blocks in blocks and called procs included.
#include "run/plan.h"

namespace fixdrill::run {

namespace {

class Users {
 public:
  explicit Users(const syntax::File& file) : file_(file) {}

  void add(const syntax::Block& block) {
    for (const syntax::Step& step : block.steps) {
      const std::string outer = session_;
      if (step.session) session_ = step.session->text;
      if (!session_.empty()) names_.insert(session_);
      std::visit([this](const auto& action) { add_inner(action); }, step.action);
      session_ = outer;
    }
  }
  bool contains(const std::string& name) const { return names_.contains(name); }
  /// Whether the scenario sees to its connection itself.
  bool settles(const std::string& name) const { return settled_.contains(name); }

 private:
  template <class Action>
  void add_inner(const Action&) {}
  void add_inner(const syntax::Connect&) { settled_.insert(session_); }
  void add_inner(const syntax::Accept&) { settled_.insert(session_); }
  void add_inner(const syntax::Logon&) { settled_.insert(session_); }
  void add_inner(const syntax::Disconnect&) { settled_.insert(session_); }
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
    if (!called_.insert({call.proc.text, session_}).second) return;
    if (const syntax::Proc* proc = file_.proc(call.proc.text)) add(proc->block);
  }

  const syntax::File& file_;
  std::string session_;  ///< that the steps of the moment name; of the call around, in a proc
  std::set<std::string> names_;
  std::set<std::string> settled_;
  std::set<std::pair<std::string, std::string>>
      called_;  ///< a proc that calls itself is the checker's to refuse
};

Users users_of(const syntax::File& file, const syntax::Scenario& scenario) {
  Users users(file);
  users.add(scenario.block);
  if (file.setup) users.add(*file.setup);
  if (file.teardown) users.add(*file.teardown);
  return users;
}

}  // namespace

std::vector<std::string> sessions_of(const syntax::File& file, const syntax::Scenario& scenario) {
  const Users used = users_of(file, scenario);
  std::vector<std::string> names;
  for (const syntax::Session& session : file.sessions) {
    const bool only = file.sessions.size() == 1;  // then no step names it
    if (only || used.contains(session.name.text)) names.push_back(session.name.text);
  }
  return names;
}

std::set<std::string> sessions_that_come_up(const syntax::File& file,
                                            const syntax::Scenario& scenario) {
  const Users used = users_of(file, scenario);
  std::set<std::string> names;
  for (const syntax::Session& session : file.sessions) {
    const std::string& name = session.name.text;
    const bool connects = session.role == syntax::Role::initiator && !session.wire;
    if (connects && used.contains(name) && !used.settles(name)) names.insert(name);
  }
  return names;
}

}  // namespace fixdrill::run
