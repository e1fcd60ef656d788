// Writing files so that no half one is ever seen and a full disk costs nothing that was there.
#pragma once

#include <string>
#include <string_view>
#include <sys/types.h>

namespace fixdrill::cli {

/// Writes to the open file and closes it. The errno of what failed; 0 = written.
int put_and_close(int file, std::string_view text);

/// Writes beside `path` and moves the whole into its place. The errno of what failed; 0 = written.
int put_and_move(const std::string& path, std::string_view text, mode_t mode = 0666);

/// The same with the mode of `like`, whatever the umask.
int put_and_move_like(const std::string& like, const std::string& path, std::string_view text);

}  // namespace fixdrill::cli
