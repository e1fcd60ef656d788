// A file that a person hands over to be kept in the recording.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace fixdrill::run {

struct Attachment {
  std::string name;  ///< without its folders
  std::string bytes;
};

/// The path that is meant by what was typed or dragged onto a terminal: quotes round it are
/// dropped, `~/` is `home`.
std::string meant_path(const std::string& typed, const std::optional<std::string>& home);

/// Input error: not there, no file, not readable, larger than limits::kAttachment.
Result<Attachment> read_attachment(const std::string& path);

}  // namespace fixdrill::run
