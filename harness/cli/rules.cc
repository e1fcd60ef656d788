#include "cli/rules.h"

#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cli/project.h"
#include "sim/rules.h"

namespace fixdrill::cli {

namespace {

/// Rules in the table, for as long as it lives.
class InForce {
 public:
  InForce(std::shared_ptr<sim::RuleTable> table, std::vector<sim::RuleTable::Client> clients,
          const std::shared_ptr<sim::Rules>& rules)
      : table_(std::move(table)), clients_(std::move(clients)) {
    for (const auto& client : clients_) table_->set(client, rules);
  }
  ~InForce() {
    for (const auto& client : clients_) table_->remove(client);
  }
  InForce(const InForce&) = delete;
  InForce& operator=(const InForce&) = delete;

 private:
  std::shared_ptr<sim::RuleTable> table_;
  std::vector<sim::RuleTable::Client> clients_;
};

std::vector<sim::RuleTable::Client> clients_of(const syntax::File& file,
                                               const profile::Profile& profile) {
  std::vector<sim::RuleTable::Client> clients;
  for (const syntax::Session& declared : file.sessions) {
    const profile::Session* session = profile.session(declared.name.text);
    // Of a session 'any' the rules are for its other end, whoever calls.
    if (session && (declared.any || declared.role == syntax::Role::initiator))
      clients.emplace_back(session->sender, session->target);
  }
  return clients;
}

}  // namespace

bool is_drill_file(const std::string& path) {
  return std::filesystem::path(path).extension() == ".drill";
}

Result<sim::RuleBookPtr> load_rules(const std::string& path) {
  auto suite = run::parse_suite({path}, project_root(find_profile()));
  if (!suite) return suite.error();
  run::Dictionaries dictionaries(spec_folder());
  if (Status checked = run::check_suite(*suite, nullptr, dictionaries); !checked)
    return checked.error();
  if (has_errors(suite->diagnostics)) return input_error(render(suite->diagnostics));
  if (!suite->diagnostics.empty()) std::cerr << render(suite->diagnostics) << '\n';
  syntax::File& file = suite->files.front();
  if (file.simulators.empty())
    return input_error(fmt::format(
        "{} has no simulator; write one, as in simulator EXCH acceptor {{ rule … }}", path));
  std::map<std::string, std::string> given;
  for (const syntax::Param& param : file.params) {
    if (auto value = environment_variable("FIXDRILL_VAR_" + param.name.text))
      given[param.name.text] = *value;
  }
  return sim::make_rule_book(std::move(file), std::move(given));
}

std::string rules_text(const sim::RuleBook& book) {
  std::vector<std::string> all;
  for (const syntax::Simulator& simulator : book.file.simulators)
    all.push_back(fmt::format("{}: {} rule{}", simulator.name.text, simulator.rules.size(),
                              simulator.rules.size() == 1 ? "" : "s"));
  return join(all, ", ");
}

Result<SuiteRules> SuiteRules::from(const run::Suite& suite,
                                    const std::map<std::string, std::string>& variables,
                                    std::shared_ptr<sim::RuleTable> table) {
  SuiteRules rules;
  rules.table_ = std::move(table);
  for (const syntax::File& file : suite.files) {
    if (file.simulators.empty()) continue;
    auto book = sim::make_rule_book(file, variables);
    if (!book) return book.error();
    rules.books_[&file] = std::move(*book);
  }
  return rules;
}

std::function<std::shared_ptr<void>(const syntax::File&, const profile::Profile&)>
SuiteRules::around_file() const {
  if (books_.empty()) return nullptr;
  return [books = books_, table = table_](
             const syntax::File& file, const profile::Profile& profile) -> std::shared_ptr<void> {
    const auto book = books.find(&file);
    if (book == books.end()) return nullptr;
    return std::make_shared<InForce>(
        table, clients_of(file, profile),
        std::make_shared<sim::Rules>(book->second, environment_variable));
  };
}

}  // namespace fixdrill::cli
