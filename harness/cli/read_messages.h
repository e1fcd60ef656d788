// Reads an input to its end, for commands that judge the whole of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fix/message.h"
#include "record/message_source.h"

namespace fixdrill::cli {

/// Hands every message that is whole to `take`. An error ends the input: what came before it was
/// taken. An input without any message is an error too, of exit code 4: there was nothing to judge.
/// `paths` are its names.
Status read_messages(
    record::MessageSource& source, const std::vector<std::string>& paths,
    const std::function<void(const record::MessageView&, const fix::Message&)>& take);

}  // namespace fixdrill::cli
