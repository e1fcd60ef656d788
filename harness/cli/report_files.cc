#include "cli/report_files.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>

#include "cli/options.h"
#include "cli/replace_file.h"
#include "report/junit.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kStandardOutput = "-";

Error cannot_write(const std::string& path, int number) {
  return environment_error(
      fmt::format("cannot write the report {}: {}", path, std::strerror(number)));
}

// A slip on the command line must not cost a scenario or a recording: only what begins like a
// report is replaced.
Status check_replaceable(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) == 0) return {};
  std::string head(5, '\0');
  std::ifstream(path, std::ios::binary)
      .read(head.data(), static_cast<std::streamsize>(head.size()));
  if (head == "<?xml" || head.starts_with('{')) return {};
  return input_error(
      fmt::format("{} is there and is no report; name another file for the report", path));
}

Status write_in_place(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const int failed = file < 0 ? errno : write_and_close(file, text);
  return failed == 0 ? Status() : cannot_write(path, failed);
}

Status write_report(const std::string& path, const std::string& text) {
  if (path == kStandardOutput) {
    errno = 0;
    std::cout << text << std::flush;
    return std::cout ? Status() : cannot_write("to standard output", errno);
  }
  std::error_code error;
  if (const fs::path folder = fs::path(path).parent_path(); !folder.empty())
    fs::create_directories(folder, error);
  if (error) return cannot_write(path, error.value());
  const fs::file_status found = fs::status(path, error);
  if (fs::is_directory(found)) return cannot_write(path, EISDIR);
  // A device or a pipe is written to; a file that moved over it would take its place.
  if (fs::exists(found) && !fs::is_regular_file(found)) return write_in_place(path, text);
  if (Status mine = check_replaceable(path); !mine) return mine;
  const int failed = replace_file(path, text);
  return failed == 0 ? Status() : cannot_write(path, failed);
}

}  // namespace

Result<ReportFiles> report_files(const boost::program_options::variables_map& values,
                                 const char* junit_option, const char* json_option) {
  const ReportFiles files{value_or<std::string>(values, junit_option, ""),
                          value_or<std::string>(values, json_option, "")};
  for (const char* option : {junit_option, json_option}) {
    if (values.count(option) && values[option].as<std::string>().empty())
      return input_error(fmt::format("--{} names no file", option));
  }
  for (const std::string& path : {files.junit, files.json}) {
    if (Status mine = check_replaceable(path); !mine) return mine.error();
  }
  if (files.any() &&
      fs::path(files.junit).lexically_normal() == fs::path(files.json).lexically_normal()) {
    return input_error(
        fmt::format("--{} and --{} name the same file {}", junit_option, json_option, files.json));
  }
  return files;
}

Status write_reports(const record::Recording& recording, const ReportFiles& files,
                     const MakeJson& make_json) {
  std::signal(SIGXFSZ, SIG_IGN);  // so that a file-size limit is an error and not the end
  Status junit;
  Status json;
  if (!files.junit.empty()) junit = write_report(files.junit, report::junit_xml(recording));
  if (!files.json.empty()) json = write_report(files.json, make_json(recording));
  return junit ? json : junit;
}

void remove_old_reports(const ReportFiles& files) {
  for (const std::string& path : {files.junit, files.json}) {
    std::error_code error;
    if (fs::is_regular_file(path, error)) fs::remove(path, error);
  }
}

}  // namespace fixdrill::cli
