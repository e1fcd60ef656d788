// Who and what stands by for a run: people at the terminal, answers given beforehand, programs.
#pragma once

#include <boost/program_options.hpp>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/local_programs.h"
#include "profile/profile.h"
#include "run/answer_sheet.h"
#include "run/suite.h"

namespace fixdrill::cli {

struct Attendance {
  std::string absent;  ///< why nobody can be asked; empty: somebody can
  std::unique_ptr<run::AnswerSheet> answers;
  std::unique_ptr<run::Programs> programs;

  /// Says on standard error which answers nobody asked for.
  void warn_of_unused() const;
};

/// --answers, --allow-exec and what they are for.
void add_attendance_options(boost::program_options::options_description& options);

/// Input error: the answers file is not right, or a scenario has an `exec` without --allow-exec.
Result<Attendance> attendance_of(const boost::program_options::variables_map& values,
                                 const Terminal& terminal, const profile::Profile& profile,
                                 const run::Suite& suite);

}  // namespace fixdrill::cli
