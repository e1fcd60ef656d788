// Reads an input to its end, for commands that judge the whole of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/input.h"
#include "fix/message.h"
#include "record/message_source.h"

namespace fixdrill::cli {

/// What a command works with that judges the whole of its input.
struct Judged {
  std::vector<std::string> paths;
  InputOptions input;
  bool colour = false;
  record::DictionaryOf dictionary;
  std::unique_ptr<record::MessageSource> source;
};

/// As input_paths(), input_options(), colour_option(), dictionary_of() and open_input().
Result<Judged> open_judged(const boost::program_options::variables_map& values,
                           const std::string& command, const Terminal& terminal);

/// Hands every message that is whole to `take`. An error ends the input: what came before it was
/// taken. An input without any message is an error too, of exit code 4: there was nothing to judge.
Status read_messages(
    const Judged& judged,
    const std::function<void(const record::MessageView&, const fix::Message&)>& take);

}  // namespace fixdrill::cli
