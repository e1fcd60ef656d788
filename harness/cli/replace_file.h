// Writing files so that no half one is ever left under its name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace fixdrill::cli {

/// Writes all of it and closes the descriptor. The errno of what failed; 0 = written.
int write_and_close(int file, std::string_view text);

/// Writes the text beside `path` under a name of its own, then moves it there; without `mode` the
/// file gets the one that the umask gives. The errno of what failed, `path` being as it was; 0 =
/// replaced.
int replace_file(const std::string& path, std::string_view text,
                 std::optional<mode_t> mode = std::nullopt);

}  // namespace fixdrill::cli
