// Who and what stands by for a run: people at the terminal, answers given beforehand, programs.
#pragma once

#include <boost/program_options.hpp>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/local_programs.h"
#include "profile/profile.h"
#include "run/answer_sheet.h"
#include "run/plan.h"
#include "run/sut_log.h"

namespace fixdrill::cli {

struct Attendance {
  std::string absent;  ///< why nobody can be asked; empty: somebody can
  std::unique_ptr<run::AnswerSheet> answers;
  std::unique_ptr<run::Programs> programs;
  std::unique_ptr<run::SutLog> sut_log;

  /// Says on standard error which answers nobody asked for.
  void warn_of_unused() const;
};

/// --answers, --sut-log, --allow-exec and what they are for.
void add_attendance_options(boost::program_options::options_description& options);

/// Input error: the answers file is not right, the log is not there, or a scenario has an `exec`
/// without --allow-exec.
Result<Attendance> attendance_of(const boost::program_options::variables_map& values,
                                 const Terminal& terminal, const profile::Profile& profile,
                                 const run::Plan& plan);

}  // namespace fixdrill::cli
