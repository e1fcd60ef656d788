#include "cli/log_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

#include "base/limits.h"

namespace fixdrill::cli {

namespace {

class LogFile final : public run::SutLog {
 public:
  explicit LogFile(std::string path) : path_(std::move(path)) {}

  std::string path() const override { return path_; }
  std::uint64_t size() const override {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(path_, none);
    return none ? 0 : bytes;
  }
  Result<std::string> read(std::uint64_t from) const override {
    std::ifstream in(path_, std::ios::binary);
    if (!in)
      return environment_error(fmt::format("cannot read {}: {}", path_, std::strerror(errno)));
    in.seekg(static_cast<std::streamoff>(from));
    std::string bytes(limits::kSutLogBlock, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return bytes;
  }

 private:
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<run::SutLog>> open_log(const std::string& path) {
  std::error_code none;
  if (std::filesystem::is_directory(path, none))
    return input_error(fmt::format("--sut-log {}: this is a folder, not a file", path));
  if (!std::ifstream(path, std::ios::binary))
    return input_error(
        fmt::format("--sut-log {}: {}; name the file that the system under test "
                    "writes its log to",
                    path, std::strerror(errno)));
  return std::unique_ptr<run::SutLog>(std::make_unique<LogFile>(path));
}

}  // namespace fixdrill::cli
