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

}  // namespace fixdrill::imports
