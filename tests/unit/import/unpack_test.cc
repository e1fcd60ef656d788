// Packed logs.
#include "import/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>

#include "log_text.h"

namespace fixdrill::test {
namespace {

using Filter = int (*)(archive*);

void pack(const std::string& text, const std::string& path, Filter filter) {
  archive* out = archive_write_new();
  filter(out);
  archive_write_set_format_raw(out);
  archive_write_open_filename(out, path.c_str());
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(out, entry);
  archive_write_data(out, text.data(), text.size());
  archive_entry_free(entry);
  archive_write_free(out);
}

std::string many_messages() {
  std::string text;
  for (int n = 1; n <= 20000; ++n)
    text += message(fmt::format("35=0|49=BRK1|56=EXCH|34={}|58={}|", n, n * 7919 % 1000)) + "\n";
  return text;
}

TEST(Unpack, GzipZstdXzBzip2) {
  const LogFolder folder;
  const std::string text = many_messages();
  const auto plain = read_log(folder.write(text));
  ASSERT_EQ(plain.size(), 20000u);
  for (const Filter filter : {archive_write_add_filter_gzip, archive_write_add_filter_zstd,
                              archive_write_add_filter_xz, archive_write_add_filter_bzip2}) {
    pack(text, folder.path("packed"), filter);
    EXPECT_EQ(read_log(folder.path("packed")), plain);
  }
}

TEST(Unpack, ACutFileGivesWhatIsThereAndSaysSo) {
  const LogFolder folder;
  const std::string path = folder.path("cut.gz");
  pack(many_messages(), path, archive_write_add_filter_gzip);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const auto read = read_log(path);
  ASSERT_GT(read.size(), 500u);
  EXPECT_EQ(read.front().substr(0, 9), "1 fix out");
  EXPECT_EQ(read.back(), path +
                             " cannot be unpacked to its end: truncated gzip input; what stands "
                             "before that was read");
}

}  // namespace
}  // namespace fixdrill::test
