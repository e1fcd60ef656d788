// What a run executes: cases, which are scenarios or single rows of them, file by file.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace fixdrill::run {

/// One execution of a scenario.
struct Case {
  const syntax::Scenario* scenario = nullptr;
  const syntax::Table* table = nullptr;  ///< of a scenario `for each` of its rows
  std::size_t row = 0;                   ///< of that table, from 1; 0: it has none
  std::size_t attempt = 1;               ///< from 1; more when the run repeats itself
  std::string id = {};     ///< its @id; of a row with the row's own name: "DC-010/buy-limit"
  std::string title = {};  ///< as written, `${…}` too, but for the cells of its row
};

/// Whether it is the case's own id, or that of its scenario.
bool has_id(const Case& one, std::string_view id);

/// The cases of one file, in the order in which they run.
struct FilePlan {
  const syntax::File* file = nullptr;
  std::vector<Case> cases;
};

/// Points into the files it was made from: they outlive it and stay where they are.
struct Plan {
  std::vector<FilePlan> files;

  std::size_t cases() const;
};

/// Every scenario of every file as it stands, those of a table once for each row; files without one
/// are left out.
Plan plan(const std::vector<syntax::File>& files);

/// The whole plan so many times, one after another; the attempts of its cases count up.
Plan repeated(const Plan& plan, std::size_t times);

/// The same cases in the same order, each as a file of its own: lanes may run them side by side,
/// and the sessions of a file are closed after each.
Plan case_by_case(const Plan& plan);

/// The names of the sessions that the plan's files use.
std::set<std::string> declared_sessions(const Plan& plan);

/// The sessions that the steps of a scenario, of setup and of teardown use, as the file declares
/// them in order.
std::vector<std::string> sessions_of(const syntax::File& file, const syntax::Scenario& scenario);

/// Of those the ones that connect by themselves: engine sessions of initiators for which the
/// scenario has no connect, logon or disconnect.
std::set<std::string> sessions_that_come_up(const syntax::File& file,
                                            const syntax::Scenario& scenario);

}  // namespace fixdrill::run
