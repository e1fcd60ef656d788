// The report files that a command line asks for, and writing them so that no half one is left.
#pragma once

#include <boost/program_options.hpp>
#include <functional>
#include <string>

#include "base/result.h"
#include "record/reader.h"

namespace fixdrill::cli {

/// Paths; "" = not asked for, "-" = standard output.
struct ReportFiles {
  std::string junit;
  std::string json;

  bool any() const { return !junit.empty() || !json.empty(); }
};

/// From the options of these two names. Input error: no name, one name for both, a file that is no
/// report stands there.
Result<ReportFiles> report_files(const boost::program_options::variables_map& values,
                                 const char* junit_option, const char* json_option);

/// What the JSON file holds.
using MakeJson = std::function<std::string(const record::Recording&)>;

/// Each is written under another name and then moved there; missing folders are made. One that
/// fails does not keep the other from being written. Input error: a file that is no report stands
/// there. Environment error: it cannot be written.
Status write_reports(const record::Recording& recording, const ReportFiles& files,
                     const MakeJson& make_json);

/// For the start of a run: a report of an earlier run must not be taken for one of this run.
void remove_old_reports(const ReportFiles& files);

}  // namespace fixdrill::cli
