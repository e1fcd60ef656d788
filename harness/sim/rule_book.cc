#include "sim/rule_book.h"

#include <algorithm>
#include <fmt/format.h>

namespace fixdrill::sim {

const syntax::Simulator* RuleBook::for_clients_of(std::string_view comp_id) const {
  const auto& all = file.simulators;
  if (all.size() == 1) return &all.front();
  const auto named = std::find_if(all.begin(), all.end(), [&](const syntax::Simulator& one) {
    return one.name.text == comp_id;
  });
  return named == all.end() ? nullptr : &*named;
}

Result<RuleBookPtr> make_rule_book(syntax::File file, std::map<std::string, std::string> given) {
  for (const syntax::Param& param : file.params) {
    if (given.contains(param.name.text)) continue;
    // What a param refers to would need a run; rules get what is written.
    if (!param.value || !param.value->literal())
      return to_error(
          {Severity::error, param.span,
           fmt::format("the simulator's rules need a plain value for param {}", param.name.text)});
    given[param.name.text] = param.value->literal_text();
  }
  return RuleBookPtr(std::make_shared<const RuleBook>(RuleBook{std::move(file), std::move(given)}));
}

void RuleTable::set(const Client& client, std::shared_ptr<Rules> rules) {
  const std::lock_guard lock(mutex_);
  rules_[client] = std::move(rules);
}

void RuleTable::remove(const Client& client) {
  const std::lock_guard lock(mutex_);
  rules_.erase(client);
}

std::shared_ptr<Rules> RuleTable::find(const Client& client) const {
  const std::lock_guard lock(mutex_);
  const auto found = rules_.find(client);
  return found == rules_.end() ? nullptr : found->second;
}

}  // namespace fixdrill::sim
