#include "run/attachment.h"

#include <filesystem>
#include <fmt/format.h>
#include <string_view>

#include "base/limits.h"
#include "base/text.h"
#include "run/suite.h"

namespace fixdrill::run {

namespace fs = std::filesystem;

std::string meant_path(const std::string& typed, const std::optional<std::string>& home) {
  std::string_view path = trim(typed);
  const bool quoted = path.size() > 1 && path.front() == path.back() &&
                      (path.front() == '\'' || path.front() == '"');
  if (quoted) path = path.substr(1, path.size() - 2);
  if (path.starts_with("~/") && home) return *home + std::string(path.substr(1));
  return std::string(path);
}

// What is no plain file (a device, a pipe) could block or never end.
Result<Attachment> read_attachment(const std::string& path) {
  if (path.empty()) return input_error("the path of a file is needed");
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status) && !fs::is_regular_file(status))
    return input_error(fmt::format("{} is not a file", path));
  const auto source = read_source(path, limits::kAttachment);
  if (!source) return source.error();
  return Attachment{fs::path(path).filename().string(), (*source)->text()};
}

}  // namespace fixdrill::run
