#include "import/byte_reader.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fixdrill::imports {

namespace {

Error cannot_read(const std::string& path, int number) {
  return input_error(fmt::format("cannot read {}: {}", path, std::strerror(number)));
}

class FileReader final : public ByteReader {
 public:
  FileReader(std::string path, int file) : path_(std::move(path)), file_(file) {}
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  ~FileReader() override {
    if (file_ != STDIN_FILENO) close(file_);
  }

  Result<std::size_t> read(char* into, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(file_, into, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return cannot_read(path_, errno);
    }
  }

 private:
  std::string path_;
  int file_;
};

/// Gives its first bytes again.
class PeekedReader final : public ByteReader {
 public:
  PeekedReader(std::string first, std::unique_ptr<ByteReader> rest)
      : first_(std::move(first)), rest_(std::move(rest)) {}

  Result<std::size_t> read(char* into, std::size_t size) override {
    const std::size_t count = first_.copy(into, size);
    first_.erase(0, count);
    if (count == size) return count;
    const auto more = rest_->read(into + count, size - count);
    if (count == 0 || !more) return count == 0 ? more : Result<std::size_t>(count);
    return count + *more;
  }

 private:
  std::string first_;
  std::unique_ptr<ByteReader> rest_;
};

}  // namespace

Result<std::unique_ptr<ByteReader>> open_bytes(const std::string& path) {
  if (path == "-") return std::unique_ptr<ByteReader>(new FileReader(path, STDIN_FILENO));
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return cannot_read(path, errno);
  auto reader = std::make_unique<FileReader>(path, file);
  struct stat about {};
  if (fstat(file, &about) == 0 && S_ISDIR(about.st_mode)) return cannot_read(path, EISDIR);
  return std::unique_ptr<ByteReader>(std::move(reader));
}

Result<std::string> peek(std::unique_ptr<ByteReader>& reader, std::size_t bytes) {
  std::string first(bytes, '\0');
  std::size_t size = 0;
  while (size < bytes) {
    const auto got = reader->read(first.data() + size, bytes - size);
    if (!got) return got.error();
    if (*got == 0) break;
    size += *got;
  }
  first.resize(size);
  reader = std::make_unique<PeekedReader>(first, std::move(reader));
  return first;
}

}  // namespace fixdrill::imports
