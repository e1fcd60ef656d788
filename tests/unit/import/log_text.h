// Logs as files of a folder that goes away with the test, and what a source makes of them.
#pragma once

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fix/encoder.h"
#include "import/log_source.h"

namespace fixdrill::test {

class LogFolder {
 public:
  LogFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "fixdrill_log_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~LogFolder() { std::filesystem::remove_all(folder_); }

  std::string write(std::string_view text, const std::string& name = "fix.log") const {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

/// `35=D|49=BRK1|…` with BeginString, BodyLength and CheckSum round it.
inline std::string message(std::string_view body, std::string_view begin_string = "FIX.4.4") {
  return fix::seal(begin_string, pipe_to_soh(body));
}

inline std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

/// A view as a line: number, kind, direction, session, connection, raw with bars.
inline std::string told(const record::MessageSource& source, const record::MessageView& view) {
  static const char* const kKinds[] = {"fix", "garbled", "junk", "partial"};
  const record::SessionRow* session = source.session(view.session_id);
  return fmt::format("{} {}{} {} {} {} {}", view.number, kKinds[static_cast<int>(view.kind)],
                     view.sum_ok ? "" : "!", view.direction == record::Direction::in ? "in" : "out",
                     session ? session->alias : "-", view.connection_id, soh_to_pipe(view.raw));
}

/// All of a log, told.
inline std::vector<std::string> read_all(record::MessageSource& source) {
  std::vector<std::string> lines;
  for (;;) {
    const auto view = source.next();
    if (!view) {
      lines.push_back(view.error().text);
      return lines;
    }
    if (*view == nullptr) return lines;
    lines.push_back(told(source, **view));
  }
}

inline std::vector<std::string> read_log(const std::string& path,
                                         const imports::LogOptions& options = {}) {
  auto source = imports::open_log(path, options);
  if (!source) return {source.error().text};
  return read_all(**source);
}

}  // namespace fixdrill::test
