// What the words of a filter expression are looked up in.
#pragma once

#include "cli/input.h"
#include "flow/message_filter.h"

namespace fixdrill::cli {

/// Names come from the dictionary of the options, else from those that recordings of `paths` hold
/// and from the standard ones.
flow::FilterWords filter_words(const InputOptions& options, const std::vector<std::string>& paths);

}  // namespace fixdrill::cli
