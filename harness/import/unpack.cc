#include "import/unpack.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace fixdrill::imports {

namespace {

constexpr std::size_t kMagicBytes = 6;
constexpr std::size_t kBlock = 64u << 10;

bool is_packed(std::string_view begin) {
  using namespace std::string_view_literals;
  for (const std::string_view magic :
       {"\x1f\x8b"sv, "\x28\xb5\x2f\xfd"sv, "\xfd\x37\x7a\x58\x5a"sv, "BZh"sv}) {
    if (begin.starts_with(magic)) return true;
  }
  return false;
}

class Unpacker final : public ByteReader {
 public:
  Unpacker(std::unique_ptr<ByteReader> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), archive_(archive_read_new()) {}
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker() override { archive_read_free(archive_); }

  Status open() {
    archive_read_support_filter_gzip(archive_);
    archive_read_support_filter_zstd(archive_);
    archive_read_support_filter_xz(archive_);
    archive_read_support_filter_bzip2(archive_);
    archive_read_support_format_raw(archive_);
    archive_read_support_format_empty(archive_);
    archive_entry* entry = nullptr;
    const int opened = archive_read_open2(archive_, this, nullptr, give, nullptr, nullptr);
    const int header = opened == ARCHIVE_OK ? archive_read_next_header(archive_, &entry) : opened;
    if (header < ARCHIVE_WARN) return broken("nothing of it could be read");
    return {};
  }

  // Block by block: archive_read_data() drops what it has when an error comes behind it.
  Result<std::size_t> read(char* into, std::size_t size) override {
    while (left_.empty()) {
      const void* block = nullptr;
      std::size_t bytes = 0;
      la_int64_t offset = 0;
      const int got = archive_read_data_block(archive_, &block, &bytes, &offset);
      if (got == ARCHIVE_EOF) return 0;
      if (got < ARCHIVE_WARN) return broken("what stands before that was read");
      left_ = {static_cast<const char*>(block), bytes};
    }
    const std::size_t count = left_.copy(into, size);
    left_.remove_prefix(count);
    return count;
  }

 private:
  Error broken(std::string_view rest) const {
    const char* why = archive_error_string(archive_);
    return input_error(fmt::format("{} cannot be unpacked to its end: {}; {}", name_,
                                   why ? why : "it is damaged", rest));
  }

  static la_ssize_t give(archive* from, void* self, const void** block) {
    auto& unpacker = *static_cast<Unpacker*>(self);
    const auto got = unpacker.packed_->read(unpacker.block_.data(), unpacker.block_.size());
    if (!got) {
      archive_set_error(from, EIO, "%s", got.error().text.c_str());
      return -1;
    }
    *block = unpacker.block_.data();
    return static_cast<la_ssize_t>(*got);
  }

  std::unique_ptr<ByteReader> packed_;
  std::string name_;
  archive* archive_;
  std::string_view left_;  ///< of the block that was unpacked last
  std::vector<char> block_ = std::vector<char>(kBlock);
};

}  // namespace

Result<std::unique_ptr<ByteReader>> unpacked(std::unique_ptr<ByteReader> reader,
                                             const std::string& name) {
  const auto first = peek(reader, kMagicBytes);
  if (!first) return first.error();
  if (!is_packed(*first)) return reader;
  auto unpacker = std::make_unique<Unpacker>(std::move(reader), name);
  if (const Status opened = unpacker->open(); !opened) return opened.error();
  return std::unique_ptr<ByteReader>(std::move(unpacker));
}

}  // namespace fixdrill::imports
