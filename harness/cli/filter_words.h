// What the words of a filter expression are looked up in.
#pragma once

#include "cli/input.h"
#include "flow/message_filter.h"

namespace fixdrill::cli {

/// Names come from the dictionary of the options, else from any of the standard ones.
flow::FilterWords filter_words(const InputOptions& options);

}  // namespace fixdrill::cli
