#include "cli/file_writing.h"

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

// `exact`: the mode whatever the umask.
int put_beside(const std::string& path, std::string_view text, mode_t mode, bool exact) {
  const std::string part = fmt::format("{}.{}.part", path, ::getpid());
  const int file = ::open(part.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
  if (file < 0) return errno;
  int failed = exact && ::fchmod(file, mode) != 0 ? errno : 0;
  const int written = put_and_close(file, text);
  if (failed == 0) failed = written;
  if (failed == 0 && ::rename(part.c_str(), path.c_str()) != 0) failed = errno;
  if (failed != 0) ::unlink(part.c_str());
  return failed;
}

}  // namespace

int put_and_close(int file, std::string_view text) {
  const int failed = put(file, text);
  const int close_failed = ::close(file) == 0 ? 0 : errno;
  return failed != 0 ? failed : close_failed;
}

int put_and_move(const std::string& path, std::string_view text, mode_t mode) {
  return put_beside(path, text, mode, false);
}

int put_and_move_like(const std::string& like, const std::string& path, std::string_view text) {
  struct stat facts {};
  if (::stat(like.c_str(), &facts) != 0) return errno;
  return put_beside(path, text, facts.st_mode & 07777, true);
}

}  // namespace fixdrill::cli
