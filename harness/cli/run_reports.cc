#include "cli/run_reports.h"

#include <filesystem>
#include <iostream>

#include "cli/command.h"
#include "cli/project.h"
#include "record/reader.h"
#include "report/github.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;

namespace {

void annotate(const record::RunResult& result) {
  if (environment_variable("GITHUB_ACTIONS") != "true") return;
  std::error_code error;
  const std::string workspace = environment_variable("GITHUB_WORKSPACE").value_or("");
  report::put_annotations(std::cout, result,
                          {workspace.empty() ? "" : fs::weakly_canonical(workspace, error).string(),
                           fs::current_path(error).string()});
}

}  // namespace

Result<ReportFiles> reports_of_run(const boost::program_options::variables_map& values,
                                   const char* junit_option, const char* json_option) {
  auto files = report_files(values, junit_option, json_option);
  if (!files) return files;
  if (files->junit == "-" || files->json == "-") {
    return input_error(
        "a report of run goes to a file; 'fixdrill report' writes one to standard output");
  }
  remove_old_reports(*files);
  return files;
}

int report_run(const record::RunResult& result, const ReportFiles& files,
               const MakeJson& make_json) {
  annotate(result);
  if (!files.any()) return result.exit_code;
  const auto recording = record::read_recording(result.recording);
  const Status written =
      recording ? write_reports(*recording, files, make_json) : Status(recording.error());
  if (written) return result.exit_code;
  fail(written.error());
  return result.exit_code == 0 || result.exit_code == 4 ? 3 : result.exit_code;
}

}  // namespace fixdrill::cli
