// The coverage table of the standard session cases: what became of each sub-case, in the order of
// the pack's list, and its JSON form (README.md).
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "record/result.h"

namespace fixdrill::report {

/// Whom a sub-case is about: the system under test as initiator, as acceptor, or as both.
enum class Who { initiator, acceptor, both };

/// One line of the pack's cases.csv.
struct SubCase {
  std::string id;  ///< "2.k"
  bool mandatory = false;
  Who who = Who::both;
  std::string wire = {};  ///< whether it shows on the wire: yes, no, part
  std::string condition = {};
  std::string expected = {};
};

/// Reads id,mandatory,who,wire,condition,expected: M or O, and I, A or B. Input error with place
/// and caret: another head, an empty id, an id twice, another letter.
Result<std::vector<SubCase>> read_sub_cases(const SourceFile& file);

enum class Coverage { pass, xfail, fail, xpass, error, manual, not_applicable, not_run };

/// PASS XFAIL … "NOT APPLICABLE", "NOT RUN".
const char* coverage_name(Coverage state);

struct CoverageRow {
  SubCase sub_case;
  Coverage state = Coverage::not_run;
  std::string reason = {};  ///< one line, "" for PASS
  bool asked_for = true;    ///< false: the selection left it out
  /// Scenarios and rows: 2.o/early, 2.o/late.
  std::vector<const record::ScenarioResult*> results = {};
};

/// What was tested, and how.
struct Tested {
  Who role = Who::acceptor;           ///< of the system under test
  std::string version;                ///< "FIX.4.4", "FIXT.1.1/5.0SP2"
  std::string session;                ///< its name in the profile
  std::string pack;                   ///< folder
  std::vector<std::string> ids = {};  ///< asked for; empty = all
  std::string ended_early = {};       ///< why the run did not go on; "" = it did
};

struct CoverageTable {
  Tested tested;
  std::vector<CoverageRow> rows;  ///< as in the pack's list; results of unknown ids behind them
};

/// Of several results of one sub-case the worst counts: FAIL, XPASS, ERROR, UNRESOLVED, XFAIL,
/// PASS, SKIP. `run` outlives the table.
CoverageTable coverage_of(const std::vector<SubCase>& sub_cases, const record::RunResult& run,
                          const Tested& tested);

/// The table, one line a sub-case.
void put_coverage(std::ostream& out, const CoverageTable& table, bool colour);
/// "85 sub-cases: 60 passed, 3 xfail, 0 failed, 12 not applicable, 4 manual, 6 not run"
std::string coverage_summary(const CoverageTable& table);
/// JSON `fixdrill-conformance`, version 1.
std::string coverage_json(const CoverageTable& table, const record::RunResult& run);

/// As the run's; but of what is incomplete (4) only mandatory sub-cases count that were asked for.
int coverage_exit_code(const CoverageTable& table, int exit_code_of_run);

}  // namespace fixdrill::report
