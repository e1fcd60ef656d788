#include "cli/replace_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fixdrill::cli {

namespace {

int put(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

}  // namespace

int write_and_close(int file, std::string_view text) {
  const int failed = put(file, text);
  const int close_failed = ::close(file) == 0 ? 0 : errno;
  return failed != 0 ? failed : close_failed;
}

int replace_file(const std::string& path, std::string_view text, std::optional<mode_t> mode) {
  const std::string part = fmt::format("{}.{}.part", path, ::getpid());
  const int file =
      ::open(part.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode ? 0600 : 0666);
  if (file < 0) return errno;
  int failed = mode && ::fchmod(file, *mode) != 0 ? errno : 0;
  const int not_written = write_and_close(file, text);
  if (failed == 0) failed = not_written;
  if (failed == 0 && ::rename(part.c_str(), path.c_str()) != 0) failed = errno;
  if (failed != 0) ::unlink(part.c_str());
  return failed;
}

}  // namespace fixdrill::cli
