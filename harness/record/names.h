// The words that enumerations have in the recording and in reports.
#pragma once

#include <optional>
#include <string_view>

#include "record/recorder.h"
#include "record/result.h"

namespace fixdrill::record {

/// fix garbled junk partial
const char* kind_name(MessageKind kind);

/// user log fix pcap kernel
const char* time_source_name(TimeSource source);

/// Empty = no such word.
std::optional<MessageKind> kind_named(std::string_view name);
std::optional<TimeSource> time_source_named(std::string_view name);
std::optional<Outcome> outcome_named(std::string_view name);

}  // namespace fixdrill::record
