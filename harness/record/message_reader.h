// The messages of a recording as a stream: starts at once on a recording of any size, follows one
// that still grows.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "record/message_source.h"

namespace fixdrill::record {

/// The file is an SQLite database: open_messages() is the one to say whether it is a recording.
/// False for what cannot be read.
bool is_recording(const std::string& path);

/// In order of message.id; of messages that were imported, `number` is the line they stood in.
/// Input error when it is no recording, as open_recording() says. Pages are not checked beforehand:
/// damage is an error of next() when it comes to it.
///
/// While the run goes on, a next() after the end gives what has come since. Rows of several lanes
/// are not committed in order of id: then one that came late is given when it is there. Between the
/// end and the next next() nothing of the file is locked.
Result<std::unique_ptr<MessageSource>> open_messages(const std::string& path);

}  // namespace fixdrill::record
