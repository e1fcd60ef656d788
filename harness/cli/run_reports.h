// What run leaves for CI behind its results: annotations and report files.
#pragma once

#include <boost/program_options.hpp>

#include "base/result.h"
#include "cli/report_files.h"
#include "record/result.h"

namespace fixdrill::cli {

/// From the options of these two names. Removes reports of an earlier run, so that none is taken
/// for one of this run when it never begins. Input error as report_files(), and for "-": standard
/// output is taken by the results.
Result<ReportFiles> reports_of_run(const boost::program_options::variables_map& values,
                                   const char* junit_option, const char* json_option);

/// Annotations under GitHub Actions, then the files, made from the recording as `fixdrill report`
/// makes them: nobody writes to it any more. Gives the exit code of the run: 3 when a report cannot
/// be written, unless what the scenarios came to beats that.
int report_run(const record::RunResult& result, const ReportFiles& files,
               const MakeJson& make_json);

}  // namespace fixdrill::cli
