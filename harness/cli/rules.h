// Rules of simulators from scenario files: one that is named, or those of the files of a run.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "profile/profile.h"
#include "run/suite.h"
#include "sim/rule_book.h"

namespace fixdrill::cli {

/// A path that says it is of a scenario file.
bool is_drill_file(const std::string& path);

/// The file parsed and checked; warnings go to stderr. Input error: it is wrong, or it has no
/// simulator.
Result<sim::RuleBookPtr> load_rules(const std::string& path);

/// "EXCH: 3 rules"
std::string rules_text(const sim::RuleBook& book);

/// The rules that the files of a run bring along, each for the sessions of its file while it runs.
class SuiteRules {
 public:
  /// Input error: a param without a value.
  static Result<SuiteRules> from(const run::Suite& suite,
                                 const std::map<std::string, std::string>& variables,
                                 std::shared_ptr<sim::RuleTable> table);

  /// For run::RunConfig::around_file.
  std::function<std::shared_ptr<void>(const syntax::File&, const profile::Profile&)> around_file()
      const;

 private:
  std::map<const syntax::File*, sim::RuleBookPtr> books_;
  std::shared_ptr<sim::RuleTable> table_;
};

}  // namespace fixdrill::cli
